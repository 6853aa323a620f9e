"""The page of one section: everything it holds, shown, typed and found here.

A page that is not on screen does not follow the plan; it catches up when it is shown.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from forms.address import Address
from forms.checks.finding import Finding
from forms.schema import Section
from ui import theme
from ui.fields.frame import frame_of
from ui.fields.remarks import remarks_of
from ui.fields.roles import PAGE, give_role
from ui.grid.grid_view import SheetView
from ui.pages.blocks import Block, make_blocks
from ui.pages.heading import Heading
from ui.prose.edit import ProseEdit
from ui.scaling import sized
from ui.session import Change, PlanSession

TEXT_WIDTH = 760
_MARGIN = 24
_BETWEEN = 28
_FOOT = 48
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
        self._blocks: list[Block] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else it takes a stop of Tab for itself
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(section.title)
        self._build()
        session.changed.connect(self._on_session_changed)
        session.findings_changed.connect(self._on_findings_changed)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus_changed)
        self._on_findings_changed()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the page in order."""
        return tuple(self._blocks)

    def reveal(self, address: Address) -> bool:
        """Scroll to an address and give it the keyboard; False when it is not on this page now."""
        if address.section != self.section.key:
            return False
        self._catch_up()
        if not address.item:
            return True
        block = next((block for block in self._blocks if block.holds(address.item)), None)
        if block is None:
            return False
        self._column.activate()
        target = block.reveal(address)
        if target is None:
            return False
        self._scroll_to(target)
        # once more when heights that are only now worked out are known
        QTimer.singleShot(0, target, lambda: self._scroll_to(target))
        return True

    def commit_pending(self) -> None:
        """Commit what is on screen and not yet in the plan, before export, closing or leaving."""
        for block in self._blocks:
            block.commit_pending()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened meanwhile."""
        super().showEvent(event)
        self._catch_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sheets are at most as high as the page."""
        super().resizeEvent(event)
        for block in self._blocks:
            block.set_room(self.viewport().height() - _ROOM_AIR)

    def _build(self) -> None:
        body = QWidget()
        give_role(body, PAGE)
        column = self._column = QVBoxLayout(body)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _FOOT)
        column.setSpacing(_BETWEEN)
        self.heading = Heading(self.session, self.section)
        column.addLayout(_of_text_width(self.heading))
        for block in make_blocks(self.session, self.section):
            self._blocks.append(block)
            block.focused.connect(self.focused)
            block.jump_requested.connect(self._on_jump_requested)
            block.caret_moved.connect(self._on_caret_moved)
            if block.is_wide:
                column.addWidget(block)
            else:
                column.addLayout(_of_text_width(block))
            block.follow(())
        column.addStretch(1)
        self.setWidget(body)

    def _catch_up(self) -> None:
        if self._behind:
            self._follow(tuple(self._behind))
        if self._findings_behind:
            self._show_findings(self.session.reviewed.open)

    def _follow(self, places: tuple[Address, ...]) -> None:
        self._behind = []
        for block in self._blocks:
            block.follow(places)

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        self._findings_behind = False
        remarks = remarks_of(findings, self.section.key)
        for block in self._blocks:
            block.show_remarks(remarks)

    def _scroll_to(self, target: QWidget) -> None:
        top = target.mapTo(self.widget(), QPoint(0, 0)).y()
        height = min(target.height(), self.viewport().height() - 2 * _MARGIN)
        self.ensureVisible(0, top + height // 2, 0, height // 2 + _MARGIN)

    def _on_session_changed(self, change: Change) -> None:
        if self.isVisible():
            self._follow(change.changes.places)
        else:
            self._behind.extend(change.changes.places)

    def _on_findings_changed(self) -> None:
        if self.isVisible():
            self._show_findings(self.session.reviewed.open)
        else:
            self._findings_behind = True

    def _on_jump_requested(self, address: Address) -> None:
        if not self.reveal(address):
            self.jump_requested.emit(address)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        del old
        if new is None or not self.isAncestorOf(new):
            return
        address = self._address_of(new)
        if address is not None:
            self.focused.emit(address)

    def _address_of(self, widget: QWidget) -> Address | None:
        """What the user is at: a field, a cell, or at least the table."""
        frame = frame_of(widget)
        if frame is not None:
            return frame.address
        if isinstance(widget, SheetView) and (cell := widget.current_address()) is not None:
            return cell
        block = next((block for block in self._blocks if block.isAncestorOf(widget)), None)
        return None if block is None else Address(self.section.key, block.items[0].key)

    def _on_caret_moved(self) -> None:
        """Keep the caret of a long text in sight, once the text has taken its new height."""
        QTimer.singleShot(0, self, self._show_caret)

    def _show_caret(self) -> None:
        edit = QApplication.focusWidget()
        if isinstance(edit, ProseEdit) and self.isAncestorOf(edit):
            place = edit.mapTo(self.widget(), edit.cursorRect().center())
            self.ensureVisible(place.x(), place.y(), 0, _CARET_AIR)


def _of_text_width(widget: QWidget) -> QHBoxLayout:
    """As wide as a line of text may be, at the left."""
    sized(widget, lambda: widget.setMaximumWidth(theme.px(TEXT_WIDTH)))
    row = QHBoxLayout()
    row.addWidget(widget, 1)
    row.addStretch(0)
    return row
