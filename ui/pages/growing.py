"""The body of a section's page, which grows: what is in sight first, then what else there is.

Each block is made in a turn of its own, so that none holds the window for long. The room for what
is still to come is kept free by a guess, so that the scroll bar does not run away from the hand
that holds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from forms.kinds import Narrative
from forms.schema import Field, Item, Section
from ui import theme
from ui.fields.roles import PAGE, give_role
from ui.pages.blocks import Block, make_block, parts_of
from ui.reading_order import StillToCome
from ui.scaling import sized
from ui.session import PlanSession

TEXT_WIDTH = 760
MARGIN = 24
_BETWEEN = 28
_FOOT = 48
_AFTER_PAINTING = 40  # milliseconds: what is in sight is painted before anything else is made
_BREATH = 5  # milliseconds for what the user does meanwhile
_AT_ONCE = 56  # milliseconds, by the guesses below: what is made before a page is painted
_FIELD_TAKES, _PROSE_TAKES, _OTHER_TAKES = 4, 10, 40
_GUESSED_FIELD, _GUESSED_PROSE, _GUESSED_OTHER = 40, 190, 420  # pixels at the ordinary size
_ROUNDS = 2  # what wraps finds its height when it has its width
_REQUEST = QEvent.Type.LayoutRequest


class GrowingBody(QWidget):
    """The heading of a section and its blocks, as far as they are made."""

    block_made = Signal(object)  # Block, before it is shown
    grows = Signal()  # a block is about to push down what stands below it
    laid_out = Signal()

    def __init__(self, session: PlanSession, section: Section, heading: QWidget) -> None:
        super().__init__()
        self._session = session
        self._section = section
        self._heading = heading
        self._parts = parts_of(section)
        self._blocks: list[Block | None] = [None] * len(self._parts)
        self._sight = (0, 0)
        self._is_laid_out = True  # False: blocks were made while nobody saw the page
        self._spent = 0  # milliseconds, guessed, since the window was last free
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN, MARGIN, MARGIN, _FOOT)
        self._column.setSpacing(_BETWEEN)
        self._column.addLayout(_of_text_width(heading))
        self._rooms = [StillToCome(partial(self._come, part)) for part in range(len(self._parts))]
        for room in self._rooms:
            self._column.addWidget(room)
        self._column.addStretch(1)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._take_turn)
        self.keep_rooms()
        give_role(self, PAGE)

    @property
    def made(self) -> tuple[Block, ...]:
        """The blocks made so far, in the order of the page."""
        return tuple(block for block in self._blocks if block is not None)

    def make_whole(self) -> None:
        """Make all that is still to come."""
        missing = [part for part, block in enumerate(self._blocks) if block is None]
        for part in missing:
            self._make(part)
        if missing:
            self.settle()

    def make_in_sight(self, top: int, bottom: int) -> None:
        """Make what stands between two heights; what would take long follows in a moment."""
        self._sight = (top, bottom)
        while (part := self._missing_in_sight()) is not None:
            takes = _takes(self._parts[part])
            if self._spent and self._spent + takes > _AT_ONCE:
                break
            self._make(part)
            if self.isVisible():
                self.settle()
        self._go_on(_AFTER_PAINTING)

    def block_of(self, item: str) -> Block | None:
        """The block an item stands in, made now if need be; None when it is not of this page."""
        for part, items in enumerate(self._parts):
            if any(each.key == item for each in items):
                return self._blocks[part] or self._make(part)
        return None

    def keep_rooms(self) -> None:
        """Keep the room free that the blocks to come may take."""
        shows = self._session.view.shows_item
        for room, part, block in zip(self._rooms, self._parts, self._blocks, strict=True):
            if block is None:
                shown = [item for item in part if shows(item)]
                room.setFixedHeight(theme.px(sum(map(_guessed, shown))))
                room.setVisible(bool(shown))

    def settle_what_is_new(self) -> None:
        """Give what was made while nobody saw the page its place, before it is painted."""
        if not self._is_laid_out:
            self.settle()

    def settle(self) -> None:
        """Give everything its place now, and the scroll bar its range."""
        if not self.isVisible():
            self._column.activate()
            return
        for _ in range(_ROUNDS):
            QCoreApplication.sendPostedEvents(None, _REQUEST)  # of what stands in the blocks
            QCoreApplication.sendEvent(self, QEvent(_REQUEST))
        self._is_laid_out = True

    def event(self, event: QEvent) -> bool:
        """Qt: tell when blocks have got other places; larger letters want more room."""
        done = super().event(event)
        if event.type() in (_REQUEST, QEvent.Type.Resize):
            self.laid_out.emit()
        elif event.type() == QEvent.Type.StyleChange:
            self.keep_rooms()
        return done

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: go on with what is still to come."""
        super().showEvent(event)
        self._go_on(_AFTER_PAINTING)

    def _make(self, part: int) -> Block:
        block = make_block(self._session, self._section, self._parts[part])
        self._blocks[part] = block
        self._spent += _takes(self._parts[part])
        self.block_made.emit(block)
        block.follow(())
        self.grows.emit()
        self._column.takeAt(part + 1)
        self._rooms[part].hide()
        self._rooms[part].deleteLater()
        if block.is_wide:
            self._column.insertWidget(part + 1, block)
        else:
            self._column.insertLayout(part + 1, _of_text_width(block))
        self._is_laid_out = self._is_laid_out and self.isVisible()
        if self.isVisible() and block.is_shown:
            block.show()  # Qt would do so a moment later, after painting the gap
        return block

    def _come(self, part: int) -> None:
        """Make a block that is wanted now."""
        self._make(part)
        self.settle()

    def _take_turn(self) -> None:
        """Make one block more; on a page that is not seen they wait until it is."""
        if not self.isVisible():
            return
        self._spent = 0
        part = self._next()
        if part is not None:
            self._come(part)
            self._go_on(_BREATH)

    def _go_on(self, milliseconds: int) -> None:
        if None in self._blocks:
            self._turn.start(0 if self._missing_in_sight() is not None else milliseconds)

    def _missing_in_sight(self) -> int | None:
        """The first part in sight that is still to come."""
        top, bottom = self._sight
        for part, (upper, lower) in enumerate(self._edges()):
            in_sight = upper < bottom and lower > max(top, upper)
            if in_sight and self._blocks[part] is None:
                return part
        return None

    def _next(self) -> int | None:
        """What is in sight first, then what stands below it, at last what stands above."""
        if (part := self._missing_in_sight()) is not None:
            return part
        top = self._sight[0]
        missing = [part for part, block in enumerate(self._blocks) if block is None]
        edges = list(self._edges())
        return next((part for part in missing if edges[part][1] > top), (missing or [None])[-1])

    def _edges(self) -> Iterator[tuple[int, int]]:
        """Upper and lower edge of each part, before it is laid out as far as that can be told."""
        at = MARGIN + self._heading.sizeHint().height() + _BETWEEN
        for room, block in zip(self._rooms, self._blocks, strict=True):
            height = _height(block) if block is not None else _kept(room)
            yield at, at + height
            at += height + _BETWEEN if height > 0 else 0


def _height(block: Block) -> int:
    if not block.is_shown:
        return 0
    return block.height() if block.isVisible() else block.sizeHint().height()


def _kept(room: StillToCome) -> int:
    return 0 if room.isHidden() else room.minimumHeight()


def _takes(part: list[Item]) -> int:
    """Milliseconds that making a block may take."""
    return sum(_of_sort(item, _FIELD_TAKES, _PROSE_TAKES, _OTHER_TAKES) for item in part)


def _guessed(item: Item) -> int:
    return _of_sort(item, _GUESSED_FIELD, _GUESSED_PROSE, _GUESSED_OTHER)


def _of_sort(item: Item, field: int, prose: int, other: int) -> int:
    if not isinstance(item, Field):
        return other
    return prose if isinstance(item.kind, Narrative) else field


def _of_text_width(widget: QWidget) -> QHBoxLayout:
    """As wide as a line of text may be, at the left."""
    sized(widget, lambda: widget.setMaximumWidth(theme.px(TEXT_WIDTH)))
    row = QHBoxLayout()
    row.addWidget(widget, 1)
    row.addStretch(0)
    return row
