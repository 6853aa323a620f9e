"""The slim bar below a text that is being written: its shapes, and what can be put into it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QScrollArea, QWidget

from forms.heading_numbers import LAST_LEVEL, heading_number
from forms.prose_lines import LineKind
from ui.around import around, nearest
from ui.fields.roles import PROSE_TOOLS, TOOL_FLAT, give_role
from ui.fields.small import quiet_button
from ui.plain import plain_caption, plain_tip
from ui.prose.edit import ProseEdit
from ui.prose.keys import SHAPE_KEYS
from ui.prose.shape import shape_of
from ui.text import tr

_BETWEEN = 4
_BESIDE = 12
_SPACING = 1
_UNNUMBERED = {LineKind.HEADING: "", LineKind.SUBHEADING: "小"}


class ProseTools(QFrame):
    """Stands in the line below one text, and at the lower edge of the page while that is beyond.

    The line is kept free for it, so that nothing moves when it comes; what finds no room there is
    in a menu.
    """

    def __init__(self, edit: ProseEdit, label: str, line: QWidget, beside: QWidget) -> None:
        super().__init__(edit.window())
        self._edit = edit
        self._below = line
        self._beside = beside  # stands at the right end of that line
        self._parts: list[QWidget] = []
        give_role(self, PROSE_TOOLS)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("“{label}”的编辑工具").format(label=label))
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(3, 1, 3, 1)
        self._layout.setSpacing(_SPACING)
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
        self.more = self._button(tr("更多 ▾"), tr("其余的编辑工具"))
        self._parts.remove(self.more)
        self.more.clicked.connect(self._show_rest)
        for held in (edit, line, beside):  # what holds them is told of other things before we go
            held.destroyed.connect(self.hide)
        edit.destroyed.connect(self.deleteLater)
        edit.cursorPositionChanged.connect(self.say_shape)
        edit.edited.connect(self.say_shape)
        self._follow()
        self.hide()

    def open(self) -> None:
        """Show the bar below the text, or where the page ends."""
        if self.parentWidget() is not self._edit.window():
            self.setParent(self._edit.window())
            self._follow()
        self._name_headings(self._edit.rows.top_level)
        self.show()
        self.say_shape()
        self.raise_()
        self.place()

    def _name_headings(self, level: int) -> None:
        """Call the shapes of headings by the numbers they have in print."""
        for kind, deeper in ((LineKind.HEADING, 0), (LineKind.SUBHEADING, 1)):
            is_numbered = level + deeper <= LAST_LEVEL
            number = heading_number(level + deeper, 1) if is_numbered else _UNNUMBERED[kind]
            self.shapes[kind].setText(tr("{number}标题").format(number=number))

    def place(self) -> None:
        """Follow the text."""
        if self.isHidden():
            return
        self._fit()
        place = self._below.mapTo(self.window(), QPoint(0, 0))
        top = self._edit.mapTo(self.window(), QPoint(0, 0)).y()
        x, y = place.x(), place.y() + (self._below.height() - self.height()) // 2
        area = nearest(QScrollArea, self._edit)
        if area is not None:
            highest = area.viewport().mapTo(self.window(), QPoint(0, 0)).y()
            lowest = highest + area.viewport().height() - self.height() - _BETWEEN
            if y < highest or top > lowest:
                x = -self.width()  # the text is out of sight
            y = min(y, lowest)
        self.move(x if self._below.isVisible() else -self.width(), y)

    def _fit(self) -> None:
        """Show as many of the tools as there is room for, the others by the last one."""
        inner = self._layout.contentsMargins()
        edges = inner.left() + inner.right() + 2 * self.frameWidth()
        beside = self._beside.sizeHint().width() if self._beside.isVisible() else 0
        room = self._below.width() - beside - _BESIDE - edges
        widths = [part.sizeHint().width() + _SPACING for part in self._parts]
        shown = len(widths)
        if sum(widths) > room:
            room -= self.more.sizeHint().width()
            while shown and sum(widths[:shown]) > room:
                shown -= 1
            while shown and not isinstance(self._parts[shown - 1], QPushButton):
                shown -= 1
        for place, part in enumerate(self._parts):
            part.setVisible(place < shown)
        self.more.setVisible(shown < len(widths))
        self.adjustSize()

    def _show_rest(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for part in self._parts:
            if part.isHidden() and isinstance(part, QPushButton):
                action = menu.addAction(plain_caption(part.text()))
                action.setCheckable(part.isCheckable())
                action.setChecked(part.isChecked())
                action.triggered.connect(part.click)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _follow(self) -> None:
        for each in (*around(self._edit), self._below):
            each.installEventFilter(self)
            if isinstance(each, QScrollArea):
                each.verticalScrollBar().valueChanged.connect(self.place)

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
        self._parts.append(button)
        return button

    def _line(self) -> None:
        line = QFrame()
        line.setFrameShape(QFrame.Shape.VLine)
        line.setFixedWidth(9)
        self._layout.addWidget(line)
        self._parts.append(line)


def _shapes() -> dict[LineKind, tuple[str, str]]:
    return {
        LineKind.TEXT: (tr("正文"), tr("普通段落")),
        LineKind.HEADING: (tr("（一）标题"), tr("一级小标题，自动编号")),
        LineKind.SUBHEADING: (tr("1.标题"), tr("二级小标题，自动编号")),
        LineKind.BULLET: (tr("列表"), tr("项目符号列表")),
        LineKind.NUMBERED: (tr("编号"), tr("编号列表，自动编号")),
    }
