"""Starts the worker, hands it a received file, and waits no longer than anybody should have to.

The worker gets bytes and a name to speak of, never a path. It is a process of its own: whatever
happens to it, the program goes on and says what happened.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from importers.errors import ReceivedError
from importers.wire import Loose, WireError, array, pack, read, text
from importers.worker import READ_RECEIVED

LONGEST_MS = 4_900
_PAUSE_MS = 50
_ROOT = Path(__file__).parent.parent
_SMALLER = "请只保留需要的内容，另存为一份较小的文件；方案没有改动。"
_NO_WINDOW = 0x0800_0000  # CREATE_NO_WINDOW

Watch = Callable[[], object]


def worker_command() -> tuple[str, ...]:
    """How this program starts itself as a worker, bundled or from source."""
    if getattr(sys, "frozen", False):
        return (sys.executable, READ_RECEIVED)
    return (sys.executable, "-E", "-s", str(_ROOT / "main.py"), READ_RECEIVED)


def ask(
    what: str,
    content: bytes,
    name: str,
    watch: Watch = lambda: None,
    command: Sequence[str] | None = None,
    more: Loose | None = None,
) -> tuple[Loose, list[bytes]]:
    """The worker's answer about a received file, or a `ReceivedError` in less than five seconds.

    `watch` is called many times a second; what it raises ends the worker and goes on to the caller.
    """
    request = pack({**(more or {}), "what": what, "name": name}, (content,))
    told = _exchange(command or worker_command(), request, name, watch)
    try:
        message, blobs = read(io.BytesIO(told))
        if message.get("memory"):
            raise ReceivedError(name, "读取时需要的内存过多", _SMALLER)
        if "refused" in message:
            reason, remedy = array(message, "refused")
            raise ReceivedError(name, text(reason), text(remedy))
        if array(message, "touched"):
            raise ReceivedError(name, "文件试图引向别处")
    except (WireError, ValueError) as error:
        raise ReceivedError(name, "读取时意外中止，内容可能异常", _SMALLER) from error
    return message, blobs


def _exchange(command: Sequence[str], request: bytes, name: str, watch: Watch) -> bytes:
    until = time.monotonic_ns() + LONGEST_MS * 1_000_000
    try:
        # a file without a name and not a pipe: nobody waits for a worker that does not read
        with tempfile.TemporaryFile() as given:
            given.write(request)
            given.seek(0)
            process = _start(command, given)
    except OSError as error:
        remedy = "请清理磁盘或重新启动园策后再试。"
        raise ReceivedError(name, "不能启动读取文件的后台程序", remedy) from error
    try:
        while True:
            watch()
            try:
                return process.communicate(timeout=_PAUSE_MS / 1000)[0]
            except subprocess.TimeoutExpired:
                if time.monotonic_ns() > until:
                    raise ReceivedError(name, "读取用时过长，已经停止", _SMALLER) from None
    finally:
        if process.poll() is None:
            process.kill()
        _let_go(process)


def _start(command: Sequence[str], given: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(sys.executable).parent,  # not the folder of the received file
        creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
    )


def _let_go(process: subprocess.Popen[bytes]) -> None:
    if process.stdout is not None and not process.stdout.closed:
        process.stdout.close()
    process.wait()
