"""Plan files and drafts: how they stand, their common version, and bringing one into the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from forms.answers import Answers
from forms.changes import difference
from storage.database import sentences
from storage.draft import Draft, Saved
from storage.errors import StorageError, read_error
from storage.files import REAL_FILES, Files
from storage.lineage import Relation, lineage_of, stand, woven
from storage.moments import answers_at_root
from storage.origin import (
    OpenMerge,
    Origin,
    keep_version,
    read_origin,
    read_version,
    write_origin,
)
from storage.plan_file import PlanFile, save_plan
from storage.reading import read_snapshot
from storage.saving import safe_save
from storage.snapshots import list_snapshots


@dataclass(frozen=True, slots=True)
class StillOpen:
    """A merge with conflicts nobody has chosen yet: merge these with the plan as it is now."""

    base: Answers
    theirs: Answers
    file: str


def relation(draft: Draft, file: PlanFile) -> Relation:
    """How a plan file of this plan stands to the draft."""
    root, known = draft.meta.root, known_roots(draft)
    return stand(root, known, file.meta.root, file.ancestors)


def known_roots(draft: Draft) -> frozenset[str]:
    """The roots of all versions the draft is or comes from."""
    with sentences(draft.path):
        found = draft.database.conn.execute("SELECT root FROM action").fetchall()
    ours = {str(row[0]) for row in found}
    return frozenset(ours | set(lineage(draft)) | {draft.meta.root})


def lineage(draft: Draft) -> tuple[str, ...]:
    """The exchanged versions the draft comes from, the newest first."""
    return lineage_of(read_origin(draft.folder, draft.files).lineage, draft.meta.parent_root)


def ancestor(draft: Draft, file: PlanFile) -> Answers | None:
    """The newest version that both the draft and a file come from; None when none is found.

    Looked for among the kept versions, in the change log, and among the snapshots.
    """
    known = known_roots(draft)
    common = [root for root in file.ancestors if root in known]
    for root in common:
        found = read_version(draft.folder, root, draft.files) or answers_at_root(draft, root)
        if found is not None:
            return found
    return next(_from_snapshots(draft, common), None)


def _from_snapshots(draft: Draft, roots: list[str]) -> Iterator[Answers]:
    by_root = {each.root: each.path for each in list_snapshots(draft.folder, draft.files)}
    for root in roots:
        if root in by_root:
            try:
                found = read_snapshot(by_root[root])
            except StorageError:
                continue
            if found.whole and found.meta.root == root:
                yield found.answers


def take_over(draft: Draft, plan: PlanFile, *, who: str, at: datetime) -> Saved:
    """Bring a draft to the content of a verified plan file: one action, after a snapshot."""
    draft.snapshot("import", at=at)
    add_pictures(draft, plan)
    changes = difference(draft.load().answers, plan.answers, "用方案文件更新")
    meta = plan.meta
    about = {"title": meta.title, "park": meta.park, "parent_root": meta.root}
    saved = draft.commit(changes, who=who, source="import", at=at, about=about)
    with suppress(StorageError):  # the list of plans catches up with the next save
        draft.write_info()
    note_received(draft, plan)
    return saved


def add_pictures(draft: Draft, plan: PlanFile) -> None:
    """Keep the pictures of a verified plan file in the draft, before anything refers to them."""
    for content in plan.pictures.values():
        draft.add_picture(content, at=plan.meta.changed)


def note_received(draft: Draft, plan: PlanFile) -> None:
    """Note that the draft now comes from a file too, and keep that version for later merges."""
    note_origin(draft.folder, plan, lineage(draft), draft.files)


def note_origin(
    folder: Path, plan: PlanFile, ours: tuple[str, ...] = (), files: Files = REAL_FILES
) -> None:
    """Note beside a draft, open or not, that it comes from a file besides `ours`."""
    root = keep_version(folder, plan.answers, files)
    line = lineage_of(root, woven(ours, plan.ancestors))
    write_origin(folder, replace(read_origin(folder, files), lineage=line), files)


def note_sent(draft: Draft, answers: Answers) -> str:
    """Note that the draft was sent out with this content, and keep that for merges; its root."""
    root = keep_version(draft.folder, answers, draft.files)
    origin = read_origin(draft.folder, draft.files)
    write_origin(
        draft.folder, replace(origin, lineage=lineage_of(root, lineage(draft))), draft.files
    )
    draft.describe(parent_root=root)
    return root


def note_merged(draft: Draft, plan: PlanFile, merged_root: str) -> bool:
    """Note that the draft now comes from a merged file too; only once that merge is on the disk.

    False, with nothing noted, when it is not: the file will then be told as not merged yet.
    """
    if merged_root not in known_roots(draft):
        return False
    note_received(draft, plan)
    return True


def keep_open(draft: Draft, still: StillOpen | None) -> None:
    """Keep what is still to be chosen of a merge beyond the session; None: nothing is any more."""
    origin = read_origin(draft.folder, draft.files)
    left = None
    if still is not None:
        base = keep_version(draft.folder, still.base, draft.files)
        theirs = keep_version(draft.folder, still.theirs, draft.files)
        left = OpenMerge(base, theirs, still.file)
    if left != origin.open:
        write_origin(draft.folder, Origin(origin.lineage, left), draft.files)


def still_open(draft: Draft) -> StillOpen | None:
    """What is still to be chosen of a former merge, or None."""
    left = read_origin(draft.folder, draft.files).open
    if left is None:
        return None
    base = read_version(draft.folder, left.base, draft.files)
    theirs = read_version(draft.folder, left.theirs, draft.files)
    return StillOpen(base, theirs, left.file) if base is not None and theirs is not None else None


def send_out(draft: Draft, target: Path, program: str = "") -> Path:
    """Write the draft as a plan file and remember what was sent; the path written.

    `OtherVersion` when a plan file stands there that the draft does not come from.
    """
    plan = replace(draft.to_plan_file(program), lineage=lineage(draft))
    written = save_plan(target, plan, draft.files, known_roots(draft))
    note_sent(draft, plan.answers)
    return written


def replaceable(
    known: Collection[str], plan: PlanFile, over: PlanFile | None
) -> frozenset[str] | None:
    """The roots a plan may be written over; None for anything, when another plan is to go."""
    if over is None:
        return frozenset(known)
    return frozenset({*known, over.meta.root}) if over.meta.plan_id == plan.meta.plan_id else None


def put_aside(path: Path, at: datetime) -> Path:
    """Keep the plan file at a place under another name before it is replaced; that name."""
    day = at.astimezone().strftime("%Y-%m-%d")
    names = (
        f"{path.stem}(旧 {day}{more}){path.suffix}"
        for more in ("", *map(" {}".format, range(2, 99)))
    )
    free = next((each for name in names if not (each := path.with_name(name)).exists()), None)
    if free is None:
        raise StorageError(f"“{path.name}”已有太多旧版本。", "请换一个文件名。")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise read_error(error, path) from error
    return safe_save(free, content)
