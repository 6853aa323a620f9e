"""What a program is doing when it is killed: jobs without end that acknowledge each step.

A job gets its folder and `tell`, and calls `tell(n)` once step n is done for good. Its check looks
at the folder afterwards, as the next start would, and says what is wrong, in words.
"""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from forms.address import Address
from forms.answers import answers_of
from forms.changes import ChangeSet, ValueChange
from storage.database import DRAFT_NAME
from storage.draft import Draft
from storage.exchange import send_out, take_over
from storage.library import Library
from storage.plan_file import PlanFile, open_plan, save_plan
from storage.reading import read_snapshot
from storage.saving import safe_save
from storage.snapshots import list_snapshots
from storage.writer import DraftWriter
from tests.storage.plans import PICTURES, same, small_plan, some_meta

Tell = Callable[[int], object]
PLACES = [Address("loop", name) for name in ("one", "two", "three")]
MANY = [Address("bulk", "list").at(f"r{n}", "use", 2024) for n in range(300)]
FILES = 15
VERSIONS = 3  # of an export: the one before, the last and the next
FORMATS = ("docx", "pdf", "xlsx")
STEPS = range(1_000_000)


@dataclass(frozen=True)
class Job:
    """Prepared once in a folder that each kill gets a copy of; `good` checks after the kill."""

    prepare: Callable[[Path], None]
    work: Callable[[Path, Tell], None]
    good: Callable[[Path, int], str]


def now() -> datetime:
    return datetime.now(UTC)


def step(number: int, places: list[Address] = PLACES) -> ChangeSet:
    """The edit that takes every place from the step before to this one."""
    before = number - 1 if number else None
    return ChangeSet("输入", tuple(ValueChange(each, before, number) for each in places))


def make_draft(folder: Path) -> None:
    Draft.create(folder / "draft", some_meta(), small_plan()).close()


def strays(folder: Path) -> str:
    left = [str(each.relative_to(folder)) for each in folder.rglob(".*")]
    return f"left behind: {left}" if left else ""


def draft_trouble(folder: Path, told: int, places: list[Address] = PLACES) -> str:
    """What is wrong with a draft whose last acknowledged step is `told`."""
    with Draft.open(folder / "draft") as draft:
        loaded = draft.load()
    found = {loaded.answers.get(each) for each in places}
    if not loaded.whole:
        return "the draft does not prove"
    if len(found) != 1:
        return "half a save"
    value = found.pop()
    number = value if isinstance(value, int) else -1
    if number < told:
        return f"acknowledged {told}, found {number}"
    if number >= 0 and loaded.meta.revision < number:
        return "the revision lags behind"
    return strays(folder)


# ---- autosave: through the writer's thread, as the window does it ------------------------------


def autosave(folder: Path, tell: Tell) -> None:
    writer = DraftWriter(lambda: Draft.open(folder / "draft"))
    for number in STEPS:
        writer.submit(step(number), who="王工").result()
        tell(number)


def autosave_hasty(folder: Path, tell: Tell) -> None:
    """Known bad: says saved when it has only handed over."""
    writer = DraftWriter(lambda: Draft.open(folder / "draft"))
    writer.loaded.result()
    for number in STEPS:
        tell(number)
        writer.submit(step(number), who="王工").result()


def autosave_apart(folder: Path, tell: Tell) -> None:
    """Known bad: one action in three transactions."""
    with Draft.open(folder / "draft") as draft:
        for number in STEPS:
            for place in PLACES:
                draft.commit(step(number, [place]), who="王工", source="typed", at=now())
            tell(number)


def commits(folder: Path, tell: Tell) -> None:
    """One edit after the other in this thread, so that its calls can be traced."""
    with Draft.open(folder / "draft") as draft:
        for number in STEPS:
            draft.commit(step(number), who="王工", source="typed", at=now())
            tell(number)


class Unsynced(sqlite3.Connection):
    """Known bad: SQLite is told not to sync, and to say that it does."""

    def execute(self, sql: str, *arguments: Any) -> sqlite3.Cursor:
        if sql == "PRAGMA synchronous = FULL":
            sql = "PRAGMA synchronous = OFF"
        elif sql == "PRAGMA synchronous":
            sql = "SELECT 2"
        return super().execute(sql, *arguments)


def commits_unsynced(folder: Path, tell: Tell) -> None:
    with Draft.open(folder / "draft", connection=Unsynced) as draft:
        for number in STEPS:
            draft.commit(step(number), who="王工", source="typed", at=now())
            tell(number)


def bulk(folder: Path, tell: Tell) -> None:
    """A paste of 300 cells, time and again: journals of many pages."""
    with Draft.open(folder / "draft") as draft:
        for number in STEPS:
            draft.commit(step(number, MANY), who="王工", source="typed", at=now())
            tell(number)


# ---- import: a plan file becomes a draft --------------------------------------------------------


def plan_of(number: int, plan_id: str = "", places: list[Address] | None = None) -> PlanFile:
    """A plan that holds its number at many places, or at some."""
    places = [*PLACES, *MANY] if places is None else places
    values = [*small_plan().values(), *((each, number) for each in places)]
    answers = answers_of(values, small_plan().orders())
    meta = replace(some_meta(plan_id or f"plan-{number:08d}"), title=f"第{number}稿")
    return PlanFile(meta, answers, PICTURES)


def prepare_files(folder: Path) -> None:
    (folder / "in").mkdir(parents=True)
    for number in range(FILES):
        save_plan(folder / "in" / f"{number}.yuance", plan_of(number, places=PLACES))


def importing(folder: Path, tell: Tell) -> None:
    library = Library(folder / "plans")
    for number in range(FILES):
        library.import_plan_file(folder / "in" / f"{number}.yuance")
        tell(number)


def imported_trouble(folder: Path, told: int) -> str:
    library = Library(folder / "plans")
    for number in range(told + 1):
        if not (library.root / f"plan-{number:08d}" / DRAFT_NAME).exists():
            return f"acknowledged import {number} is gone"
    for number in range(max(told, 0), min(told + 2, FILES)):
        plan = open_plan(folder / "in" / f"{number}.yuance")
        place = library.root / plan.meta.plan_id
        library.import_plan_file(folder / "in" / f"{number}.yuance")  # goes on without a question
        with Draft.open(place) as draft:
            loaded, found = draft.load(), draft.to_plan_file()
        if not loaded.whole or same(found.answers) != same(plan.answers):
            return f"half an import {number}"
        if not found.pictures or not found.pictures.items() <= plan.pictures.items():
            return f"pictures of import {number} are missing"
    return strays(folder)


# ---- snapshots ----------------------------------------------------------------------------------


def snapshots(folder: Path, tell: Tell) -> None:
    with Draft.open(folder / "draft") as draft:
        for number in STEPS:
            draft.commit(step(number), who="王工", source="typed", at=now())
            draft.snapshot("timer", at=now())
            tell(number)


def snapshot_trouble(folder: Path, told: int) -> str:
    trouble = draft_trouble(folder, told)
    if trouble:
        return trouble
    found = list_snapshots(folder / "draft")
    for each in found:
        read = read_snapshot(each.path)
        if not read.whole or read.meta.revision != each.revision:
            return f"half a snapshot {each.path.name}"
        if {read.answers.get(place) for place in PLACES} != {each.revision - 1}:
            return f"{each.path.name} holds another revision"
    newest = found[0].revision - 1 if found else -1
    return f"snapshot {told} is gone" if newest < told else ""


# ---- merge: another's file is taken over, and ours sent out -------------------------------------


def prepare_merge(folder: Path) -> None:
    folder.mkdir()
    for number in range(2):
        save_plan(folder / f"{number}.yuance", plan_of(number, plan_id="the-one-plan"))
    meta = replace(some_meta("the-one-plan"), title="第1稿")
    Draft.create(folder / "draft", meta, plan_of(1).answers, PICTURES).close()


def merging(folder: Path, tell: Tell) -> None:
    plans = [open_plan(folder / f"{number}.yuance") for number in range(2)]
    with Draft.open(folder / "draft") as draft:
        for number in STEPS:
            take_over(draft, plans[number % 2], who="王工", at=now())
            send_out(draft, folder / "out.yuance")
            tell(number)


def merged_trouble(folder: Path, told: int) -> str:
    with Draft.open(folder / "draft") as draft:
        loaded = draft.load()
    plans = [plan_of(number) for number in range(2)]
    held = [same(loaded.answers) == same(plan.answers) for plan in plans]
    if not loaded.whole or not any(held):
        return "half a merge"
    if loaded.meta.revision < told + 1:
        return f"acknowledged {told}, found revision {loaded.meta.revision}"
    if loaded.meta.title != plans[held.index(True)].meta.title:
        return "the title is of the other plan"
    if (folder / "out.yuance").exists():
        open_plan(folder / "out.yuance")
    elif told >= 0:
        return "the file sent out is gone"
    return strays(folder / "draft")


# ---- export: real documents, saved over each other ----------------------------------------------


def documents(folder: Path, number: int) -> dict[str, bytes]:
    """The bytes of an export; versions of different length stand in `made`."""
    made = folder / "made"
    return {each: (made / f"{number % VERSIONS}.{each}").read_bytes() for each in FORMATS}


def prepare_export(folder: Path) -> None:
    from tests.reliability.real_exports import real_exports

    (folder / "made").mkdir(parents=True)
    for number in range(VERSIONS):
        for suffix, content in real_exports(number).items():
            (folder / "made" / f"{number}.{suffix}").write_bytes(content)


def save_in_place(target: Path, content: bytes) -> None:
    """Known bad: the target itself is written."""
    target.write_bytes(content)


def exporting_with(save: Callable[[Path, bytes], object]) -> Callable[[Path, Tell], None]:
    def work(folder: Path, tell: Tell) -> None:
        for number in STEPS:
            for suffix, content in documents(folder, number).items():
                save(folder / f"方案.{suffix}", content)
            tell(number)

    return work


def exported_trouble(folder: Path, told: int) -> str:
    last, coming = documents(folder, max(told, 0)), documents(folder, told + 1)
    for suffix in FORMATS:
        path = folder / f"方案.{suffix}"
        if not path.exists():
            if told >= 0:
                return f"{path.name} is gone"
            continue
        if path.read_bytes() not in (last[suffix], coming[suffix]):
            return f"half a {suffix}, or one of before"
    safe_save(folder / "方案.docx", last["docx"])  # the next export clears what was left
    return strays(folder)


# ---- recovery: opening a draft that was killed in the middle of a commit ------------------------


def prepare_hot_journal(folder: Path) -> None:
    """A draft with half a transaction in it and the journal to roll it back."""
    Draft.create(folder / "draft", some_meta("the-one-plan"), plan_of(0).answers, PICTURES).close()


def leave_hot_journal(folder: Path) -> None:
    """Write into the pages of the draft and never commit; the process ends here."""
    draft = Draft.open(folder / "draft")
    conn = draft.database.conn
    conn.execute("PRAGMA cache_size = 2")
    conn.execute("BEGIN IMMEDIATE")
    conn.execute("UPDATE value SET text = '9999999', hash = 'half'")
    if not (folder / "draft" / "draft.sqlite-journal").stat().st_size:
        raise AssertionError("no hot journal to recover from")
    os.kill(os.getpid(), signal.SIGKILL)


def reopening(folder: Path, tell: Tell) -> None:
    tell(0)
    with Draft.open(folder / "draft") as draft:
        draft.load()


def recovered_trouble(folder: Path, told: int) -> str:
    with Draft.open(folder / "draft") as draft:
        loaded = draft.load()
    if not loaded.whole or same(loaded.answers) != same(plan_of(0).answers):
        return "the recovered draft is not what was saved"
    return strays(folder)


JOBS = {
    "autosave": Job(make_draft, autosave, draft_trouble),
    "commits": Job(make_draft, commits, draft_trouble),
    "unsynced": Job(make_draft, commits_unsynced, draft_trouble),
    "bulk": Job(make_draft, bulk, lambda folder, told: draft_trouble(folder, told, MANY)),
    "import": Job(prepare_files, importing, imported_trouble),
    "snapshot": Job(make_draft, snapshots, snapshot_trouble),
    "merge": Job(prepare_merge, merging, merged_trouble),
    "export": Job(prepare_export, exporting_with(safe_save), exported_trouble),
    "recovery": Job(prepare_hot_journal, reopening, recovered_trouble),
    "hasty": Job(make_draft, autosave_hasty, draft_trouble),
    "apart": Job(make_draft, autosave_apart, draft_trouble),
    "in place": Job(prepare_export, exporting_with(save_in_place), exported_trouble),
}
