"""使用说明: the guide that travels with the program, to be read beside the window."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QWidget,
)

import resources
from ui.dialogs.base import PlainDialog
from ui.guide_places import GuidePlace, place_of
from ui.text import tr

FIRST: Final = "README.md"
_FOLDER = "guide"
_SIZE = QSize(960, 640)
_MARGIN = 24
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_WRAPPED = re.compile(r"(?<=[^\x00-\x7f])\n {0,4}(?=[^\x00-\x7f])")  # no blank between 汉字
_FILE = Qt.ItemDataRole.UserRole


def chapters() -> tuple[tuple[str, str], ...]:
    """File name and title of every chapter, the overview first."""
    names = sorted(path.name for path in resources.path(_FOLDER).glob("*.md"))
    names.sort(key=lambda name: name != FIRST)
    return tuple((name, _title(name)) for name in names)


def _title(name: str) -> str:
    found = _TITLE.search(resources.read_text(f"{_FOLDER}/{name}"))
    return found[1] if found else name


class ManualText(QTextBrowser):
    """One chapter; pictures as wide as there is room; nothing is read from outside the guide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = 0
        self.setAccessibleName(tr("使用说明"))
        self.document().setDocumentMargin(_MARGIN)

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Qt: a chapter or picture of the guide; nothing for any other address."""
        wanted = self.source().resolved(QUrl(name))
        if not _is_ours(wanted):
            return None
        if type != QTextDocument.ResourceType.ImageResource.value:
            return _as_html(Path(wanted.toLocalFile()).read_text(encoding="utf-8"))
        picture = QImage(wanted.toLocalFile())
        room = self._room()
        if picture.width() <= room:
            return picture
        ratio = self.devicePixelRatioF()
        scaled = picture.scaledToWidth(
            min(round(room * ratio), picture.width()), Qt.TransformationMode.SmoothTransformation
        )
        scaled.setDevicePixelRatio(scaled.width() / room)
        return scaled

    def doSetSource(
        self,
        name: QUrl | str,
        type: QTextDocument.ResourceType = QTextDocument.ResourceType.UnknownResource,
    ) -> None:
        """Qt: a link leads to a chapter, never out of the guide."""
        del type
        if _is_ours(self.source().resolved(QUrl(name))):
            super().doSetSource(name, QTextDocument.ResourceType.HtmlResource)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width has room for other pictures."""
        super().resizeEvent(event)
        if self._room() != self._width and not self.source().isEmpty():
            self._width = self._room()
            place = self.verticalScrollBar().value()
            self.reload()
            self.verticalScrollBar().setValue(place)

    def scroll_to(self, heading: str) -> None:
        """Bring a heading to the top."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text() == heading:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(int(top) - _MARGIN // 2)
                return
            block = block.next()

    def _room(self) -> int:
        return max(200, self.viewport().width() - 2 * _MARGIN - 4)


def _as_html(markdown: str) -> str:
    """A chapter; read into a text of its own, since Qt lets the formats of the one before leak."""
    text = QTextDocument()
    text.setMarkdown(_WRAPPED.sub("", markdown))
    return text.toHtml()


def _is_ours(url: QUrl) -> bool:
    if not url.isLocalFile():
        return False
    return Path(url.toLocalFile()).resolve().is_relative_to(resources.path(_FOLDER).resolve())


class ManualDialog(PlainDialog):
    """The chapters at the left, one of them at the right; the window stays usable."""

    guide = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("使用说明"), parent, 640)
        self.setModal(False)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("使用说明的目录"))
        self.list.setSpacing(3)
        for name, title in chapters():
            line = QListWidgetItem(title, self.list)
            line.setData(_FILE, name)
        self.list.ensurePolished()
        titles = self.list.sizeHintForColumn(0) + 2 * (self.list.frameWidth() + self.list.spacing())
        titles += self.list.verticalScrollBar().sizeHint().width()
        self.text = ManualText()
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([titles, _SIZE.width() - titles])
        self.content.addWidget(split)
        self._back = self.add_button(tr("后退"))
        self._back.setEnabled(False)
        self._back.clicked.connect(self.text.backward)
        self.add_button(tr("关闭"), primary=True).clicked.connect(self.close)
        self.text.backwardAvailable.connect(self._back.setEnabled)
        self.text.sourceChanged.connect(self._mark)
        self.list.currentItemChanged.connect(self._go)
        self.resize(_SIZE)
        self.list.setCurrentRow(0)

    def open_at(self, place: GuidePlace) -> None:
        """Show a chapter, and its part below a heading."""
        self._mark(QUrl.fromLocalFile(place.file))
        self.text.scroll_to(place.heading)

    def _go(self, line: QListWidgetItem | None) -> None:
        if line is not None and line.data(_FILE) != self.text.source().fileName():
            path = resources.path(f"{_FOLDER}/{line.data(_FILE)}")
            self.text.setSource(QUrl.fromLocalFile(str(path)))

    def _mark(self, source: QUrl) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(_FILE) == source.fileName():
                self.list.setCurrentRow(row)


def show_manual(window: QWidget) -> None:
    """Open the guide where it speaks of what has the keyboard, or turn the open one there."""
    _show(place_of(QApplication.focusWidget()), window)


def show_at(place: str, window: QWidget) -> None:
    """The same at a place that is named: chapter#heading."""
    file, _, heading = place.partition("#")
    _show(GuidePlace(file, heading), window)


def _show(place: GuidePlace, window: QWidget) -> None:
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    shown = next(iter(window.findChildren(ManualDialog, options=direct)), None)
    if shown is not None and shown.isActiveWindow():
        return
    dialog = shown or ManualDialog(window)
    dialog.show()
    dialog.open_at(place)
    dialog.raise_()
    dialog.activateWindow()
