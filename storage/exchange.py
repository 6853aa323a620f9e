"""Plan files and drafts: bringing an open draft to the content of a file, and sending it out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from forms.changes import difference
from storage.draft import Draft, Saved
from storage.plan_file import PlanFile, save_plan
from storage.rows import root_of


def take_over(draft: Draft, plan: PlanFile, *, who: str, at: datetime) -> Saved:
    """Bring a draft to the content of a verified plan file: one action, after a snapshot."""
    draft.snapshot("import", at=at)
    for content in plan.pictures.values():
        draft.add_picture(content, at=at)
    changes = difference(draft.load().answers, plan.answers, "用方案文件更新")
    saved = draft.commit(changes, who=who, source="import", at=at)
    draft.describe(title=plan.meta.title, park=plan.meta.park, parent_root=plan.meta.root)
    return saved


def send_out(draft: Draft, target: Path, program: str = "") -> Path:
    """Write the draft as a plan file and remember what was sent; the path written."""
    plan = draft.to_plan_file(program)
    written = save_plan(target, plan)
    draft.describe(parent_root=str(root_of(plan.answers)))
    return written
