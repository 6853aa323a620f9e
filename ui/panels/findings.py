"""问题: every finding, by severity and section, each with its remedy and the way there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
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
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from forms.address import Address
from forms.checks import Finding
from forms.schema import Severity
from ui import icons, theme
from ui.lines import Line, line_of, scaled, write
from ui.mending import mend
from ui.panels.row_actions import ActionList, RowAction, action_boxes, paint_actions
from ui.session import PlanSession
from ui.text import tr

ActionsOf = Callable[[Finding], tuple[RowAction, ...]]
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


def severity_name(severity: Severity) -> str:
    """The severity in words."""
    match severity:
        case Severity.MUST:
            return tr("必须改")
        case Severity.SHOULD:
            return tr("建议改")


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over findings."""

    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One finding as it is shown."""

    finding: Finding
    clause: str
    actions: tuple[RowAction, ...] = field(default=(), compare=False)

    @property
    def second(self) -> str:
        """Remedy and clause."""
        parts = [self.finding.remedy, self.clause]
        return " ".join(part for part in parts if part)

    def words(self) -> str:
        """The finding as a screen reader says it."""
        words = f"{severity_name(self.finding.severity)}：{self.finding.sentence}{self.second}"
        offered = self.finding.mend
        return words + (tr("可按 Ctrl+Enter：{0}。").format(offered.label) if offered else "")


class FindingsModel(QAbstractListModel):
    """Findings with headings between them."""

    def __init__(
        self, session: PlanSession, actions_of: ActionsOf, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._actions_of = actions_of
        self._only: Severity | None = None
        self.lines: list[Group | Row] = []
        self.refresh()

    def show_only(self, severity: Severity | None) -> None:
        """Keep one severity, or all."""
        self._only = severity
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
        lines: list[Group | Row] = []
        for severity in Severity:
            if self._only not in (None, severity):
                continue
            found = [f for f in self._session.findings if f.severity is severity]
            for key, group in groupby(found, key=lambda f: f.places[0].section):
                section = self._session.pack.index.sections.get(key)
                title = section.title if section else tr("全文")
                lines.append(Group(f"{severity_name(severity)} · {title}"))
                lines += [self._row(finding) for finding in group]
        return lines

    def _row(self, finding: Finding) -> Row:
        return Row(finding, self._clause(finding), self._actions_of(finding))

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
    severity = row.finding.severity.value
    ratio = painter.device().devicePixelRatio()
    sign = icons.pixmap(severity, theme.colour(severity), _SIGN, ratio)
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
    mend_wanted = Signal(object)  # Finding

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
            row = self.findings.row_at(self.currentIndex())
            if row is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.mend_wanted.emit(row.finding)
                return
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
    """The findings with their filter and count."""

    jump_requested = Signal(Address)

    def __init__(self, session: PlanSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._last: Finding | None = None
        self.model = FindingsModel(session, self.actions_of, self)
        self.view = FindingsView(self.model, self)
        self.view.chosen.connect(self._go)
        self.view.mend_wanted.connect(self.mend)
        self._empty = QLabel(tr("没有问题。可以导出了。"))
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "soft")
        self._empty.setContentsMargins(16, 12, 16, 0)
        self._filters = QButtonGroup(self)
        self._buttons: dict[Severity | None, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._build_filter())
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)
        session.findings_changed.connect(self.refresh)
        self.refresh()

    def show_only(self, severity: Severity | None) -> None:
        """Keep one severity, or all."""
        self._buttons[severity].setChecked(True)
        self.model.show_only(severity)
        self._tell()

    def next_finding(self) -> Finding | None:
        """Go to the finding after the last one gone to; None when there is none."""
        rows = [line.finding for line in self.model.lines if isinstance(line, Row)]
        if not rows:
            return None
        at = self.model.row_of(self._last) if self._last else -1
        before = sum(isinstance(line, Row) for line in self.model.lines[: at + 1])
        finding = rows[before % len(rows)]
        self._go(finding)
        return finding

    def mend(self, finding: Finding) -> None:
        """Make the repair a finding offers, if any; keys go on from its place in the list."""
        self._last = finding
        mend(self._session, finding)

    def actions_of(self, finding: Finding) -> tuple[RowAction, ...]:
        """What can be done about a finding in its own row."""
        if finding.mend is None:
            return ()
        return (RowAction(finding.mend.label, lambda: self.mend(finding)),)

    def refresh(self) -> None:
        """Take over the findings of now and keep the place in the list."""
        scroll = self.view.verticalScrollBar().value()
        at = self.view.currentIndex().row()
        self.model.refresh()
        if self._last is not None:
            self._mark(self._last)
        if at >= 0 and not self.view.currentIndex().isValid():
            self._mark_near(at)
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
        for severity in (None, *Severity):
            button = QToolButton()
            button.setProperty("role", "segment")
            button.setCheckable(True)
            self._filters.addButton(button)
            self._buttons[severity] = button
            button.clicked.connect(lambda _=False, each=severity: self.show_only(each))
            row.addWidget(button)
        self._buttons[None].setChecked(True)
        row.addStretch(1)
        return row

    def _tell(self) -> None:
        for severity, button in self._buttons.items():
            count = sum(severity in (None, f.severity) for f in self._session.findings)
            name = severity_name(severity) if severity else tr("全部")
            button.setText(f"{name} {count}")
            button.setAccessibleName(tr("只看{0}，{1} 项").format(name, count))
        self._empty.setVisible(not self.model.lines)

    def _go(self, finding: Finding) -> None:
        self._last = finding
        self._mark(finding)
        self.jump_requested.emit(finding.places[0])

    def _mark_near(self, at: int) -> None:
        """Mark what took the place of a finding that is gone, so that keys go on from there."""
        rows = [n for n, line in enumerate(self.model.lines) if isinstance(line, Row)]
        near = next((row for row in rows if row >= at), rows[-1] if rows else -1)
        if near >= 0:
            self.view.setCurrentIndex(self.model.index(near))

    def _mark(self, finding: Finding) -> None:
        row = self.model.row_of(finding)
        if row >= 0:
            index = self.model.index(row)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
