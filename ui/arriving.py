"""A draft on its way from the disk into the window, which stays alive meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from forms.schema import Pack
from storage.draft import Draft
from storage.reading import LoadedDraft
from storage.recovery import Recovered, look_after
from storage.writer import DraftWriter
from ui.autosave import Autosave

OpenDraft = Callable[[], Draft]


class Arriving(QObject):
    """Reads a draft in its writer's thread; who opens the plan takes writer and autosave over."""

    ended = Signal()  # whether it came or not: `taken` tells
    _told = Signal()

    def __init__(self, pack: Pack, folder: Path, open_draft: OpenDraft, who: str) -> None:
        super().__init__()
        self.pack = pack
        self.folder = folder
        self.who = who
        self._told.connect(self.ended, Qt.ConnectionType.QueuedConnection)
        self.autosave = Autosave(who, self)
        writer = self.writer = DraftWriter(open_draft, self.autosave.on_state)

        def look(draft: Draft) -> Recovered:
            return look_after(draft, writer.loaded.result(), who=who, at=datetime.now(UTC))

        self._past = writer.run(look)
        self._past.add_done_callback(lambda _: self._told.emit())

    def is_here(self, seconds: float) -> bool:
        """Whether it has ended, when waited for so long."""
        with suppress(TimeoutError):
            self._past.exception(seconds)
        return self._past.done()

    def taken(self, seconds: float | None = None) -> tuple[LoadedDraft, Recovered]:
        """The draft as read and what it had been through; the error when it could not be read."""
        past = self._past.result(seconds)
        return self.writer.loaded.result(), past

    def let_go(self) -> None:
        """Close the draft again; nobody has changed anything in it. For one that has ended."""
        self.writer.close()
        self.deleteLater()
