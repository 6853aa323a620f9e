"""Pictures as small as they are drawn on screen: decoded once, large ones away from the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap
from shiboken6 import isValid

from exporters.compose.picture_sizes import picture_size
from storage.errors import StorageError
from ui.session import PlanSession

MOST = QSize(840, 640)  # twice what is drawn, for fine screens
_KEPT = 16
_QUICK = 1_500_000  # pixels that are decoded while somebody waits
_KEEP = Qt.AspectRatioMode.KeepAspectRatio


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A picture made smaller, and its own size; both empty when it cannot be read."""

    image: QImage
    size: QSize


class Smalls(QObject):
    """The small pictures of one plan."""

    arrived = Signal(str)  # the SHA-256 of one that was on its way

    def __init__(self, session: PlanSession) -> None:
        super().__init__(session)
        self._session = session
        self._sizes: dict[str, QSize] = {}
        self._made: dict[str, QPixmap | None] = {}

    def size(self, sha256: str) -> QSize:
        """The size of a picture in pixels; empty when it is gone or unreadable."""
        if sha256 not in self._sizes:
            self._sizes[sha256] = size_of(content_of(self._session, sha256))
        return self._sizes[sha256]

    def picture(self, sha256: str) -> QPixmap | None:
        """The picture, null when it cannot be shown; None while it is being read."""
        if sha256 in self._made:
            self._made[sha256] = made = self._made.pop(sha256)  # the last to be dropped
            return made
        size = self.size(sha256)
        while len(self._made) >= _KEPT:
            del self._made[next(iter(self._made))]
        if size.width() * size.height() <= _QUICK:
            content = content_of(self._session, sha256)
            self._made[sha256] = QPixmap.fromImage(shrunk(content, MOST).image)
        else:
            self._made[sha256] = None
            load(self._session, sha256, MOST, lambda found: self._arrive(sha256, found))
        return self._made[sha256]

    def _arrive(self, sha256: str, found: Shrunk) -> None:
        if isValid(self) and sha256 in self._made:
            self._made[sha256] = QPixmap.fromImage(found.image)
            self.arrived.emit(sha256)


def smalls_of(session: PlanSession) -> Smalls:
    """The small pictures of a plan, made when they are first asked for."""
    found = session.findChild(Smalls)
    return found if found is not None else Smalls(session)


def load(session: PlanSession, sha256: str, most: QSize, done: Callable[[Shrunk], object]) -> None:
    """Read a kept picture no larger than this in the background."""
    session.receiving.quietly(lambda: shrunk(content_of(session, sha256), most), done)


def content_of(session: PlanSession, sha256: str) -> bytes:
    """The bytes of a kept picture; none when it is gone."""
    try:
        return session.pictures.picture(sha256)
    except (KeyError, OSError, StorageError):
        return b""


def size_of(content: bytes) -> QSize:
    """The size a picture says it has; empty when it is none."""
    found = picture_size(content)
    return QSize(found.width, found.height) if found is not None else QSize(0, 0)


def shrunk(content: bytes, most: QSize) -> Shrunk:
    """The picture in these bytes, no larger than this."""
    reader, _buffer = _reader(content)
    size = reader.size()
    if not size.isValid():
        return Shrunk(QImage(), QSize(0, 0))
    if size.width() > most.width() or size.height() > most.height():
        reader.setScaledSize(size.scaled(most, _KEEP))
    image = reader.read()
    return Shrunk(image, size if not image.isNull() else QSize(0, 0))


def _reader(content: bytes) -> tuple[QImageReader, QBuffer]:
    """A reader, and what it reads from: that has to live as long."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return QImageReader(buffer), buffer
