"""`safe_save`: the only way a file leaves the program; the old one stays until the new is proven.

Temporary file beside the target → write all → length → fsync → re-open and compare → replace.
"""

from __future__ import annotations

import os
import platform
import re
import secrets
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from storage.errors import StorageError, WriteFailed, write_error
from storage.files import REAL_FILES, Files
from storage.processes import process_runs

Verify = Callable[[bytes], None]

_OWN_NAME = re.compile(r"\.~yc-(?:([0-9a-f]{8})-(\d{1,10})-)?[0-9a-f]{16}\.tmp")
_MACHINE = sha256(platform.node().encode()).hexdigest()[:8]
_STALE_HOURS = 24
_in_use: set[str] = set()  # the names this process is writing to
_PIECE = 1 << 20
_WAITS_MS = (50, 100, 200, 400, 800, 950)  # 2.5 s in all: virus scanners let go by then
_OTHER_NAMES = 99


def safe_save(
    target: Path, content: bytes, verify: Verify | None = None, files: Files = REAL_FILES
) -> Path:
    """Write a whole file or leave the old one as it is; returns the path written.

    The path is another one, 名称(1).ext, when the target is held open by Word or WPS. `verify`
    gets the bytes read back and raises to refuse them; its exception goes through. Otherwise
    `StorageError`.
    """
    target = target.resolve() if target.is_symlink() else target
    remove_stale(target.parent, files)
    with _sentences(target), temporary_beside(target, files) as temporary:
        _write_whole(temporary, content, files)
        _read_back(temporary, content, verify, files)
        written = _put_in_place(temporary, target, files)
    with suppress(OSError):  # the bytes are synced and in place; some systems refuse this call
        files.sync_folder(target.parent)
    return written


def make_folders(folder: Path, files: Files = REAL_FILES) -> None:
    """Make a folder and those above it, so that they outlive a power cut; `OSError`."""
    try:
        is_new = files.make_folder(folder)
    except FileNotFoundError:
        if folder.parent == folder:
            raise
        make_folders(folder.parent, files)
        is_new = files.make_folder(folder)
    if is_new:
        with suppress(OSError):
            files.sync_folder(folder.parent)


@contextmanager
def temporary_beside(target: Path, files: Files = REAL_FILES) -> Generator[Path]:
    """A name of our own beside the target, free again afterwards.

    It tells which process of which machine took it, so that what is left can be told apart.
    """
    path = target.parent / f".~yc-{_MACHINE}-{os.getpid()}-{secrets.token_hex(8)}.tmp"
    _in_use.add(path.name)
    try:
        yield path
    finally:
        with suppress(OSError):  # mostly it has taken the place of the target
            files.remove(path)
        _in_use.discard(path.name)


def remove_stale(folder: Path, files: Files = REAL_FILES, *, held: bool = False) -> None:
    """Remove temporary files of our own that a killed program left.

    Those nobody on this machine is writing to, and any of more than a day ago; all of them in a
    folder `held` by this process. Errors are passed over: nothing rests on it.
    """
    with suppress(OSError):
        for name in files.names(folder):
            found = _OWN_NAME.fullmatch(name)
            if found is not None:
                with suppress(OSError):
                    if held or _is_left(found) or files.age_hours(folder / name) >= _STALE_HOURS:
                        files.remove(folder / name)


def _is_left(name: re.Match[str]) -> bool:
    if name[1] != _MACHINE or name[0] in _in_use:
        return False
    return int(name[2]) == os.getpid() or not process_runs(int(name[2]))


@contextmanager
def _sentences(target: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise write_error(error, target) from error


def _write_whole(path: Path, content: bytes, files: Files) -> None:
    handle = files.create(path)
    try:
        rest = memoryview(content)
        while rest:
            taken = files.write(handle, rest[:_PIECE])
            if taken <= 0:
                raise WriteFailed(path, "磁盘没有接收数据")
            rest = rest[taken:]
        if files.size(handle) != len(content):
            raise WriteFailed(path, "写入的长度不符")
        files.sync(handle)
    except BaseException:
        with suppress(OSError):
            files.close(handle)
        raise
    files.close(handle)  # may fail too: some file systems report a full disk only here


def _read_back(path: Path, content: bytes, verify: Verify | None, files: Files) -> None:
    found = files.read(path)
    if found != content:
        raise WriteFailed(path, "读回的内容与写入的不符")
    if verify is not None:
        verify(found)


def _put_in_place(temporary: Path, target: Path, files: Files) -> Path:
    for wait in (*_WAITS_MS, 0):
        try:
            files.replace(temporary, target)
        except PermissionError:
            files.pause(wait)
        else:
            return target
    return _beside(temporary, target, files)


def _beside(temporary: Path, target: Path, files: Files) -> Path:
    """The target is held by another program: take the first free 名称(n).ext."""
    for number in range(1, _OTHER_NAMES + 1):
        other = target.with_name(f"{target.stem}({number}){target.suffix}")
        try:
            files.close(files.create(other))  # takes the name, so that nobody's file is replaced
        except FileExistsError:
            continue
        try:
            files.replace(temporary, other)
        except OSError:
            with suppress(OSError):
                files.remove(other)
            raise
        return other
    raise StorageError(f"“{target.name}”被其他程序占用。", "请在 Word 或 WPS 中关闭它后再试。")
