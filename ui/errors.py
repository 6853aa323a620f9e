"""Turns an exception into what a planner reads: what happened and what to do."""

from __future__ import annotations

import platform
import sys
import traceback
from dataclasses import dataclass
from types import TracebackType

from PySide6 import __version__ as qt_version

from exporters.errors import ExportError
from forms.edits import EditError
from forms.loading import PackError
from forms.places import UnknownAddressError
from importers.errors import ReceivedError
from storage.errors import StorageError
from ui.text import tr

_MOST_FRAMES = 60


@dataclass(frozen=True, slots=True)
class Explained:
    """A trouble in words; `is_fault` when the program itself is at fault."""

    sentence: str
    remedy: str
    is_fault: bool = False

    @property
    def whole(self) -> str:
        """Sentence and remedy together."""
        return f"{self.sentence}{self.remedy}"


def explain(error: BaseException) -> Explained:
    """The words for a trouble; anything unknown is a fault of the program."""
    match error:
        case StorageError() | ReceivedError():
            return Explained(error.sentence, error.remedy)
        case ExportError() | EditError() | UnknownAddressError():
            return Explained(_first_argument(error), "")
        case PackError():
            return Explained(tr("方案包不能使用：{0}").format(error), tr("请重新安装园策。"))
        case MemoryError():
            return Explained(tr("内存不足。"), tr("请关闭其他程序后再试。"))
        case OSError():
            reason = error.strerror or type(error).__name__
            return Explained(
                tr("无法读写文件：{0}。").format(reason), tr("请检查磁盘和权限后再试。")
            )
        case _:
            return Explained(
                tr("程序遇到意外问题（{0}）。").format(type(error).__name__),
                tr("右下角显示“已保存”的内容都在硬盘上；可查看报告并发给技术支持。"),
                is_fault=True,
            )


def report(error: BaseException, version: str) -> str:
    """What a person may send to us: versions and the path through the program, no plan content."""
    lines = [
        f"园策 {version}",
        f"Python {sys.version.split()[0]} · Qt {qt_version} · {platform.platform()}",
        "",
        *chain_of(error),
    ]
    return "\n".join(lines)


def chain_of(error: BaseException) -> list[str]:
    """Types and places only: the message of an exception may hold what somebody typed."""
    lines = _frames(error.__traceback__)
    lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        lines += ["", "↳", *chain_of(cause)]
    return lines


def _frames(trace: TracebackType | None) -> list[str]:
    """Modules instead of files: where the program lies would tell who uses the machine."""
    steps = list(traceback.walk_tb(trace))[-_MOST_FRAMES:]
    return [
        f"  {frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_qualname}"
        for frame, line in steps
    ]


def _first_argument(error: BaseException) -> str:
    return str(error.args[0]) if error.args else str(error)
