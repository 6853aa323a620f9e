"""Line icons from SVG, tinted by a colour of the palette."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from ui import theme

_SIZES = (16, 20, 24)  # at the ordinary size of text; every other one costs time at the start
_TINT = "currentColor"


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """The icon in a colour, or in that of the window's text; pale when disabled."""
    palette = QGuiApplication.palette()
    normal = colour or palette.color(QPalette.ColorRole.WindowText)
    pale = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    made = QIcon()
    for size in map(theme.px, _SIZES):
        for ratio in _ratios():
            made.addPixmap(pixmap(name, normal, size, ratio), QIcon.Mode.Normal)
            made.addPixmap(pixmap(name, pale, size, ratio), QIcon.Mode.Disabled)
    return made


def _ratios() -> tuple[int, ...]:
    """How sharp icons are wanted: as sharp as the sharpest screen."""
    return (
        (1, 2) if any(each.devicePixelRatio() > 1 for each in QGuiApplication.screens()) else (1,)
    )


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1) -> QPixmap:
    """The icon as a picture of so many device-independent pixels, sharp at this screen ratio."""
    return _drawn(name, colour.name(), size, ratio)


def program_icon() -> QIcon:
    """The icon of the program itself, in its own colours."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_drawn("yuance", "", size, 1))
    return made


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    source = _source(name).replace(_TINT, colour)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    """The drawing of an icon, read once for all its sizes and colours."""
    return resources.read_text(f"icons/{name}.svg")
