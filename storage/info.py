"""`info.json`: what the list of plans shows of a draft, beside it so that listing never opens it.

It may lag behind by some seconds; nothing but the list relies on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.codec import LooseError, dump, load, time_text
from storage.files import REAL_FILES, Files
from storage.lock import read_note
from storage.meta import PlanMeta
from storage.saving import safe_save

INFO_NAME = "info.json"


@dataclass(frozen=True, slots=True)
class DraftInfo:
    """A line of the list of plans; `completion` is percent as text, `locked_by` a name or ""."""

    folder: Path
    plan_id: str
    title: str
    park: str
    pack_id: str
    changed: datetime
    revision: int
    root: str
    completion: str = ""
    locked_by: str = ""


def write_info(folder: Path, meta: PlanMeta, completion: str, files: Files = REAL_FILES) -> None:
    """Write the line of a draft; `StorageError` as `safe_save`."""
    parts = {
        "plan_id": meta.plan_id,
        "title": meta.title,
        "park": meta.park,
        "pack_id": meta.pack_id,
        "changed": time_text(meta.changed),
        "revision": meta.revision,
        "root": meta.root,
        "completion": completion,
    }
    safe_save(folder / INFO_NAME, dump(parts, indent=1), files=files)


def read_info(folder: Path, files: Files = REAL_FILES) -> DraftInfo | None:
    """The line of a draft, or None when it is missing or odd."""
    try:
        loose = load(files.read(folder / INFO_NAME), INFO_NAME)
        note = read_note(folder, files)
        return DraftInfo(
            folder,
            loose.text("plan_id"),
            loose.text("title"),
            loose.text("park"),
            loose.text("pack_id"),
            loose.when("changed"),
            loose.whole("revision"),
            loose.text("root"),
            loose.text("completion"),
            (note.person or note.machine) if note else "",
        )
    except (OSError, LooseError):
        return None
