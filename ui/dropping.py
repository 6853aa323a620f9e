"""Plan files that are dragged onto a window: said before they are let go, and opened then."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from storage.plan_file import FILE_SUFFIX
from ui.fields.small import plain_label
from ui.text import tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_MOVES = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class Dropping(QObject):
    """Looks at what is dragged before the fields do: an editor would take the name as text.

    Anything but plan files goes on to the widgets as ever.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._veil: _Veil | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: of the window, that it is there; of its surface, what is dragged over it."""
        if watched is self._window:
            if event.type() is QEvent.Type.Show:
                self._window.windowHandle().installEventFilter(self)  # once: a later one replaces
            return False
        if event.type() is QEvent.Type.DragLeave:
            self._hide()
            return False
        if not isinstance(event, QDropEvent):
            return False
        return self._take(event)

    def _take(self, event: QDropEvent) -> bool:
        files = plan_files_in(event)
        if not files:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() in _MOVES:
            if isinstance(event, QDragEnterEvent) or self._veil is None:
                self._show(files)
            return True
        self._hide()
        self._window.windows.take_files(files, self._window)
        return True

    def _show(self, files: list[Path]) -> None:
        self._hide()
        self._veil = _Veil(self._words(files), self._window)

    def _hide(self) -> None:
        veil, self._veil = self._veil, None
        if veil is not None:
            veil.hide()
            veil.deleteLater()

    def _words(self, files: list[Path]) -> str:
        if len(files) > 1:
            return tr("松开后打开这 {0} 个方案，各用一个窗口").format(len(files))
        if self._window.plan is not None:
            return tr("松开后在另一个窗口打开“{0}”").format(files[0].name)
        return tr("松开后打开“{0}”").format(files[0].name)


class _Veil(QFrame):
    """Lies over the window and says what letting go will do."""

    def __init__(self, words: str, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("veil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        sentence = plain_label(words, "heading")
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sentence.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addWidget(sentence)
        self.show()
        self.raise_()


def plan_files_in(event: QDropEvent) -> list[Path]:
    """The plan files that are dragged; none when something else is among them."""
    data = event.mimeData()
    urls = data.urls() if data.hasUrls() else []
    files = [url.toLocalFile() for url in urls]
    if not all(file.lower().endswith(FILE_SUFFIX) for file in files):
        return []
    return [Path(file) for file in files]
