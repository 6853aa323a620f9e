"""Puts the pages of a laid out plan onto a printer, as they are: for a job, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from ui.jobs import Progress
from ui.printing.sides import BLANK
from ui.text import tr

if TYPE_CHECKING:
    from exporters.preview import Preview

_SHARPEST = 300  # dots an inch; an A4 page takes 35 MB then
_BAND = 128  # rows drawn at once: Qt keeps the interpreter to itself meanwhile
_OVERLAP = 2  # rows drawn twice, so that no light line shows between two bands
_FORM = QImage.Format.Format_RGBX8888


class PrintRefused(Exception):
    """The printer takes nothing; the message is a sentence with the remedy."""


def print_sides(preview: Preview, printer: QPrinter, sides: list[int], progress: Progress) -> int:
    """Print these pages in this order; how many sides. `Cancelled` soon after that was asked."""
    painter = QPainter()
    printer.setFullPage(True)
    try:
        for number, page in enumerate(sides):
            progress.report(number, len(sides))
            _turn(printer, preview, page)
            ready = printer.newPage() if painter.isActive() else painter.begin(printer)
            if not ready:
                raise PrintRefused(tr("打印机没有接受这份文件。请检查打印机的连接和纸张后再试。"))
            if page != BLANK:
                _put(painter, printer, preview, page)
    except BaseException:
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
    return len(sides)


def _turn(printer: QPrinter, preview: Preview, page: int) -> None:
    """Lay the paper as the page lies; an empty back as it is."""
    if page == BLANK:
        return
    wide, high = preview.size(page)
    lying = QPageLayout.Orientation.Landscape if wide > high else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(lying)


def _put(painter: QPainter, printer: QPrinter, preview: Preview, page: int) -> None:
    """A page in its own size on paper of its size, else fitted to the paper."""
    dots = min(printer.resolution(), _SHARPEST)
    made = preview.image(page, dots)
    image = QImage(made.pixels, made.width, made.height, made.width * 4, _FORM)
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    by = min(paper.width() / made.width, paper.height() / made.height)
    left = (paper.width() - made.width * by) / 2
    top = (paper.height() - made.height * by) / 2
    for row in range(0, made.height, _BAND):
        rows = min(_BAND + _OVERLAP, made.height - row)
        band = image.copy(0, row, made.width, rows).convertToFormat(QImage.Format.Format_RGB32)
        painter.drawImage(QRectF(left, top + row * by, made.width * by, rows * by), band)
