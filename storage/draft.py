"""The live draft of one plan: a folder with `draft.sqlite`, `pictures/` and `snapshots/`.

Used by one thread only, the writer's; "saved" may be said only after `commit` returned.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlite_utils import Database

from forms.answers import Answers
from forms.changes import ChangeSet
from forms.encoding import EncodingError
from storage.change_log import Action, Source
from storage.creating import Beginning, create_files
from storage.database import DRAFT_NAME, needs_upgrade, open_database, sentences, upgrade
from storage.errors import ContentRefused, DraftLocked, DraftReplaced, StorageError, write_error
from storage.files import REAL_FILES, Files
from storage.info import write_info
from storage.lock import is_left, locked_error, my_note, remove_note, write_note
from storage.meta import PlanMeta
from storage.pictures import keep_picture, read_picture
from storage.plan_file import PlanFile
from storage.reading import LoadedDraft, read_draft, read_meta_table
from storage.repair import rebuild
from storage.rows import RowError, picture_names, rows_of
from storage.snapshots import Snapshot, keep_raw_copy, take_snapshot
from storage.strays import clear_draft_folder
from storage.writing import write_about, write_changes, write_picture


@dataclass(frozen=True, slots=True)
class Saved:
    """What is on the disk after a commit."""

    revision: int
    root: str
    at: datetime


class Draft:
    """An open draft, held exclusively until `close`; made by `create` or `open`.

    What is read from it or done to it beyond saving stands in modules of their own (`history`,
    `exchange`), which use its `database` in the writer's thread.
    """

    def __init__(self, folder: Path, db: Database, person: str, files: Files) -> None:
        self.folder = folder
        self.database = db
        self.files = files
        self.path = folder / DRAFT_NAME
        self.was_cut_off = is_left(folder)  # nobody closed it: a crash, or the power went
        self._identity = _identity(self.path, files)
        self._note = my_note(person, datetime.now(UTC))
        with sentences(self.path):
            if needs_upgrade(db.conn):
                keep_raw_copy(db.conn, folder, "upgrade", self._note.since, files)
                upgrade(db)
        self._meta, self._completion = self._stored()
        self._in_doubt = self._meta  # what the last failed commit would have led to
        clear_draft_folder(folder, files)
        with suppress(StorageError):  # these two only inform; the lock itself is held
            write_note(folder, self._note, files)
            self.write_info()

    @classmethod
    def create(
        cls,
        folder: Path,
        meta: PlanMeta,
        answers: Answers | None = None,
        pictures: Mapping[str, bytes] | None = None,
        *,
        person: str = "",
    ) -> Self:
        """Make a draft in a folder and open it; `DraftExists` or another `StorageError`."""
        create_files(folder, Beginning(meta, answers or Answers(), pictures or {}, who=person))
        return cls.open(folder, person=person)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        person: str = "",
        connection: type[sqlite3.Connection] = sqlite3.Connection,
        files: Files = REAL_FILES,
    ) -> Self:
        """Open a draft and hold it; `DraftLocked` names who has it, else another `StorageError`."""
        try:
            db = open_database(folder / DRAFT_NAME, connection)
        except DraftLocked as error:
            raise locked_error(folder) from error
        try:
            return cls(folder, db, person, files)
        except BaseException:
            db.close()
            raise

    @property
    def meta(self) -> PlanMeta:
        """The plan as a whole after the last commit."""
        return self._meta

    def load(self) -> LoadedDraft:
        """Everything typed, checked row by row and as a whole; damaged values are left out."""
        return read_draft(self.database.conn, self.path)

    def commit(
        self,
        changes: ChangeSet,
        *,
        who: str,
        source: Source,
        at: datetime,
        about: Mapping[str, str] | None = None,
    ) -> Saved:
        """Write one user action, all of it or nothing; writing the same again changes nothing.

        `about` are texts of the meta data that change with it, as in `describe`.
        `ContentRefused` for a value that cannot be stored, else a `StorageError` worth retrying.
        """
        after = before = self._meta
        try:
            with sentences(self.path), self.database.atomic():
                self._check_place()
                after = before = self._meta
                action = Action(before.revision + 1, at, who, changes.label, source, "")
                after = write_changes(self.database.conn, changes, action, before)
                if about:
                    write_about(self.database.conn, about)
                    after = self._stored()[0]
        except (RowError, EncodingError) as error:
            raise ContentRefused(str(error)) from error
        except (StorageError, sqlite3.Error):
            # A COMMIT that reports an error may stand all the same: look, do not assume.
            if after is before:
                raise
            self._in_doubt = after
            if self._stored()[0] != after:
                raise
        self._meta = after
        return Saved(after.revision, after.root, at)

    def describe(
        self,
        *,
        title: str | None = None,
        park: str | None = None,
        completion: str | None = None,
        parent_root: str | None = None,
    ) -> None:
        """Change what is known about the plan as a whole; no new revision.

        `completion` is percent as text; `parent_root` the content last exchanged as a plan file.
        """
        texts = {"title": title, "park": park, "completion": completion, "parent_root": parent_root}
        with sentences(self.path), self.database.atomic():
            self._check_place()
            told = {key: text for key, text in texts.items() if text is not None}
            write_about(self.database.conn, told)
        self._meta, self._completion = self._stored()
        with suppress(StorageError):  # only the list of plans reads it
            self.write_info()

    def write_info(self) -> None:
        """Bring the line of the list of plans up to date; `StorageError` as `safe_save`."""
        write_info(self.folder, self._meta, self._completion, self.files)

    def add_picture(self, content: bytes, name: str = "", *, at: datetime) -> str:
        """Keep a picture and return its SHA-256 (hex); `PictureRefused` or `StorageError`."""
        entry = keep_picture(self.folder, content, name, self.files)
        with sentences(self.path), self.database.atomic():
            self._check_place()
            write_picture(self.database.conn, entry, at)
        return entry.sha256

    def picture(self, sha256: str) -> bytes:
        """The bytes of a picture; `PictureMissing` when gone or damaged."""
        return read_picture(
            self.folder,
            sha256,
            _kept_pictures(self.database, self.path).get(sha256, ""),
            self.files,
        )

    def snapshot(self, reason: str, name: str = "", *, at: datetime) -> Snapshot:
        """Keep a proven copy; `reason` is one lower-case word, a named copy is kept for good."""
        wanted = Snapshot(self.folder, 0, at, reason, name, who=self._note.person)
        return take_snapshot(self.database.conn, self.folder, self._meta, wanted, self.files)

    def to_plan_file(self, program: str = "") -> PlanFile:
        """The plan as it is to travel, with the pictures it mentions; `PictureMissing`."""
        answers = self.load().answers
        wanted = picture_names(rows_of(answers)) & _kept_pictures(self.database, self.path).keys()
        pictures = {sha256: self.picture(sha256) for sha256 in sorted(wanted)}
        meta = replace(self._meta, program=program or self._meta.program)
        return PlanFile(meta, answers, pictures)

    def settle_damage(self, *, who: str, at: datetime) -> Saved:
        """Go on with what proves and give the rest up; the draft as it was is kept as a copy."""
        loaded = self.load()
        keep_raw_copy(self.database.conn, self.folder, "settling", at, self.files)
        with sentences(self.path):
            rebuild(self.database, loaded, who, at)
        self._meta, self._completion = self._stored()
        return Saved(self._meta.revision, self._meta.root, at)

    def close(self) -> None:
        """Let the draft go."""
        with suppress(StorageError):
            self.write_info()
        remove_note(self.folder, self._note, self.files)
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _stored(self) -> tuple[PlanMeta, str]:
        with sentences(self.path):
            meta, completion, _ = read_meta_table(self.database.conn, self.path)
        return meta, completion

    def _check_place(self) -> None:
        """On POSIX another file can be put in our place without SQLite noticing."""
        found = self._stored()[0]
        if found == self._in_doubt:  # it stands, though it was told as failed and not readable then
            self._meta = found
        if _identity(self.path, self.files) != self._identity or found != self._meta:
            raise DraftReplaced(self.folder)


def _kept_pictures(db: Database, path: Path) -> dict[str, str]:
    """The name of each picture of the draft by its SHA-256."""
    with sentences(path):
        return dict(db.conn.execute("SELECT sha256, name FROM picture").fetchall())


def _identity(path: Path, files: Files) -> tuple[int, int]:
    try:
        return files.identity(path)
    except FileNotFoundError as error:
        raise DraftReplaced(path.parent) from error
    except OSError as error:
        raise write_error(error, path) from error
