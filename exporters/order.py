"""The print order 送印单: which files a plan is printed into, of which pieces, and how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from exporters.look import Look


class Format(Enum):
    """A file format, by its suffix."""

    WORD = "docx"
    PDF = "pdf"
    EXCEL = "xlsx"


PAPER = (Format.WORD, Format.PDF)
DEFAULT_COPIES = 4  # 一式四份


class ReportPlace(Enum):
    """Where the check report goes."""

    NOWHERE = "nowhere"
    SEPARATE = "separate"  # a file of its own
    BOUND = "bound"  # in front of the cover


@dataclass(frozen=True, slots=True)
class SpineOrder:
    """The strip of text for the back of the bound volume; 0 mm: reckoned from the pages."""

    thickness_mm: float = 0
    formats: tuple[Format, ...] = (Format.PDF,)


@dataclass(frozen=True, slots=True)
class CopiesOrder:
    """The list of what is handed over: one sheet a receiver, each gets so many copies."""

    receivers: tuple[str, ...] = ()
    copies: int = DEFAULT_COPIES
    formats: tuple[Format, ...] = PAPER


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What is printed and how; `left_out` and `workbooks` are names the pack gives.

    `formats` are those of the plan itself; `report_formats` fall back on its paper formats.
    """

    formats: tuple[Format, ...] = tuple(Format)
    left_out: frozenset[str] = frozenset()
    watermark: str = ""
    duplex: bool = False
    annex_volume: bool = False
    charts_as_pictures: bool = False
    look: Look | None = None
    report: ReportPlace = ReportPlace.NOWHERE
    report_formats: tuple[Format, ...] = ()
    workbooks: tuple[str, ...] = ()
    spine: SpineOrder | None = None
    copies: CopiesOrder | None = None

    @property
    def paper(self) -> tuple[Format, ...]:
        """The paper formats of the plan."""
        return tuple(each for each in self.formats if each in PAPER)

    @property
    def paper_of_report(self) -> tuple[Format, ...]:
        """The formats of a check report that is a file of its own."""
        return self.report_formats or self.paper or PAPER
