"""备注: notes to self on any place of the plan; listed, searched, written and taken away here."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from forms.address import Address
from forms.edits import EditError
from forms.notes import Note, Written, note, note_place, notes_by_place
from ui.drafting import OpenPlan
from ui.fields.small import plain_label
from ui.history.two_lines import TwoLineList
from ui.panels.notes_model import NotesModel
from ui.text import tr

_LINES = 5
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NoteForm(QFrame):
    """The words of one note while they are written."""

    written = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = plain_label(role="strong")
        self._title.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("备注内容"))
        self.text.setPlaceholderText(tr("要办的事、待核的数、向谁要资料……"))
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        self.accept, self.leave = QPushButton(tr("记下")), QPushButton(tr("取消"))
        self.accept.setProperty("role", "primary")
        self.accept.setToolTip(tr("记下（Ctrl+Enter）"))
        self.accept.clicked.connect(lambda: self.written.emit(self.text.toPlainText()))
        self.leave.clicked.connect(self.left)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.leave, self.accept):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self.text)
        column.addWidget(plain_label(tr("不会印入方案"), "small"))
        column.addLayout(buttons)
        column.addStretch(1)
        self.hide()

    def open_for(self, place: str, text: str) -> None:
        """Show it for a place, with what stands there so far."""
        self._title.setText(place)
        self.text.setPlainText(text)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * _LINES + 16)
        self.show()
        self.text.setFocus()
        self.text.selectAll()

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride] -- only set on a widget
        """Qt: Ctrl+Enter keeps the note, Escape leaves; Enter alone is a new line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() in _RETURN and control:
                self.written.emit(self.text.toPlainText())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)


class NotesPanel(QWidget):
    """The list of notes, and the form in which one is written."""

    jump_requested = Signal(Address)
    changed = Signal()

    def __init__(self, plan: OpenPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._session = plan.session
        self._place: Address | None = None
        self._before: Note | None = None
        self._here: Address | None = None
        self.model = NotesModel(plan.session, self)
        self.search = QLineEdit()
        self.view = TwoLineList(self)
        self.form = NoteForm(self)
        self._list = QWidget()  # all but the form; one of both is seen
        self._empty = plain_label(role="soft")
        self._trouble = plain_label(role="must")
        self.add, self.edit = QPushButton(tr("写备注…")), QPushButton(tr("修改"))
        self.remove = QPushButton(tr("删除"))
        self._build()
        self.search.textChanged.connect(self._look)
        self.view.setModel(self.model)
        self.view.clicked.connect(self._go)
        self.view.installEventFilter(self)
        self.view.selectionModel().currentChanged.connect(self._follow_choice)
        self.form.written.connect(self._keep)
        self.form.left.connect(self._leave)
        self.add.clicked.connect(self.write_here)
        self.edit.clicked.connect(self._edit_chosen)
        self.remove.clicked.connect(self._remove_chosen)
        plan.session.changed.connect(self._on_changed)
        self._tell()

    def stand_at(self, place: Address) -> None:
        """Follow the user to a place, for which a note can be written."""
        self._here = place

    def write_here(self) -> None:
        """Write a note for the place the user is at."""
        if self._here is not None:
            self.write(self._here)

    def write(self, place: Address, before: Note | None = None) -> None:
        """Write a note for a place, or go on with the one it has."""
        known = notes_by_place(self._session.view).get(place, ())
        self._place, self._before = place, before or (known[0] if known else None)
        name = note_place(self._session.view, place) or tr("原位置已删除")
        self._list.hide()
        self.form.open_for(name, self._before.text if self._before else "")

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride] -- only set on a widget
        """Qt: keys in the list: Enter goes there, F2 writes, Delete takes away."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            does = {
                Qt.Key.Key_Return: lambda: self._go(self.view.currentIndex()),
                Qt.Key.Key_Enter: lambda: self._go(self.view.currentIndex()),
                Qt.Key.Key_F2: self._edit_chosen,
                Qt.Key.Key_Delete: self._remove_chosen,
            }.get(Qt.Key(event.key()))
            if does is not None:
                does()
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.search.setPlaceholderText(tr("查找备注"))
        self.search.setAccessibleName(tr("查找备注"))
        self.search.setClearButtonEnabled(True)
        self.view.setAccessibleName(tr("备注列表"))
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(16, 12, 16, 0)
        self._trouble.setWordWrap(True)
        self._trouble.setContentsMargins(16, 4, 16, 4)
        self._trouble.hide()
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(10, 8, 10, 4)
        head.addWidget(self.search)
        listed = QVBoxLayout(self._list)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(0)
        foot.setContentsMargins(10, 6, 10, 8)
        foot.setSpacing(8)
        for button in (self.add, self.edit, self.remove):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        listed.addLayout(head)
        listed.addWidget(self._empty)
        listed.addWidget(self.view, 1)
        listed.addLayout(foot)
        column.addWidget(self._list, 1)
        column.addWidget(self._trouble)
        column.addWidget(self.form, 1)

    def _keep(self, text: str) -> None:
        place, before = self._place, self._before
        if place is None:
            return
        signing = self._session.signing
        said = Written(text, self._plan.who or signing.name, signing.today())
        label = tr("修改备注") if before else tr("写备注")
        self._put(place, said, before, label)

    def _put(self, place: Address, said: Written, before: Note | None, label: str) -> None:
        try:
            edits = note(self._session.view, place, said, before)
            if edits:
                self._session.edit_all(tuple(edits), label)
        except EditError as error:
            self._trouble.setText(str(error))
            self._trouble.show()
            return
        self._trouble.hide()
        self._leave()

    def _leave(self) -> None:
        """Put the form away and give the keyboard back to the place."""
        place, self._place, self._before = self._place, None, None
        was_open = not self.form.isHidden()
        self.form.hide()
        self._list.show()
        if was_open and place is not None and note_place(self._session.view, place):
            self.jump_requested.emit(place)

    def _edit_chosen(self) -> None:
        chosen = self.model.note_at(self.view.currentIndex())
        if chosen is not None:
            self.write(chosen.place, chosen)

    def _remove_chosen(self) -> None:
        chosen = self.model.note_at(self.view.currentIndex())
        if chosen is None:
            return
        row = self.view.currentIndex().row()
        said = Written("", chosen.person, self._session.signing.today())
        edits = note(self._session.view, chosen.place, said, chosen)
        self._session.edit_all(tuple(edits), tr("删除备注"))
        if self.model.shown:
            self.view.setCurrentIndex(self.model.index(min(row, len(self.model.shown) - 1)))
        self.view.setFocus()

    def _go(self, index: object) -> None:
        del index
        chosen = self.model.note_at(self.view.currentIndex())
        if chosen is not None and note_place(self._session.view, chosen.place):
            self.jump_requested.emit(chosen.place)

    def _look(self, words: str) -> None:
        self.model.look_for(words)
        self._tell()

    def _on_changed(self) -> None:
        chosen = self.model.note_at(self.view.currentIndex())
        if self.model.refresh():
            if chosen in self.model.shown:
                self.view.setCurrentIndex(self.model.index(self.model.shown.index(chosen)))
            self._tell()
            self.changed.emit()

    def _follow_choice(self) -> None:
        has = self.model.note_at(self.view.currentIndex()) is not None
        self.edit.setEnabled(has)
        self.remove.setEnabled(has)

    def _tell(self) -> None:
        nothing = tr(
            "还没有备注。在任何一栏按 Ctrl+M，记下要办的事和待核的数；"
            "备注随方案保存和传送，不会印入方案。"
        )
        self._empty.setText(tr("没有符合的备注。") if self.search.text().strip() else nothing)
        self._empty.setVisible(not self.model.shown)
        self._follow_choice()
