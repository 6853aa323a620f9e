"""历史: what was done to the plan, by day, and what can be brought back from it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from forms.address import Address
from forms.answers import Answers
from forms.schema import Section
from storage.history import Wanted, people
from ui.drafting import OpenPlan
from ui.fields.small import plain_label
from ui.flow_row import FlowRow
from ui.history.change_text import ChangeText
from ui.history.compare_dialog import CompareDialog
from ui.history.list_view import HistoryView
from ui.history.model import Entry, HistoryModel
from ui.history.reader import Told, tell_action
from ui.history.restoring import Restorer
from ui.history.words import moment_words
from ui.text import tr
from ui.whole_choice import WholeChoice

_LEAST_CHANGES = 64  # pixels; it scrolls
_SEARCH_MS = 250


class HistoryPanel(QWidget):
    """The actions with their filters; below, what the chosen one changed."""

    jump_requested = Signal(Address)

    def __init__(self, plan: OpenPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._section: Section | None = None
        self._told: Told | None = None
        self.restorer = Restorer(plan.session, plan.snapshot, self.jump_requested.emit)
        self.model = HistoryModel(plan.session.pack, plan.log, self)
        self.view = HistoryView(self.model, self)
        self.changes = ChangeText(tr("所选修改的内容"), self)
        self.search, self.here, self.who = QLineEdit(), QToolButton(), WholeChoice()
        self.back = QPushButton(tr("恢复到此刻"))
        self.beside_now = QPushButton(tr("与现在比较"))
        self.two = QPushButton(tr("比较…"))
        self._empty = plain_label(role="soft")
        self._wait = QTimer(self, singleShot=True, interval=_SEARCH_MS)
        self._build()
        self._connect()
        unsigned = (
            () if plan.who else (tr("记录里还没有您的姓名，可在菜单“方案”的“署名…”中填写。"),)
        )
        hint = (tr("点一条修改，看它改了什么。"), *unsigned)
        self.changes.show_changes((), lambda _: (), hint)

    def stand_at(self, section: Section) -> None:
        """Follow the user to a section, which 本节 keeps to."""
        self._section = section
        if self.here.isChecked() and self.isVisible():
            self._filter()

    def refresh(self) -> None:
        """Read what is new."""
        self.model.refresh()
        self._plan.log.ask(self, people, self._take_people)

    def choose(self, entry: Entry) -> None:
        """Tell what an action changed."""
        session = self._plan.session
        task = tell_action(session.pack, session.answers, entry.revision)
        self._plan.log.ask(self, task, lambda told: self._tell(entry, told))

    def compare(self, one: int | None = None, other: int | None = None) -> CompareDialog:
        """Open the comparison of two moments, by revision; None is now."""
        dialog = CompareDialog(self._plan, self.model, self.restorer, self.window())
        dialog.show_moments(one, other)
        dialog.show()
        return dialog

    def compare_version(self, answers: Answers, label: str) -> CompareDialog:
        """Open the comparison of what a version holds with the plan as it stands now."""
        dialog = CompareDialog(self._plan, self.model, self.restorer, self.window())
        dialog.show_version(answers, label)
        dialog.show()
        return dialog

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: the log is read when it is first looked at."""
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: other colours or another size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self.view.scheduleDelayedItemsLayout()
            self.changes.tint()

    def _build(self) -> None:
        self.search.setPlaceholderText(tr("查找修改内容"))
        self.search.setAccessibleName(tr("在修改记录中查找"))
        self.search.setClearButtonEnabled(True)
        self.here.setText(tr("本节"))
        self.here.setAccessibleName(tr("只看本节的修改"))
        self.here.setProperty("role", "filter")
        self.here.setCheckable(True)
        self.who.setAccessibleName(tr("只看谁的修改"))
        self.who.addItem(tr("所有人"), "")
        self.who.setMinimumContentsLength(5)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(16, 12, 16, 0)
        self._empty.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row(self.here, self.who, self.search, margins=(12, 8, 12, 8)))
        column.addWidget(self._empty)
        column.addWidget(self._splitter(), 1)

    def _splitter(self) -> QSplitter:
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.changes.setMinimumHeight(_LEAST_CHANGES)
        column.addWidget(self.changes, 1)
        column.addLayout(_flow(self.back, self.beside_now, self.two))
        self.two.setProperty("role", "link")
        self.two.setAccessibleName(tr("比较任意两个时刻"))
        self.two.setToolTip(tr("比较任意两个时刻"))
        for button in (self.back, self.beside_now):
            button.setEnabled(False)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(self.view)
        splitter.addWidget(below)
        splitter.setSizes([250, 330])
        return splitter

    def _row(self, *widgets: QWidget, margins: tuple[int, int, int, int]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(*margins)
        row.setSpacing(8)
        for widget in widgets:
            row.addWidget(widget)
        if not isinstance(widgets[-1], QLineEdit):
            row.addStretch(1)
        return row

    def _connect(self) -> None:
        self.view.chosen.connect(self.choose)
        self.model.told.connect(self._settle)
        self.search.textChanged.connect(self._search_soon)
        self._wait.timeout.connect(self._filter)
        self.here.toggled.connect(self._filter)
        self.who.activated.connect(self._filter)
        self.back.clicked.connect(self._restore_all)
        self.beside_now.clicked.connect(lambda: self.compare(self._revision(), None))
        self.two.clicked.connect(lambda: self.compare(self._revision(), None))
        self._plan.log.grown.connect(self._on_grown)

    def _search_soon(self, words: str) -> None:
        del words
        self._wait.start()

    def _filter(self) -> None:
        section = self._section.key if self._section and self.here.isChecked() else ""
        who = str(self.who.currentData() or "")
        self.model.show_only(Wanted(section, who, self.search.text().strip()))

    def _on_grown(self) -> None:
        if self.isVisible():
            self.refresh()

    def _settle(self) -> None:
        """Keep the chosen action chosen, and say so where there is nothing."""
        if self._told is not None:
            row = self.model.row_of(self._told.moment.entry.action.revision)
            if row >= 0 and self.view.currentIndex().row() != row:
                self.view.setCurrentIndex(self.model.index(row))
        is_filtered = self.model.wanted != Wanted()
        words = tr("没有符合条件的修改。") if is_filtered else tr("还没有修改记录。")
        self._empty.setText(words)
        self._empty.setVisible(not self.model.lines)

    def _take_people(self, names: tuple[str, ...]) -> None:
        shown = [self.who.itemText(number) for number in range(1, self.who.count())]
        if tuple(shown) == names:
            return
        chosen = self.who.currentData()
        self.who.clear()
        self.who.addItem(tr("所有人"), "")
        for name in names:
            self.who.addItem(name, name)
        self.who.setCurrentIndex(max(self.who.findData(chosen), 0))

    def _tell(self, entry: Entry, told: Told | None) -> None:
        current = self.model.item_at(self.view.currentIndex())
        if told is None:  # merged into another one since it was listed
            self.model.show_only(self.model.wanted)
            return
        if current is None or current.revision != entry.revision:
            return
        self._told = told
        self.changes.show_changes(
            told.found,
            lambda each: self.restorer.offers(each, told.before, told.after),
            _notes(told),
        )
        for button in (self.back, self.beside_now):
            button.setEnabled(told.after is not None)

    def _restore_all(self) -> None:
        told = self._told
        if told is None or told.after is None:
            return
        when = moment_words(told.moment.entry.action)
        if not self.restorer.restore_all(told.after, tr("恢复到{0}").format(when)):
            self.changes.show_changes((), lambda _: (), (tr("方案现在的内容与此刻相同。"),))

    def _revision(self) -> int | None:
        return self._told.moment.entry.action.revision if self._told else None


def _notes(told: Told) -> tuple[str, ...]:
    notes: list[str] = []
    if told.moment.entry.damaged:
        words = tr("这条记录中有 {0} 处已损坏，没有列出。")
        notes.append(words.format(told.moment.entry.damaged))
    if told.after is None:
        notes.append(tr("此刻的完整内容无法核对，不能恢复；可以查看更早的快照。"))
    if not told.found and not notes:
        begins = told.moment.entry.action.source in ("new", "import")
        notes.append(tr("方案由此开始。") if begins else tr("没有留下改动：当时又都撤回了。"))
    return tuple(notes)


def _flow(*widgets: QWidget) -> FlowRow:
    """Buttons below each other where they have no room beside each other."""
    row = FlowRow()
    row.setContentsMargins(8, 8, 8, 8)
    for widget in widgets:
        row.addWidget(widget)
    return row
