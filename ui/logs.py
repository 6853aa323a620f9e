"""The log of this machine: what went wrong and where in the program, never what a plan says.

At most three files of 500 KB, and two reports of hard crashes. Nobody but the user sees them.
"""

from __future__ import annotations

import faulthandler
import logging
import re
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

import platformdirs
from PySide6.QtCore import QMessageLogContext, QtMsgType

from ui.errors import chain_of

_PROGRAM = "Yuance"
_LARGEST = 500_000  # bytes of one file
_OLDER = 2  # files kept beside the one being written
_LOG = "yuance.log"
_CRASH, _CRASH_BEFORE = "crash.log", "crash-before.log"
_SAID = re.compile(r'"[^"]*"|\'[^\']*\'|\S*[/\\]\S*|\S*[^\x20-\x7e]+\S*')
_LOGGER = logging.getLogger("yuance")


def log_folder() -> Path:
    """Where the log of this user lies."""
    return Path(platformdirs.user_log_dir(_PROGRAM, appauthor=False))


class PlainFormatter(logging.Formatter):
    """A line with time and place; of an exception only its type and the way to it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """The way through the program; the message of an exception may hold what somebody typed."""
        return "\n".join(chain_of(ei[1])) if ei[1] is not None else ""


def start_log(folder: Path | None = None) -> None:
    """Begin to write the log, and to note the place of a crash of Python or Qt themselves."""
    folder = folder or log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / _LOG, maxBytes=_LARGEST, backupCount=_OLDER, encoding="utf-8"
        )
        handler.setFormatter(PlainFormatter())
        logging.getLogger().addHandler(handler)
        faulthandler.enable(_crash_file(folder))
    except OSError:
        faulthandler.disable()


def log_of_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Note what Qt has to say, without the names and texts it says it of."""
    del context
    level = logging.INFO if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) else logging.WARNING
    _LOGGER.log(level, "Qt: %s", _SAID.sub("…", message))


def note_fault(error: BaseException, *, only_if: bool = True) -> None:
    """Note a fault of the program, and none other: what kind, and where in the program."""
    if only_if:
        _LOGGER.error("%s", " < ".join(line.strip() for line in reversed(chain_of(error))))


def _crash_file(folder: Path) -> TextIO:
    """The file for a crash of this run; that of the run before is kept once."""
    crash = folder / _CRASH
    with suppress(OSError):
        if crash.stat().st_size:
            crash.replace(folder / _CRASH_BEFORE)
    return crash.open("w", encoding="utf-8")
