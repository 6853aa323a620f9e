"""A diagram as a picture for other programs: on the clipboard, or in a file, as paper has it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget
from shiboken6 import isValid

from exporters.drawing import Drawing
from importers.process import Watch
from ui.exporting import PNG, SVG, drawing_bytes, file_name, write_drawing
from ui.fields.roles import HINT
from ui.fields.small import plain_label, quiet_button
from ui.session import PlanSession
from ui.text import tr

_SAID_MS = 6_000


class DiagramTools(QWidget):
    """Two buttons and what came of them, below a diagram."""

    def __init__(self, session: PlanSession, label: str, now: Callable[[], Drawing | None]) -> None:
        super().__init__()
        self._session = session
        self._label = label
        self._now = now
        self.said = plain_label("", HINT)
        self.copy = quiet_button(tr("复制为图片"), tr("把“{label}”复制为图片").format(label=label))
        self.save = quiet_button(tr("另存为图片…"), tr("把“{label}”另存为图片").format(label=label))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.said.setMinimumWidth(1)  # never widens the page
        row.addWidget(self.copy)
        row.addWidget(self.save)
        row.addWidget(self.said, 1)
        self.copy.clicked.connect(self._on_copy)
        self.save.clicked.connect(self._on_save)
        self._quiet = QTimer(self, singleShot=True, interval=_SAID_MS)
        self._quiet.timeout.connect(self.said.clear)

    def save_to(self, file: Path) -> None:
        """Write the diagram to a file, as PNG or SVG by its ending."""
        drawing = self._now()
        if drawing is None:
            return

        def work(_: Watch) -> Path:
            return write_drawing(drawing, file)

        def done(written: Path) -> None:
            self._say(tr("已存为“{name}”").format(name=written.name))

        self._session.receiving.run(tr("正在保存图片…"), work, done)

    def _on_copy(self) -> None:
        drawing = self._now()
        if drawing is None:
            return

        def work(_: Watch) -> QImage:
            return QImage.fromData(drawing_bytes(drawing, PNG))

        def done(image: QImage) -> None:
            QGuiApplication.clipboard().setImage(image)
            self._say(tr("已复制，可粘贴到 Word 或 WPS"))

        self._session.receiving.run(tr("正在复制图片…"), work, done)

    def _on_save(self) -> None:
        kinds = tr("PNG 图片 (*{png});;SVG 矢量图 (*{svg})").format(png=PNG, svg=SVG)
        proposed = f"{file_name(self._label)}{PNG}"
        name, kind = QFileDialog.getSaveFileName(self.window(), tr("另存为图片"), proposed, kinds)
        if not name:
            return
        file = Path(name)
        if file.suffix.lower() not in (PNG, SVG):
            file = file.with_name(file.name + (SVG if SVG in kind else PNG))
        self.save_to(file)

    def _say(self, words: str) -> None:
        if isValid(self):
            self.said.setText(words)
            self._quiet.start()
