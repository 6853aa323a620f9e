"""The lines of the history list: days and actions, read in pieces as the list is scrolled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import (
    QObject,
    Qt,
    Signal,
)

from forms.address import AddressError, parse_address
from forms.schema import Pack
from storage.draft import Draft
from storage.history import Headline, Wanted, headlines
from ui.headed_lines import ROOT, HeadedLines, Index
from ui.history.reader import LogReader
from ui.history.two_lines import TEXTS
from ui.history.words import clock_words, day_of, day_words, source_words
from ui.text import tr

PIECE = 100


@dataclass(frozen=True, slots=True)
class Day:
    """A heading over the actions of one day."""

    day: date
    title: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One action as it is listed."""

    headline: Headline
    facts: str  # time, source, who, section
    section: str = ""

    @property
    def revision(self) -> int:
        """Which action it is."""
        return self.headline.action.revision

    @property
    def label(self) -> str:
        """What was done."""
        return self.headline.action.label


class HistoryModel(HeadedLines[Day, Entry]):
    """What was done to the plan, the newest first."""

    told = Signal()  # a piece has arrived

    def __init__(self, pack: Pack, log: LogReader, parent: QObject | None = None) -> None:
        super().__init__(Entry, parent)
        self._pack = pack
        self._log = log
        self._round = 0  # answers to an earlier question are not listened to
        self._reading = False
        self._whole = False
        self.wanted = Wanted()

    @property
    def is_read(self) -> bool:
        """Whether the last question has been answered."""
        return not self._reading

    @property
    def is_whole(self) -> bool:
        """Whether the beginning of the log is reached."""
        return self._whole

    @property
    def entries(self) -> list[Entry]:
        """The actions read so far."""
        return [line for line in self.lines if isinstance(line, Entry)]

    def show_only(self, wanted: Wanted) -> None:
        """Keep some actions and read them anew."""
        self.wanted = wanted
        self.beginResetModel()
        self.lines, self._whole = [], False
        self.endResetModel()
        self._ask(None, PIECE, self._take_more)

    def refresh(self) -> None:
        """Read what is new; what was read before stays, unless it has become another log."""
        if not self.entries:
            self.show_only(self.wanted)
        else:
            self._ask(None, PIECE, self._take_new)

    def row_of(self, revision: int) -> int:
        """The line of an action; -1 when it is not listed."""
        found = (n for n, line in enumerate(self.lines) if _revision(line) == revision)
        return next(found, -1)

    def canFetchMore(self, parent: Index) -> bool:
        """Qt: whether there are older actions."""
        return not parent.isValid() and not self._whole and not self._reading

    def fetchMore(self, parent: Index) -> None:
        """Qt: read the next piece."""
        entries = self.entries
        if self.canFetchMore(parent) and entries:
            self._ask(entries[-1].revision, PIECE, self._take_more)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the words of a line."""
        line = self.line_at(index)
        if line is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.title if isinstance(line, Day) else line.label
            case Qt.ItemDataRole.AccessibleTextRole:
                return line.title if isinstance(line, Day) else f"{line.label}，{line.facts}"
            case _ if role == TEXTS:
                return (line.label, line.facts) if isinstance(line, Entry) else None
            case Qt.ItemDataRole.ToolTipRole if isinstance(line, Entry):
                return f"{line.label}\n{line.facts}"
            case _:
                return None

    def _ask(
        self, before: int | None, limit: int, then: Callable[[tuple[Headline, ...]], None]
    ) -> None:
        self._round += 1
        this, wanted = self._round, self.wanted
        self._reading = True

        def task(draft: Draft) -> tuple[Headline, ...]:
            return headlines(draft, wanted, before, limit)

        def take(found: tuple[Headline, ...]) -> None:
            if this == self._round:
                self._reading = False
                then(found)
                self.told.emit()

        self._log.ask(self, task, take)

    def _take_more(self, found: tuple[Headline, ...]) -> None:
        self._whole = len(found) < PIECE
        entries = self.entries
        lines = self._lines(found, day_of(entries[-1].headline.action) if entries else None)
        if lines:
            self.beginInsertRows(ROOT, len(self.lines), len(self.lines) + len(lines) - 1)
            self.lines = [*self.lines, *lines]
            self.endInsertRows()

    def _take_new(self, found: tuple[Headline, ...]) -> None:
        known = self.entries
        newest = known[0].revision
        new = tuple(each for each in found if each.action.revision > newest)
        if not new and (not found or found[0] == known[0].headline):
            return
        joined = len(new) < len(found) and found[len(new)] == known[0].headline
        self.beginResetModel()
        kept = tuple(each.headline for each in known) if joined else ()
        self.lines = self._lines((*(new if joined else found), *kept), None)
        self._whole = self._whole if joined else len(found) < PIECE
        self.endResetModel()

    def _lines(self, found: tuple[Headline, ...], day: date | None) -> list[Day | Entry]:
        today = datetime.now().astimezone().date()
        lines: list[Day | Entry] = []
        for each in found:
            here = day_of(each.action)
            if here != day:
                lines.append(Day(here, day_words(here, today)))
                day = here
            lines.append(self._entry(each))
        return lines

    def _entry(self, headline: Headline) -> Entry:
        action = headline.action
        section = self._section(headline)
        parts = (clock_words(action), source_words(action.source), action.who, section)
        return Entry(headline, "　".join(part for part in parts if part), section)

    def _section(self, headline: Headline) -> str:
        titles: dict[str, None] = {}
        for place in headline.places:
            try:
                section = self._pack.index.sections.get(parse_address(place).section)
            except AddressError:
                continue  # the log is damaged there; the entry says so when it is opened
            if section is not None:
                titles[section.title] = None
        first = next(iter(titles), "")
        many = len(titles) > 1 or headline.count > len(headline.places)
        return tr("{0} 等 {1} 处").format(first, headline.count) if first and many else first


def _revision(line: Day | Entry) -> int:
    return line.revision if isinstance(line, Entry) else -1
