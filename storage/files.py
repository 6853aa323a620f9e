"""The file layer: every file call of our writers, so that tests can make any of them fail.

Never open a live `draft.sqlite` with it: on POSIX, closing any handle drops SQLite's lock.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

_BINARY = getattr(os, "O_BINARY", 0)


class Files:
    """The calls of the operating system, one method each; errors are `OSError`."""

    def create(self, path: Path) -> int:
        """Make a new file and return its handle; `FileExistsError` when the name is taken."""
        return os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | _BINARY, 0o666)

    def write(self, handle: int, part: memoryview) -> int:
        """Write some bytes; returns how many were taken."""
        return os.write(handle, part)

    def size(self, handle: int) -> int:
        """The length of the open file in bytes."""
        return os.fstat(handle).st_size

    def sync(self, handle: int) -> None:
        """Force the file to the disk."""
        os.fsync(handle)

    def close(self, handle: int) -> None:
        """Close the handle."""
        os.close(handle)

    def read(self, path: Path) -> bytes:
        """The whole file."""
        return path.read_bytes()

    def replace(self, source: Path, target: Path) -> None:
        """Put the source in the place of the target, in one step."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Delete a file of our own."""
        path.unlink()

    def sync_folder(self, folder: Path) -> None:
        """Force the names of a folder to the disk; Windows has no such call."""
        if os.name == "nt":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def make_folder(self, folder: Path) -> bool:
        """Make one folder; False when it is there already."""
        try:
            folder.mkdir()
        except FileExistsError:
            if not folder.is_dir():
                raise
            return False
        return True

    def remove_folder(self, folder: Path) -> None:
        """Remove an empty folder."""
        folder.rmdir()

    def length(self, path: Path) -> int:
        """The length of a file in bytes."""
        return path.stat().st_size

    def identity(self, path: Path) -> tuple[int, int]:
        """Device and file number: another file in the same place has others."""
        status = path.stat()
        return status.st_dev, status.st_ino

    def names(self, folder: Path) -> list[str]:
        """The names in a folder."""
        return os.listdir(folder)  # noqa: PTH208 -- names only, no stat

    def age_hours(self, path: Path) -> int:
        """Whole hours since the file was changed."""
        return int((time.time() - path.stat().st_mtime) // 3600)

    def forget(self, path: Path) -> None:
        """Force a written file out, and let the next reading come from the device if it can."""
        handle = os.open(path, os.O_RDWR | _BINARY)  # Windows flushes what may be written to
        try:
            os.fsync(handle)
            if sys.platform == "linux":
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)

    def pause(self, milliseconds: int) -> None:
        """Wait between two tries."""
        time.sleep(milliseconds / 1000)


REAL_FILES = Files()
