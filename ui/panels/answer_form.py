"""不改，说明理由: a small form under the findings, with phrases at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from forms.checks import Finding
from forms.dismissals import Answer
from forms.edits import EditError
from forms.wording import plain_words
from ui import theme
from ui.fields.small import plain_label
from ui.text import tr

_LINES = 3
_PHRASES = (
    "已与企业原始报表核对，数据无误。",
    "已与统计部门核对，统计口径调整所致。",
    "新建项目投产，产量、能耗相应增加。",
    "企业停产、搬迁，数据相应减少。",
    "属园区产业特点，同类园区水平相近，详见正文说明。",
    "引用已批复文件的原文和原数，不作改动。",
    "手续正在办理，批复后补充。",
)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who answers findings: the name remembered, where it is kept, and the day."""

    person: Callable[[], str]
    remember: Callable[[str], object]
    today: Callable[[], date]


class ReasonEdit(QPlainTextEdit):
    """A few lines of reason; Enter is done, Escape leaves."""

    submitted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("不改的理由"))
        self.setPlaceholderText(tr("核实了什么、依据哪份材料"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 16)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: one paragraph only, so Enter submits it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class AnswerForm(QFrame):
    """Reason, person and day for one finding; hidden until a finding is to be answered."""

    keyboard_left = Signal()  # it closed while it had the keyboard

    def __init__(self, reviewer: Reviewer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answerForm")
        self._reviewer = reviewer
        self._put: Callable[[Answer], object] | None = None
        self.finding: Finding | None = None
        self._title = plain_label(tr("不改的理由"), "strong")
        self._about = plain_label(role="small")
        self._about.setWordWrap(True)
        self.reason = ReasonEdit()
        self.person = QLineEdit()
        self.person.setAccessibleName(tr("说明人"))
        self.person.setPlaceholderText(tr("说明人"))
        self._day = plain_label(role="small")
        self._trouble = plain_label(role="must")
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        self.phrases = QToolButton()
        self.accept = QPushButton(tr("记入说明"))
        self.leave = QPushButton(tr("取消"))
        self._lay_out()
        self.reason.submitted.connect(self.submit)
        self.reason.left.connect(self.close_form)
        self.person.returnPressed.connect(self.submit)
        self.accept.clicked.connect(self.submit)
        self.leave.clicked.connect(self.close_form)
        self.hide()

    def ask(self, finding: Finding, reason: str, put: Callable[[Answer], object]) -> None:
        """Show the form for a finding; `put` gets the answer and may raise `EditError`."""
        self.follow(finding, put)
        self.reason.setPlainText(reason)
        self.person.setText(self._reviewer.person())
        self._day.setText(plain_words(self._reviewer.today()))
        self._say("")
        self.show()
        self.reason.setFocus()
        self.reason.selectAll()

    def follow(self, finding: Finding, put: Callable[[Answer], object]) -> None:
        """Be about this finding from now on, and keep what is written."""
        self.finding, self._put = finding, put
        self._about.setText(finding.sentence)

    def submit(self) -> None:
        """Hand the answer over; a refusal is said here and nothing is lost."""
        if self._put is None:
            return
        person = self.person.text().strip()
        answer = Answer(self.reason.toPlainText(), person, self._reviewer.today())
        try:
            self._put(answer)
        except EditError as error:
            self._say(str(error))
            self.reason.setFocus()
            return
        self._reviewer.remember(person)
        self.close_form()

    def close_form(self) -> None:
        """Hide it and let go of the finding."""
        self.finding, self._put = None, None
        had_keyboard = self.isAncestorOf(self.window().focusWidget())
        self.hide()
        if had_keyboard:
            self.keyboard_left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape leaves from any of its parts."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
            return
        super().keyPressEvent(event)

    def _say(self, trouble: str) -> None:
        theme.set_role(self._trouble, "must")
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))

    def _lay_out(self) -> None:
        menu = QMenu(self.phrases)
        for phrase in _PHRASES:
            action = menu.addAction(tr(phrase))
            action.triggered.connect(lambda _=False, each=phrase: self._take(tr(each)))
        self.phrases.setText(tr("常用理由 ▾"))
        self.phrases.setMenu(menu)
        self.phrases.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.accept.setProperty("role", "primary")
        for button in (self.accept, self.leave):
            button.setAutoDefault(False)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self.phrases)
        who = QHBoxLayout()
        who.setSpacing(8)
        who.addWidget(self.person, 1)
        who.addWidget(self._day)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._about)
        column.addWidget(self.reason)
        column.addLayout(who)
        column.addWidget(self._trouble)
        column.addLayout(buttons)

    def _take(self, phrase: str) -> None:
        """A phrase joins what is written, or replaces what is marked."""
        cursor = self.reason.textCursor()
        cursor.insertText(phrase)
        self.reason.setFocus()
