"""Whether a file that was just written to a stick is really on it, so that it may be pulled out."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from storage.errors import WriteFailed, write_error
from storage.files import REAL_FILES, Files
from storage.places import is_removable


def is_safe_to_pull(path: Path, files: Files = REAL_FILES) -> bool:
    """True when the file is on a stick and was read back from it; False when it is on no stick.

    `StorageError` when the stick is gone or gives back something else. What `safe_save` has
    compared may still have come from memory: here the system is told to forget it first.
    """
    try:
        if not is_removable(path):
            return False
        written = sha256(files.read(path)).digest()
        files.forget(path)
        with suppress(OSError):  # FAT on some systems refuses this call; a gone stick is met below
            files.sync_folder(path.parent)
        found = sha256(files.read(path)).digest()
    except OSError as error:
        raise write_error(error, path) from error
    if found != written:
        raise WriteFailed(path, "从 U 盘读回的内容与写入的不符，这只 U 盘可能已坏")
    return True
