"""A short tour over the real window: six stops, each framed and explained; nothing is locked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui import theme
from ui.fields.small import plain_label
from ui.panels.side import Tab
from ui.text import tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.workbench import Workbench

_WIDTH, _LETTERS = 340, 24
_AIR, _EDGE = 12, 5
_FIRST_MS = 300  # after the plan is on screen
_FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_PageDown)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_PageUp)


@dataclass(frozen=True, slots=True)
class Step:
    """One stop: what it is called, what is said, and what is framed."""

    title: str
    words: str
    targets: Callable[[], tuple[QWidget | None, ...]]
    tab: Tab | None = None  # shown in the side panel first


_SAID = (
    (
        "目录",
        "方案的全部章节。前面的圆圈表示填到什么程度，右边的数字是还缺几项。"
        "按 Ctrl+1 到这里，上下键换节。",
    ),
    (
        "正文",
        "在这里填写。标“必填”的是通知要求的，标“建议填”的是评审会问的。"
        "按 F8 依次到下一个没填的地方，直到可以送印。",
    ),
    (
        "指引",
        "光标在哪一栏，这里就说那一栏写什么、常见错误、数据从哪里来；"
        "本节要点可以逐条勾选，自己核对有没有写到。",
    ),
    (
        "问题",
        "合计不符、口径不一、前后数字对不上，随写随查，都列在这里。"
        "点一条就到那一处；按 F4 逐条走。",
    ),
    (
        "随写随存",
        "写下的每个字都自动保存在本机，不用按保存。看到“已保存”，就可以放心离开。",
    ),
    (
        "导出",
        "写完以后在这里导出 Word、PDF 和 Excel，版式已按公文格式排好。"
        "这个介绍可以在菜单“帮助”中再看一遍。",
    ),
)


def steps(window: MainWindow, bench: Workbench) -> tuple[Step, ...]:
    """The stops of the tour."""
    saved = tuple(window.top.findChild(QWidget, name) for name in ("savedSign", "savedState"))
    shown: tuple[tuple[Callable[[], tuple[QWidget | None, ...]], Tab | None], ...] = (
        (lambda: (bench.navigator,), None),
        (lambda: (bench.page(),), None),
        (lambda: (bench.panel,), Tab.GUIDE),
        (lambda: (bench.panel,), Tab.FINDINGS),
        (lambda: saved, None),
        (lambda: (window.top.export,), None),
    )
    return tuple(
        Step(tr(title), tr(words), targets, tab)
        for (title, words), (targets, tab) in zip(_SAID, shown, strict=True)
    )


class Tour(QObject):
    """The tour under way; it ends with the last stop, with Esc, or when somebody goes to work."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._at = 0
        self._before = QApplication.focusWidget()
        self._tab: Tab | None = None
        self._steps: tuple[Step, ...] = ()
        self._frame = _Frame(window)
        self.bubble = Bubble(window)
        self.bubble.next.clicked.connect(lambda: self.step(1))
        self.bubble.back.clicked.connect(lambda: self.step(-1))
        self.bubble.skip.clicked.connect(self.end)
        self.bubble.moved.append(self.step)
        self.bubble.ended.append(self.end)

    def begin(self) -> None:
        """Show the first stop."""
        bench = self._window.bench
        if bench is None:
            return
        self._tab = bench.panel.tab
        self._steps = steps(self._window, bench)
        self._window.installEventFilter(self)
        application = cast("QApplication", QApplication.instance())
        application.focusChanged.connect(self._on_focus)
        self._show()

    @property
    def is_on(self) -> bool:
        """Whether a stop is shown."""
        return isValid(self) and bool(self._steps)

    def step(self, by: int) -> None:
        """Go to another stop; past the last one it is over."""
        if self._at + by >= len(self._steps):
            self.end()
        elif self._at + by >= 0:
            self._at += by
            self._show()

    def end(self) -> None:
        """Take everything away, the keyboard back where it was."""
        if not self._steps:
            return
        self._steps = ()
        had_focus = self.bubble.isAncestorOf(cast("QWidget", QApplication.focusWidget()))
        cast("QApplication", QApplication.instance()).focusChanged.disconnect(self._on_focus)
        self._window.removeEventFilter(self)
        for widget in (self._frame, self.bubble):
            widget.hide()
            widget.deleteLater()
        bench = self._window.bench
        if bench is not None and self._tab is not None:
            bench.panel.show_tab(self._tab)
        if had_focus:
            self._give_back()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the window changes its size."""
        if watched is self._window and event.type() == QEvent.Type.Resize and self._steps:
            QTimer.singleShot(0, self, self._place)
        return super().eventFilter(watched, event)

    def _give_back(self) -> None:
        bench = self._window.bench
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus()
        elif bench is not None:
            bench.focus_page()

    def _show(self) -> None:
        step, bench = self._steps[self._at], self._window.bench
        if bench is None:
            self.end()
            return
        if step.tab is not None:
            bench.show_tab(step.tab)
        self.bubble.say(step, self._at + 1, len(self._steps))
        self._place()
        self._frame.show()
        self.bubble.show()
        self._frame.raise_()
        self.bubble.raise_()
        self.bubble.next.setFocus()

    def _place(self) -> None:
        if not self._steps:
            return
        window, framed = self._window.rect(), QRect()
        for target in self._steps[self._at].targets():
            if target is not None and target.isVisible():
                corner = target.mapTo(self._window, QPoint(0, 0))
                framed = framed.united(QRect(corner, target.size()))
        framed = framed.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
        framed = framed.intersected(window.adjusted(2, 2, -2, -2))
        self._frame.setGeometry(framed)
        self.bubble.fit()
        self.bubble.move(beside(framed, self.bubble.size().width(), self.bubble.height(), window))

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """Somebody went to work elsewhere in the program: the tour does not stand in the way."""
        del old
        if new is not None and not self.bubble.isAncestorOf(new) and new is not self.bubble:
            self.end()


def beside(framed: QRect, width: int, height: int, window: QRect) -> QPoint:
    """Where a bubble of this size goes: right or left of what is framed, below it, else inside."""
    top = min(max(framed.top() + 24, _AIR), window.bottom() - height - _AIR)
    if framed.right() + _AIR + width <= window.right() - _AIR:
        return QPoint(framed.right() + _AIR, top)
    if framed.bottom() + _AIR + height <= window.bottom() and framed.height() < height:
        left = min(max(framed.center().x() - width // 2, _AIR), window.right() - width - _AIR)
        return QPoint(left, framed.bottom() + _AIR)
    if framed.left() - _AIR - width >= window.left() + _AIR:
        return QPoint(framed.left() - _AIR - width, top)
    return QPoint(framed.center().x() - width // 2, framed.bottom() - height - 2 * _AIR)


class Bubble(QFrame):
    """What is said at a stop, and the keys on."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("tourBubble")
        self.setAccessibleName(tr("界面介绍"))
        self.moved: list[Callable[[int], None]] = []
        self.ended: list[Callable[[], None]] = []
        self._title, self._words = plain_label(role="heading"), plain_label()
        self._words.setWordWrap(True)
        self._count = plain_label(role="small")
        self.skip, self.back = QPushButton(tr("跳过")), QPushButton(tr("上一步"))
        self.next = QPushButton()
        self.skip.setProperty("role", "link")
        self.next.setProperty("role", "primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._count, 1)
        for button in (self.skip, self.back, self.next):
            button.setAutoDefault(True)
            button.setAccessibleName(button.text())
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 14, 12)
        column.setSpacing(8)
        for widget in (self._title, self._words):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addLayout(buttons)
        self.hide()

    @property
    def title(self) -> str:
        """What the stop is called."""
        return self._title.text()

    def say(self, step: Step, number: int, count: int) -> None:
        """Show the words of a stop."""
        self._title.setText(step.title)
        self._words.setText(step.words)
        self._count.setText(f"{number} / {count}")
        is_last = number == count
        self.next.setText(tr("开始填写") if is_last else tr("下一步"))
        self.next.setAccessibleName(f"{self.next.text()}。{step.title}：{step.words}")
        self.back.setEnabled(number > 1)
        self.skip.setVisible(not is_last)

    def fit(self) -> None:
        """Take the size the words need."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            wanted = max(_WIDTH, self.fontMetrics().averageCharWidth() * _LETTERS)
            width = max(wanted, layout.minimumSize().width())
            self.resize(width, layout.totalHeightForWidth(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape ends it, the arrows go on and back, Enter presses the button."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._tell(self.ended)
        elif key in _FORWARD or key in _BACK:
            for tell in self.moved:
                tell(1 if key in _FORWARD else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = QApplication.focusWidget()
            if isinstance(focus, QPushButton):
                focus.click()
        else:
            super().keyPressEvent(event)

    def _tell(self, told: list[Callable[[], None]]) -> None:
        for tell in told:
            tell()


class _Frame(QWidget):
    """A frame around what is meant; the mouse goes through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the frame and nothing inside it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent"), 3))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -3, -3), 6, 6)


def offer_at_first_plan(window: MainWindow) -> None:
    """Begin the tour once, when the first plan of this user is on screen."""
    settings = window.parts.settings

    def look() -> None:
        bench = window.bench
        if settings.now.tour_seen or bench is None or window.stack.currentWidget() is not bench:
            return
        settings.change(tour_seen=True)
        QTimer.singleShot(_FIRST_MS, window, lambda: window.bench and Tour(window).begin())

    window.stack.currentChanged.connect(look)
