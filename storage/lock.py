"""Who has a draft open. The guard is SQLite's exclusive lock; `lock.json` only names the holder.

A second opener never gets in, not even for reading: what it can look at is the last snapshot.
"""

from __future__ import annotations

import getpass
import os
import platform
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.codec import LooseError, dump, load, time_text
from storage.errors import DraftLocked
from storage.files import REAL_FILES, Files
from storage.processes import process_runs
from storage.saving import safe_save

NOTE_NAME = "lock.json"


@dataclass(frozen=True, slots=True)
class LockNote:
    """Who opened a draft, on which machine, in which process, since when."""

    person: str
    machine: str
    pid: int
    since: datetime

    def is_alive(self) -> bool:
        """Whether the holder may still be running; of other machines nothing is known."""
        return self.machine != platform.node() or process_runs(self.pid)

    def as_error(self) -> DraftLocked:
        """The sentence for the second opener."""
        return DraftLocked(self.person, self.machine, self.since)


def my_note(person: str, since: datetime) -> LockNote:
    """The note of this process; without a name the user name of the system is taken."""
    return LockNote(person or _user_name(), platform.node(), os.getpid(), since)


def write_note(folder: Path, note: LockNote, files: Files = REAL_FILES) -> None:
    """Leave the note; called only while the draft is held. `StorageError` as `safe_save`."""
    parts = {
        "person": note.person,
        "machine": note.machine,
        "pid": note.pid,
        "since": time_text(note.since),
    }
    safe_save(folder / NOTE_NAME, dump(parts, indent=1), files=files)


def read_note(folder: Path, files: Files = REAL_FILES) -> LockNote | None:
    """The note of a holder that may still be running, else None; an odd note is no note."""
    try:
        loose = load(files.read(folder / NOTE_NAME), NOTE_NAME)
        note = LockNote(
            loose.text("person"), loose.text("machine"), loose.whole("pid"), loose.when("since")
        )
    except (OSError, LooseError):
        return None
    return note if note.is_alive() else None


def is_left(folder: Path) -> bool:
    """Whether a session ended without taking its note away; asked by who holds the draft now."""
    return (folder / NOTE_NAME).exists()


def remove_note(folder: Path, note: LockNote, files: Files = REAL_FILES) -> None:
    """Take our own note away; another's stays."""
    if read_note(folder, files) == note:
        with suppress(OSError):
            files.remove(folder / NOTE_NAME)


def locked_error(folder: Path) -> DraftLocked:
    """The sentence for a draft that is held, with the name of the holder when there is a note."""
    note = read_note(folder)
    return note.as_error() if note else DraftLocked()


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
