"""The slim bar above a text that is being written: its shapes, and what can be put into it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QWidget

from forms.prose_lines import LineKind
from ui.fields.roles import PROSE_TOOLS, TOOL_FLAT, give_role
from ui.fields.small import quiet_button
from ui.plain import plain_tip
from ui.prose.edit import ProseEdit
from ui.prose.keys import SHAPE_KEYS
from ui.prose.shape import shape_of
from ui.text import tr

_BETWEEN = 4


class ProseTools(QFrame):
    """Floats at the upper edge of one text, and of the window when that is scrolled away."""

    def __init__(self, edit: ProseEdit, label: str) -> None:
        super().__init__(edit.window())
        self._edit = edit
        give_role(self, PROSE_TOOLS)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("“{label}”的编辑工具").format(label=label))
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(4, 3, 4, 3)
        self._layout.setSpacing(1)
        self.shapes = {kind: self._shape(kind, *words) for kind, words in _shapes().items()}
        self._line()
        self.table = self._button(tr("表格"), tr("插入表格，在网格中编辑"))
        self.picture = self._button(tr("图片"), tr("插入图片；也可把图片拖进正文或直接粘贴"))
        self._line()
        self.insert = self._button(
            tr("数字"), tr("插入方案中的数字，随数据更新（Ctrl+Shift+D，或在正文中键入“=”）")
        )
        self.refer = self._button(
            tr("引用"), tr("引用方案的表、图、章节，编号自动更新（Ctrl+Shift+R）")
        )
        self.annotate = self._button(tr("脚注"), tr("在光标处插入脚注，印在本页下端（Ctrl+Alt+F）"))
        edit.destroyed.connect(self.deleteLater)
        edit.cursorPositionChanged.connect(self.say_shape)
        edit.edited.connect(self.say_shape)
        self._follow()
        self.hide()

    def open(self) -> None:
        """Show the bar where the text begins, or where it comes into sight."""
        if self.parentWidget() is not self._edit.window():
            self.setParent(self._edit.window())
            self._follow()
        self.show()
        self.say_shape()
        self.raise_()
        self.place()

    def place(self) -> None:
        """Follow the text."""
        if self.isHidden():
            return
        self.adjustSize()
        top_left = self._edit.mapTo(self.window(), QPoint(0, 0))
        x = top_left.x() + self._edit.width() - self.width()
        y = top_left.y() - self.height() - _BETWEEN
        area = next((each for each in _around(self._edit) if isinstance(each, QScrollArea)), None)
        if area is not None:
            highest = area.viewport().mapTo(self.window(), QPoint(0, 0)).y() + _BETWEEN
            if top_left.y() + self._edit.height() < highest + self.height():
                x, y = -self.width(), highest  # the text is out of sight
            y = max(y, highest)
        self.move(x, y)

    def _follow(self) -> None:
        for around in _around(self._edit):
            around.installEventFilter(self)
            if isinstance(around, QScrollArea):
                around.verticalScrollBar().valueChanged.connect(self.place)

    def say_shape(self) -> None:
        """Show which shape the block at the caret has."""
        if self.isHidden():
            return
        kind = shape_of(self._edit.textCursor().block()).kind
        for each, button in self.shapes.items():
            button.setChecked(each is kind)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: what holds the text was moved, resized or hidden."""
        del watched
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest):
            self.place()
        return False

    def _shape(self, kind: LineKind, words: str, tip: str) -> QPushButton:
        keys = QKeySequence(SHAPE_KEYS[kind]).toString(QKeySequence.SequenceFormat.NativeText)
        button = self._button(words, f"{tip}（{keys}）")
        button.setCheckable(True)
        button.clicked.connect(lambda: self._give(kind))
        return button

    def _give(self, kind: LineKind) -> None:
        self._edit.give_shape(kind)
        self.say_shape()

    def _button(self, words: str, tip: str) -> QPushButton:
        button = quiet_button(words, tip, TOOL_FLAT)
        button.setToolTip(plain_tip(tip))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the caret stays where it is
        self._layout.addWidget(button)
        return button

    def _line(self) -> None:
        line = QFrame()
        line.setFrameShape(QFrame.Shape.VLine)
        line.setFixedWidth(9)
        self._layout.addWidget(line)


def _shapes() -> dict[LineKind, tuple[str, str]]:
    return {
        LineKind.TEXT: (tr("正文"), tr("普通段落")),
        LineKind.HEADING: (tr("（一）标题"), tr("一级小标题，自动编号")),
        LineKind.SUBHEADING: (tr("1.标题"), tr("二级小标题，自动编号")),
        LineKind.BULLET: (tr("列表"), tr("项目符号列表")),
        LineKind.NUMBERED: (tr("编号"), tr("编号列表，自动编号")),
    }


def _around(widget: QWidget) -> list[QWidget]:
    """The widget and all it stands in, from inside out."""
    found: list[QWidget] = [widget]
    while (parent := found[-1].parentWidget()) is not None:
        found.append(parent)
    return found
