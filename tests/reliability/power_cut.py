"""What may be on the disk after the power went: states rebuilt from the calls a program made.

The model: what was synced stays; of the rest anything may be there or not. Names (made, renamed,
removed) reach the disk in order, for sure with a sync of their folder; lengths and bytes of a file
with a sync of the file. Sectors of 512 bytes are written whole or not at all.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Kind = Literal[
    "create", "write", "cut", "sync", "sync folder", "rename", "remove", "folder", "tell"
]
SECTOR = 512
Tree = dict[str, bytes | None]  # by path; None is a folder


@dataclass(frozen=True, slots=True)
class Call:
    """One call that changes the disk; `at` is an offset, a length to cut to, or a step told."""

    kind: Kind
    path: str = ""
    to: str = ""
    at: int = 0
    data: bytes = b""


@dataclass(eq=False)
class Inode:
    """A file or folder: what is on the disk for sure, and what is under way."""

    synced: bytes = b""
    is_folder: bool = False
    now: bytearray = field(default_factory=bytearray)
    pending: list[Call] = field(default_factory=list)

    def change(self, call: Call) -> None:
        self.pending.append(call)
        applied(self.now, call, call.data)

    def sync(self) -> None:
        self.synced = bytes(self.now)
        self.pending.clear()


def applied(content: bytearray, call: Call, data: bytes) -> None:
    """Write or cut; a gap is filled with zeros, as the system does."""
    if call.kind == "cut":
        del content[call.at :]
        content.extend(bytes(call.at - len(content)))
        return
    content.extend(bytes(max(0, call.at - len(content))))
    content[call.at : call.at + len(data)] = data


class Disk:
    """A folder while a program writes to it."""

    def __init__(self, begin: Tree) -> None:
        self.names: dict[str, Inode] = {}
        for path, content in begin.items():
            plain = content or b""
            self.names[path] = Inode(plain, content is None, bytearray(plain))
        self.synced_names = dict(self.names)
        self.pending_names: list[tuple[str, Call, Inode]] = []  # the folder, what, of which file

    def do(self, call: Call) -> None:
        match call.kind:
            case "create" | "folder":
                self.names[call.path] = Inode(is_folder=call.kind == "folder")
                self._name(call, call.path)
            case "write" | "cut":
                self.names[call.path].change(call)
            case "sync":
                self.names[call.path].sync()
            case "rename":
                self.names[call.to] = self.names.pop(call.path)
                self._name(call, call.to)
            case "remove":
                inode = self.names.pop(call.path)
                self.pending_names.append((parent(call.path), call, inode))
            case "sync folder":
                for folder, pending, inode in self.pending_names:
                    if folder == call.path:
                        renamed(self.synced_names, pending, inode)
                self.pending_names = [p for p in self.pending_names if p[0] != call.path]
            case "tell":
                pass

    def _name(self, call: Call, path: str) -> None:
        self.pending_names.append((parent(path), call, self.names[path]))

    def states(self, chance: random.Random, chances: int) -> Iterator[Tree]:
        """What may be found after a power cut at this moment."""
        yield tree(self.synced_names, lambda inode: inode.synced)
        yield tree(self.names, without_writes)
        yield tree(self.names, with_zeros)
        for _ in range(chances):
            names = dict(self.synced_names)
            for _, call, inode in self.pending_names[: chance.randint(0, len(self.pending_names))]:
                renamed(names, call, inode)
            yield tree(names, lambda inode: torn(inode, chance))


def parent(path: str) -> str:
    return path.rpartition("/")[0]


def renamed(names: dict[str, Inode], call: Call, inode: Inode) -> None:
    """Let one change of names reach the disk."""
    if call.kind == "rename":
        names.pop(call.path, None)
        names[call.to] = inode
    elif call.kind == "remove":
        names.pop(call.path, None)
    else:
        names[call.path] = inode


def tree(names: dict[str, Inode], content: Callable[[Inode], bytes]) -> Tree:
    """The files whose folders are there, with their bytes."""
    found: Tree = {}
    for path in sorted(names):
        above = parent(path)
        if not above or found.get(above, b"") is None:
            found[path] = None if names[path].is_folder else content(names[path])
    return found


def without_writes(inode: Inode) -> bytes:
    content = bytearray(inode.synced)
    for call in inode.pending:
        if call.kind == "cut":
            del content[call.at :]
    return bytes(content)


def with_zeros(inode: Inode) -> bytes:
    content = bytearray(inode.synced)
    for call in inode.pending:
        applied(content, call, bytes(len(call.data)))
    return bytes(content)


def torn(inode: Inode, chance: random.Random) -> bytes:
    """Some of what is under way, each write torn at sectors."""
    content = bytearray(inode.synced)
    for call in inode.pending:
        manner = chance.choice(("all", "none", "some"))
        if manner == "none" or (call.kind == "cut" and manner == "some"):
            continue
        if call.kind == "cut" or manner == "all":
            applied(content, call, call.data)
            continue
        for begin, end in sectors(call):
            if chance.random() < 0.5:
                piece = call.data[begin:end]
                applied(content, Call("write", at=call.at + begin), piece)
    return bytes(content)


def sectors(call: Call) -> Iterator[tuple[int, int]]:
    """Where a write is parted by the sectors of the file."""
    begin = 0
    while begin < len(call.data):
        end = min(len(call.data), begin + SECTOR - (call.at + begin) % SECTOR)
        yield begin, end
        begin = end


# ---- trying all states ---------------------------------------------------------------------------


@dataclass
class Verdict:
    """How many states were looked at, how many of them differed, and what was wrong with which."""

    states: int = 0
    different: int = 0
    troubles: list[str] = field(default_factory=list)

    @property
    def kinds(self) -> set[str]:
        return {each.partition(": ")[2] for each in self.troubles}


def tried(
    begin: Tree,
    calls: list[Call],
    good: Callable[[Path, int], str],
    folder: Path,
    chances: int = 5,
) -> Verdict:
    """Check every state after every call, as the next start of the program would find it."""
    verdict, disk, told = Verdict(), Disk(begin), -1
    chance, seen = random.Random(len(calls)), {}
    for number, call in enumerate(calls):
        disk.do(call)
        if call.kind == "tell":
            told = call.at
        for state in disk.states(chance, chances):
            key = (told, digest(state))
            if key not in seen:
                seen[key] = found_in(state, good, folder / f"{len(seen)}", told)
            verdict.states += 1
            if seen[key]:
                verdict.troubles.append(f"after call {number} ({call.kind}): {seen[key]}")
    verdict.different = len(seen)
    return verdict


def found_in(state: Tree, good: Callable[[Path, int], str], place: Path, told: int) -> str:
    import shutil

    laid_out(state, place)
    try:
        return good(place, told)
    except Exception as error:
        return f"{type(error).__name__}"
    finally:
        shutil.rmtree(place)


def digest(state: Tree) -> bytes:
    seal = hashlib.sha256()
    for path, content in state.items():
        seal.update(f"{path}\0{-1 if content is None else len(content)}\0".encode())
        seal.update(content or b"")
    return seal.digest()


def laid_out(state: Tree, folder: Path) -> None:
    """Write a state into a real folder."""
    folder.mkdir()
    for path, content in state.items():
        if content is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(content)


def taken_in(folder: Path) -> Tree:
    """A real folder as a state."""
    return {
        str(each.relative_to(folder)): None if each.is_dir() else each.read_bytes()
        for each in sorted(folder.rglob("*"))
    }
