"""裁剪与宽度: what of a picture is shown, how it is turned, how wide it is printed, its caption."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget
from shiboken6 import isValid

from forms.values import Cut, PaperWidth
from ui.dialogs.base import PlainDialog
from ui.fields.roles import HINT, TOOL
from ui.fields.small import plain_label, quiet_button
from ui.pictures.boxes import Box, shaped, turned, turned_back, whole
from ui.pictures.crop_view import CropView
from ui.pictures.paper_width import WidthChoice
from ui.pictures.small import Shrunk, load
from ui.session import PlanSession
from ui.text import tr

_USUAL = QSize(720, 580)
_MOST = QSize(1600, 1200)
_RATIOS = ((1, 1), (4, 3), (3, 2), (16, 9), (3, 4), (2, 3))


@dataclass(frozen=True, slots=True)
class Shown:
    """How a picture stands in a plan."""

    sha256: str
    cut: Cut | None = None
    printed: PaperWidth | None = None
    caption: str | None = None  # None: its caption is made elsewhere


class PictureDialog(PlainDialog):
    """Shows the original of a picture and what is taken of it."""

    guide = "04-filling.md#图片"
    taken = Signal(object)  # Shown as it is to be; the SHA-256 is that of the original
    other_wanted = Signal()

    def __init__(self, session: PlanSession, shown: Shown, parent: QWidget | None = None) -> None:
        super().__init__(tr("图片"), parent, 640)
        self._original = shown.cut.original if shown.cut else shown.sha256
        self._shown = shown
        self._turns = shown.cut.turns if shown.cut else 0
        self._found: Shrunk | None = None
        self.view = CropView()
        self.view.say(tr("正在读取图片…"))
        self.content.addWidget(self.view, 1)
        self._build_tools()
        self.caption = QLineEdit(shown.caption or "")
        if shown.caption is not None:
            self.add_labelled(tr("图名，印在图下，编号自动加上"), self.caption)
        if shown.caption == "":
            self.caption.setFocus()  # what a picture just put in lacks
        self.width_choice = WidthChoice(shown.printed)
        self.content.addWidget(self.width_choice)
        self._build_buttons()
        self.view.changed.connect(self._say)
        self.begin_with(self.sizeHint().expandedTo(_USUAL))
        self._read(session)

    def accept(self) -> None:
        """Qt: hand over what is on screen."""
        caption = None if self._shown.caption is None else self.caption.text()
        cut = self._cut() if self._found is not None else self._shown.cut
        self.taken.emit(Shown(self._original, cut, self.width_choice.width_on_paper, caption))
        super().accept()

    def turn(self, by: int) -> None:
        """Turn by a quarter, 1 clockwise or -1 counter-clockwise; the box turns along."""
        if self._found is None:
            return
        size, box = self.view.size_of_picture, self.view.box
        self._turns = (self._turns + by) % 4
        self._show(turned(box, size) if by > 0 else turned_back(box, size))

    def put_back(self) -> None:
        """Show the whole original as it came."""
        self._turns = 0
        self.ratio.setCurrentIndex(0)
        if self._found is not None:
            self._show(whole(self._size()))

    def _build_tools(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.left = quiet_button(tr("左转 90°"), tr("向左转 90°"), TOOL)
        self.right = quiet_button(tr("右转 90°"), tr("向右转 90°"), TOOL)
        self.left.clicked.connect(lambda: self.turn(-1))
        self.right.clicked.connect(lambda: self.turn(1))
        self.ratio = QComboBox()
        self.ratio.setAccessibleName(tr("裁剪比例"))
        self.ratio.addItem(tr("比例自由"), 0.0)
        self.ratio.addItem(tr("原图比例"), -1.0)
        for across, down in _RATIOS:
            self.ratio.addItem(f"{across} : {down}", across / down)
        self.ratio.currentIndexChanged.connect(self._on_ratio)
        self.restore = quiet_button(tr("还原原图"), tr("还原原图"), TOOL)
        self.restore.clicked.connect(self.put_back)
        self._pixels = plain_label("", HINT)
        for each in (self.left, self.right, self.ratio, self.restore):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self._pixels)
        self.content.addLayout(row)

    def _build_buttons(self) -> None:
        other = QPushButton(tr("换一张…"))
        other.setAutoDefault(False)
        other.clicked.connect(self._ask_other)
        self.insert_button(0, other)
        self.add_button(tr("取消")).clicked.connect(self.reject)
        self.done_button = self.add_button(tr("完成"), primary=True)
        self.done_button.clicked.connect(self.accept)

    def _read(self, session: PlanSession) -> None:
        def done(found: Shrunk) -> None:
            if isValid(self):
                self._take(found)

        load(session, self._original, _MOST, done)

    def _take(self, found: Shrunk) -> None:
        if found.image.isNull():
            self.view.say(tr("原图已不在方案中，不能再裁剪或还原；可以「换一张…」。"))
            for each in (self.left, self.right, self.ratio, self.restore):
                each.setEnabled(False)
            return
        self._found = found
        cut = self._shown.cut
        box = Box(cut.left, cut.top, cut.width, cut.height) if cut else whole(self._size())
        self._show(box)
        if self.focusWidget() is not self.caption:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, box: Box) -> None:
        assert self._found is not None  # asked by those who call
        self.view.show_picture(self._found.image, self._size(), self._turns, box)

    def _size(self) -> tuple[int, int]:
        """The size of the turned original in pixels."""
        assert self._found is not None  # asked by those who call
        width, height = self._found.size.width(), self._found.size.height()
        return (height, width) if self._turns % 2 else (width, height)

    def _cut(self) -> Cut | None:
        box = self.view.box
        if self._turns == 0 and box == whole(self._size()):
            return None
        return Cut(self._original, self._turns, box.left, box.top, box.width, box.height)

    def _on_ratio(self) -> None:
        if self._found is None:
            return
        ratio = float(self.ratio.currentData())
        across, down = self._size()
        self.view.ratio = across / down if ratio < 0 else ratio
        if self.view.ratio:
            self.view.take(shaped(whole(self._size()), self.view.ratio))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        box = self.view.box
        self._pixels.setText(tr("取 {0} × {1} 像素").format(box.width, box.height))
        self.width_choice.say(box.width, box.height)

    def _ask_other(self) -> None:
        self.reject()
        self.other_wanted.emit()
