"""Copies at a second place the user chose: one plan file a day, the latest of them kept.

Another disk is what helps when this one fails. Only names that stand in our register are removed.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from storage.codec import LooseError, dump, load
from storage.files import REAL_FILES, Files
from storage.plan_file import PlanFile, save_plan
from storage.saving import safe_save

COPIES = 10

_REGISTER = "copies.json"


def keep_copy(
    plan: PlanFile, draft: Path, place: Path, at: datetime, files: Files = REAL_FILES
) -> Path:
    """Write the copy of today into the folder `place`; the path written, errors as `safe_save`."""
    day = at.astimezone()
    name = f"{_plain(plan.meta.title)}-{plan.meta.plan_id[:8]}-{day:%Y%m%d}.yuance"
    written = save_plan(place / name, plan, files)
    known = [path for path in _registered(draft, files) if path != written]
    here = [path for path in known if path.parent == place]
    for old in here[COPIES - 1 :]:
        with suppress(OSError):
            files.remove(old)
    gone = set(here[COPIES - 1 :])
    kept = [written, *(path for path in known if path not in gone)]
    safe_save(draft / _REGISTER, dump({"copies": [str(path) for path in kept]}), files=files)
    return written


def _registered(draft: Path, files: Files) -> list[Path]:
    """The copies written so far, the latest first; nothing when the register is lost or odd."""
    try:
        return [
            Path(each) for each in load(files.read(draft / _REGISTER), _REGISTER).texts("copies")
        ]
    except (OSError, LooseError):
        return []


def _plain(title: str) -> str:
    """A title as part of a file name, on any system."""
    kept = "".join(letter for letter in title if letter.isalnum() or letter in "-_（）")
    return kept[:40] or "方案"
