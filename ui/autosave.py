"""Hands every change to the writer soon, and says where saving stands.

Quiet for a moment, or long enough in one go: then what was typed goes to the writer, which keeps
it until it is on the disk. Uses only QtCore.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from forms.address import Address
from forms.changes import ChangeSet
from storage.change_log import Source
from storage.draft import Saved
from storage.writer import Failed, SaveState, Saving
from ui.session import Change, PlanSession

_LOG = logging.getLogger(__name__)

QUIET_MS = 700  # a pause this long, and what was typed goes to the writer
LONGEST_MS = 3_000  # typing without pause is handed over this often

_SOURCES: dict[str, Source] = {
    "typed": "typed",
    "undo": "undo",
    "redo": "redo",
    "import": "import",
    "merge": "merge",
    "restore": "restore",
}
_TYPED = ("typed", "more")


class Landing(Protocol):
    """Word of one action: it is on the disk, or it was refused."""

    def add_done_callback(self, fn: Callable[[Landing], object], /) -> None:
        """Name who is told, in the writer's thread."""
        ...

    def exception(self) -> BaseException | None:
        """Why it was refused, or None."""
        ...


class Writer(Protocol):
    """What autosave needs of the draft's writer."""

    def submit(self, changes: ChangeSet, *, who: str, source: Source = "typed") -> Landing:
        """Take over one user action; never loses it, never blocks."""
        ...

    def retry(self) -> None:
        """Try again now what failed."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything is on the disk since then."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something is on its way."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """The last attempt failed; what was typed is kept and tried again."""

    reason: Exception


SavedState: TypeAlias = Kept | Waiting | Unsaved


@dataclass(slots=True)
class _Pending:
    changes: ChangeSet
    source: Source


@dataclass(frozen=True, slots=True)
class _Landed:
    places: tuple[Address, ...]
    refusal: BaseException | None


class Autosave(QObject):
    """Between the session's changes and the draft's writer."""

    state_changed = Signal(object)  # SavedState
    handed_over = Signal()  # a moment to bring title and completion up to date
    _told = Signal(object)  # SaveState or _Landed, from the writer's thread

    def __init__(
        self,
        who: str,
        parent: QObject | None = None,
        *,
        quiet_ms: int = QUIET_MS,
        longest_ms: int = LONGEST_MS,
    ) -> None:
        super().__init__(parent)
        self.who = who
        self._writer: Writer | None = None
        self._pending: list[_Pending] = []
        self._under_way = 0
        self._failing: Exception | None = None
        self._refused: dict[Address, Exception] = {}
        self._saved: datetime | None = None
        self._state: SavedState = Waiting()
        self._quiet = QTimer(self, singleShot=True, interval=quiet_ms)
        self._longest = QTimer(self, singleShot=True, interval=longest_ms)
        self._quiet.timeout.connect(self.flush)
        self._longest.timeout.connect(self.flush)
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    @property
    def state(self) -> SavedState:
        """Where saving stands, as the user may be told."""
        return self._state

    @property
    def is_settled(self) -> bool:
        """Whether everything typed is on the disk."""
        return isinstance(self._state, Kept)

    def on_state(self, state: SaveState) -> None:
        """Hear from the writer, in its thread."""
        self._told.emit(state)

    def begin(self, session: PlanSession, writer: Writer) -> None:
        """Watch a session and hand its changes to a writer."""
        self._writer = writer
        session.changed.connect(self.take)

    def take(self, change: Change) -> None:
        """Note a change; what one undo takes back is handed over as one action where it can be."""
        source = _SOURCES.get(change.source, "typed")
        last = self._pending[-1] if self._pending else None
        if change.joins and last and last.source in _TYPED:
            last.changes = last.changes.merged(change.changes)
        else:
            self._pending.append(_Pending(change.changes, "more" if change.joins else source))
        self._quiet.start()
        if not self._longest.isActive():
            self._longest.start()
        self._settle()

    def flush(self) -> None:
        """Hand everything over now; the writer tells when it is on the disk."""
        self._quiet.stop()
        self._longest.stop()
        if self._writer is None or not self._pending:
            return
        waiting, self._pending = self._pending, []
        for number, each in enumerate(waiting):
            try:
                self._submit(self._writer, each)
            except Exception as error:
                _LOG.warning("submit failed: %s", type(error).__name__)
                self._pending = waiting[number:]
                self._failing = error
                self._longest.start()
                break
        self._settle()
        self.handed_over.emit()

    def retry(self) -> None:
        """Hand over and try again at once."""
        self.flush()
        if self._writer is not None:
            self._writer.retry()

    def _submit(self, writer: Writer, pending: _Pending) -> None:
        if not pending.changes:
            return
        places = pending.changes.places
        landing = writer.submit(pending.changes, who=self.who, source=pending.source)
        self._under_way += 1
        landing.add_done_callback(
            lambda landed: self._told.emit(_Landed(places, landed.exception()))
        )

    def _on_told(self, told: SaveState | _Landed) -> None:
        match told:
            case _Landed():
                self._on_landed(told)
            case Saved():
                self._saved = told.at
                self._failing = None
            case Failed():
                self._failing = told.reason
            case Saving():
                return  # said before each attempt: a failure stays visible until it is over
        self._settle()

    def _on_landed(self, landed: _Landed) -> None:
        self._under_way -= 1
        if landed.refusal is None:
            self._failing = None
            for place in landed.places:
                self._refused.pop(place, None)
        elif isinstance(landed.refusal, Exception):
            self._refused.update(dict.fromkeys(landed.places, landed.refusal))

    def _settle(self) -> None:
        """Work out what the user may be told."""
        trouble = self._failing or next(iter(self._refused.values()), None)
        state: SavedState = Waiting()
        if trouble is not None:
            state = Unsaved(trouble)
        elif self._saved is not None and not self._pending and not self._under_way:
            state = Kept(self._saved)
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
