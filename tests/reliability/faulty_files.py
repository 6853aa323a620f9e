"""A file layer that fails at the n-th call, once or from then on, in each way a disk can."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass

from storage.files import Files

CODES = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)


@dataclass(frozen=True)
class Fault:
    """How a call fails; `short`: the first failing write takes half of its bytes instead."""

    code: int
    sticky: bool = False
    short: bool = False

    def __str__(self) -> str:
        manner = "from then on" if self.sticky else "once"
        return f"{errno.errorcode[self.code]} {manner}{' after a short write' * self.short}"


EVERY_FAULT = tuple(
    Fault(code, sticky, short)
    for code in CODES
    for sticky in (False, True)
    for short in (False, True)
)


class FaultyFiles(Files):
    """Lets the n-th call fail; `fired` tells whether it came to that."""

    def __init__(self, nth: int, fault: Fault) -> None:
        self.left = nth
        self.fault = fault
        self.fired = False

    def _call(self) -> None:
        self.left -= 1
        if self.left == 0 or (self.fault.sticky and self.left < 0):
            self.fired = True
            raise OSError(self.fault.code, os.strerror(self.fault.code))

    def write(self, handle, part):
        if self.fault.short and self.left == 1:
            self.left, self.fired = 0, True
            return super().write(handle, part[: len(part) // 2])
        self._call()
        return super().write(handle, part)

    def close(self, handle):
        try:
            self._call()
        finally:
            super().close(handle)

    def pause(self, milliseconds):
        pass


def _faulty(name: str) -> Callable[..., object]:
    def method(self, *arguments):
        self._call()
        return getattr(Files, name)(self, *arguments)

    return method


WRITTEN_OUT = {"write", "close", "pause"}
for _name in [each for each in vars(Files) if not each.startswith("_")]:
    if _name not in WRITTEN_OUT:
        setattr(FaultyFiles, _name, _faulty(_name))
