"""The outline of the plan at the left: chapters and sections, how far each is, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from forms.checks import Finding
from forms.gaps import Completion, complete_section
from forms.schema import Chapter, Section, Severity
from ui import icons, theme
from ui.lines import Line, line_of, scaled, write
from ui.plain import plain_tip
from ui.session import PlanSession
from ui.text import tr

Index = QModelIndex | QPersistentModelIndex

_TOP = 0  # internal id of chapters; sections carry the number of their chapter plus one
_ROW_HEIGHT = 30
_SIGN = 16
_LEAST_WIDTH = 160
_SELECTED = QStyle.StateFlag.State_Selected
_FOCUSED = QStyle.StateFlag.State_HasFocus
_HOVER = QStyle.StateFlag.State_MouseOver
_ROOT = QModelIndex()


class State(Enum):
    """How a section stands, with the name of its sign."""

    FREE = "state-free"
    EMPTY = "state-empty"
    PART = "state-part"
    DONE = "state-done"
    PROBLEM = "state-problem"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a section stands and what its line says."""

    state: State
    gaps: int
    must: int

    def words(self) -> str:
        """The state as a screen reader says it."""
        says = {
            State.FREE: tr("没有必填项"),
            State.EMPTY: tr("未填写"),
            State.PART: tr("填写中"),
            State.DONE: tr("已完成"),
            State.PROBLEM: tr("已填写，有问题"),
        }
        parts = [says[self.state]]
        if self.gaps:
            parts.append(tr("缺 {0} 项").format(self.gaps))
        if self.must:
            parts.append(tr("必须改 {0} 项").format(self.must))
        return "，".join(parts)


_NOTHING = Standing(State.EMPTY, 0, 0)


def standing_of(completion: Completion, must: int) -> Standing:
    """The standing of a section from its completion and its grave findings."""
    if completion.asked == 0 and completion.typed == 0 and not must:
        return Standing(State.FREE, 0, 0)
    if completion.typed == 0 and completion.gaps:
        return Standing(State.EMPTY, completion.gaps, must)
    if completion.gaps:
        return Standing(State.PART, completion.gaps, must)
    return Standing(State.PROBLEM if must else State.DONE, 0, must)


class OutlineModel(QAbstractItemModel):
    """Chapters with their sections; hidden sections are not in it."""

    def __init__(self, session: PlanSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._chapters: tuple[tuple[Chapter, tuple[Section, ...]], ...] = ()
        self._standings: dict[str, Standing] = {}
        self._chapters = self._visible()
        self._standings = self._stand()
        session.findings_changed.connect(self._on_findings)

    def sections(self) -> tuple[Section, ...]:
        """The sections to be seen, in order."""
        return tuple(section for _, sections in self._chapters for section in sections)

    def standing(self, key: str) -> Standing:
        """How a section stands."""
        return self._standings.get(key, _NOTHING)

    def section_at(self, index: Index) -> Section | None:
        """The section of a line; None for a chapter."""
        if not index.isValid() or index.internalId() == _TOP:
            return None
        return self._chapters[index.internalId() - 1][1][index.row()]

    def index_of(self, key: str) -> QModelIndex:
        """The line of a section; the root when it is hidden."""
        for number, (_, sections) in enumerate(self._chapters):
            for row, section in enumerate(sections):
                if section.key == key:
                    return self.createIndex(row, 0, number + 1)
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """Qt: the line at a place."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, child: Index = _ROOT) -> QModelIndex:  # pyright: ignore[reportIncompatibleMethodOverride] -- QObject.parent() too
        """Qt: the chapter of a section."""
        if not child.isValid() or child.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(child.internalId() - 1, 0, _TOP)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: how many lines stand below."""
        if not parent.isValid():
            return len(self._chapters)
        return len(self._chapters[parent.row()][1]) if parent.internalId() == _TOP else 0

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt: one column."""
        del parent
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the words of a line, for eyes and for screen readers."""
        section = self.section_at(index)
        if not index.isValid():
            return None
        title = section.title if section else self._chapters[index.row()][0].title
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                said = f"{title}，{self.standing(section.key).words()}" if section else title
                return plain_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: chapters fold, sections are chosen."""
        plain = Qt.ItemFlag.ItemIsEnabled
        return plain | Qt.ItemFlag.ItemIsSelectable if self.section_at(index) else plain

    def _visible(self) -> tuple[tuple[Chapter, tuple[Section, ...]], ...]:
        view = self._session.view
        found = (
            (chapter, tuple(each for each in chapter.sections if view.shows_section(each)))
            for chapter in self._session.pack.chapters
        )
        return tuple((chapter, sections) for chapter, sections in found if sections)

    def _stand(self) -> dict[str, Standing]:
        must = _grave_by_section(self._session.findings)
        view = self._session.view
        return {
            section.key: standing_of(complete_section(view, section), must.get(section.key, 0))
            for section in self.sections()
        }

    def _on_findings(self) -> None:
        chapters = self._visible()
        if chapters != self._chapters:
            self.beginResetModel()
            self._chapters = chapters
            self._standings = self._stand()
            self.endResetModel()
            return
        before, self._standings = self._standings, self._stand()
        for key, standing in self._standings.items():
            if before.get(key) != standing:
                index = self.index_of(key)
                self.dataChanged.emit(index, index)


def _grave_by_section(findings: tuple[Finding, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for finding in findings:
        if finding.severity is Severity.MUST:
            section = finding.places[0].section
            found[section] = found.get(section, 0) + 1
    return found


class OutlineDelegate(QStyledItemDelegate):
    """Draws a line: sign, title, count of gaps."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: lines of one height, chapters with some air above."""
        height = max(theme.px(_ROW_HEIGHT), line_of(option).fontMetrics.height() + theme.px(12))
        is_chapter = index.internalId() == _TOP
        return QSize(100, height + (6 if is_chapter and index.row() else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw it."""
        model = index.model()
        if not isinstance(model, OutlineModel):
            return
        painter.save()
        section = model.section_at(index)
        if section is None:
            _paint_chapter(painter, line_of(option), str(index.data()))
        else:
            _paint_section(painter, line_of(option), section, model.standing(section.key))
        painter.restore()


def _paint_chapter(painter: QPainter, option: Line, title: str) -> None:
    rect = option.rect.adjusted(12, 0, -8, 0)
    rect.setTop(rect.bottom() - theme.px(_ROW_HEIGHT) + 1)
    font = scaled(option.font, 0.92, strong=True)
    painter.setPen(theme.colour("soft"))
    write(painter, rect, title, font)


def _paint_section(painter: QPainter, option: Line, section: Section, standing: Standing) -> None:
    colours = theme.colours()
    rect = option.rect
    row = rect.adjusted(6, 1, -6, -1)
    chosen = bool(option.state & _SELECTED)
    if chosen or option.state & _HOVER:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.chosen if chosen else colours.hover))
        painter.drawRoundedRect(row, 4, 4)
    if chosen and option.state & _FOCUSED:
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), 4, 4)
    elif chosen:
        painter.fillRect(QRect(row.left(), row.top() + 5, 3, row.height() - 10), colours.accent)
    ratio = painter.device().devicePixelRatio()
    size = theme.px(_SIGN)
    sign = icons.pixmap(standing.state.value, _sign_colour(standing), size, ratio)
    painter.drawPixmap(row.left() + theme.px(12), row.center().y() - size // 2 + 1, sign)
    right = _paint_count(painter, option, row, standing)
    font = scaled(option.font, 1, strong=chosen)
    painter.setPen(QColor(colours.ink))
    title = QRect(
        row.left() + theme.px(36), row.top(), right - row.left() - theme.px(42), row.height()
    )
    write(painter, title, section.title, font)


def _paint_count(painter: QPainter, option: Line, row: QRect, standing: Standing) -> int:
    """The number of gaps at the right; returns where it begins."""
    if not standing.gaps:
        return row.right() - 4
    font = scaled(option.font, 0.86)
    painter.setFont(font)
    text = str(standing.gaps)
    width = QFontMetrics(font).horizontalAdvance(text)
    painter.setPen(theme.colour("soft"))
    place = QRect(row.right() - width - 8, row.top(), width, row.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
    return place.left() - 6


def _sign_colour(standing: Standing) -> QColor:
    role = {
        State.FREE: "pale",
        State.EMPTY: "pale",
        State.PART: "accent",
        State.DONE: "accent",
        State.PROBLEM: "must",
    }[standing.state]
    return theme.colour(role)


class Navigator(QTreeView):
    """The outline as a view; choosing a line opens its section."""

    section_chosen = Signal(str)

    def __init__(self, session: PlanSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigatorView")
        self.setAccessibleName(tr("方案目录"))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.outline = OutlineModel(session, self)
        self.setModel(self.outline)
        self.setItemDelegate(OutlineDelegate(self))
        self.expandAll()
        self.outline.modelReset.connect(self.expandAll)
        self.selectionModel().currentChanged.connect(self._on_current)

    def minimumSizeHint(self) -> QSize:
        """Qt: some letters of every title at any size of text."""
        return QSize(max(_LEAST_WIDTH, 7 * self.fontMetrics().height()), 120)

    def mark(self, key: str) -> None:
        """Show which section is open."""
        index = self.outline.index_of(key)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)

    def _on_current(self, current: QModelIndex) -> None:
        section = self.outline.section_at(current)
        if section is not None:
            self.section_chosen.emit(section.key)
