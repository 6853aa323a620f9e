"""The editor of a picture: choose, drop or paste a file; shows it small with name and size."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout

from forms.kinds import Image
from forms.values import Picture
from importers.process import Watch
from storage.errors import StorageError
from ui.errors import explain
from ui.fields.editors import Editor
from ui.fields.roles import HINT, PICTURE, TOOL, give_role
from ui.fields.small import plain_label, quiet_button
from ui.fields.standing import Standing
from ui.jobs import Cancelled
from ui.session import PlanSession
from ui.text import tr

_WIDTH, _HEIGHT = 192, 128
_FILES = "*.png *.jpg *.jpeg *.gif *.bmp *.tif *.tiff"
LARGEST_BYTES = 64 * 1024 * 1024


class PictureFrame(QLabel):
    """Shows the picture small and takes a dropped or pasted one."""

    offered = Signal(object)  # QMimeData that may hold a picture
    cleared = Signal()

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
        else:
            super().keyPressEvent(event)


class PictureEditor(Editor):
    """A picture with the buttons that choose and remove it."""

    def __init__(self, session: PlanSession, kind: Image, label: str) -> None:
        super().__init__(session, kind, label)
        self._asked = 0
        self.frame = PictureFrame()
        self.choose = quiet_button(tr("选择图片…"), "", TOOL)
        self.remove = quiet_button(tr("移除"), "", TOOL)
        self._caption = plain_label("", HINT, wraps=True)
        side = QVBoxLayout()
        side.setSpacing(8)
        buttons = QHBoxLayout()
        buttons.addWidget(self.choose)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        side.addLayout(buttons)
        side.addWidget(self._caption)
        side.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.frame)
        layout.addLayout(side, 1)
        self._become(self.frame)
        self.set_label(label)
        self.choose.clicked.connect(self._on_choose)
        self.remove.clicked.connect(self._on_remove)
        self.frame.cleared.connect(self._on_remove)
        self.frame.offered.connect(self._on_offered)

    def set_label(self, label: str) -> None:
        """Change what a screen reader says of picture and buttons."""
        super().set_label(label)
        self.choose.setAccessibleName(tr("为“{label}”选择图片").format(label=label))
        self.remove.setAccessibleName(tr("移除“{label}”的图片").format(label=label))

    def take_file(self, file: Path) -> None:
        """Put the picture of a file into the plan, or say why not."""
        try:
            if file.stat().st_size > LARGEST_BYTES:
                self.set_fault(tr("“{name}”超过 64 MB，请缩小后再插入。").format(name=file.name))
                return
            content = file.read_bytes()
        except OSError:
            self.set_fault(tr("无法读取“{name}”，请检查文件后重试。").format(name=file.name))
            return
        self._keep(content, file.name)

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self.set_fault(explain(error).whole)

    def _show(self, standing: Standing) -> None:
        self._asked += 1
        picture = standing.value if isinstance(standing.value, Picture) else None
        self.choose.setText(tr("替换…") if picture else tr("选择图片…"))
        self.remove.setVisible(picture is not None)
        self.frame.setPixmap(QPixmap())
        if picture is None:
            self.frame.setText(tr("把图片拖到这里，\n或按 Ctrl+V 粘贴"))
            self._caption.setText(tr("PNG、JPEG、GIF、BMP 或 TIFF"))
            return
        size = f"{picture.width} × {picture.height}"
        self._caption.setText(tr("{name}\n{size} 像素").format(name=picture.name, size=size))
        self._show_small(picture)

    def _show_small(self, picture: Picture) -> None:
        try:
            image = QImage.fromData(self.session.pictures.picture(picture.sha256))
        except (KeyError, OSError, StorageError):
            image = QImage()
        if image.isNull():
            self.frame.setText(tr("图片无法显示"))
            return
        ratio = self.devicePixelRatioF()
        room = self.frame.contentsRect().size() * ratio
        small = QPixmap.fromImage(
            image.scaled(
                room,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        small.setDevicePixelRatio(ratio)
        self.frame.setPixmap(small)

    def _on_choose(self) -> None:
        pattern = tr("图片 ({files})").format(files=_FILES)
        name, _ = QFileDialog.getOpenFileName(self.window(), tr("选择图片"), "", pattern)
        if name:
            self.take_file(Path(name))

    def _on_remove(self) -> None:
        self.committed.emit(None)
        self.settled.emit()

    def _on_offered(self, data: QMimeData) -> None:
        file = next((Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()), None)
        if file is not None:
            self.take_file(file)
            return
        image = data.imageData() if data.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self._keep(png_of(image), tr("粘贴的图片.png"))
        else:
            self.set_fault(tr("剪贴板中没有图片，请先复制图片再粘贴。"))

    def _keep(self, content: bytes, name: str) -> None:
        self._asked += 1
        asked, pictures = self._asked, self.session.pictures

        def keep(_: Watch) -> Picture:
            return pictures.add_picture(content, name)

        def done(picture: Picture) -> None:
            if asked != self._asked:  # meanwhile the editor shows another value
                self.set_fault(tr("“{name}”没有放入：栏目已经换了，请再选一次。").format(name=name))
                return
            self.set_fault("")
            self.committed.emit(picture)
            self.settled.emit()

        sentence = tr("正在读取图片“{name}”…").format(name=name)
        self.session.receiving.run(sentence, keep, done, self._on_refused)


def png_of(image: QImage) -> bytes:
    """A picture without a file as the bytes of one."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(content.data())
