"""Editors that choose: one option, a row of a table, any number of options, yes or no.

A wheel that passes over a closed list never changes it.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
)

from forms.kinds import Choice, Choices, Reference, YesNo
from ui.fields.editors import Editor
from ui.fields.standing import Standing
from ui.plain import plain_caption
from ui.session import PlanSession
from ui.text import tr
from ui.whole_choice import WholeChoice

_SEARCHABLE_FROM = 13
_SHOWN_OPTIONS = 16
_LEAST_LETTERS = 12
_MOST_COLUMNS = 4
_BETWEEN_BOXES = 24

_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Options = list[tuple[str, str]]  # key, label


class ChoiceBox(WholeChoice):
    """A list of options that opens on demand; long lists are searched by typing."""

    chosen = Signal(object)  # key, or None for the empty entry
    not_found = Signal(str)  # what was typed and is no option
    done = Signal()  # a choice was made from the list

    def __init__(self, options: Options, *, searched: bool = False) -> None:
        """`searched`: by typing, however short the list."""
        super().__init__()
        self.opens_by_arrows = False  # so that no option is taken on the way to another
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(_SHOWN_OPTIONS)
        self.setMinimumContentsLength(_LEAST_LETTERS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_options(options)
        if searched or len(options) >= _SEARCHABLE_FROM:
            self._make_searchable()
        self.activated.connect(self._on_activated)

    def set_options(self, options: Options) -> None:
        """Offer these options, keeping what is chosen."""
        current = self.key()
        self.clear()
        self.addItem("" if self.isEditable() else tr("（请选择）"), None)
        for key, label in options:
            self.addItem(label, key)
        self.show_key(current, "")

    def options(self) -> Options:
        """What is offered, without the empty entry."""
        return [
            (cast("str", self.itemData(place)), self.itemText(place))
            for place in range(1, self.count())
        ]

    def key(self) -> str | None:
        """The chosen key."""
        return cast("str | None", self.currentData())

    def show_key(self, key: str | None, label: str) -> None:
        """Show an option without saying that it was chosen; `label` stands for an unknown one."""
        place = 0 if key is None else self.findData(key)
        if place < 0:
            self.addItem(label or key or "", key)
            place = self.count() - 1
        self.setCurrentIndex(place)
        if self.isEditable():
            self.setEditText(self.itemText(place) if place else "")
            line = self.lineEdit()
            if line is not None:
                line.setCursorPosition(0)

    def typed_or_chosen(self) -> str:
        """The key of what is chosen, or what was typed and not found; "" for nothing."""
        line = self.lineEdit()
        if line is not None and line.isModified():
            text = line.text().strip()
            place = self.find_label(text) if text else 0
            return text if place < 0 else str(self.itemData(place) or "")
        return self.key() or ""

    def find_label(self, text: str) -> int:
        """The place of the option with this label, or of the only one that contains it; else -1."""
        exact = self.findText(text, Qt.MatchFlag.MatchFixedString)
        if exact >= 0:
            return exact
        parts = [place for place in range(1, self.count()) if text in self.itemText(place)]
        return parts[0] if len(parts) == 1 else -1

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed, also when the list of matches is still open."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._on_editing_finished()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the arrows open the list where taking an option has consequences."""
        if self.opens_by_arrows and event.key() in _ARROWS and not event.modifiers():
            self.showPopup()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def eventFilter(self, object: QObject, event: QEvent) -> bool:
        """Qt: Return takes the first of the options that are offered, when none was pointed at."""
        completer = self.completer()
        is_return = isinstance(event, QKeyEvent) and event.key() in _RETURNS
        if completer is None or not is_return or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(object, event)
        popup = completer.popup()
        if popup.currentIndex().isValid() or not completer.completionCount():
            return super().eventFilter(object, event)
        popup.hide()
        place = self.findText(completer.completionModel().index(0, 0).data())
        self.setCurrentIndex(place)
        self._on_activated(place)
        return True

    def _make_searchable(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setItemText(0, "")
        completer, line = self.completer(), self.lineEdit()
        assert completer is not None  # an editable list has both
        assert line is not None
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.popup().installEventFilter(self)
        line.setPlaceholderText(tr("输入文字查找，或展开选择"))
        line.editingFinished.connect(self._on_editing_finished)

    def _on_activated(self, place: int) -> None:
        line = self.lineEdit()
        if line is not None:
            line.setModified(False)
        self.chosen.emit(self.itemData(place))
        self.done.emit()

    def _on_editing_finished(self) -> None:
        line = self.lineEdit()
        if line is None or not line.isModified():
            return
        text = line.text().strip()
        place = self.find_label(text) if text else 0
        if place < 0:
            self.not_found.emit(text)
            return
        self.setCurrentIndex(place)
        line.setText(self.itemText(place) if place else "")
        line.setModified(False)
        self.chosen.emit(self.itemData(place))


class ChoiceEditor(Editor):
    """One option of a vocabulary."""

    def __init__(self, session: PlanSession, kind: Choice, label: str) -> None:
        super().__init__(session, kind, label)
        self.box = ChoiceBox(vocabulary_options(session, kind.vocabulary))
        self._hold(self.box)
        self.set_label(label)
        self.box.chosen.connect(self._on_chosen)
        self.box.not_found.connect(self._on_not_found)

    def set_label(self, label: str) -> None:
        """Change what a screen reader says of the list, and of the line that searches it."""
        super().set_label(label)
        line = self.box.lineEdit()
        if line is not None:
            line.setAccessibleName(label)

    def _show(self, standing: Standing) -> None:
        self.box.setEnabled(not standing.is_locked)
        self.box.show_key(cast("str | None", standing.value), standing.text)

    def _on_chosen(self, key: str | None) -> None:
        self.set_fault("")
        self.committed.emit(key)
        if not self.fault:
            self.settled.emit()

    def _on_not_found(self, text: str) -> None:
        self.set_fault(tr("“{text}”不在选项中，请从列表中选择。").format(text=text))


class ReferenceBox(ChoiceBox):
    """The rows of a table by name, read anew whenever the list opens."""

    def __init__(self, session: PlanSession, kind: Reference, *, searched: bool = False) -> None:
        self._session = session
        self._table = kind.home
        super().__init__(self._rows(), searched=searched)

    def showPopup(self) -> None:
        """Offer the rows there are now."""
        rows = self._rows()
        if rows != self.options():
            self.set_options(rows)
        super().showPopup()

    def refresh(self) -> None:
        """Take over the rows and names there are now."""
        self.set_options(self._rows())

    def _rows(self) -> Options:
        view = self._session.view
        return [(row, view.row_name(self._table.at_row(row))) for row in view.rows(self._table)]


class ReferenceEditor(Editor):
    """A row of a table of this plan."""

    def __init__(self, session: PlanSession, kind: Reference, label: str) -> None:
        super().__init__(session, kind, label)
        self.box = ReferenceBox(session, kind)
        self._table = kind.home
        self._hold(self.box)
        self.box.chosen.connect(self._on_chosen)
        self.box.not_found.connect(self._on_not_found)

    def _show(self, standing: Standing) -> None:
        self.box.setEnabled(not standing.is_locked)
        self.box.refresh()
        row = cast("str | None", standing.value)
        is_gone = row is not None and row not in self.session.view.rows(self._table)
        self.box.show_key(row, tr("（所引用的行已删除）") if is_gone else standing.text)
        self.set_fault(tr("所引用的行已删除，请重新选择。") if is_gone else "")

    def _on_chosen(self, row: str | None) -> None:
        self.set_fault("")
        self.committed.emit(row)
        self.settled.emit()

    def _on_not_found(self, text: str) -> None:
        self.set_fault(tr("没有名为“{text}”的行，请从列表中选择。").format(text=text))


class ChoicesEditor(Editor):
    """Any number of options, as a list to tick."""

    def __init__(self, session: PlanSession, kind: Choices, label: str) -> None:
        super().__init__(session, kind, label)
        self._options = vocabulary_options(session, kind.vocabulary)
        self._boxes = {key: QCheckBox(plain_caption(text)) for key, text in self._options}
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_BETWEEN_BOXES)
        for key, text in self._options:
            box = self._boxes[key]
            box.setAccessibleName(f"{label}：{text}")
            box.clicked.connect(self._on_clicked)
        self._lay_out(1)
        first = next(iter(self._boxes.values()))
        self._core = first
        self.setFocusProxy(first)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for, so that a narrow place never cuts a label off."""
        super().resizeEvent(event)
        widest = max(box.sizeHint().width() for box in self._boxes.values()) + _BETWEEN_BOXES
        self._lay_out(max(1, min(_MOST_COLUMNS, self.width() // widest)))

    def boxes(self) -> dict[str, QCheckBox]:
        """The box of each option."""
        return self._boxes

    def set_label(self, label: str) -> None:
        """Change what a screen reader says of each box."""
        self.label = label
        for key, text in self._options:
            self._boxes[key].setAccessibleName(f"{label}：{text}")

    def _show(self, standing: Standing) -> None:
        chosen = standing.value if isinstance(standing.value, tuple) else ()
        for key, box in self._boxes.items():
            box.setChecked(key in chosen)
            box.setEnabled(not standing.is_locked)

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._grid.setColumnStretch(self._columns, 0)
        self._columns = columns
        for place, box in enumerate(self._boxes.values()):
            self._grid.addWidget(box, place // columns, place % columns)
        self._grid.setColumnStretch(columns, 1)

    def _on_clicked(self) -> None:
        chosen = tuple(key for key, box in self._boxes.items() if box.isChecked())
        self.committed.emit(chosen or None)
        self.settled.emit()


class _Answer(QRadioButton):
    """是 or 否; Delete takes the answer back."""

    withdrawn = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Withdraw the answer on Delete."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.withdrawn.emit()
            return
        super().keyPressEvent(event)


class YesNoEditor(Editor):
    """是 or 否, side by side, or no answer yet."""

    def __init__(self, session: PlanSession, kind: YesNo, label: str) -> None:
        super().__init__(session, kind, label)
        self.yes, self.no = _Answer(tr("是")), _Answer(tr("否"))
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(24)
        for button in (self.yes, self.no):
            self._group.addButton(button)
            layout.addWidget(button)
            button.setToolTip(tr("按 Delete 键取消选择"))
            button.clicked.connect(self._on_clicked)
            button.withdrawn.connect(self._on_withdrawn)
        layout.addStretch(1)
        self._core = self.yes
        self.setFocusProxy(self.yes)
        self.set_label(label)

    def set_label(self, label: str) -> None:
        """Change what a screen reader says of both answers."""
        self.label = label
        for button in (self.yes, self.no):
            button.setAccessibleName(f"{label}：{button.text()}")

    def focus_editor(self) -> None:
        """Take the keyboard where the answer is."""
        (self.no if self.no.isChecked() else self.yes).setFocus()

    def _show(self, standing: Standing) -> None:
        self._group.setExclusive(False)
        self.yes.setChecked(standing.value is True)
        self.no.setChecked(standing.value is False)
        self._group.setExclusive(True)
        for button in (self.yes, self.no):
            button.setEnabled(not standing.is_locked)

    def _on_clicked(self) -> None:
        self.committed.emit(self.yes.isChecked())
        self.settled.emit()

    def _on_withdrawn(self) -> None:
        self.committed.emit(None)
        self.settled.emit()


def vocabulary_options(session: PlanSession, vocabulary: str) -> Options:
    """The options of a vocabulary with their labels."""
    listed = session.pack.index.vocabularies[vocabulary]
    return [(option.key, option.label) for option in listed.options]
