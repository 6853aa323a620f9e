"""The moment at which reading is given up, long before anybody is kept waiting."""

from __future__ import annotations

import time

from importers.errors import Refused


class Deadline:
    """A moment so many milliseconds from now."""

    def __init__(self, milliseconds: int) -> None:
        self._until = time.monotonic_ns() + milliseconds * 1_000_000

    def check(self) -> None:
        """`Refused` when it has passed."""
        if time.monotonic_ns() > self._until:
            raise Refused(
                "读取用时过长，内容可能异常庞大",
                "请只保留需要的工作表或章节，另存为一份较小的文件。",
            )
