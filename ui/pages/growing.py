"""The body of a section's page, which grows: what is in sight at once, then what stands below.

The room for what is still to come is kept free by a guess, so that the scroll bar does not run
away from the hand that holds it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from forms.kinds import Narrative
from forms.schema import Field, Item, Section
from ui import theme
from ui.fields.roles import PAGE, give_role
from ui.pages.blocks import Block, make_block, parts_of
from ui.scaling import sized
from ui.session import PlanSession

TEXT_WIDTH = 760
MARGIN = 24
_BETWEEN = 28
_FOOT = 48
_AFTER_PAINTING = 40  # milliseconds: what is in sight is painted before anything else is made
_BREATH = 5  # milliseconds for what the user does meanwhile
_ENDS = 2  # the room kept free, and what stretches
_GUESSED_FIELD, _GUESSED_PROSE, _GUESSED_OTHER = 40, 190, 420  # pixels at the ordinary size
_MINIMUM = QSizePolicy.Policy.Minimum
_FIXED = QSizePolicy.Policy.Fixed


class GrowingBody(QWidget):
    """The heading of a section and its blocks, as far as they are made."""

    block_made = Signal(object)  # Block, before it is shown

    def __init__(self, session: PlanSession, section: Section, heading: QWidget) -> None:
        super().__init__()
        give_role(self, PAGE)
        self.made: list[Block] = []
        self._session = session
        self._section = section
        self._heading = heading
        self._coming = parts_of(section)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN, MARGIN, MARGIN, _FOOT)
        self._column.setSpacing(_BETWEEN)
        self._column.addLayout(_of_text_width(heading))
        self._free = QSpacerItem(0, 0, _MINIMUM, _FIXED)
        self._column.addItem(self._free)
        self._column.addStretch(1)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._take_turn)
        self._keep_room()

    def make_whole(self) -> None:
        """Make all that is still to come."""
        self._make_until(lambda: False)

    def make_down_to(self, height: int) -> None:
        """Make what stands above so many pixels, if it is not there yet."""
        self._make_until(lambda: self._made_height() >= height)

    def block_of(self, item: str) -> Block | None:
        """The block an item stands in, made now if need be; None when it is not of this page."""
        if any(each.key == item for part in self._coming for each in part):
            self._make_until(lambda: self.made[-1:] != [] and self.made[-1].holds(item))
        return next((block for block in self.made if block.holds(item)), None)

    def settle(self) -> None:
        """Give everything its place now."""
        self._column.activate()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: go on with what is still to come."""
        super().showEvent(event)
        self._go_on(_AFTER_PAINTING)

    def _make_until(self, is_enough: Callable[[], bool]) -> None:
        if not self._coming or is_enough():
            return
        while self._coming and not is_enough():
            self._make_one()
        self._keep_room()

    def _make_one(self) -> None:
        block = make_block(self._session, self._section, self._coming.pop(0))
        self.made.append(block)
        self.block_made.emit(block)
        block.follow(())
        place = self._column.count() - _ENDS
        if block.is_wide:
            self._column.insertWidget(place, block)
        else:
            self._column.insertLayout(place, _of_text_width(block))
        if self.isVisible() and block.is_shown:
            block.show()  # Qt would do so a moment later, after painting the gap

    def _take_turn(self) -> None:
        """Make one block more; on a page that is not seen they wait until it is."""
        if self.isVisible():
            wanted = len(self.made) + 1
            self._make_until(lambda: len(self.made) >= wanted)
            self._go_on(_BREATH)

    def _go_on(self, milliseconds: int) -> None:
        if self._coming:
            self._turn.start(milliseconds)

    def _made_height(self) -> int:
        heights = [block.sizeHint().height() for block in self.made if block.is_shown]
        return MARGIN + self._heading.sizeHint().height() + sum(heights) + _BETWEEN * len(heights)

    def _keep_room(self) -> None:
        """Keep the room free that the blocks to come may take."""
        shows = self._session.view.shows_item
        guesses = [
            sum(_guessed(item) for item in part if shows(item)) + _BETWEEN
            for part in self._coming
            if any(shows(item) for item in part)
        ]
        self._free.changeSize(0, theme.px(sum(guesses)), _MINIMUM, _FIXED)
        self._column.invalidate()


def _guessed(item: Item) -> int:
    if not isinstance(item, Field):
        return _GUESSED_OTHER
    return _GUESSED_PROSE if isinstance(item.kind, Narrative) else _GUESSED_FIELD


def _of_text_width(widget: QWidget) -> QHBoxLayout:
    """As wide as a line of text may be, at the left."""
    sized(widget, lambda: widget.setMaximumWidth(theme.px(TEXT_WIDTH)))
    row = QHBoxLayout()
    row.addWidget(widget, 1)
    row.addStretch(0)
    return row
