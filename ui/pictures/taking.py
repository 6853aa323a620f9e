"""Pictures that are dropped, pasted or chosen: what a job has to read, and what is made of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from exporters.compose.picture_sizes import picture_size
from forms.values import Cut, PaperWidth, Picture
from importers.errors import ReceivedError
from storage.errors import PictureMissing
from ui.receiving import bytes_of
from ui.session import PlanSession
from ui.text import tr

ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff")
_ADDRESS = re.compile(r"(https?|data|file):\S+")
_FAST_PNG = 90  # little squeezing: the plan keeps what is made anew from the pixels
_PHOTOGRAPH_BYTES = 1.2  # a pixel takes in such a PNG; drawings and screens take far less
_JPEG_QUALITY = 92
Offer: TypeAlias = "tuple[Callable[[], bytes], str]"  # gives the bytes, for a job; the name


def pictures_in(data: QMimeData) -> list[Offer]:
    """The pictures that are meant; none when words are.

    Office programs send a picture of the words along with them.
    """
    files = [file for file in local_files(data) if file.suffix.lower() in ENDINGS]
    if files:
        return [offer_of(file) for file in files]
    words = data.text().strip()
    is_picture = not words or _ADDRESS.fullmatch(words)  # a browser adds where it stood
    image = data.imageData() if data.hasImage() and is_picture else None
    if not isinstance(image, QImage) or image.isNull():
        return []
    return [(lambda: bytes_of_image(image), tr("粘贴的图片.png"))]


def holds_picture(data: QMimeData) -> bool:
    """Whether a picture came along, as such or as a file."""
    endings = (file.suffix.lower() for file in local_files(data))
    return data.hasImage() or any(ending in ENDINGS for ending in endings)


def local_files(data: QMimeData) -> list[Path]:
    """The files of this machine among what came."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def offer_of(file: Path) -> Offer:
    """A file as what a job has to read."""
    return (lambda: bytes_of(file)), file.name


def no_picture(file: Path) -> str:
    """Why a file cannot be put in."""
    told = tr("“{name}”不是可用的图片，请用 PNG、JPEG、GIF、BMP 或 TIFF 图片。")
    return told.format(name=file.name)


def ask_picture(parent: QWidget) -> Path | None:
    """Ask for the file of a picture."""
    pattern = tr("图片 ({files})").format(files=" ".join(f"*{ending}" for ending in ENDINGS))
    name, _ = QFileDialog.getOpenFileName(parent, tr("选择图片"), "", pattern)
    return Path(name) if name else None


def bytes_of_image(image: QImage) -> bytes:
    """A picture without a file as the bytes of one; what looks like a photograph as JPEG."""
    content = _written(image, b"PNG", _FAST_PNG)
    is_photograph = len(content) > _PHOTOGRAPH_BYTES * image.width() * image.height()
    if is_photograph and image.width() * image.height() > 1_000_000 and not image.hasAlphaChannel():
        return _written(image, b"JPEG", _JPEG_QUALITY)
    return content


def made(
    session: PlanSession, picture: Picture, cut: Cut | None, printed: PaperWidth | None
) -> Picture:
    """The picture cut otherwise, or its original again, and its width; for a job."""
    if cut == picture.cut:
        return replace(picture, printed=printed)
    original = picture.cut.original if picture.cut else picture.sha256
    try:
        if cut is not None:
            return replace(session.pictures.cut_picture(cut, picture.name), printed=printed)
        size = picture_size(session.pictures.picture(original))
    except KeyError as error:
        raise PictureMissing(picture.name) from error
    if size is None:
        raise ReceivedError(picture.name, tr("原图已损坏"))
    return Picture(original, picture.name, size.media_type, size.width, size.height, None, printed)


def _written(image: QImage, kind: bytes, quality: int) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(quality)
    writer.write(image)
    return bytes(content.data())
