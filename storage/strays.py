"""What a killed program leaves behind: removed at the next start, and nothing else is."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from storage.creating import NEW_NAME
from storage.database import DRAFT_NAME
from storage.files import Files
from storage.pictures import FOLDER_NAME as PICTURES
from storage.saving import remove_stale
from storage.snapshots import FOLDER_NAME as SNAPSHOTS

_STALE_HOURS = 1
_HALF_MADE = (NEW_NAME, f"{NEW_NAME}-journal")


def clear_draft_folder(folder: Path, files: Files) -> None:
    """Remove what was being written when the program ended; only while the draft is held."""
    with suppress(OSError):
        for name in ("", *files.names(folder)):  # what is no folder is passed over
            remove_stale(folder / name, files, held=True)
    _remove(folder, _HALF_MADE, files)


def clear_half_made(root: Path, files: Files) -> None:
    """Remove draft folders whose making was cut short, once nobody can be making them still."""
    with suppress(OSError):
        for name in files.names(root):
            with suppress(OSError):
                _clear_half_made(root / name, files)


def _clear_half_made(folder: Path, files: Files) -> None:
    found = set(files.names(folder))
    if NEW_NAME not in found or DRAFT_NAME in found:
        return
    if found - {*_HALF_MADE, PICTURES, SNAPSHOTS} or files.names(folder / SNAPSHOTS):
        return
    if files.age_hours(folder / NEW_NAME) < _STALE_HOURS:  # another window may be at it
        return
    _remove(folder / PICTURES, files.names(folder / PICTURES), files)
    _remove(folder, _HALF_MADE, files)
    for place in (folder / PICTURES, folder / SNAPSHOTS, folder):
        files.remove_folder(place)


def _remove(folder: Path, names: tuple[str, ...] | list[str], files: Files) -> None:
    for name in names:
        with suppress(OSError):
            files.remove(folder / name)
