"""Tells when a file on a stick is safely there, without keeping anybody waiting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from storage.sticks import is_safe_to_pull
from ui.jobs import Progress
from ui.text import tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def safe_words() -> str:
    """What is said when a stick may be pulled out."""
    return tr("已写入并核对，可以安全拔出 U 盘。")


def tell_when_safe(window: MainWindow, path: Path) -> None:
    """Read a file back from its stick in the background and say so; nothing on other disks."""

    def work(_: Progress) -> bool:
        return is_safe_to_pull(path)

    def done(is_safe: bool) -> None:
        if is_safe:
            window.notice.say(tr("“{0}”{1}").format(path.name, safe_words()))

    window.parts.jobs.start(work, done, window.tell)
