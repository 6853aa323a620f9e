"""Plan files and drafts: bringing an open draft to the content of a file, and sending it out."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias

from forms.changes import difference
from storage.database import sentences
from storage.draft import Draft, Saved
from storage.errors import StorageError
from storage.meta import PlanMeta
from storage.plan_file import PlanFile, save_plan
from storage.rows import root_of

Relation: TypeAlias = Literal["same", "file newer", "draft newer", "both changed", "unknown"]


def relation(draft: Draft, file: PlanMeta) -> Relation:
    """How a plan file of this plan stands to the draft."""
    with sentences(draft.path):
        found = draft.database.conn.execute("SELECT root FROM action").fetchall()
    ours = {str(row[0]) for row in found}
    if file.root == draft.meta.root:
        return "same"
    if file.root in ours:
        return "draft newer"
    if file.parent_root == draft.meta.root:
        return "file newer"
    return "both changed" if file.parent_root in ours else "unknown"


def take_over(draft: Draft, plan: PlanFile, *, who: str, at: datetime) -> Saved:
    """Bring a draft to the content of a verified plan file: one action, after a snapshot."""
    draft.snapshot("import", at=at)
    for content in plan.pictures.values():
        draft.add_picture(content, at=at)
    changes = difference(draft.load().answers, plan.answers, "用方案文件更新")
    meta = plan.meta
    about = {"title": meta.title, "park": meta.park, "parent_root": meta.root}
    saved = draft.commit(changes, who=who, source="import", at=at, about=about)
    with suppress(StorageError):  # the list of plans catches up with the next save
        draft.write_info()
    return saved


def send_out(draft: Draft, target: Path, program: str = "") -> Path:
    """Write the draft as a plan file and remember what was sent; the path written."""
    plan = draft.to_plan_file(program)
    written = save_plan(target, plan, draft.files)
    draft.describe(parent_root=str(root_of(plan.answers)))
    return written
