"""Tells whether anybody opened a file, in this process or any other: the kernel says so."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_ACCESS, _OPEN = 0x1, 0x20
_NON_BLOCKING = 0o4000

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="inotify is a part of Linux")


@contextmanager
def watched(*files: Path) -> Iterator[list[str]]:
    """The names of those of the files that are opened meanwhile, filled in at the end.

    On other systems than Linux nothing is noticed; what must notice is marked `linux_only`.
    """
    if sys.platform != "linux":
        yield []
        return
    kernel = ctypes.CDLL(None, use_errno=True)
    handle = kernel.inotify_init1(_NON_BLOCKING)
    assert handle >= 0, os.strerror(ctypes.get_errno())
    opened: list[str] = []
    try:
        for file in files:
            assert kernel.inotify_add_watch(handle, os.fsencode(file), _ACCESS | _OPEN) > 0
        yield opened
        try:
            told = os.read(handle, 65_536)
        except BlockingIOError:
            told = b""
        opened += [str(files[told[at] - 1]) for at in range(0, len(told), 16)]
    finally:
        os.close(handle)
