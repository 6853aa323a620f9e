"""The page of one section: everything it holds, shown, typed and found here.

A page that is not on screen does not follow the plan; it catches up when it is shown. What is in
sight is made first, what else there is while the window is idle, or when it is wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QScrollArea,
    QWidget,
)

from forms.address import Address
from forms.checks.finding import Finding
from forms.schema import Section
from ui.around import nearest
from ui.fields.frame import frame_of
from ui.fields.remarks import remarks_of
from ui.grid.grid_view import SheetView
from ui.pages.blocks import Block
from ui.pages.growing import MARGIN, GrowingBody
from ui.pages.heading import Heading
from ui.pages.steady import Steady
from ui.prose.edit import ProseEdit
from ui.session import Change, PlanSession
from ui.turns import OwnTurn

_CARET_AIR = 60
_ROOM_AIR = 112


class SectionPage(QScrollArea):
    """One section as a page that scrolls."""

    focused = Signal(object)  # Address that has the keyboard
    jump_requested = Signal(object)  # Address elsewhere that the user asked for

    def __init__(self, session: PlanSession, section: Section) -> None:
        super().__init__()
        self.session = session
        self.section = section
        self._behind: list[Address] = []
        self._findings_behind = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else it takes a stop of Tab for itself
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(section.title)
        self.heading = Heading(session, section)
        self._body = GrowingBody(session, section, self.heading)
        self._body.block_made.connect(self._on_block_made)
        self.setWidget(self._body)
        self.steady = Steady(self.verticalScrollBar(), self._body)
        self._body.grows.connect(self.steady.hold_top)
        self._body.laid_out.connect(self.steady.keep)
        self.verticalScrollBar().valueChanged.connect(self._make_in_sight)
        self._turn = OwnTurn(self._catch_up, lambda: len(session.findings), self)
        session.changed.connect(self._on_session_changed)
        session.findings_changed.connect(self._on_findings_changed)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus_changed)
        self._on_findings_changed()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks of the page in order, those too that were still to come."""
        self.make_whole()
        return self._body.made

    def make_whole(self) -> None:
        """Make at once what is still to come."""
        self._body.make_whole()

    def reveal(self, address: Address) -> bool:
        """Scroll to an address and give it the keyboard; False when it is not on this page now."""
        if address.section != self.section.key:
            return False
        self._catch_up()
        if not address.item:
            return True
        block = self._body.block_of(address.item)
        if block is None:
            return False
        self._body.settle()
        target = block.reveal(address)
        if target is None:
            return False
        self._body.settle()
        scroll = partial(_scroll_to, self, target)
        scroll()
        self.steady.hold(block)
        # once more when heights that are only now worked out are known
        QTimer.singleShot(0, target, lambda: self.steady.hold_after(scroll, block))
        return True

    def commit_pending(self) -> None:
        """Commit what is on screen and not yet in the plan, before export, closing or leaving."""
        for block in self._body.made:
            block.commit_pending()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened meanwhile."""
        super().showEvent(event)
        if self.steady.is_holding:
            self._body.settle()
        self._make_in_sight()
        self._catch_up()
        self._body.settle_what_is_new()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sheets are at most as high as the page; its height also says what is in sight."""
        super().resizeEvent(event)
        for block in self._body.made:
            block.set_room(self._room)
        self.steady.keep()
        self._make_in_sight()

    @property
    def _room(self) -> int:
        return self.viewport().height() - _ROOM_AIR

    def _make_in_sight(self) -> None:
        top = self.verticalScrollBar().value()
        self._body.make_in_sight(top, top + self.viewport().height())

    def _on_block_made(self, block: Block) -> None:
        block.focused.connect(self.focused)
        block.jump_requested.connect(self._on_jump_requested)
        block.caret_moved.connect(partial(_show_caret_soon, self))
        block.set_room(self._room)
        if not self._findings_behind:
            block.show_remarks(remarks_of(self.session.reviewed.open, self.section.key))

    def _catch_up(self) -> None:
        if self._behind:
            self._follow(tuple(self._behind))
        if self._findings_behind:
            self._show_findings(self.session.reviewed.open)

    def _follow(self, places: tuple[Address, ...]) -> None:
        self._behind = []
        self._body.keep_rooms()
        for block in self._body.made:
            block.follow(places)

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        self._findings_behind = False
        remarks = remarks_of(findings, self.section.key)
        for block in self._body.made:
            block.show_remarks(remarks)

    def _on_session_changed(self, change: Change) -> None:
        if self.isVisible():
            self._follow(change.changes.places)
        else:
            self._behind.extend(change.changes.places)

    def _on_findings_changed(self) -> None:
        self._findings_behind = True
        if self.isVisible():
            self._turn.take()

    def _on_jump_requested(self, address: Address) -> None:
        if not self.reveal(address):
            self.jump_requested.emit(address)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        del old
        if new is None or not self.isAncestorOf(new):
            return
        address = _address_of(self, self._body.made, new)
        if address is not None:
            self.focused.emit(address)


def _address_of(page: SectionPage, blocks: Sequence[Block], widget: QWidget) -> Address | None:
    """What the user is at: a field, a cell, or at least the table."""
    frame = frame_of(widget)
    if frame is not None:
        return frame.address
    sheet = nearest(SheetView, widget)  # itself, or the editor of a cell stands in it
    if sheet is not None and (cell := sheet.current_address()) is not None:
        return cell
    block = next((block for block in blocks if block.isAncestorOf(widget)), None)
    return None if block is None else Address(page.section.key, block.items[0].key)


def _show_caret(page: SectionPage) -> None:
    edit = QApplication.focusWidget()
    if isinstance(edit, ProseEdit) and page.isAncestorOf(edit):
        place = edit.mapTo(page.widget(), edit.cursorRect().center())
        page.ensureVisible(place.x(), place.y(), 0, _CARET_AIR)


def _show_caret_soon(page: SectionPage) -> None:
    """Keep the caret of a long text in sight, once the text has taken its new height."""
    QTimer.singleShot(0, page, lambda: _show_caret(page))


def _scroll_to(page: SectionPage, target: QWidget) -> None:
    top = target.mapTo(page.widget(), QPoint(0, 0)).y()
    height = min(target.height(), page.viewport().height() - 2 * MARGIN)
    page.ensureVisible(0, top + height // 2, 0, height // 2 + MARGIN)
