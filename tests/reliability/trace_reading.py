"""Reads what strace wrote: the calls of a program that changed one folder, in order.

One thread only; the trace is made with `-xx -s` large enough, so that every byte is in it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.reliability.power_cut import Call

TRACED = (
    "openat,open,creat,close,write,pwrite64,pwritev,writev,lseek,ftruncate,truncate,fallocate,"
    "fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,"
    "symlink,copy_file_range,sendfile"
)
_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\)\s+= (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(slots=True)
class _Handle:
    path: str
    at: int = 0


@dataclass
class Trace:
    """Turns lines of a trace into calls below `root`; anything it does not know is an error."""

    root: Path
    handles: dict[int, _Handle] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)

    def calls(self, lines: Iterator[str]) -> Iterator[Call]:
        for line in lines:
            found = _LINE.match(line)
            if found is None or int(found[3]) < 0:
                if "unfinished" in line or "resumed" in line:
                    raise ValueError(f"more than one thread: {line[:80]}")
                continue
            yield from self._call(found[1], found[2], int(found[3]))

    def _call(self, name: str, inside: str, result: int) -> Iterator[Call]:
        texts = [bytes.fromhex(each.replace("\\x", "")) for each in _TEXT.findall(inside)]
        words = [each.strip() for each in _TEXT.sub("", inside).split(",")]
        match name:
            case "openat" | "open":
                yield from self._opened(texts[0], inside, result)
            case "close":
                self.handles.pop(int(words[0]), None)
            case "lseek":
                if int(words[0]) in self.handles:
                    self.handles[int(words[0])].at = result
            case "write" | "pwrite64":
                yield from self._written(name, int(words[0]), texts, words, result)
            case "ftruncate":
                handle = self.handles.get(int(words[0]))
                if handle:
                    yield Call("cut", handle.path, at=int(words[1]))
            case "fsync" | "fdatasync":
                handle = self.handles.get(int(words[0]))
                if handle:
                    folder = (self.root / handle.path).is_dir() or handle.path == ""
                    yield Call("sync folder" if folder else "sync", handle.path)
            case _:
                yield from self._named(name, texts)

    def _opened(self, text: bytes, inside: str, result: int) -> Iterator[Call]:
        path = self._below(text)
        if path is None:
            return
        self.handles[result] = _Handle(path)
        if "O_CREAT" in inside and path not in self.lengths:
            self.lengths[path] = 0
            yield Call("create", path)
        if "O_TRUNC" in inside:
            yield Call("cut", path)

    def _written(
        self, name: str, number: int, texts: list[bytes], words: list[str], result: int
    ) -> Iterator[Call]:
        data = texts[0][:result] if texts else b""
        handle = self.handles.get(number)
        if handle is None:
            if data.startswith(b"TELL "):
                yield Call("tell", at=int(data.split()[1]))
            return
        at = int(words[-1]) if name == "pwrite64" else handle.at
        if name == "write":
            handle.at += result
        yield Call("write", handle.path, at=at, data=data)

    def _named(self, name: str, texts: list[bytes]) -> Iterator[Call]:
        paths = [self._below(each) for each in texts]
        if all(each is None for each in paths):
            return
        first, last = paths[0], paths[-1]
        if first is None or last is None:
            raise ValueError(f"{name} leads out of the folder")
        match name:
            case "rename" | "renameat" | "renameat2":
                self.lengths[last] = self.lengths.pop(first, 0)
                for handle in self.handles.values():
                    if handle.path == first:
                        handle.path = last
                yield Call("rename", first, last)
            case "unlink" | "unlinkat" | "rmdir":
                self.lengths.pop(first, None)
                yield Call("remove", first)
            case "mkdir" | "mkdirat":
                yield Call("folder", first)
            case _:
                raise ValueError(f"{name} is not in the model")

    def _below(self, text: bytes) -> str | None:
        path = Path(os.path.abspath(os.fsdecode(text)))  # noqa: PTH100 -- follows no link
        if not path.is_relative_to(self.root):
            return None
        return "" if path == self.root else str(path.relative_to(self.root))


def read_trace(trace: Path, root: Path, begin: dict[str, bytes | None]) -> list[Call]:
    """The calls that changed `root`, which held `begin` when the program started."""
    reader = Trace(root, lengths={path: len(content or b"") for path, content in begin.items()})
    with trace.open(encoding="ascii", errors="replace") as lines:
        return list(reader.calls(lines))
