"""The plans on this machine: one folder each under the user's local application data.

Listing reads the small files beside the drafts and never opens one; removing never deletes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from forms.answers import Answers
from storage.creating import Beginning, create_files
from storage.database import DRAFT_NAME, is_held
from storage.draft import Draft
from storage.errors import DraftError, DraftMissing, StorageError, write_error
from storage.exchange import note_origin, relation
from storage.files import REAL_FILES, Files
from storage.info import DraftInfo, read_info
from storage.lineage import Relation
from storage.lock import locked_error, read_note
from storage.meta import PlanMeta, new_plan_id
from storage.places import refuse_place
from storage.plan_file import PlanFile, open_plan
from storage.saving import make_folders
from storage.strays import clear_half_made

_TRASH = "trash"
_TRASHED = re.compile(r"(.+)\.\d{8}T\d{12}Z")


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What a new plan starts from."""

    pack_id: str
    pack_version: str
    title: str
    park: str = ""
    program: str = ""
    answers: Answers = field(default_factory=Answers)
    pictures: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    label: str = "新建方案"  # how its history begins: where it comes from


@dataclass(frozen=True, slots=True)
class Imported:
    """A plan file became a draft on this machine."""

    folder: Path
    plan: PlanFile


@dataclass(frozen=True, slots=True)
class AlreadyHere:
    """The plan has a draft here: open it, bring it up to date by `take_over`, or copy the file."""

    draft: DraftInfo
    plan: PlanFile
    relation: Relation


class Library:
    """The folder that holds all drafts; `PlaceRefused` on sticks, shares and in synced folders."""

    def __init__(self, root: Path | None = None, files: Files = REAL_FILES) -> None:
        self.root = root or platformdirs.user_data_path("yuance", appauthor=False) / "plans"
        self._files = files
        refuse_place(self.root)
        try:
            make_folders(self.root, files)
        except OSError as error:
            raise write_error(error, self.root) from error
        clear_half_made(self.root, files)

    def create_plan(self, new: NewPlan, *, person: str = "", at: datetime) -> Path:
        """Make the draft of a new plan; its folder."""
        meta = PlanMeta(
            plan_id=new_plan_id(),
            pack_id=new.pack_id,
            pack_version=new.pack_version,
            title=new.title,
            park=new.park,
            revision=0,
            root="",
            parent_root="",
            created=at,
            changed=at,
            program=new.program,
        )
        return self._make(Beginning(meta, new.answers, new.pictures, new.label, who=person))

    def import_plan_file(self, path: Path, *, person: str = "") -> Imported | AlreadyHere:
        """Verify a plan file and make a draft of it, unless the plan has one here already."""
        plan = open_plan(path, self._files)
        folder = self.root / plan.meta.plan_id
        if not (folder / DRAFT_NAME).exists():
            self._adopt(plan, plan.meta, person)
            with suppress(StorageError):  # the draft is there; a later merge may ask more
                note_origin(folder, plan, files=self._files)
            return Imported(folder, plan)
        found: Relation = "unknown"
        with suppress(StorageError), Draft.open(folder, person=person) as draft:
            found = relation(draft, plan)  # open elsewhere or damaged: unknown
        return AlreadyHere(self.info(folder), plan, found)

    def import_copy(self, plan: PlanFile, *, person: str = "", at: datetime) -> Path:
        """Make a draft of a verified plan file under a new plan id."""
        title = f"{plan.meta.title}（副本）"
        meta = replace(plan.meta, plan_id=new_plan_id(), title=title, parent_root="", created=at)
        return self._adopt(plan, meta, person)

    def duplicate(self, folder: Path, *, person: str = "", at: datetime) -> Path:
        """Copy a draft that is not open under a new plan id; the new folder. `DraftLocked`."""
        with Draft.open(folder, person=person) as draft:
            plan = draft.to_plan_file()
        return self.import_copy(plan, person=person, at=at)

    def open(self, folder: Path, *, person: str = "") -> Draft:
        """Open a draft of this library; errors as `Draft.open`."""
        return Draft.open(folder, person=person)

    def list(self) -> tuple[DraftInfo, ...]:
        """All plans, the last changed first."""
        found = [self.info(path.parent) for path in self.root.glob(f"*/{DRAFT_NAME}")]
        return tuple(sorted(found, key=lambda each: each.changed, reverse=True))

    def info(self, folder: Path) -> DraftInfo:
        """The line of one draft; rebuilt from the draft when lost, if nobody has it open."""
        found = read_info(folder, self._files)
        if found is not None:
            return found
        with suppress(StorageError):
            Draft.open(folder, files=self._files).close()
        return read_info(folder, self._files) or _unknown(folder)

    def remove(self, folder: Path, *, at: datetime) -> Path:
        """Move a draft that is not open to the trash; where it went. `DraftLocked`."""
        self._check_closed(folder)
        stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        target = self.root.parent / _TRASH / f"{folder.name}.{stamp}"
        return self._move(folder, target)

    def trash(self) -> tuple[DraftInfo, ...]:
        """The removed plans, the last changed first."""
        places = (self.root.parent / _TRASH).glob(f"*/{DRAFT_NAME}")
        found = [read_info(each.parent, self._files) or _unknown(each.parent) for each in places]
        return tuple(sorted(found, key=lambda each: each.changed, reverse=True))

    def put_back(self, trashed: Path) -> Path:
        """Bring a removed plan back; its folder. `DraftError` when the plan is here again."""
        name = _TRASHED.fullmatch(trashed.name)
        target = self.root / (name[1] if name else trashed.name)
        if target.exists():
            raise DraftError("方案列表中已有同一方案。", "请先移走它，再恢复。")
        return self._move(trashed, target)

    def _adopt(self, plan: PlanFile, meta: PlanMeta, person: str) -> Path:
        pictures = plan.pictures
        known = replace(meta, parent_root=plan.meta.root)
        return self._make(
            Beginning(known, plan.answers, pictures, "打开方案文件", "import", who=person)
        )

    def _make(self, beginning: Beginning) -> Path:
        folder = self.root / beginning.meta.plan_id
        create_files(folder, beginning, self._files)
        Draft.open(folder, person=beginning.who, files=self._files).close()  # proves it
        return folder

    def _check_closed(self, folder: Path) -> None:
        if not (folder / DRAFT_NAME).exists():
            raise DraftMissing(folder)
        if is_held(folder / DRAFT_NAME):
            raise locked_error(folder)

    def _move(self, source: Path, target: Path) -> Path:
        try:
            make_folders(target.parent, self._files)
            self._files.replace(source, target)
        except OSError as error:
            raise write_error(error, source) from error
        return target


def _unknown(folder: Path) -> DraftInfo:
    note = read_note(folder)
    holder = (note.person or note.machine) if note else ""
    never = datetime.fromtimestamp(0, UTC)
    return DraftInfo(folder, folder.name, "（名称未知）", "", "", never, 0, "", "", holder)
