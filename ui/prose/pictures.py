"""Pictures that are pasted or dropped into prose."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from forms.prose_lines import picture_mark
from ui.fields.pictures import LARGEST_BYTES, png_of
from ui.session import PlanSession
from ui.text import tr

ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff")


def keep_picture(session: PlanSession, content: bytes, name: str) -> str:
    """The mark of a picture that is kept from now on; raises a `StorageError` with a sentence."""
    return picture_mark(session.pictures.add_picture(content, name).sha256, "")


def holds_picture(data: QMimeData) -> bool:
    """Whether a picture came along, as such or as a file."""
    return data.hasImage() or _file_in(data) is not None


def picture_in(data: QMimeData) -> tuple[bytes, str] | str | None:
    """The bytes and name of the picture that is meant; a sentence when it cannot be read.

    None when words are meant: office programs send a picture of the words along with them.
    """
    file = _file_in(data)
    if file is not None:
        return read_picture_file(file)
    image = data.imageData() if data.hasImage() and not data.text().strip() else None
    if isinstance(image, QImage) and not image.isNull():
        return png_of(image), tr("粘贴的图片.png")
    return None


def read_picture_file(file: Path) -> tuple[bytes, str] | str:
    """The bytes and name of a file, or a sentence on why it cannot be read."""
    try:
        if file.stat().st_size > LARGEST_BYTES:
            return tr("“{name}”超过 64 MB，请缩小后再插入。").format(name=file.name)
        return file.read_bytes(), file.name
    except OSError:
        return tr("无法读取“{name}”，请检查文件后重试。").format(name=file.name)


def _file_in(data: QMimeData) -> Path | None:
    files = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return next((file for file in files if file.suffix.lower() in ENDINGS), None)
