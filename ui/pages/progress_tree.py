"""The lines of the overview of progress: groups that fold, bars, and names that can be typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from PySide6.QtCore import QAbstractItemModel, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from forms.duties import assign, known_people
from forms.edits import Edit, EditError
from forms.headway import By, Line
from ui import theme
from ui.history.two_lines import Index
from ui.lines import line_of
from ui.pages.progress_words import cells, heads, spoken
from ui.plain import plain_tip
from ui.session import PlanSession
from ui.text import tr

NAME, BAR, POINTS, PERSON = 0, 1, 5, 6
_NUMBERS = range(2, 6)
_LINE = int(Qt.ItemDataRole.UserRole)
_BAR_HEIGHT = 6
_BAR_ROOM, _AIR, _LEAST_NAME = 90, 24, 12
_PADDING = 6
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ProgressTree(QTreeWidget):
    """Groups and their sections; Enter leads there, F2 names who works on it."""

    line_chosen = Signal(object)  # Line

    def __init__(self, session: PlanSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._by: By | None = None
        self.setObjectName("progressTree")
        self.setAccessibleName(tr("各部分的进度"))
        self.setColumnCount(len(heads(By.CHAPTER)))
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setIndentation(18)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Cells(session, self))
        self.itemDoubleClicked.connect(self._on_double_click)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.fit()

    def show_lines(self, by: By, lines: Iterable[Line]) -> None:
        """Show the lines; what was folded and chosen stays so."""
        listed = tuple(lines)
        is_other = by is not self._by
        at = self._place()
        folded: set[str] = set() if is_other else self._folded()
        self._by = by
        self.clear()
        self.setHeaderLabels(heads(by))
        for column in _NUMBERS:
            self.headerItem().setTextAlignment(column, _RIGHT)
        group: QTreeWidgetItem | None = None
        for line in listed:
            item = QTreeWidgetItem()
            _fill(item, line)
            if line.is_part and group is not None:
                group.addChild(item)
            else:
                group = item
                self.addTopLevelItem(item)
                item.setExpanded(by is not By.CLAUSE if is_other else line.name not in folded)
        self._choose(at if not is_other else ("", ""))

    def name_person(self) -> None:
        """Open the name of the chosen line to be typed."""
        if self.currentIndex().isValid() and not self._session.is_read_only:
            self.editItem(self.currentItem(), PERSON)

    def choose_section(self, key: str) -> None:
        """Stand on the first line of a section, by its key."""
        for _, item in self._items():
            line = self.line_of_item(item)
            if line is not None and line.is_part and line.sections[0].key == key:
                self.setCurrentItem(item)
                self.scrollToItem(item)
                return

    def line_of_item(self, item: QTreeWidgetItem) -> Line | None:
        """The line an item stands for."""
        return cast("Line | None", item.data(NAME, _LINE))

    def current_line(self) -> Line | None:
        """The line that is chosen."""
        return self.line_of_item(self.currentItem()) if self.currentIndex().isValid() else None

    def fit(self) -> None:
        """Give the columns the widths their words need."""
        metrics = self.fontMetrics()
        longest = {BAR: "100%", POINTS: "000/000", PERSON: "欧阳锦绣"}
        for column, words in enumerate(heads(By.CHAPTER)):
            if column != NAME:
                texts = (words, longest.get(column, "0000"))
                needed = max(metrics.horizontalAdvance(text) for text in texts)
                air = _BAR_ROOM if column == BAR else _AIR
                self.setColumnWidth(column, needed + theme.px(air))
        others = sum(self.columnWidth(n) for n in range(self.columnCount()) if n != NAME)
        least = metrics.horizontalAdvance("章") * _LEAST_NAME
        self.setColumnWidth(NAME, max(least, self.viewport().width() - others))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the names take what the other columns leave, but never too little."""
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter leads to the place, F2 names a person."""
        line = self.current_line()
        if event.key() in _RETURN and line is not None:
            self.line_chosen.emit(line)
        elif event.key() == Qt.Key.Key_F2:
            self.name_person()
        else:
            super().keyPressEvent(event)

    def _on_double_click(self, item: QTreeWidgetItem, column: int) -> None:
        line = self.line_of_item(item)
        if column == PERSON:
            self.name_person()
        elif line is not None:
            self.line_chosen.emit(line)

    def _place(self) -> tuple[str, str]:
        if not self.currentIndex().isValid():
            return "", ""
        item, above = self.currentItem(), self.currentIndex().parent()
        return (str(above.data()) if above.isValid() else "", item.text(NAME))

    def _folded(self) -> set[str]:
        return {top.text(NAME) for top in self._tops() if not top.isExpanded()}

    def _tops(self) -> list[QTreeWidgetItem]:
        found = (self.topLevelItem(number) for number in range(self.topLevelItemCount()))
        return [top for top in found if top is not None]

    def _items(self) -> Iterator[tuple[tuple[str, str], QTreeWidgetItem]]:
        """Every item with its place: the names of its group and of itself."""
        for top in self._tops():
            yield ("", top.text(NAME)), top
            for number in range(top.childCount()):
                yield (top.text(NAME), top.child(number).text(NAME)), top.child(number)

    def _choose(self, place: tuple[str, str]) -> None:
        """Stand on the line of this name again, else on the first."""
        listed = list(self._items())
        found = next((item for each, item in listed if each == place), None)
        if found is not None or listed:
            self.setCurrentItem(found or listed[0][1])


class _Cells(QStyledItemDelegate):
    """Draws bars and names; a name is typed or chosen in a box."""

    def __init__(self, session: PlanSession, tree: ProgressTree) -> None:
        super().__init__(tree)
        self._session = session
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: lines of one height."""
        del index
        return QSize(60, line_of(option).fontMetrics.height() + 2 * _PADDING + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw a cell; the bar is drawn by hand."""
        if index.column() != BAR:
            super().paint(painter, option, index)
            return
        line = cast("Line | None", index.sibling(index.row(), NAME).data(_LINE))
        if line is None:
            return
        found = line_of(option)
        painter.save()
        _shade(painter, option)
        room = found.rect.adjusted(8, 0, -8, 0)
        painter.setPen(theme.colour("ink"))
        painter.setFont(found.font)
        painter.drawText(room, _RIGHT, str(index.data()))
        if line.headway.asked:
            _paint_bar(
                painter,
                room.adjusted(0, 0, -found.fontMetrics.horizontalAdvance("100%") - 10, 0),
                line,
            )
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Qt: a box with the names that are known."""
        del option, index
        return _NameBox(known_people(self._session.view), parent)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Qt: begin with who is named so far."""
        if isinstance(editor, QComboBox):
            editor.setEditText(str(index.data() or ""))
            edit = editor.lineEdit()
            if edit is not None:
                edit.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Qt: name the person for every section of the line, as one step of undo."""
        del model
        line = cast("Line | None", index.sibling(index.row(), NAME).data(_LINE))
        if not isinstance(editor, QComboBox) or line is None:
            return
        name = editor.currentText()
        if name.strip() != str(index.data() or ""):
            later = self._tree  # the edit may make all lines anew, this one with its box too
            QTimer.singleShot(0, later, lambda: self._assign(line, name))

    def _assign(self, line: Line, name: str) -> None:
        edits: list[Edit] = []
        try:
            for section in line.sections:
                edits += assign(self._session.view, section, name)
            self._session.edit_all(tuple(edits), tr("指定负责人"))
        except EditError as error:
            self._tree.setToolTip(plain_tip(str(error)))


class _NameBox(QComboBox):
    """Names to choose from or to type; Enter ends it here and goes nowhere."""

    def __init__(self, names: Iterable[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.addItems(list(names))
        self.setAccessibleName(tr("负责人"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the delegate takes the name at Enter; passed on, the key would lead away."""
        if event.key() not in _RETURN:
            super().keyPressEvent(event)


def _shade(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """The ground of a line, as the style sheet draws it in the other columns."""
    line = line_of(option)
    if line.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(line.rect, theme.colour("chosen"))
    elif line.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(line.rect, theme.colour("hover"))


def _paint_bar(painter: QPainter, room: QRect, line: Line) -> None:
    """How much is there; red where something must be mended."""
    top = room.center().y() - _BAR_HEIGHT // 2 + 1
    whole = QRect(room.left(), top, room.width(), _BAR_HEIGHT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("line"))
    painter.drawRoundedRect(whole, 3, 3)
    share = whole.width() * line.headway.percent // 100
    if share:
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(
            QRect(whole.left(), top, max(share, _BAR_HEIGHT), _BAR_HEIGHT), 3, 3
        )


def _fill(item: QTreeWidgetItem, line: Line) -> None:
    for column, words in enumerate(cells(line)):
        item.setText(column, words)
        if column in _NUMBERS:
            item.setTextAlignment(column, _RIGHT)
    item.setData(NAME, _LINE, line)
    item.setData(NAME, Qt.ItemDataRole.AccessibleTextRole, spoken(line))
    item.setData(NAME, Qt.ItemDataRole.ToolTipRole, plain_tip(line.name))
    flags = item.flags()
    item.setFlags(flags | Qt.ItemFlag.ItemIsEditable)
    if not line.is_part:
        font = item.font(NAME)
        font.setBold(True)
        item.setFont(NAME, font)
    if line.headway.must:
        item.setForeground(3, theme.colour("must"))
    if line.headway.should:
        item.setForeground(4, theme.colour("should"))
