"""问题: every finding, by severity and section, each with its remedy and the way there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from forms.address import Address
from forms.checks import Finding
from forms.dismissals import Dismissal, Reviewed
from forms.schema import Severity
from ui import icons, theme
from ui.lines import Line, line_of, scaled, write
from ui.panels.answer_form import Reviewer
from ui.panels.answering import ActionsOf, Answering, finding_of, said
from ui.panels.row_actions import ActionList, RowAction, action_boxes, paint_actions
from ui.session import PlanSession
from ui.severities import severity_name
from ui.text import tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SIGN = 16
_PADDING = 8
_LEFT = 34
_RIGHT = 10
_WRAP = int(Qt.TextFlag.TextWrapAnywhere) | int(Qt.TextFlag.TextWordWrap)
_SELECTED = QStyle.StateFlag.State_Selected
_FOCUSED = QStyle.StateFlag.State_HasFocus
_HOVER = QStyle.StateFlag.State_MouseOver


class Shelf(Enum):
    """A filter besides the severities: findings somebody answered, and records left over."""

    ANSWERED = "answered"


Only = Severity | Shelf | None


def only_name(only: Only) -> str:
    """A filter in words."""
    match only:
        case None:
            return tr("全部")
        case Shelf.ANSWERED:
            return tr("已说明")
        case Severity():
            return severity_name(only)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over findings."""

    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One finding as it is shown."""

    finding: Finding
    clause: str
    answer: str = ""  # why it was left as it is, now or before its numbers changed
    actions: tuple[RowAction, ...] = field(default=(), compare=False)
    record: Dismissal | None = None

    @property
    def second(self) -> str:
        """Remedy and clause, or the reason it was left as it is."""
        parts = [self.finding.remedy if self.record is None else "", self.answer, self.clause]
        return " ".join(part for part in parts if part)

    def words(self) -> str:
        """The finding as a screen reader says it."""
        gravity = severity_name(self.finding.severity) if self.record is None else tr("已说明")
        return f"{gravity}：{self.finding.sentence}{self.second}"


class FindingsModel(QAbstractListModel):
    """Findings with headings between them."""

    def __init__(
        self, session: PlanSession, actions_of: ActionsOf, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._actions_of = actions_of
        self._only: Only = None
        self.lines: list[Group | Row] = []
        self.refresh()

    @property
    def only(self) -> Only:
        """What is kept: one severity, the answered ones, or everything open."""
        return self._only

    def show_only(self, only: Only) -> None:
        """Keep one severity, the answered ones, or everything open."""
        self._only = only
        self.refresh()

    def refresh(self) -> None:
        """Take over the findings of now; True changes only."""
        lines = list(self._lines())
        if lines == self.lines:
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def row_of(self, finding: Finding) -> int:
        """The line of a finding, or of the one at the same place; -1 when it is gone."""
        same = [n for n, line in enumerate(self.lines) if _is_same(line, finding)]
        return same[0] if same else -1

    def row_at(self, index: Index) -> Row | None:
        """The finding of a line; None for a heading."""
        line = self.lines[index.row()] if 0 <= index.row() < len(self.lines) else None
        return line if isinstance(line, Row) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the words of a line."""
        if not 0 <= index.row() < len(self.lines):
            return None
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.title if isinstance(line, Group) else line.finding.sentence
            case Qt.ItemDataRole.AccessibleTextRole:
                return line.title if isinstance(line, Group) else line.words()
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: headings cannot be chosen."""
        if self.row_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _lines(self) -> list[Group | Row]:
        reviewed = self._session.reviewed
        if self._only is Shelf.ANSWERED:
            return self._answered(reviewed)
        lines: list[Group | Row] = []
        for severity in Severity:
            if self._only not in (None, severity):
                continue
            found = [f for f in reviewed.open if f.severity is severity]
            for key, group in groupby(found, key=lambda f: f.places[0].section):
                section = self._session.pack.index.sections.get(key)
                title = section.title if section else tr("全文")
                lines.append(Group(f"{severity_name(severity)} · {title}"))
                lines += [self._row(finding, reviewed) for finding in group]
        return lines

    def _row(self, finding: Finding, reviewed: Reviewed) -> Row:
        before = reviewed.answered_before(finding)
        words = tr("数据已变化，须重新核对；此前的{0}").format(said(before)) if before else ""
        return Row(finding, self._clause(finding), words, self._actions_of(finding, None))

    def _answered(self, reviewed: Reviewed) -> list[Group | Row]:
        def row(finding: Finding, record: Dismissal) -> Row:
            return Row(finding, "", said(record), self._actions_of(finding, record), record)

        lines: list[Group | Row] = []
        if reviewed.dismissed:
            lines.append(Group(tr("已说明，不再计入问题")))
            lines += [row(each.finding, each.record) for each in reviewed.dismissed]
        if reviewed.spent:
            lines.append(Group(tr("问题已不存在，说明不再需要")))
            lines += [row(finding_of(record), record) for record in reviewed.spent]
        return lines

    def _clause(self, finding: Finding) -> str:
        clause = self._session.pack.index.clauses.get(finding.clause)
        return tr("〔{0}　{1}〕").format(clause.number, clause.title) if clause else ""


def _is_same(line: Group | Row, finding: Finding) -> bool:
    if isinstance(line, Group):
        return False
    return (line.finding.rule, line.finding.places[0]) == (finding.rule, finding.places[0])


class FindingsDelegate(QStyledItemDelegate):
    """Draws a finding: sign, sentence, remedy; as high as its words need."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: as high as the wrapped words at the width of the view."""
        model, line = index.model(), line_of(option)
        if not isinstance(model, FindingsModel):
            return QSize()
        row = model.row_at(index)
        if row is None:
            return QSize(100, line.fontMetrics.height() + 18)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 300
        _, second = _boxes(line.font, row, QRect(0, 0, width, 10_000))
        below = row_action_boxes(line.font, row, QRect(0, 0, width, 10_000))
        bottom = max((box.bottom() for box in below), default=second.bottom())
        return QSize(width, bottom + _PADDING + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw it."""
        model = index.model()
        if not isinstance(model, FindingsModel):
            return
        painter.save()
        row = model.row_at(index)
        if row is None:
            _paint_group(painter, line_of(option), str(index.data()))
        else:
            _paint_row(painter, line_of(option), row)
        painter.restore()


def _boxes(font: QFont, row: Row, rect: QRect) -> tuple[QRect, QRect]:
    """Where sentence and remedy stand."""
    room = rect.adjusted(_LEFT, _PADDING, -_RIGHT, 0)
    first = QFontMetrics(font).boundingRect(room, _WRAP, row.finding.sentence)
    if not row.second:
        return first, first
    below = QRect(room)
    below.setTop(first.bottom() + 4)
    small = QFontMetrics(scaled(font, 0.9))
    return first, small.boundingRect(below, _WRAP, row.second)


def row_action_boxes(font: QFont, row: Row, rect: QRect) -> tuple[QRect, ...]:
    """Where the actions of a row stand."""
    _, second = _boxes(font, row, rect)
    room = rect.adjusted(_LEFT, 0, -_RIGHT, 0)
    room.setTop(second.bottom())
    return action_boxes(font, row.actions, room)


def _paint_group(painter: QPainter, line: Line, title: str) -> None:
    rect = line.rect.adjusted(12, 8, -_RIGHT, 0)
    painter.setPen(theme.colour("soft"))
    write(painter, rect, title, scaled(line.font, 0.9, strong=True))


def _paint_row(painter: QPainter, line: Line, row: Row) -> None:
    colours = theme.colours()
    if line.state & (_SELECTED | _HOVER):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        chosen = bool(line.state & _SELECTED)
        painter.setBrush(QColor(colours.chosen if chosen else colours.hover))
        if line.state & _FOCUSED:
            painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawRoundedRect(line.rect.adjusted(5, 2, -5, -2), 4, 4)
    severity = row.finding.severity.value if row.record is None else "saved"
    role = row.finding.severity.value if row.record is None else "pale"
    ratio = painter.device().devicePixelRatio()
    sign = icons.pixmap(severity, theme.colour(role), _SIGN, ratio)
    painter.drawPixmap(line.rect.left() + 11, line.rect.top() + _PADDING + 1, sign)
    first, second = _boxes(line.font, row, line.rect)
    painter.setPen(QColor(colours.ink))
    painter.setFont(line.font)
    painter.drawText(first, _WRAP, row.finding.sentence)
    if row.second:
        painter.setPen(QColor(colours.soft))
        painter.setFont(scaled(line.font, 0.9))
        painter.drawText(second, _WRAP, row.second)
    boxes = row_action_boxes(line.font, row, line.rect)
    paint_actions(painter, line.font, row.actions, boxes)


class FindingsView(ActionList):
    """The list; one click or Enter goes to the place."""

    chosen = Signal(object)  # Finding

    def __init__(self, model: FindingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings = model
        self.setObjectName("findingsView")
        self.setAccessibleName(tr("问题列表"))
        self.setModel(model)
        self.setItemDelegate(FindingsDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter goes to the place."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width wraps the words anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def actions_of(self, index: Index) -> tuple[tuple[RowAction, ...], tuple[QRect, ...]]:
        """What can be done about a line, and where that stands."""
        row = self.findings.row_at(index)
        if row is None:
            return (), ()
        return row.actions, row_action_boxes(self.font(), row, self.visualRect(index))

    def _choose(self, index: QModelIndex) -> None:
        row = self.findings.row_at(index)
        if row is not None:
            self.chosen.emit(row.finding)


class FindingsPanel(QWidget):
    """The findings with their filter and count, and what is done about them."""

    jump_requested = Signal(Address)
    report_wanted = Signal()

    def __init__(
        self, session: PlanSession, reviewer: Reviewer, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._last: Finding | None = None
        self.answering = Answering(session, reviewer, self)
        self.model = FindingsModel(session, self.answering.actions_of, self)
        self.view = FindingsView(self.model, self)
        self.view.chosen.connect(self._go)
        self._empty = QLabel()
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "soft")
        self._empty.setContentsMargins(16, 12, 16, 0)
        self.report = QPushButton(tr("打印校核报告…"))
        self.report.setProperty("role", "link")
        self.report.clicked.connect(self.report_wanted)
        self._filters = QButtonGroup(self)
        self._buttons: dict[Only, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._build_filter())
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)
        column.addWidget(self.answering.form)
        column.addLayout(self._build_foot())
        self.answering.form.closed.connect(self.view.setFocus)
        self.answering.changed.connect(self.refresh)
        session.findings_changed.connect(self.refresh)
        self.refresh()

    def show_only(self, only: Only) -> None:
        """Keep one severity, the answered ones, or everything open."""
        self._buttons[only].setChecked(True)
        self.model.show_only(only)
        self._tell()

    def next_finding(self) -> Finding | None:
        """Go to the finding after the last one gone to; None when there is none."""
        if self.model.only is Shelf.ANSWERED:
            self.show_only(None)
        rows = [line.finding for line in self.model.lines if isinstance(line, Row)]
        if not rows:
            return None
        at = self.model.row_of(self._last) if self._last else -1
        before = sum(isinstance(line, Row) for line in self.model.lines[: at + 1])
        finding = rows[before % len(rows)]
        self._go(finding)
        return finding

    def refresh(self) -> None:
        """Take over the findings of now and keep the place in the list."""
        scroll = self.view.verticalScrollBar().value()
        self.model.refresh()
        if self._last is not None:
            self._mark(self._last)
        self.view.verticalScrollBar().setValue(scroll)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: another size of text needs other heights."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.view.scheduleDelayedItemsLayout()

    def _build_filter(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(10, 8, 10, 6)
        row.setSpacing(4)
        for only in (None, *Severity):
            row.addWidget(self._add_filter(only))
        self._buttons[None].setChecked(True)
        row.addStretch(1)
        return row

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(4, 2, 10, 4)
        row.addWidget(self.report)
        row.addStretch(1)
        row.addWidget(self._add_filter(Shelf.ANSWERED))
        return row

    def _add_filter(self, only: Only) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "segment")
        button.setCheckable(True)
        self._filters.addButton(button)
        self._buttons[only] = button
        button.clicked.connect(lambda _=False: self.show_only(only))
        return button

    def _tell(self) -> None:
        reviewed = self._session.reviewed
        answered = len(reviewed.dismissed)
        counts: dict[Only, int] = {None: len(reviewed.open), Shelf.ANSWERED: answered}
        for only, button in self._buttons.items():
            count = reviewed.count(only) if isinstance(only, Severity) else counts[only]
            name = only_name(only)
            button.setText(f"{name} {count}")
            button.setAccessibleName(tr("只看{0}，{1} 项").format(name, count))
        has_records = bool(answered or reviewed.spent)
        self._buttons[Shelf.ANSWERED].setVisible(has_records)
        if not has_records and self.model.only is Shelf.ANSWERED:
            self.show_only(None)
            return
        self._empty.setText(tr("没有未处理的问题。") if answered else tr("没有问题。可以导出了。"))
        self._empty.setVisible(not self.model.lines)

    def _go(self, finding: Finding) -> None:
        self._last = finding
        self._mark(finding)
        self.jump_requested.emit(finding.places[0])

    def _mark(self, finding: Finding) -> None:
        row = self.model.row_of(finding)
        if row >= 0:
            index = self.model.index(row)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
