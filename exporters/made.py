"""What comes out of an export: files not yet written, and what should be read before printing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from exporters.order import Format


class About(Enum):
    """What a notice is about; the values head its group in the export report."""

    BEFORE_PRINTING = "打印前请看"
    LEFT_OUT = "未印入的部分"
    FONTS = "字体"


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence the user should read."""

    about: About
    text: str


@dataclass(frozen=True, slots=True)
class Exported:
    """One made file, not yet written; `title` is added to the file name, "" for the plan itself."""

    format: Format
    content: bytes
    notices: tuple[Notice, ...] = ()
    title: str = ""
    pages: int = 0  # sides of paper; 0 where there is no paper


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is known before anything is printed: sides of each volume, and what to mend first."""

    sizes: tuple[tuple[str, int], ...]  # title ("" for the plan itself) and sides of paper
    notices: tuple[Notice, ...] = ()


def by_subject(notices: Iterable[Notice]) -> tuple[tuple[About, tuple[str, ...]], ...]:
    """Each sentence once, under its subject; the weightiest subject first."""
    told = tuple(dict.fromkeys(notices))
    grouped = ((about, tuple(n.text for n in told if n.about is about)) for about in About)
    return tuple((about, texts) for about, texts in grouped if texts)
