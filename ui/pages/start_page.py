"""方案列表: the plans of this machine, and the first step when there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from storage.info import DraftInfo
from ui import icons, theme
from ui.fields.small import plain_label
from ui.lines import Line, line_of, scaled, shade, write
from ui.plain import plain_caption
from ui.scaling import sized
from ui.text import tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WIDTH = 860
_BAR = 96


def when_words(changed: datetime, now: datetime) -> str:
    """When a plan was last changed, as people say it."""
    there, here = changed.astimezone(), now.astimezone()
    days = (here.date() - there.date()).days
    if changed.year < 1990:
        return tr("时间未知")
    if days == 0:
        return tr("今天 {0}").format(f"{there:%H:%M}")
    if days == 1:
        return tr("昨天 {0}").format(f"{there:%H:%M}")
    if there.year == here.year:
        return tr("{0}月{1}日").format(there.month, there.day)
    return tr("{0}年{1}月{2}日").format(there.year, there.month, there.day)


def percent_of(info: DraftInfo) -> int:
    """The completion of a plan, 0 when it is not known."""
    return min(100, int(info.completion)) if info.completion.isdigit() else 0


class RecentsModel(QAbstractListModel):
    """The plans as lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plans: tuple[DraftInfo, ...] = ()

    def show_plans(self, plans: Sequence[DraftInfo]) -> None:
        """Take over the plans of now."""
        self.beginResetModel()
        self.plans = tuple(plans)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: how many lines there are."""
        return 0 if parent.isValid() else len(self.plans)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the words of a line."""
        if not 0 <= index.row() < len(self.plans):
            return None
        info = self.plans[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return info.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return "，".join(filter(None, (info.title, second_line(info), done_words(info))))
            case _:
                return None


def second_line(info: DraftInfo) -> str:
    """Park, last change, and who has it open."""
    parts = [info.park, when_words(info.changed, datetime.now(UTC))]
    if info.locked_by:
        parts.append(tr("{0} 正在编辑").format(info.locked_by))
    return " · ".join(part for part in parts if part)


def done_words(info: DraftInfo) -> str:
    """The completion in words."""
    return tr("完成 {0}%").format(percent_of(info)) if info.completion else ""


class RecentsDelegate(QStyledItemDelegate):
    """Draws a plan: name, park and last change, how far it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: two lines of text with air."""
        del index
        return QSize(300, line_of(option).fontMetrics.height() * 2 + theme.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw it."""
        model = index.model()
        if not isinstance(model, RecentsModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_plan(painter, line_of(option), model.plans[index.row()], last=_is_last(index))
        painter.restore()


def _is_last(index: Index) -> bool:
    return index.row() == index.model().rowCount() - 1


def _paint_plan(painter: QPainter, line: Line, info: DraftInfo, *, last: bool) -> None:
    colours = theme.colours()
    rect, px = line.rect, theme.px
    shade(painter, line, rect.adjusted(5, 4, -5, -5))
    if not last:
        below = QRect(rect.left() + px(18), rect.bottom(), rect.width() - px(36), 1)
        painter.fillRect(below, QColor(colours.line))
    height = line.fontMetrics.height()
    words = rect.adjusted(px(20), px(13), -px(_BAR + 130), 0)
    words.setHeight(height)
    painter.setPen(QColor(colours.ink))
    write(painter, words, info.title, scaled(line.font, 1.06, strong=True))
    painter.setPen(QColor(colours.soft))
    words.translate(0, height + px(5))
    write(painter, words, second_line(info), scaled(line.font, 0.92))
    _paint_completion(painter, line, info)


def _paint_completion(painter: QPainter, line: Line, info: DraftInfo) -> None:
    if not info.completion:
        return
    colours = theme.colours()
    middle = line.rect.center().y()
    bar, thick = theme.px(_BAR), theme.px(5)
    left = line.rect.right() - bar - theme.px(20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.line))
    painter.drawRoundedRect(QRect(left, middle - thick // 2, bar, thick), 2, 2)
    painter.setBrush(QColor(colours.accent))
    done = QRect(left, middle - thick // 2, bar * percent_of(info) // 100, thick)
    painter.drawRoundedRect(done, 2, 2)
    painter.setPen(QColor(colours.soft))
    text = QRect(left - theme.px(110), middle - theme.px(12), theme.px(98), theme.px(25))
    font = scaled(line.font, 0.92)
    painter.setFont(font)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    painter.drawText(text, flags, done_words(info))


class Recents(QListView):
    """The list; Enter or double click opens, Delete removes."""

    open_wanted = Signal(Path)
    window_wanted = Signal(Path)  # in another window
    remove_wanted = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.known = RecentsModel(self)
        self.setObjectName("recents")
        self.setAccessibleName(tr("本机的方案"))
        self.setModel(self.known)
        self.setItemDelegate(RecentsDelegate(self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.doubleClicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter opens, Delete removes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self._remove(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def fit(self) -> None:
        """Be no higher than the lines need."""
        rows = self.known.rowCount()
        heights = sum(self.sizeHintForRow(row) for row in range(rows))
        self.setMaximumHeight(max(1, heights + 2 * self.frameWidth() + 6))

    def folder_at(self, index: Index) -> Path | None:
        """The draft of a line."""
        plans = self.known.plans
        return plans[index.row()].folder if 0 <= index.row() < len(plans) else None

    def changeEvent(self, event: QEvent) -> None:
        """Qt: another size of text needs other heights."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def _open(self, index: Index) -> None:
        folder = self.folder_at(index)
        if folder is not None:
            self.open_wanted.emit(folder)

    def _remove(self, index: Index) -> None:
        folder = self.folder_at(index)
        if folder is not None:
            self.remove_wanted.emit(folder)

    def _on_menu(self, point: QPoint) -> None:
        index = self.indexAt(point)
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opening = menu.addAction(icons.icon("open"), tr("打开"))
        opening.triggered.connect(lambda: self._open(index))
        beside = menu.addAction(icons.icon("window"), tr("在新窗口打开"))
        beside.triggered.connect(lambda: self.window_wanted.emit(self.folder_at(index)))
        removing = menu.addAction(icons.icon("trash"), tr("移到回收站"))
        removing.triggered.connect(lambda: self._remove(index))
        menu.popup(self.viewport().mapToGlobal(point))


class StartPage(QWidget):
    """The list of plans with the three ways to begin."""

    new_wanted = Signal()
    file_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recents = Recents(self)
        self._empty = self._build_empty()
        self._buttons: dict[str, QPushButton] = {}
        self._heading = plain_label(tr("方案"), "title")
        middle = QWidget()
        sized(middle, lambda: middle.setMaximumWidth(theme.px(_WIDTH)))
        column = QVBoxLayout(middle)
        column.setContentsMargins(24, 32, 24, 24)
        column.setSpacing(16)
        column.addLayout(self._build_head())
        column.addWidget(self._empty)
        column.addWidget(self.recents, 100)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)

    def show_plans(self, plans: Sequence[DraftInfo], *, can_sample: bool) -> None:
        """Show the plans of now, keeping the chosen line."""
        chosen = self.recents.folder_at(self.recents.currentIndex())
        self.recents.known.show_plans(plans)
        self._buttons["sample"].setVisible(can_sample)
        self.recents.setVisible(bool(plans))
        self._empty.setVisible(not plans)
        self.recents.fit()
        rows = [info.folder for info in plans]
        if rows:
            row = rows.index(chosen) if chosen in rows else 0
            self.recents.setCurrentIndex(self.recents.known.index(row))

    @property
    def first_step(self) -> str:
        """What an empty list says."""
        return "".join(label.text() for label in self._empty.findChildren(QLabel))

    def take_focus(self) -> None:
        """Give the keyboard to the list, or to the first step when it is empty."""
        (self.recents if self.recents.known.plans else self._buttons["new"]).setFocus()

    def tint(self) -> None:
        """Draw the icons in the colours of now."""
        on_accent = theme.colour("on_accent")
        for name, sign, tint in (
            ("new", "new", on_accent),
            ("file", "open-file", None),
            ("sample", "sample", None),
        ):
            self._buttons[name].setIcon(icons.icon(sign, tint))

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._heading, 1)
        for name, text, signal in (
            ("sample", tr("示例方案"), self.sample_wanted),
            ("file", tr("从文件打开…"), self.file_wanted),
            ("new", tr("新建方案…"), self.new_wanted),
        ):
            button = QPushButton(plain_caption(text))
            button.setAccessibleName(text.rstrip("…"))
            button.clicked.connect(signal)
            self._buttons[name] = button
            row.addWidget(button)
        self._buttons["new"].setProperty("role", "primary")
        return row

    def _build_empty(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("emptyStart")
        column = QVBoxLayout(frame)
        column.setContentsMargins(28, 24, 28, 26)
        column.setSpacing(8)
        column.addWidget(plain_label(tr("这里还没有方案"), "heading"))
        for text in (
            tr("先点“新建方案”，填写园区名称、级别、基准年和目标年，随后按目录逐节填写。"),
            tr("也可以先看“示例方案”，或用“从文件打开”接着别人的 .yuance 文件写。"),
            tr("填写的内容随时自动保存在本机，不需要联网。"),
        ):
            label: QLabel = plain_label(text, "soft")
            label.setWordWrap(True)
            column.addWidget(label)
        return frame
