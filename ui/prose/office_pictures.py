"""Pictures that Word and WPS lay beside what they copy: files in a folder of theirs for this.

Anything else that pasted words name on a disk or in a network stays where it is.
"""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QDir, QUrl

from importers.errors import ReceivedError
from ui.receiving import bytes_of

_FOLDER = re.compile(r"(?:msohtmlclip|ksohtml)[0-9]*", re.IGNORECASE)
_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".bmp")


def office_picture(source: str) -> bytes:
    """The bytes of a picture named by pasted words; nothing for what is not to be followed."""
    url = QUrl(source.replace("\\", "/"))
    named = url.toLocalFile()
    if not url.isLocalFile() or named.startswith("//"):  # looking there would call another machine
        return b""
    try:
        place = Path(named).resolve(strict=True)
        within = place.relative_to(Path(QDir.tempPath()).resolve()).parts
    except (OSError, ValueError):
        return b""
    if not within or not _FOLDER.fullmatch(within[0]) or place.suffix.lower() not in _ENDINGS:
        return b""
    try:
        return bytes_of(place)
    except ReceivedError:
        return b""
