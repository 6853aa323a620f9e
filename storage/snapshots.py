"""Snapshots: whole, proven copies of a draft, made by SQLite's backup and kept in a register.

A live draft is never copied as a file. Thinning removes registered, unnamed snapshots only.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from storage.codec import Loose, LooseError, dump, load, time_text
from storage.database import DRAFT_NAME, is_held, sentences
from storage.errors import SnapshotFailed, StorageError, write_error
from storage.files import REAL_FILES, Files
from storage.lock import locked_error
from storage.meta import PlanMeta
from storage.reading import read_snapshot
from storage.retention import kept
from storage.saving import make_folders, remove_stale, safe_save, temporary_beside

FOLDER_NAME = "snapshots"
DAMAGED = "damaged-"  # and a time: a folder of what was replaced

_REGISTER = "register.json"
_FILE = re.compile(r"(\d{8})-(\d{8}T\d{12}Z)-([a-z]{1,20})\.sqlite")
_REASON = re.compile(r"[a-z]{1,20}")
_STAMP = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A proven copy of a draft at one revision; named ones are kept for good."""

    path: Path
    revision: int
    at: datetime
    reason: str
    name: str = ""
    root: str = ""
    who: str = ""


def take_snapshot(
    conn: sqlite3.Connection, folder: Path, meta: PlanMeta, snapshot: Snapshot, files: Files
) -> Snapshot:
    """Copy the draft behind `conn`, prove the copy, register it; `snapshot.path` is set here."""
    if not _REASON.fullmatch(snapshot.reason):
        raise ValueError("the reason of a snapshot is one lower-case word")
    place = folder / FOLDER_NAME
    remove_stale(place, files)
    stamp = snapshot.at.astimezone(UTC).strftime(_STAMP)
    target = place / f"{meta.revision:08d}-{stamp}-{snapshot.reason}.sqlite"
    taken = replace(snapshot, path=target, revision=meta.revision, root=meta.root)
    try:
        make_folders(place, files)
        with temporary_beside(target, files) as temporary:
            _copy(conn, temporary)
            proof = read_snapshot(temporary)
            same = (proof.meta.root, proof.meta.revision) == (meta.root, meta.revision)
            if not same or not proof.whole:
                raise SnapshotFailed(folder)
            files.replace(temporary, target)
    except OSError as error:
        raise write_error(error, target) from error
    with suppress(OSError):
        files.sync_folder(place)
    _register(folder, taken, files)
    return taken


def list_snapshots(folder: Path, files: Files = REAL_FILES) -> tuple[Snapshot, ...]:
    """The snapshots of a draft, the newest first; works for damaged drafts and lost registers."""
    place = folder / FOLDER_NAME
    known = {each.path.name: each for each in _registered(folder, files)}
    try:
        names = files.names(place)
    except OSError:
        return ()
    found = [known.get(name) or _by_name(place, name) for name in names if _FILE.fullmatch(name)]
    return tuple(sorted(found, key=lambda each: (each.at, each.revision), reverse=True))


def keep_raw_copy(
    conn: sqlite3.Connection, folder: Path, why: str, at: datetime, files: Files = REAL_FILES
) -> Path:
    """Copy the draft as it is, proven or not, before it is rebuilt; such copies always stay."""
    stamp = at.astimezone(UTC).strftime(_STAMP)
    place = folder / FOLDER_NAME / f"before-{why}-{stamp}.sqlite"
    try:
        make_folders(place.parent, files)
        with temporary_beside(place, files) as temporary:
            _copy(conn, temporary)
            files.replace(temporary, place)
    except OSError as error:
        raise write_error(error, place) from error
    return place


def restore_snapshot(
    folder: Path, snapshot: Snapshot, at: datetime, files: Files = REAL_FILES
) -> Path:
    """Put a proven snapshot in the place of a damaged, closed draft; returns where that one went.

    The damaged files stay, together, in `damaged-<time>/`, and there is a draft at every moment.
    `DraftLocked` when a window has it.
    """
    if is_held(folder / DRAFT_NAME):
        raise locked_error(folder)
    read_snapshot(snapshot.path)
    away = folder / f"{DAMAGED}{at.astimezone(UTC).strftime(_STAMP)}"
    journal = folder / f"{DRAFT_NAME}-journal"
    try:
        content = files.read(snapshot.path)
        make_folders(away, files)
        for each in (folder / DRAFT_NAME, journal):
            if each.exists():
                safe_save(away / each.name, files.read(each), files=files)
        with suppress(FileNotFoundError):  # it must never meet the snapshot
            files.remove(journal)
        files.sync_folder(folder)
    except OSError as error:
        raise write_error(error, folder / DRAFT_NAME) from error
    safe_save(folder / DRAFT_NAME, content, files=files)
    return away


def _copy(conn: sqlite3.Connection, target: Path) -> None:
    """Copy through SQLite, which also syncs the copy."""
    with sentences(target):
        copy = sqlite3.connect(target, isolation_level=None)
        try:
            copy.execute("PRAGMA journal_mode = MEMORY")  # nothing to roll back in a new file
            conn.backup(copy)
        finally:
            copy.close()


def _register(folder: Path, taken: Snapshot, files: Files) -> None:
    """Note the new snapshot; only what is in the register is ever removed, and never this one."""
    known = [*_registered(folder, files), taken]
    stay = [each for each in kept(known, taken.at) if each != taken]
    for old in known:
        if old not in stay and old != taken:
            with suppress(OSError):
                files.remove(old.path)
    parts = {
        each.path.name: {
            "revision": each.revision,
            "at": time_text(each.at),
            "reason": each.reason,
            "name": each.name,
            "root": each.root,
            "who": each.who,
        }
        for each in (taken, *stay)
    }
    safe_save(folder / FOLDER_NAME / _REGISTER, dump(parts, indent=1), files=files)


def _registered(folder: Path, files: Files) -> list[Snapshot]:
    """The register; empty when lost or odd, so that nothing unregistered is ever removed."""
    place = folder / FOLDER_NAME
    try:
        loose = load(files.read(place / _REGISTER), _REGISTER)
        return [_entry(place, name, loose.child(name)) for name in loose.parts]
    except (OSError, LooseError):
        return []


def _entry(place: Path, name: str, loose: Loose) -> Snapshot:
    if not _FILE.fullmatch(name):
        raise LooseError("快照名称不规范")
    return Snapshot(
        place / name,
        loose.whole("revision"),
        loose.when("at"),
        loose.text("reason"),
        loose.text("name"),
        loose.text("root"),
        loose.text("who") if "who" in loose.parts else "",  # registers of before have none
    )


def _by_name(place: Path, name: str) -> Snapshot:
    found = _FILE.fullmatch(name)
    if found is None:
        raise StorageError(f"快照“{name}”的名称不规范。")
    at = datetime.strptime(found[2], _STAMP).replace(tzinfo=UTC)
    return Snapshot(place / name, int(found[1]), at, found[3])
