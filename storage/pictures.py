"""The pictures of one draft: files named by their SHA-256, written once, never changed.

A picture is on the disk before the transaction that refers to it; unused ones stay for undo.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from storage.errors import PictureMissing, write_error
from storage.files import REAL_FILES, Files
from storage.media import media_type, picture_name
from storage.saving import make_folders, safe_save

FOLDER_NAME = "pictures"


@dataclass(frozen=True, slots=True)
class PictureEntry:
    """What the draft notes about a picture; size in bytes."""

    sha256: str
    name: str
    media_type: str
    size: int


def keep_picture(
    folder: Path, content: bytes, name: str, files: Files = REAL_FILES
) -> PictureEntry:
    """Put a picture into the draft folder; `PictureRefused`, or `StorageError` as `safe_save`."""
    entry = PictureEntry(picture_name(content), name, media_type(content, name), len(content))
    place = folder / FOLDER_NAME
    try:
        make_folders(place, files)
    except OSError as error:
        raise write_error(error, place) from error
    if not _is_there(place / entry.sha256, content, files):
        safe_save(place / entry.sha256, content, files=files)
    return entry


def read_picture(folder: Path, sha256: str, name: str = "", files: Files = REAL_FILES) -> bytes:
    """The bytes of a picture; `PictureMissing` when gone or not what its name says."""
    try:
        content = files.read(folder / FOLDER_NAME / sha256)
    except OSError as error:
        raise PictureMissing(name or sha256[:12]) from error
    if picture_name(content) != sha256:
        raise PictureMissing(name or sha256[:12])
    return content


def _is_there(path: Path, content: bytes, files: Files) -> bool:
    try:
        return files.read(path) == content
    except OSError:
        return False
