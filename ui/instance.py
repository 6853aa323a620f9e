"""One program a user: a later start hands its files to the one that runs, and ends.

The two meet at a socket in a folder of this user, so nobody else on the machine is disturbed.
Whoever holds the lock beside it listens there; the lock of a crashed program is taken over. One
that hangs answers nothing: then the later start runs alone, and the lock of each draft protects.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterable
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QLockFile, QObject, Signal

from storage.plan_file import FILE_SUFFIX
from storage.saving import make_folders
from ui.settings import settings_path

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_LOG = logging.getLogger(__name__)
_PROGRAM = "Yuance"
_PATIENCE_S = 3.0
_PAUSE_S = 0.05
_LARGEST = 65_536  # bytes of a message
_DONE = b"ok\n"


class Standing(Enum):
    """What a start is, beside those before it."""

    FIRST = "first"
    HANDED_OVER = "handed over"  # the files are with the one that runs
    UNANSWERED = "unanswered"  # one runs, and says nothing
    ALONE = "alone"  # there is no place to meet


class Entrance(QObject):
    """Where a later start knocks."""

    files_came = Signal(object)  # tuple[Path, ...]

    def __init__(self, place: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._lock = QLockFile(str(place.with_suffix(".lock")))
        self._lock.setStaleLockTime(0)  # only the death of its holder frees it
        self._server: QLocalServer | None = None
        self._visitors: list[QLocalSocket] = []
        self.files: tuple[Path, ...] = ()
        self.standing = Standing.ALONE

    def enter(self, files: Iterable[Path], patience: float = _PATIENCE_S) -> Standing:
        """Become the one that runs, or hand the files to it; waits `patience` seconds at most.

        Needs no application, so that a start that hands over costs little.
        """
        self.files = tuple(files)
        self.standing = self._meet(patience)
        return self.standing

    def open(self) -> None:
        """Listen for later starts, when this is the one that runs."""
        if self.standing is not Standing.FIRST:
            return
        try:
            from PySide6.QtNetwork import QLocalServer
        except ImportError as error:  # Qt's sockets need what a bare machine may lack
            _LOG.info("single instance: %s", type(error).__name__)
            return
        server, name = QLocalServer(self), str(self._place)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(name)  # what a crash left behind
        if server.listen(name):
            server.newConnection.connect(self._on_knock)
            self._server = server

    def _meet(self, patience: float) -> Standing:
        try:
            make_folders(self._place.parent)
            if self._lock.tryLock(0):
                return Standing.FIRST
            if self._lock.error() is not QLockFile.LockError.LockFailedError:
                return Standing.ALONE
            until = time.monotonic() + patience
            handed = _knock(str(self._place), _message(self.files), until)
        except (OSError, ImportError) as error:
            _LOG.info("single instance: %s", type(error).__name__)
            return Standing.ALONE
        return Standing.HANDED_OVER if handed else Standing.UNANSWERED

    def close(self) -> None:
        """Take no more files."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
            for socket in tuple(self._visitors):
                socket.abort()
            server.deleteLater()
        self._lock.unlock()

    def _on_knock(self) -> None:
        socket = self._server.nextPendingConnection() if self._server else None
        if socket is None:
            return
        self._visitors.append(socket)  # held here: what only a signal holds may go too early
        socket.readyRead.connect(self._on_message)
        socket.disconnected.connect(self._on_gone)
        self._read(socket)

    def _on_message(self) -> None:
        for socket in tuple(self._visitors):
            self._read(socket)

    def _on_gone(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        state = QLocalSocket.LocalSocketState.UnconnectedState
        for socket in [each for each in self._visitors if each.state() is state]:
            self._visitors.remove(socket)
            socket.deleteLater()

    def _read(self, socket: QLocalSocket) -> None:
        """A whole message is one line; anything else is let go without an answer."""
        if socket.bytesAvailable() > _LARGEST:
            socket.abort()
        elif socket.canReadLine():
            files = _files_in(bytes(socket.readLine().data()))
            if files is None:
                socket.abort()
                return
            socket.write(_DONE)
            socket.flush()
            self.files_came.emit(files)


def meeting_place() -> Path:
    """Where the starts of this user meet: another set of folders is another program."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and Path(runtime).is_dir():
        folder = Path(runtime)
    else:
        folder = Path(platformdirs.user_cache_dir(_PROGRAM, appauthor=False))
    mine = (settings_path(), platformdirs.user_data_path(_PROGRAM, appauthor=False))
    return folder / f"yuance-{sha256(repr(mine).encode()).hexdigest()[:8]}.sock"


def plan_files(arguments: Iterable[str]) -> tuple[Path, ...]:
    """The plan files among the arguments of a start."""
    return tuple(Path(each).absolute() for each in arguments if each.lower().endswith(FILE_SUFFIX))


def _message(files: Iterable[Path]) -> bytes:
    return json.dumps([str(file) for file in files]).encode() + b"\n"


def _files_in(line: bytes) -> tuple[Path, ...] | None:
    """The plan files a message names; None when it is none."""
    try:
        loose: object = json.loads(line)
    except ValueError:
        return None
    if not isinstance(loose, list):
        return None
    texts = [each for each in loose if isinstance(each, str)]  # pyright: ignore[reportUnknownVariableType] -- any JSON
    return plan_files(texts)


def _knock(name: str, message: bytes, until: float) -> bool:
    """Hand a message over; False when nobody has answered in time."""
    from PySide6.QtNetwork import QLocalSocket

    while time.monotonic() < until:
        socket = QLocalSocket()
        socket.connectToServer(name)
        if socket.waitForConnected(_left(until)):
            socket.write(message)
            socket.flush()
            while _DONE not in bytes(socket.peek(_LARGEST).data()):
                if not socket.waitForReadyRead(_left(until)):
                    return False
            return True
        time.sleep(_PAUSE_S)  # it starts just now and does not listen yet
    return False


def _left(until: float) -> int:
    return max(1, round((until - time.monotonic()) * 1000))
