"""Paints the cells of a sheet, and opens and closes the editors in them."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPolygon
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from forms.address import Address
from forms.schema import Mark, Severity
from ui.fields.choosing import ChoiceBox
from ui.grid.cell_editors import (
    GrowingLine,
    RoomyEditor,
    make_cell_editor,
    show_in_cell,
    take_from_cell,
)
from ui.grid.headings import paint_heading
from ui.grid.note_corner import paint_note
from ui.grid.paints import ink
from ui.grid.sheet_model import PLAIN, CellLook, SheetModel
from ui.grid.sheet_shape import EDIT, Index
from ui.lines import line_of
from ui.prose.edit import ProseEdit

PADDING = 6
_INDENT = 16
_NEXT = QAbstractItemDelegate.EndEditHint.EditNextItem
_PREVIOUS = QAbstractItemDelegate.EndEditHint.EditPreviousItem
_DOWN = QAbstractItemDelegate.EndEditHint.SubmitModelCache
_NO_HINT = QAbstractItemDelegate.EndEditHint.NoHint
_CORNER = 7
_MOST_LINES, _FEW_LINES = 8, 2
_USUAL_WIDTH = 120
_GOES_ON = "…"
_MUST_SIGN, _SHOULD_SIGN = "●", "▲"
_SIGN_GAP = 2
_SIGN_SIZE = 75  # percent of the text
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_RIGHT_LINE = int(_RIGHT) | int(Qt.TextFlag.TextSingleLine)
_LEFT_LINE = int(_LEFT) | int(Qt.TextFlag.TextSingleLine)
# Plain integers: comparing enums for every cell costs more than painting it.
_SELECTED = int(QStyle.StateFlag.State_Selected.value)
_FOCUSED = int(QStyle.StateFlag.State_HasFocus.value)


class SheetDelegate(QStyledItemDelegate):
    """Looks and editing of the cells of one sheet."""

    editor_opens = Signal(object)  # the index
    jump_requested = Signal(object)  # Address
    fill_asked = Signal(str)  # a text for all chosen cells

    def __init__(self, model: SheetModel, parent: QObject, *, wraps: bool = False) -> None:
        super().__init__(parent)
        self._model = model
        self._wraps = wraps
        self.by_typing = False  # the next editor opens by a letter, not by F2 or the mouse
        self._open: QWidget | None = None  # the editor in a cell

    # -- Looks -----------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell: its ground, text, and the corner that says something is to do here."""
        line = line_of(option)
        text, look = self._model.shown_at(index.row(), index.column())
        state = line.state.value
        if look.group:
            paint_heading(painter, line, cast("QTableView", self.parent()), index)
            return
        painter.save()
        painter.fillRect(line.rect, ink("chosen" if state & _SELECTED else _ground(look)))
        numeric = self._model.sheet_columns[index.column()].is_numeric
        rect = line.rect.adjusted(PADDING + look.indent * _INDENT, 0, -PADDING, 0)
        painter.setFont(line.font)
        painter.setPen(ink(_pen(look)))
        if look.overridden:
            text = f"✎ {text}"
        if look is not PLAIN and (sign := _sign(look)):
            rect = _paint_sign(painter, rect, sign)
        if self._wraps and not numeric:
            _paint_wrapped(painter, rect.adjusted(0, PADDING // 2, 0, -PADDING // 2), text)
        else:
            shown = _on_one_line(text, line.fontMetrics, rect.width())
            painter.drawText(rect, _RIGHT_LINE if numeric else _LEFT_LINE, shown)
        if look is not PLAIN:
            _paint_corner(painter, line.rect, look)
        paint_note(painter, line.rect, self._model, index)
        if state & _FOCUSED:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(ink("accent"))
            painter.drawRect(line.rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The room a cell wants; wrapped texts want some lines, but never the whole page."""
        text = self._model.text_at(index.row(), index.column())
        metrics = QFontMetrics(line_of(option).font)
        least = metrics.lineSpacing() + 2 * PADDING
        if not self._wraps or self._model.sheet_columns[index.column()].is_numeric:
            return QSize(metrics.horizontalAdvance(text) + 2 * PADDING, least)
        width = max(40, self._column_width(index.column()) - 2 * PADDING - 1)
        room = QRect(0, 0, width, 10_000)
        found = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
        most = self._most_lines() * metrics.lineSpacing() + 2 * PADDING
        return QSize(width, max(least, min(most, found.height() + 2 * PADDING)))

    def _most_lines(self) -> int:
        """Few where columns are out of sight: a long text there would only make empty rows."""
        view = self.parent()
        if not isinstance(view, QTableView) or view.horizontalScrollBar().maximum() > 0:
            return _FEW_LINES
        return _MOST_LINES

    def _column_width(self, column: int) -> int:
        view = self.parent()
        return view.columnWidth(column) if isinstance(view, QTableView) else _USUAL_WIDTH

    # -- Editing ---------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of the cell's kind."""
        del option
        address = self._address(index)
        assert address is not None  # only values can be edited
        self.editor_opens.emit(index)
        name = self._model.sheet_columns[index.column()].name
        editor = make_cell_editor(self._model, address, name, parent, typed=self.by_typing)
        self.by_typing = False
        if isinstance(editor, ChoiceBox | RoomyEditor):
            editor.done.connect(self._on_done)
        if isinstance(editor, RoomyEditor):
            editor.editor.core.installEventFilter(self)
            editor.editor.jump_requested.connect(self.jump_requested)
            editor.passed.connect(self._on_passed)
        elif isinstance(editor, ChoiceBox) and not editor.isEditable():
            QTimer.singleShot(0, editor, editor.showPopup)
        self._open = editor
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Qt: an editor is done with."""
        if editor is self._open:
            self._open = None
        super().destroyEditor(editor, index)

    def take(self) -> None:
        """Take what stands in an open editor, and leave it open."""
        if self._open is not None and isValid(self._open):
            self.commitData.emit(self._open)

    def finish(self) -> None:
        """Take what stands in an open editor, whether or not it has the keyboard, and close it."""
        editor, self._open = self._open, None
        if editor is None or not isValid(editor):
            return
        self._end(editor, _NO_HINT)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the plan's value, or the entry that could not be taken."""
        address = self._address(index)
        if address is not None:
            show_in_cell(editor, self._model, address, cast("str", index.data(EDIT)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take what was entered."""
        del model
        address = self._address(index)
        if address is not None:
            take_from_cell(editor, self._model, address)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Cover the cell; roomy editors spread out from it, inside the sheet."""
        view = self.parent()
        rect = view.visualRect(index) if isinstance(view, QTableView) else line_of(option).rect
        if not isinstance(editor, RoomyEditor):
            editor.setGeometry(rect)
            if isinstance(editor, GrowingLine):
                editor.grow()
            return
        around = cast("QWidget", editor.parentWidget()).rect()
        wanted = editor.wanted.expandedTo(rect.size()).boundedTo(around.size())
        spread = QRect(rect.topLeft(), wanted)
        spread.moveRight(min(spread.right(), around.right()))
        spread.moveBottom(min(spread.bottom(), around.bottom()))
        editor.setGeometry(spread)

    def eventFilter(self, object: QObject, event: QEvent) -> bool:
        """In roomy editors Return is a line break: Ctrl+Return and Esc end them, in texts Tab too.

        Qt's own filter is for the editor in the cell only, never for what stands inside it.
        """
        if isinstance(object, QLineEdit | ChoiceBox) and _ends_all(event):
            self._fill(object)
            return True
        roomy = _around(object)
        if roomy is None:
            return super().eventFilter(object, event)
        hint = _hint_of(event, is_text=isinstance(object, ProseEdit))
        if hint is None:
            return False
        self._end(roomy, hint)
        return True

    def _address(self, index: Index) -> Address | None:
        return self._model.address_at(index.row(), index.column())

    def _fill(self, editor: QLineEdit | ChoiceBox) -> None:
        """Ctrl+Enter: what was typed goes into all chosen cells, as one step."""
        text = editor.text() if isinstance(editor, QLineEdit) else editor.typed_or_chosen()
        self.closeEditor.emit(editor, _NO_HINT)
        self.fill_asked.emit(text)

    def _end(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if isinstance(editor, RoomyEditor):
            editor.is_done = True
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)

    def _on_passed(self, on: bool) -> None:
        """Tab went beyond the last that stands in an open editor, or before the first."""
        if self._open is not None:
            self._end(self._open, _NEXT if on else _PREVIOUS)

    def _on_done(self) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)


def _on_one_line(text: str, metrics: QFontMetrics, room: int) -> str:
    """The text cut to its room; short ones are not measured, for no sign is wider than high."""
    if len(text) * metrics.height() <= room:
        return text
    return metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, room)


def _around(inner: QObject) -> RoomyEditor | None:
    """The roomy editor something stands inside of."""
    around = cast("QObject | None", inner.parent())
    while around is not None and not isinstance(around, RoomyEditor):
        around = around.parent()
    return around


def _hint_of(event: QEvent, *, is_text: bool) -> QAbstractItemDelegate.EndEditHint | None:
    """How a key ends a roomy editor; None when it does not."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return None
    if _ends_all(event):
        return _DOWN
    if event.key() == Qt.Key.Key_Escape:
        return _NO_HINT
    tabs = {Qt.Key.Key_Tab: _NEXT, Qt.Key.Key_Backtab: _PREVIOUS} if is_text else {}
    return tabs.get(Qt.Key(event.key()))


def _ends_all(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return is_return and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _paint_wrapped(painter: QPainter, rect: QRect, text: str) -> None:
    """A text of several lines; when they do not fit, its beginning and a sign that it goes on."""
    wrap = int(Qt.TextFlag.TextWordWrap)
    overflows = painter.boundingRect(rect, wrap, text).height() > rect.height()
    if not overflows:
        painter.drawText(rect, int(_LEFT) | wrap, text)
        return
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | wrap, text)
    sign = painter.fontMetrics().boundingRect(_GOES_ON).size()
    corner = QRect(
        rect.right() - sign.width(), rect.bottom() - sign.height(), sign.width() + 2, sign.height()
    )
    painter.drawText(corner, int(_RIGHT), _GOES_ON)


def _ground(look: CellLook) -> str:
    if look.refused:
        return "must_soft"
    if look.closed:
        return "canvas"
    if look.computed:
        return "accent_soft"
    return "paper"


def _pen(look: CellLook) -> str:
    if look.refused:
        return "must"
    if look.closed:
        return "pale"
    return "soft" if look.computed else "ink"


def _sign(look: CellLook) -> str:
    """What stands before the text of a marked cell, the same sign its sentence begins with."""
    if look.refused or any(found.severity is Severity.MUST for found in look.findings):
        return _MUST_SIGN
    return _SHOULD_SIGN if look.findings else ""


def _paint_sign(painter: QPainter, rect: QRect, sign: str) -> QRect:
    """Paint a sign at the left; the room left for the text."""
    painter.save()
    font = painter.font()
    font.setPointSizeF(font.pointSizeF() * _SIGN_SIZE / 100)
    painter.setFont(font)
    painter.setPen(ink("must" if sign == _MUST_SIGN else "should"))
    room = rect.adjusted(_SIGN_GAP - PADDING, 0, 0, 0)
    painter.drawText(room, int(_LEFT) | int(Qt.TextFlag.TextSingleLine), sign)
    wide = painter.fontMetrics().horizontalAdvance(sign)
    painter.restore()
    return rect.adjusted(max(0, wide + 2 * _SIGN_GAP - PADDING), 0, 0, 0)


def _paint_corner(painter: QPainter, rect: QRect, look: CellLook) -> None:
    """A filled corner for what must be mended, a hollow one for what should be."""
    must = look.refused or look.asked is Mark.NOTICE
    must = must or any(found.severity is Severity.MUST for found in look.findings)
    if not must and look.asked is None and not look.findings:
        return
    right, top = rect.right(), rect.top()
    corner = QPolygon(
        [QPoint(right - _CORNER, top), QPoint(right, top), QPoint(right, top + _CORNER)]
    )
    painter.setPen(ink("must" if must else "should"))
    painter.setBrush(ink("must") if must else Qt.BrushStyle.NoBrush)
    painter.drawPolygon(corner)
