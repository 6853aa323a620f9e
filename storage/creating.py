"""Making the files of a new draft: all of them complete before the folder counts as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlite_utils import Database

from forms.answers import Answers
from forms.encoding import EncodingError
from storage.change_log import Action, Source, log_action
from storage.database import DRAFT_NAME, create_database, sentences
from storage.errors import ContentRefused, DraftExists, write_error
from storage.files import REAL_FILES, Files
from storage.meta import PlanMeta
from storage.pictures import FOLDER_NAME as PICTURES
from storage.pictures import PictureEntry, keep_picture
from storage.roots import root_over
from storage.rows import Row, RowError, rows_of
from storage.saving import make_folders
from storage.snapshots import FOLDER_NAME as SNAPSHOTS
from storage.writing import write_meta, write_meta_text, write_picture, write_rows

NEW_NAME = ".new-draft.sqlite"


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new draft starts with, and how its history names that."""

    meta: PlanMeta
    answers: Answers = field(default_factory=Answers)
    pictures: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    label: str = "新建方案"
    source: Source = "new"
    who: str = ""


def create_files(folder: Path, beginning: Beginning, files: Files = REAL_FILES) -> None:
    """Make the draft files in a folder; `DraftExists` or another `StorageError`.

    Until the last step there is no `draft.sqlite`, so a killed program leaves no half draft.
    """
    path = folder / DRAFT_NAME
    if path.exists():
        raise DraftExists(folder)
    try:
        rows = list(rows_of(beginning.answers))
    except (RowError, EncodingError) as error:
        raise ContentRefused(str(error)) from error
    try:
        for name in (SNAPSHOTS, PICTURES):
            make_folders(folder / name, files)
        for left in (NEW_NAME, f"{NEW_NAME}-journal"):
            with suppress(FileNotFoundError):
                files.remove(folder / left)
        entries = [keep_picture(folder, each, "", files) for each in beginning.pictures.values()]
        with sentences(path), create_database(folder / NEW_NAME) as db, db.atomic():
            _fill(db, beginning, rows, entries)
        files.replace(folder / NEW_NAME, path)
        files.sync_folder(folder)
        files.sync_folder(folder.parent)
    except OSError as error:
        raise write_error(error, path) from error


def _fill(db: Database, beginning: Beginning, rows: list[Row], entries: list[PictureEntry]) -> None:
    meta = replace(beginning.meta, root=str(root_over(row.digest for row in rows)))
    write_rows(db, rows)
    write_meta(db.conn, meta)
    write_meta_text(db.conn, "completion", "")
    for entry in entries:
        write_picture(db.conn, entry, meta.changed)
    who, label, source = beginning.who, beginning.label, beginning.source
    log_action(db.conn, Action(meta.revision, meta.changed, who, label, source, meta.root))
