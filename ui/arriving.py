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
ReadPack = Callable[[], Pack]


class Arriving(QObject):
    """Reads a draft in its writer's thread; who opens the plan takes writer and autosave over.

    The pack is read there, too, where nobody has yet: it takes a tenth of a second.
    """

    ended = Signal()  # whether it came or not: `taken` tells
    _told = Signal()

    def __init__(self, read_pack: ReadPack, folder: Path, open_draft: OpenDraft, who: str) -> None:
        super().__init__()
        self.folder = folder
        self.who = who
        self._told.connect(self.ended, Qt.ConnectionType.QueuedConnection)
        self.autosave = Autosave(who, self)
        writer = self.writer = DraftWriter(open_draft, self.autosave.on_state)

        def look(draft: Draft) -> tuple[Recovered, Pack]:
            past = look_after(draft, writer.loaded.result(), who=who, at=datetime.now(UTC))
            return past, read_pack()

        self._past = writer.run(look)
        self._past.add_done_callback(lambda _: self._told.emit())

    def is_here(self, seconds: float) -> bool:
        """Whether it has ended, when waited for so long."""
        with suppress(TimeoutError):
            self._past.exception(seconds)
        return self._past.done()

    def taken(self, seconds: float | None = None) -> tuple[LoadedDraft, Recovered, Pack]:
        """What was read, what it had been through, and its pack; or why it could not be read."""
        past, pack = self._past.result(seconds)
        return self.writer.loaded.result(), past, pack

    def let_go(self) -> None:
        """Close the draft again; nobody has changed anything in it. For one that has ended."""
        self.writer.close()
        self.deleteLater()
