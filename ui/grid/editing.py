"""What people do to many cells of a sheet at once: copy, paste, clear, fill."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from forms.edits import Edit, SetValue
from ui.fields.choosing import ChoiceBox
from ui.fields.roles import FAULT, HINT
from ui.grid.cell_note import CellNote
from ui.grid.choosing import Cell, chosen_cells
from ui.grid.clipboard import Copying, pasted_cells
from ui.grid.delegate import SheetDelegate
from ui.grid.fill_commands import FillCommands
from ui.grid.grid_view import SheetView
from ui.grid.marks import Marks
from ui.grid.pasting import (
    Line,
    Pasting,
    block_lines,
    cell_lines,
    paste_steps,
    shown_places,
    told,
)
from ui.grid.picture_cells import take_pictures
from ui.grid.sheet_model import SheetModel
from ui.grid.steps import READ, carry_out, counted, put_steps
from ui.grid.taking import choose_workbook, is_worth_showing, show_block
from ui.text import tr

if TYPE_CHECKING:
    from ui.grid.panel import SheetPanel

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_KEY_EVENTS = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)

Entry = tuple[str, Callable[[], None]]


class Editing(QObject):
    """The commands of one sheet, by key and by menu."""

    def __init__(self, panel: SheetPanel) -> None:
        super().__init__(panel)
        self._panel, self._view, self._model = panel, panel.view, panel.model
        self.note = CellNote(panel.view, panel.model)
        self.marks = Marks(panel)
        self.filling = FillCommands(panel)
        self._keys = self._keyed()
        delegate = panel.view.itemDelegate()
        assert isinstance(delegate, SheetDelegate)  # every sheet has one
        self._delegate = delegate
        self._view.installEventFilter(self)
        self._view.copy_asked.connect(self.copy)
        self._view.paste_asked.connect(self.paste)
        self._view.clear_asked.connect(self.clear)

    def eventFilter(self, object: QObject, event: QEvent) -> bool:
        """Qt: the keys of the commands, before the view and the window see them."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.InputMethod):
            self._delegate.by_typing = _is_typing(event)
        if isinstance(event, QInputMethodEvent) and (text := event.commitString()):
            QTimer.singleShot(0, self, lambda: hand_over(self._view, text))
        if event.type() in _KEY_EVENTS and isinstance(event, QKeyEvent):
            do = self._keys.get(event.keyCombination().toCombined())
            if do is not None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    do()
                return True
            if event.key() == Qt.Key.Key_Escape and self.note.label.isVisible():
                self.note.hide()
        return super().eventFilter(object, event)

    def entries(self) -> list[Entry]:
        """What the menu of the right mouse button offers."""
        copying: list[Entry] = [
            (tr("复制\tCtrl+C"), self.copy),
            (tr("带表头复制\tCtrl+Shift+C"), self.copy_with_heads),
        ]
        if self._is_frozen:
            return copying
        return [
            *copying,
            (tr("粘贴\tCtrl+V"), self.paste),
            (tr("清除内容\tDelete"), self.clear),
            (tr("向下填充\tCtrl+D"), self.filling.fill_down),
            (tr("向右填充\tCtrl+R"), self.filling.fill_right),
            (tr("批量修改…"), self.filling.change_many),
            (tr("从 Excel 取数…"), self.take_workbook),
        ]

    def copy(self) -> None:
        """Put the selected cells on the clipboard."""
        self._copy(heads=False)

    def copy_with_heads(self) -> None:
        """Put the selected cells on the clipboard below the heads of their columns."""
        self._copy(heads=True)

    def paste(self) -> None:
        """Take the clipboard's block of cells; a large one from elsewhere is shown first."""
        data = QGuiApplication.clipboard().mimeData()
        block, is_own = pasted_cells(self._model, data)
        cells = chosen_cells(self._view)
        if self._is_frozen or take_pictures(self._panel, data):
            return
        if not block:
            self._panel.say(tr("剪贴板中没有可粘贴的表格内容。"), HINT)
        elif len(block) == 1 and len(block[0]) == 1 and len(cells) > 1:
            self._take(cell_lines(self._model, cells, block[0][0]))
        elif is_worth_showing(block) and not is_own:
            show_block(self._panel, block)
        else:
            top = min((row for row, _ in cells), default=len(self._model.keys))
            left = min((column for _, column in cells), default=0)
            columns = shown_places(self._model, left)
            self._take(block_lines(self._model, block, top, columns))

    def clear(self) -> None:
        """Empty the selected cells as one undo step."""
        if self._is_frozen:
            return
        cells, edits = chosen_cells(self._view), list[Edit]()

        def steps() -> Iterator[int]:
            yield from counted(cleared(self._model, cells, edits), len(cells), READ // 2)
            if edits:
                label = tr("清除 {count} 格").format(count=len(edits))
                yield from put_steps(self._model, edits, label, READ // 2)

        carry_out(self._panel, tr("清除内容"), steps())

    def take_workbook(self) -> None:
        """Take cells from an Excel file."""
        choose_workbook(self._panel)

    @property
    def _is_frozen(self) -> bool:
        return self._model.session.is_read_only

    def _keyed(self) -> dict[int, Callable[[], None]]:
        keys: dict[QKeyCombination, Callable[[], None]] = {
            QKeyCombination(_CTRL | _SHIFT, Qt.Key.Key_C): self.copy_with_heads,
            QKeyCombination(Qt.Key.Key_F7): self.marks.go_next,
            QKeyCombination(_SHIFT, Qt.Key.Key_F7): self.marks.go_back,
        }
        if not self._is_frozen:
            keys |= {
                QKeyCombination(_CTRL, Qt.Key.Key_D): self.filling.fill_down,
                QKeyCombination(_CTRL, Qt.Key.Key_R): self.filling.fill_right,
                QKeyCombination(_ALT, Qt.Key.Key_Down): self._open_editor,
            }
        return {pressed.toCombined(): do for pressed, do in keys.items()}

    def _open_editor(self) -> None:
        index = self._view.currentIndex()
        if index.isValid() and bool(index.flags() & Qt.ItemFlag.ItemIsEditable):
            self._view.edit(index)

    def _copy(self, *, heads: bool) -> None:
        copying = Copying(self._model, chosen_cells(self._view), heads=heads)
        if copying.rows:
            put = partial(put_on_clipboard, copying)
            carry_out(self._panel, tr("复制"), copying.steps(), put)

    def _take(self, lines: Sequence[Line]) -> None:
        pasting = Pasting()

        def say() -> None:
            self._panel.say(told(pasting), FAULT if pasting.refused else HINT)

        steps = paste_steps(self._model, lines, pasting, tr("粘贴 {count} 格"))
        carry_out(self._panel, tr("粘贴"), steps, say)


def put_on_clipboard(copying: Copying) -> None:
    """Hand copied cells to the system."""
    QGuiApplication.clipboard().setMimeData(copying.data())


def cleared(model: SheetModel, cells: Iterable[Cell], edits: list[Edit]) -> Iterator[None]:
    """What empties these cells, cell by cell."""
    for cell in cells:
        address = model.address_at(*cell)
        if address is not None and model.is_editable(*cell):
            edits.append(SetValue(address, None))
        yield


def hand_over(view: SheetView, text: str) -> None:
    """Give a list that opened by an input method what was composed; Qt gives it to lines only."""
    box = view.focusWidget() or QApplication.focusWidget()
    if not isinstance(box, ChoiceBox) or not view.isAncestorOf(box):
        return
    line = box.lineEdit()
    if line is not None and not line.text():
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(box, event)


def _is_typing(event: QEvent) -> bool:
    """Whether an event begins a text: a letter, or what an input method composes."""
    if not isinstance(event, QKeyEvent):
        return True
    is_command = bool(event.modifiers() & (_CTRL | _ALT))
    return not is_command and event.text().isprintable() and bool(event.text().strip())
