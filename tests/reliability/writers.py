"""Every writer of the program that goes through the file layer, each with what must hold after it.

`write` may raise `StorageError`; `kept` says what of the old is damaged, `done` what of the new is
missing, each in words. A quiet writer may give up without a word: nothing rests on it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from forms.address import Address
from storage.creating import Beginning, create_files
from storage.database import DRAFT_NAME
from storage.draft import Draft
from storage.exchange import send_out, take_over
from storage.files import Files
from storage.info import read_info, write_info
from storage.library import Library
from storage.lock import LockNote, my_note, read_note, write_note
from storage.pictures import keep_picture, read_picture
from storage.plan_file import PlanFile, open_plan, save_plan
from storage.reading import read_snapshot
from storage.saving import safe_save
from storage.snapshots import list_snapshots, restore_snapshot
from tests.reliability.kill_jobs import PLACES
from tests.reliability.kill_jobs import plan_of as large_plan_of
from tests.reliability.real_exports import real_exports
from tests.storage.plans import NOON, PICTURES, PNG, same, small_plan, some_meta, typed
from ui.settings import SettingsFile

PNG_NAME = next(name for name, content in PICTURES.items() if content == PNG)
NOTE = Address("park", "note")


@dataclass(frozen=True)
class Writer:
    """One way something gets onto the disk."""

    prepare: Callable[[Path], object]
    write: Callable[[Path, Files], object]
    kept: Callable[[Path], str]
    done: Callable[[Path], str]
    quiet: bool = False


def plan_of(number: int, plan_id: str = "") -> PlanFile:
    return large_plan_of(number, plan_id, PLACES)


# ---- documents ---------------------------------------------------------------------------------


@cache
def made(number: int) -> dict[str, bytes]:
    return real_exports(number)


def document(suffix: str) -> Writer:
    def place(folder: Path) -> Path:
        return folder / f"方案.{suffix}"

    def holds(folder: Path, *numbers: int) -> bool:
        return place(folder).read_bytes() in [made(number)[suffix] for number in numbers]

    return Writer(
        lambda folder: place(folder).write_bytes(made(0)[suffix]),
        lambda folder, files: safe_save(place(folder), made(1)[suffix], files=files),
        lambda folder: "" if holds(folder, 0) else "the old document is damaged",
        lambda folder: "" if holds(folder, 1) else "the new document is not there",
    )


def _plan_kept(folder: Path, number: int = 0) -> str:
    title = open_plan(folder / "方案.yuance").meta.title
    return "" if title == f"第{number}稿" else f"the plan file holds {title}"


PLAN_FILE = Writer(
    lambda folder: save_plan(folder / "方案.yuance", plan_of(0)),
    lambda folder, files: save_plan(folder / "方案.yuance", plan_of(1), files),
    _plan_kept,
    lambda folder: _plan_kept(folder, 1),
)


# ---- beside a draft ----------------------------------------------------------------------------


def _settings_hold(folder: Path, *sizes: int) -> str:
    found = SettingsFile(folder / "config" / "settings.json").now.text_percent
    return "" if found in sizes else f"the settings say {found}"


SETTINGS = Writer(
    lambda folder: SettingsFile(folder / "config" / "settings.json").change(text_percent=120),
    lambda folder, files: SettingsFile(folder / "config" / "settings.json", files).change(
        text_percent=140
    ),
    lambda folder: _settings_hold(folder, 120, 140),
    lambda folder: _settings_hold(folder, 120, 140),
    quiet=True,
)


def _note(person: str) -> LockNote:
    return my_note(person, NOON)


LOCK_NOTE = Writer(
    lambda folder: write_note(folder, _note("王工")),
    lambda folder, files: write_note(folder, _note("李工"), files),
    lambda folder: "" if read_note(folder) == _note("王工") else "the old note is gone",
    lambda folder: "" if read_note(folder) == _note("李工") else "the new note is not there",
)


def _info_says(folder: Path, completion: str) -> str:
    found = read_info(folder)
    return "" if found is not None and found.completion == completion else "another line"


INFO = Writer(
    lambda folder: write_info(folder, some_meta("the-one-plan"), "10"),
    lambda folder, files: write_info(folder, some_meta("the-one-plan"), "20", files),
    lambda folder: _info_says(folder, "10"),
    lambda folder: _info_says(folder, "20"),
)
PICTURE = Writer(
    lambda folder: None,
    lambda folder, files: keep_picture(folder, PNG, "图.png", files),
    lambda folder: "half a picture" if (folder / "pictures" / PNG_NAME).exists() else "",
    lambda folder: "" if read_picture(folder, PNG_NAME) == PNG else "no picture",
)


# ---- drafts ------------------------------------------------------------------------------------


def make(folder: Path) -> None:
    Draft.create(folder / "draft", some_meta("the-one-plan"), small_plan(), PICTURES).close()


def draft_sound(folder: Path) -> str:
    """The draft opens, proves, can be edited, and so do all of its snapshots."""
    for each in list_snapshots(folder / "draft"):
        if not read_snapshot(each.path).whole:
            return f"snapshot {each.path.name} is not whole"
    with Draft.open(folder / "draft") as draft:
        if not draft.load().whole:
            return "the draft does not prove"
        before = draft.load().answers.get(NOTE)
        note = typed("park/note", before, f"{before}又")
        draft.commit(note, who="王工", source="typed", at=datetime.now(UTC))
    return ""


def with_draft(do: Callable[[Draft, Path], object]) -> Callable[[Path, Files], object]:
    """Something done to a draft that was opened while all was well."""

    class Later(Files):
        """The faulty layer takes over once the draft is open."""

    def write(folder: Path, files: Files) -> None:
        with Draft.open(folder / "draft") as draft:
            draft.files = files
            try:
                do(draft, folder)
                after = typed("park/after", None, "还能写")
                draft.commit(after, who="王工", source="typed", at=datetime.now(UTC))
            finally:
                draft.files = Later()

    return write


def _snapshots(folder: Path, least: int) -> str:
    found = list_snapshots(folder / "draft")
    return draft_sound(folder) or ("" if len(found) >= least else "no snapshot")


SNAPSHOT = Writer(
    make,
    with_draft(lambda draft, _: draft.snapshot("timer", at=datetime.now(UTC))),
    draft_sound,
    lambda folder: _snapshots(folder, 1),
)


def _prepare_exchange(folder: Path) -> None:
    make(folder)
    save_plan(folder / "方案.yuance", plan_of(0, plan_id="the-one-plan"))


def _taken(folder: Path) -> str:
    with Draft.open(folder / "draft") as draft:
        answers = draft.load().answers
    held = answers.get(Address("loop", "one"))
    return draft_sound(folder) or ("" if held == 0 else "the file was not taken over")


TAKE_OVER = Writer(
    _prepare_exchange,
    with_draft(
        lambda draft, folder: take_over(
            draft, open_plan(folder / "方案.yuance"), who="王工", at=datetime.now(UTC)
        )
    ),
    draft_sound,
    _taken,
)


def _sent_before(folder: Path) -> None:
    make(folder)
    with Draft.open(folder / "draft") as draft:
        send_out(draft, folder / "方案.yuance")
        note = typed("park/note", None, "又写了")
        draft.commit(note, who="王工", source="typed", at=datetime.now(UTC))


def _sent(folder: Path, *notes: str | None) -> str:
    found = open_plan(folder / "方案.yuance").answers.get(NOTE)
    return "" if found in notes else f"the file sent out says {found}"


SEND_OUT = Writer(
    _sent_before,
    with_draft(lambda draft, folder: send_out(draft, folder / "方案.yuance")),
    lambda folder: _sent(folder, None, "又写了") or draft_sound(folder),  # the old one or the new
    lambda folder: _sent(folder, "又写了", "又写了又") or draft_sound(folder),
)


def _opened(folder: Path, files: Files) -> None:
    with Draft.open(folder / "draft", files=files) as draft:
        if draft.load().answers.get(Address("park", "name")) != "青峰经济开发区":
            raise AssertionError("the draft shows something else")


OPENING = Writer(make, _opened, draft_sound, draft_sound, quiet=True)


def _created(folder: Path) -> str:
    with Draft.open(folder / "new") as draft:
        return "" if draft.load().whole else "the new draft does not prove"


def _not_half(folder: Path) -> str:
    return _created(folder) if (folder / "new" / DRAFT_NAME).exists() else ""


def _create(folder: Path, files: Files) -> None:
    if not (folder / "new" / DRAFT_NAME).exists():  # the second try finds it made already
        meta = some_meta("the-new-plan")
        create_files(folder / "new", Beginning(meta, small_plan(), PICTURES), files)


CREATION = Writer(lambda folder: None, _create, _not_half, _created)


def _import(folder: Path, files: Files) -> None:
    Library(folder / "plans", files).import_plan_file(folder / "方案.yuance")


def _imported(folder: Path) -> str:
    with Draft.open(folder / "plans" / "the-new-plan") as draft:
        if same(draft.load().answers) != same(plan_of(0).answers):
            return "the import is not whole"
    return ""


def _import_not_half(folder: Path) -> str:
    path = folder / "plans" / "the-new-plan" / DRAFT_NAME
    return _imported(folder) if path.exists() else ""


IMPORT = Writer(
    lambda folder: save_plan(folder / "方案.yuance", plan_of(0, plan_id="the-new-plan")),
    _import,
    _import_not_half,
    _imported,
)


def _with_snapshot(folder: Path) -> None:
    make(folder)
    with Draft.open(folder / "draft") as draft:
        draft.snapshot("timer", at=NOON)


def _restore(folder: Path, files: Files) -> None:
    snapshot = list_snapshots(folder / "draft")[0]
    restore_snapshot(folder / "draft", snapshot, datetime.now(UTC), files)


RESTORE = Writer(_with_snapshot, _restore, draft_sound, draft_sound)

WRITERS = {
    "docx": document("docx"),
    "pdf": document("pdf"),
    "xlsx": document("xlsx"),
    "plan file": PLAN_FILE,
    "settings": SETTINGS,
    "lock note": LOCK_NOTE,
    "list line": INFO,
    "picture": PICTURE,
    "snapshot": SNAPSHOT,
    "take over": TAKE_OVER,
    "send out": SEND_OUT,
    "opening": OPENING,
    "creation": CREATION,
    "import": IMPORT,
    "restore": RESTORE,
}
