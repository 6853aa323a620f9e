"""The editor of a picture: choose, drop or paste a file; crop it; shows it small with its size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPixmap,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout
from shiboken6 import isValid

from forms.kinds import Image
from forms.values import Picture
from importers.process import Watch
from ui.errors import explain
from ui.fields.editors import Editor
from ui.fields.roles import HINT, PICTURE, TOOL, give_role
from ui.fields.small import plain_label, quiet_button
from ui.fields.standing import Standing
from ui.flow_row import FlowRow
from ui.jobs import Cancelled
from ui.pictures.dialog import PictureDialog, Shown
from ui.pictures.small import smalls_of
from ui.pictures.taking import (
    Offer,
    ask_picture,
    local_files,
    made,
    no_picture,
    offer_of,
    pictures_in,
)
from ui.session import PlanSession
from ui.text import tr

_WIDTH, _HEIGHT = 192, 128


class PictureFrame(QLabel):
    """Shows the picture small and takes a dropped or pasted one."""

    offered = Signal(object)  # QMimeData that may hold a picture
    cleared = Signal()
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        line = self.fontMetrics().height()
        self.setFixedSize(max(_WIDTH, 9 * line), max(_HEIGHT, 5 * line))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        give_role(self, PICTURE)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome pictures and files."""
        if event.mimeData().hasImage() or event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        event.acceptProposedAction()
        self.offered.emit(event.mimeData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste and delete by keyboard."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.offered.emit(QGuiApplication.clipboard().mimeData())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt: open it."""
        del event
        self.opened.emit()


class PictureEditor(Editor):
    """A picture with the buttons that choose, crop and remove it."""

    def __init__(self, session: PlanSession, kind: Image, label: str) -> None:
        super().__init__(session, kind, label)
        self._asked = 0
        self.frame = PictureFrame()
        self.choose = quiet_button(tr("选择图片…"), "", TOOL)
        self.crop = quiet_button(tr("裁剪…"), "", TOOL)
        self.remove = quiet_button(tr("移除"), "", TOOL)
        self._caption = plain_label("", HINT, wraps=True)
        self._lay_out()
        self._become(self.frame)
        self.set_label(label)
        self.choose.clicked.connect(self._on_choose)
        self.remove.clicked.connect(self._on_remove)
        self.crop.clicked.connect(self.open_picture)
        self.frame.cleared.connect(self._on_remove)
        self.frame.offered.connect(self._on_offered)
        self.frame.opened.connect(self.open_picture)
        smalls_of(session).arrived.connect(self._on_arrived)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(8)
        buttons = FlowRow()
        buttons.addWidget(self.choose)
        buttons.addWidget(self.crop)
        buttons.addWidget(self.remove)
        side.addLayout(buttons)
        side.addWidget(self._caption)
        side.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.frame)
        layout.addLayout(side, 1)

    def set_label(self, label: str) -> None:
        """Change what a screen reader says of picture and buttons."""
        super().set_label(label)
        self.choose.setAccessibleName(tr("为“{label}”选择图片").format(label=label))
        self.crop.setAccessibleName(tr("裁剪“{label}”的图片").format(label=label))
        self.remove.setAccessibleName(tr("移除“{label}”的图片").format(label=label))

    def take_file(self, file: Path) -> None:
        """Put the picture of a file into the plan, or say why not."""
        self._keep(offer_of(file))

    def open_picture(self) -> None:
        """Crop the picture, turn it, say how wide it is printed; without one choose it."""
        picture = self._picture()
        if picture is None:
            self._on_choose()
            return
        shown = Shown(picture.sha256, picture.cut, picture.printed)
        dialog = PictureDialog(self.session, shown, self.window())
        asked = self._asked

        def take(wanted: Shown) -> None:
            if isValid(self) and asked == self._asked:
                self._change(picture, wanted)

        dialog.taken.connect(take)
        dialog.other_wanted.connect(self._on_choose)
        dialog.open()

    def _picture(self) -> Picture | None:
        value = self.standing.value
        return value if isinstance(value, Picture) else None

    def _on_refused(self, error: Exception) -> None:
        if isValid(self) and not isinstance(error, Cancelled):
            self.set_fault(explain(error).whole)

    def _show(self, standing: Standing) -> None:
        del standing
        self._asked += 1
        picture = self._picture()
        self.choose.setText(tr("替换…") if picture else tr("选择图片…"))
        self.crop.setVisible(picture is not None)
        self.remove.setVisible(picture is not None)
        if picture is None:
            self.frame.setPixmap(QPixmap())
            self.frame.setText(tr("把图片拖到这里，\n或按 Ctrl+V 粘贴"))
            self._caption.setText(tr("PNG、JPEG、GIF、BMP 或 TIFF"))
            return
        size = f"{picture.width} × {picture.height}"
        told = tr("{name}\n{size} 像素").format(name=picture.name, size=size)
        self._caption.setText(told + (tr(" · 已裁剪或旋转") if picture.cut else ""))
        self._show_small(picture)

    def _show_small(self, picture: Picture) -> None:
        small = smalls_of(self.session).picture(picture.sha256)
        self.frame.setPixmap(QPixmap())
        if small is None or small.isNull():
            self.frame.setText(tr("正在读取图片…") if small is None else tr("图片无法显示"))
            return
        ratio = self.devicePixelRatioF()
        shown = small.scaled(
            self.frame.contentsRect().size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown.setDevicePixelRatio(ratio)
        self.frame.setPixmap(shown)

    def _on_arrived(self, sha256: str) -> None:
        picture = self._picture()
        if picture is not None and picture.sha256 == sha256:
            self._show_small(picture)

    def _on_choose(self) -> None:
        file = ask_picture(self.window())
        if file is not None:
            self.take_file(file)

    def _on_remove(self) -> None:
        self.committed.emit(None)
        self.settled.emit()

    def _on_offered(self, data: QMimeData) -> None:
        offers, files = pictures_in(data), local_files(data)
        if offers:
            self._keep(offers[0])
        elif files:
            self.set_fault(no_picture(files[0]))
        else:
            self.set_fault(tr("剪贴板中没有图片，请先复制图片再粘贴。"))

    def _change(self, picture: Picture, wanted: Shown) -> None:
        def work(_: Watch) -> Picture:
            return made(self.session, picture, wanted.cut, wanted.printed)

        if wanted.cut == picture.cut:
            self._commit(made(self.session, picture, wanted.cut, wanted.printed))
        else:
            self._run(tr("正在裁剪图片…"), work, picture.name)

    def _keep(self, offer: Offer) -> None:
        read, name = offer

        def work(_: Watch) -> Picture:
            return self.session.pictures.add_picture(read(), name)

        self._run(tr("正在读取图片“{name}”…").format(name=name), work, name)

    def _run(self, sentence: str, work: Callable[[Watch], Picture], name: str) -> None:
        self._asked += 1
        asked = self._asked

        def done(picture: Picture) -> None:
            if not isValid(self):
                return
            if asked != self._asked:  # meanwhile the editor shows another value
                self.set_fault(tr("“{name}”没有放入：栏目已经换了，请再选一次。").format(name=name))
                return
            self._commit(picture)

        self.session.receiving.run(sentence, work, done, self._on_refused)

    def _commit(self, picture: Picture) -> None:
        self.set_fault("")
        self.committed.emit(picture)
        self.settled.emit()
