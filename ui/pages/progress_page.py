"""进度: how far the plan is, by chapter, by clause of the notice and by responsible person."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from forms.address import Address
from forms.headway import By, Line, headways, overview, together
from forms.stops import way_of
from ui.fields.small import plain_label
from ui.pages.progress_tree import ProgressTree
from ui.pages.progress_words import as_text, by_words, whole_words
from ui.session import PlanSession
from ui.text import tr

_COPIED_MS = 1_500


class ProgressPage(QWidget):
    """One page over the whole plan; each line leads to what is missing there."""

    focused = Signal(object)  # as a section's page has; never emitted here
    jump_requested = Signal(object)  # Address
    section_wanted = Signal(str)
    gap_wanted = Signal()
    left = Signal()

    def __init__(self, session: PlanSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._by = By.CHAPTER
        self._lines: tuple[Line, ...] = ()
        self.setObjectName("progressPage")
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("进度"))
        self._whole = plain_label(role="soft")
        self._whole.setWordWrap(True)
        self.tree = ProgressTree(session, self)
        self.tree.line_chosen.connect(self.lead_to)
        self.buttons: dict[By, QToolButton] = {}
        self.gap, self.copy = QPushButton(tr("下一个缺口")), QPushButton(tr("复制"))
        self.gap.setToolTip(tr("下一个缺口（F8）"))
        self.gap.clicked.connect(self.gap_wanted)
        self.copy.setToolTip(tr("复制成表格文字，可贴到 Excel、WPS 或聊天窗口"))
        self.copy.clicked.connect(self.copy_text)
        self._build()
        session.findings_changed.connect(self._follow)
        session.changed.connect(self._follow)
        self.refresh()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines as they are shown."""
        return self._lines

    def show_by(self, by: By) -> None:
        """Show the lines of chapters, clauses or people."""
        self._by = by
        self.buttons[by].setChecked(True)
        self.refresh()

    def stand_at(self, section: str) -> None:
        """Stand on the line of a section, by its key."""
        self.show_by(By.CHAPTER)
        self.tree.choose_section(section)

    def refresh(self) -> None:
        """Count anew."""
        session = self._session
        found = headways(session.view, session.reviewed)
        self._lines = overview(session.view, found, self._by)
        self._whole.setText(whole_words(together(found.values())))
        self.tree.show_lines(self._by, self._lines)

    def lead_to(self, line: Line) -> None:
        """Go to the first thing missing in a line, or to its section when nothing is."""
        keys = {section.key for section in line.sections}
        way = way_of(self._session.view, self._session.reviewed)
        stop = next((each for each in way.stops if each.address.section in keys), None)
        if stop is not None:
            self.jump_requested.emit(stop.address)
        else:
            self.section_wanted.emit(line.sections[0].key)

    def copy_text(self) -> None:
        """Put the table on the clipboard as text with tabs."""
        QGuiApplication.clipboard().setText(as_text(self._by, self._lines))
        self.copy.setText(tr("已复制"))
        QTimer.singleShot(_COPIED_MS, self.copy, lambda: self.copy.setText(tr("复制")))

    def commit_pending(self) -> None:
        """Nothing is typed here that is not in the plan."""

    def reveal(self, address: Address) -> None:
        """No value stands here."""
        del address

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: catch up with what happened meanwhile."""
        super().showEvent(event)
        self.refresh()
        self.tree.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape goes back to where one was."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Qt: another size of text asks for other widths."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.tree.fit()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(plain_label(tr("进度"), "title"), 1)
        for button in (self.copy, self.gap):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(self._whole)
        column.addLayout(self._build_views())
        column.addWidget(self.tree, 1)
        keys = tr("Enter 转到该处第一个缺口　F2 指定负责人　Esc 返回")
        column.addWidget(plain_label(keys, "small"))

    def _build_views(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        group = QButtonGroup(self)
        for by in By:
            button = QToolButton()
            button.setText(by_words(by))
            button.setAccessibleName(by_words(by))
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, each=by: self.show_by(each))
            group.addButton(button)
            self.buttons[by] = button
            row.addWidget(button)
        self.buttons[self._by].setChecked(True)
        row.addStretch(1)
        return row

    def _follow(self) -> None:
        if self.isVisible():
            self.refresh()
