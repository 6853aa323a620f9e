"""比较两个时刻: two moments of the plan, field by field, with the way to each."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSplitter, QWidget

from forms.answers import Answers
from forms.comparing import Difference
from ui.dialogs.base import PlainDialog
from ui.drafting import OpenPlan
from ui.fields.small import plain_label
from ui.history.change_text import ChangeText
from ui.history.difference_list import DifferenceList
from ui.history.model import HistoryModel
from ui.history.reader import Compared, compare_moments
from ui.history.restoring import Restorer
from ui.history.words import moment_words
from ui.session import Change
from ui.text import tr

_WIDTH, _HEIGHT = 980, 600
_SEARCH_MS = 150
_AGAIN_MS = 300
_VERSION = "version"


class CompareDialog(PlainDialog):
    """Two moments to choose, the places that differ, and the chosen place by words."""

    guide = "11-files.md#查看和恢复以前的内容"

    def __init__(
        self, plan: OpenPlan, history: HistoryModel, restorer: Restorer, parent: QWidget | None
    ) -> None:
        super().__init__(tr("比较两个时刻"), parent, 720)
        self._plan, self._history, self._restorer = plan, history, restorer
        self._compared: Compared | None = None
        self._round = 0
        self._version: Answers | None = None  # content that may be older than the log
        self.one, self.other = QComboBox(), QComboBox()
        self.sentence = plain_label(tr("正在比较…"), "strong")
        self.search = QLineEdit()
        self.places = DifferenceList()
        self.changes = ChangeText(tr("所选之处的前后内容"), self)
        self._wait = QTimer(self, singleShot=True, interval=_SEARCH_MS)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._build()
        self.add_button(tr("关闭")).clicked.connect(self.reject)
        self.resize(_WIDTH, _HEIGHT)

    def show_moments(self, one: int | None, other: int | None) -> None:
        """Compare two moments by their revisions; None is the plan as it stands now."""
        for box, chosen in ((self.one, one), (self.other, other)):
            _fill(box, self._history)
            box.setCurrentIndex(max(box.findData(chosen), 0))
        self._ask()

    def show_version(self, answers: Answers, label: str) -> None:
        """Compare what a version holds with the plan as it stands now."""
        for box in (self.one, self.other):
            _fill(box, self._history)
        self._version = answers
        self.one.insertItem(1, label, _VERSION)
        self.one.setCurrentIndex(1)
        self._ask()

    def _build(self) -> None:
        moments = QHBoxLayout()
        for words, box in ((tr("从"), self.one), (tr("到"), self.other)):
            label = plain_label(words)
            label.setBuddy(box)
            box.setAccessibleName(tr("较早的时刻") if box is self.one else tr("较晚的时刻"))
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            moments.addWidget(label)
            moments.addWidget(box, 1)
        self.content.addLayout(moments)
        line = QHBoxLayout()
        self.search.setPlaceholderText(tr("查找章节、名称或内容"))
        self.search.setAccessibleName(tr("在不同之处中查找"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(320)
        line.addWidget(self.sentence, 1)
        line.addWidget(self.search, 1)
        self.content.addLayout(line)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.places)
        splitter.addWidget(self.changes)
        splitter.setSizes([380, 540])
        self.content.addWidget(splitter, 1)
        for box in (self.one, self.other):
            box.activated.connect(self._ask)
        self.search.textChanged.connect(self._search_soon)
        self._wait.timeout.connect(self._show)
        self._again.timeout.connect(self._ask)
        self.places.chosen.connect(self._tell)
        self._plan.session.changed.connect(self._on_changed)

    def _search_soon(self, words: str) -> None:
        del words
        self._wait.start()

    def _on_changed(self, change: Change) -> None:
        del change
        self._again.start()

    def _ask(self) -> None:
        self._again.stop()
        self._round += 1
        this = self._round
        one, other = self.one.currentData(), self.other.currentData()
        one = self._version if one == _VERSION else one
        session = self._plan.session

        def take(found: Compared) -> None:
            if this == self._round:
                self._compared = found
                self._show()

        task = compare_moments(session.pack, session.answers, one, other)
        self._plan.log.ask(self, task, take)

    def _show(self) -> None:
        compared = self._compared
        if compared is None:
            return
        if compared.one is None or compared.other is None:
            self.sentence.setText(tr("所选时刻的内容无法核对，不能比较。请选择别的时刻。"))
            self.places.show_differences(())
            self.changes.show_changes((), lambda _: ())
            return
        wanted = self.search.text().strip()
        found = tuple(each for each in compared.found if _holds(each, wanted))
        words = tr("{0} 处不同") if compared.found else tr("两个时刻的内容相同。")
        self.sentence.setText(words.format(len(found)))
        if not found:
            self.changes.show_changes((), lambda _: ())
        self.places.show_differences(found)

    def _tell(self, each: Difference) -> None:
        compared = self._compared
        if compared is not None:
            self.changes.show_changes(
                (each,), lambda one: self._restorer.offers(one, compared.one, compared.other)
            )


def _fill(box: QComboBox, history: HistoryModel) -> None:
    box.clear()
    box.addItem(tr("现在"), None)
    for entry in history.entries:
        action = entry.headline.action
        box.addItem(f"{moment_words(action)}　{action.label}", action.revision)


def _holds(each: Difference, wanted: str) -> bool:
    texts = (each.section, each.place, each.before, each.after)
    return not wanted or any(wanted in text for text in texts)
