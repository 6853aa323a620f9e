"""Joins the library and the writer of drafts with a plan session: open plans, new plans, files."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from forms.answers import Answers
from forms.gaps import complete_plan
from forms.schema import Pack
from forms.values import Cut, Picture
from forms.view import PlanView, evaluate
from importers.reader import take_picture
from storage.compaction import compact
from storage.draft import Draft
from storage.errors import DraftError, PictureMissing, PicturesLeftOut, StorageError
from storage.exchange import known_roots, lineage, note_sent, replaceable
from storage.info import DraftInfo
from storage.library import AlreadyHere, Library, NewPlan
from storage.losses import Loss, write_losses
from storage.pictures import read_picture
from storage.plan_file import PlanFile, save_plan
from storage.recovery import keep_opened
from storage.rows import picture_names, rows_of
from storage.snapshots import Snapshot
from storage.writer import DraftWriter
from ui.arriving import Arriving
from ui.autosave import Waiting
from ui.damage import Damage
from ui.history.reader import LogReader
from ui.recalling import Recall
from ui.session import Change, PlanSession
from ui.text import tr

_OPEN_SECONDS = 60
_PICTURE_SECONDS = 30
_META_SECONDS = 5
_SNAPSHOT_EVERY_MS = 10 * 60 * 1000
_LAST_TRY_MS = 1_000
_MANY = 30  # values that go at once: a snapshot of before is kept


class Coming(Protocol):
    """A snapshot that is being kept; a job may wait for it."""

    def result(self, timeout: int) -> Snapshot:
        """The snapshot, or the error it failed with; seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Summary:
    """What is known of a plan as a whole, from its answers."""

    title: str
    park: str
    completion: int


def summary_of(view: PlanView) -> Summary:
    """Title, park and completion of a plan as it stands."""
    park = view.text(view.pack.roles.park_name)
    return Summary(title_of(view), park, complete_plan(view).percent)


def title_of(view: PlanView) -> str:
    """What a plan is called: by its title, else by the park."""
    roles = view.pack.roles
    return view.text(roles.plan_title) or view.text(roles.park_name) or tr("未命名方案")


class Shelf:
    """The pictures of an open draft, as the session wants them."""

    def __init__(self, folder: Path, writer: DraftWriter) -> None:
        self._folder = folder
        self._writer = writer

    def add_picture(self, content: bytes, name: str) -> Picture:
        """Make a picture anew and keep it; `ReceivedError` or a `StorageError`. For a job."""
        return self._keep(take_picture(content, name), name)

    def cut_picture(self, cut: Cut, name: str) -> Picture:
        """Keep what is cut from a kept picture, as `add_picture`; KeyError when that is gone."""
        return self._keep(take_picture(self.picture(cut.original), name, cut=cut), name)

    def _keep(self, taken: tuple[Picture, bytes], name: str) -> Picture:
        picture, kept = taken

        def add(draft: Draft) -> str:
            return draft.add_picture(kept, name, at=datetime.now(UTC))

        self._writer.run(add).result(_PICTURE_SECONDS)
        return picture

    def picture(self, sha256: str) -> bytes:
        """The bytes of a kept picture; KeyError when it is missing or damaged."""
        try:
            return read_picture(self._folder, sha256)
        except PictureMissing as error:
            raise KeyError(sha256) from error


class OpenPlan(QObject):
    """One plan that is open: its session, its draft's writer and the autosave between them."""

    snapshot_ended = Signal(object)  # Snapshot, or the exception it failed with
    _told = Signal(object)  # the same, from the writer's thread

    def __init__(self, arriving: Arriving) -> None:
        super().__init__()
        loaded, self.recovered, pack = arriving.taken(_OPEN_SECONDS)
        self.folder, self.who = arriving.folder, arriving.who
        self.autosave, self.writer = arriving.autosave, arriving.writer
        self.autosave.setParent(self)
        self.shelf = Shelf(self.folder, self.writer)
        self.session = PlanSession(pack, loaded.answers, self.shelf, self)
        self.damage = Damage(self.session, self.recovered.losses, self._remember_losses)
        self.session.changed.connect(self._before_mass_delete)  # ahead of the change itself
        self.autosave.begin(self.session, self.writer)
        self._told.connect(self._on_snapshot, Qt.ConnectionType.QueuedConnection)
        self.log = LogReader(self.writer, self.autosave, self)
        self.recall = Recall(self.session, self.log)
        self.autosave.handed_over.connect(self.describe)
        known = int(loaded.completion) if loaded.completion.isdigit() else -1
        self._described = Summary(loaded.meta.title, loaded.meta.park, known)
        self._snapshot_of: Answers | None = loaded.answers
        self._meta = loaded.meta
        self._timer = QTimer(self, interval=_SNAPSHOT_EVERY_MS)
        self._timer.timeout.connect(self._take_timed_snapshot)
        self._timer.start()

    @property
    def title(self) -> str:
        """What the plan is called as it stands."""
        return title_of(self.session.view)

    @property
    def summary(self) -> Summary:
        """Title, park and completion as they stand."""
        return summary_of(self.session.view)

    def sign(self, name: str) -> None:
        """From now on somebody of this name is at work."""
        self.autosave.flush()
        self.who = self.autosave.who = name

    def describe(self) -> None:
        """Bring the line of the list of plans up to date, after what was handed over."""
        now = self.summary
        if now == self._described:
            return
        self._described = now
        self.writer.run(
            lambda draft: draft.describe(
                title=now.title, park=now.park, completion=str(now.completion)
            )
        )

    def save_file(self, path: Path, answers: Answers, over: PlanFile | None = None) -> Path:
        """Write the plan with these answers as a plan file, even while the draft cannot be saved.

        Callable from a job. `OtherVersion` when a version the plan does not come from stands
        there and is not the one to be written `over`.
        """
        plan, missing = self._plan_file(answers)
        known = frozenset((plan.meta.root, plan.meta.parent_root))
        with suppress(StorageError, TimeoutError):
            known = self.writer.run(known_roots).result(_META_SECONDS)
        written = save_plan(path, plan, replaceable=replaceable(known, plan, over))
        if missing:
            raise PicturesLeftOut(written, missing)
        self.writer.run(lambda draft: note_sent(draft, answers))
        return written

    def snapshot(self, reason: str, name: str = "") -> Coming | None:
        """Keep a proven copy of the draft, when anything has changed since the last one.

        One with a name is always kept. A job may wait for it; None when there is nothing to keep.
        """
        self.autosave.flush()
        answers = self.session.answers
        if answers is self._snapshot_of and not name:
            return None
        self._snapshot_of = answers
        return self._run_snapshot(reason, name)

    def keep_opened(self) -> None:
        """Keep a copy of the plan as it was opened, unless the last one is that."""
        kept = self.writer.run(lambda draft: keep_opened(draft, datetime.now(UTC)))
        kept.add_done_callback(lambda done: self._told.emit(done.exception() or done.result()))

    def prepare_close(self) -> None:
        """Hand over everything that is left; `is_put_away` tells when it is on the disk."""
        self.autosave.flush()
        self._timer.stop()
        self.describe()
        self.snapshot("close")
        self._tidy()

    @property
    def is_settled(self) -> bool:
        """Whether everything typed is on the disk."""
        return self.autosave.is_settled

    @property
    def is_put_away(self) -> bool:
        """Whether that holds, and what is kept beside it at closing is written too."""
        return self.is_settled and self.writer.is_idle

    @property
    def is_waiting(self) -> bool:
        """Whether saving is under way and no failure is known."""
        return isinstance(self.autosave.state, Waiting)

    def close(self, *, abandon: bool = False) -> bool:
        """Let the draft go; False, with nothing closed, when something could not be written."""
        if abandon:
            return self.writer.close(_LAST_TRY_MS, abandon=True)
        return self.writer.close()

    def _take_timed_snapshot(self) -> None:
        self.snapshot("timed")
        self._tidy()

    def _tidy(self) -> None:
        """Keep the log small, in the writer's thread and behind what was typed."""
        self.writer.run(lambda draft: compact(draft, at=datetime.now(UTC)))

    def _run_snapshot(self, reason: str, name: str = "") -> Coming:
        taken = self.writer.run(lambda draft: draft.snapshot(reason, name, at=datetime.now(UTC)))
        taken.add_done_callback(lambda done: self._told.emit(done.exception() or done.result()))
        return taken

    def _on_snapshot(self, ended: Snapshot | Exception | None) -> None:
        if ended is None:
            return
        if isinstance(ended, Exception):
            self._snapshot_of = None  # the next occasion tries again
        self.snapshot_ended.emit(ended)

    def _before_mass_delete(self, change: Change) -> None:
        """The draft still holds what goes: what was typed before is handed over, then copied."""
        by_hand = change.source in ("typed", "undo", "redo")
        if by_hand and change.changes.count_emptied() >= _MANY:
            self.autosave.flush()
            self._run_snapshot("delete")

    def _remember_losses(self, losses: tuple[Loss, ...]) -> None:
        self.writer.run(lambda draft: write_losses(draft.folder, losses, draft.files))

    def _plan_file(self, answers: Answers) -> tuple[PlanFile, int]:
        """The plan from memory, and how many pictures are gone: the draft may be out of reach."""
        meta, line = self._meta, (self._meta.parent_root,)
        with suppress(StorageError, TimeoutError):  # a disk that hangs must not hold it back
            meta = self.writer.run(lambda draft: draft.meta).result(_META_SECONDS)
            line = self.writer.run(lineage).result(_META_SECONDS)
        pictures: dict[str, bytes] = {}
        missing: set[str] = set()
        for name in sorted(picture_names(rows_of(answers))):
            try:
                pictures[name] = read_picture(self.folder, name)
            except PictureMissing:
                missing.add(name)
        for address, value in tuple(answers.values()):
            if isinstance(value, Picture) and value.sha256 in missing:
                answers = answers.with_value(address, None)
        who = self.session.signing.name or self.who
        return PlanFile(meta, answers, pictures, line, who), len(missing)


def _still_there(folder: Path) -> None:
    """`DraftError` when a plan that was listed is gone from this machine."""
    if not folder.is_dir():
        raise DraftError(
            tr("这份方案已经不在这台电脑上了，列表已更新。"),
            tr("它的文件夹是在园策之外移走或删除的，放回去以后就能再打开。"),
        )


class Desk:
    """The plans of this machine and the packs they are written by."""

    def __init__(self, library: Library, packs: Mapping[str, Pack], person: str = "") -> None:
        self.library = library
        self.packs = packs
        self.person = person

    def recents(self) -> tuple[DraftInfo, ...]:
        """The plans of this machine, the last changed first."""
        return self.library.list()

    def open(self, folder: Path) -> OpenPlan:
        """Open a draft and wait for it; `DraftLocked` when somebody has it, or a `StorageError`."""
        plan = OpenPlan(self.begin(folder))
        plan.describe()
        plan.keep_opened()
        return plan

    def begin(self, folder: Path) -> Arriving:
        """Begin to read a draft; `DraftError` when it is gone or its pack is not here."""
        _still_there(folder)
        info = self.library.info(folder)
        if info.pack_id not in self.packs:
            raise DraftError(
                tr("本机没有方案“{0}”所用的方案包“{1}”。").format(info.title, info.pack_id),
                tr("请安装带有该方案包的园策。"),
            )

        def open_draft() -> Draft:
            return self.library.open(folder, person=self.person)

        return Arriving(lambda: self.packs[info.pack_id], folder, open_draft, self.person)

    def create(self, pack: Pack, answers: Answers) -> Path:
        """Make the draft of a new plan; its folder."""
        summary = summary_of(evaluate(pack, answers))
        new = NewPlan(pack.id, str(pack.version), summary.title, summary.park, answers=answers)
        return self._create(new)

    def continue_from(self, folder: Path, pack: Pack, answers: Answers, label: str) -> Path:
        """Make a plan that starts with these answers and the pictures of a draft; its folder.

        Its history begins with the label. For a job; the draft may be open.
        """
        summary = summary_of(evaluate(pack, answers))
        pictures: dict[str, bytes] = {}
        for name in picture_names(rows_of(answers)):
            with suppress(PictureMissing):
                pictures[name] = read_picture(folder, name)
        new = NewPlan(
            pack.id,
            str(pack.version),
            summary.title,
            summary.park,
            answers=answers,
            pictures=pictures,
            label=label,
        )
        return self._create(new)

    def _create(self, new: NewPlan) -> Path:
        return self.library.create_plan(new, person=self.person, at=datetime.now(UTC))

    def take_file(self, path: Path) -> tuple[Path, AlreadyHere | None]:
        """Verify a plan file and make a draft of it; or the draft that is here already."""
        found = self.library.import_plan_file(path, person=self.person)
        if isinstance(found, AlreadyHere):
            return found.draft.folder, found
        return found.folder, None

    def take_copy(self, plan: PlanFile) -> Path:
        """Make a draft of a whole plan under a new plan id; its folder."""
        return self.library.import_copy(plan, person=self.person, at=datetime.now(UTC))

    def remove(self, folder: Path) -> Path:
        """Move a draft to the trash; where it went."""
        _still_there(folder)
        return self.library.remove(folder, at=datetime.now(UTC))

    def put_back(self, trashed: Path) -> Path:
        """Bring a removed plan back; its folder."""
        return self.library.put_back(trashed)
