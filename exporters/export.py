"""The formats a plan leaves in, and the one function that makes them all from one composition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from exporters import docx, pdf
from exporters.compose import compose
from exporters.compose.check_report import TITLE, ReportFacts, compose_report
from exporters.compose.whereabouts import address_pages
from exporters.document import Document
from exporters.garbage import no_search_for_garbage
from exporters.xlsx import workbook
from forms.checks import run_checks
from forms.view import PlanView

Progress = Callable[[str, int, int], None]  # what is being made, steps done, steps in all


class Format(Enum):
    """A file format, by its suffix."""

    WORD = "docx"
    PDF = "pdf"
    EXCEL = "xlsx"


@dataclass(frozen=True, slots=True)
class Exported:
    """One made file, not yet written; `notices` are sentences the user should read."""

    format: Format
    content: bytes
    notices: tuple[str, ...] = ()
    title: str = ""  # of what is not the plan itself: added to the file name


@dataclass(frozen=True, slots=True)
class Source:
    """What is exported: the evaluated plan, its pictures' bytes, and the ids to print in."""

    view: PlanView
    pictures: Callable[[str], bytes]
    plan_id: str = ""
    export_id: str = ""


def _quiet(what: str, done: int, total: int) -> None:
    del what, done, total


@no_search_for_garbage()
def export_plan(
    source: Source, formats: tuple[Format, ...], progress: Progress = _quiet
) -> tuple[Exported, ...]:
    """The files of a plan in the formats asked for; `ExportError` when one cannot be made.

    Word's contents take their page numbers from the PDF layout, so Word alone lays out the PDF too.
    """
    progress("排版", 0, 1)
    memory = pdf.Memory()
    document = _composed(source, memory)
    made: list[Exported] = []
    if Format.WORD in formats or Format.PDF in formats:
        made += _paper(document, formats, progress, memory)
    if Format.EXCEL in formats:
        progress("Excel", 0, 1)
        made.append(Exported(Format.EXCEL, workbook(document)))
        progress("Excel", 1, 1)
    return tuple(made)


@no_search_for_garbage()
def export_report(
    source: Source, facts: ReportFacts, formats: tuple[Format, ...], progress: Progress = _quiet
) -> tuple[Exported, ...]:
    """The check report in Word and PDF; each place names its page in the plan's own volume."""
    progress(TITLE, 0, 1)
    volume = compose(source.view, source.pictures)
    pages = address_pages(volume, pdf.paginate(volume))
    findings = run_checks(source.view)
    document = compose_report(source.view, findings, replace(facts, pages=pages))
    made = _paper(document, formats, progress, pdf.Memory())
    progress(TITLE, 1, 1)
    return tuple(replace(each, title=TITLE) for each in made)


def _composed(source: Source, memory: pdf.Memory) -> Document:
    """The document with the pages of its answers: composed, laid out, composed again."""
    ids = (source.plan_id, source.export_id)
    pages = pdf.paginate(compose(source.view, source.pictures, *ids), memory=memory)
    return compose(source.view, source.pictures, *ids, pages=pages)


def _paper(
    document: Document, formats: tuple[Format, ...], progress: Progress, memory: pdf.Memory
) -> list[Exported]:
    laid_out = pdf.render(
        document, progress=lambda done, total: progress("PDF", done, total), memory=memory
    )
    made: list[Exported] = []
    if Format.WORD in formats:
        content = docx.render(
            document, laid_out.pages, progress=lambda done, total: progress("Word", done, total)
        )
        made.append(Exported(Format.WORD, content))
    if Format.PDF in formats:
        made.append(Exported(Format.PDF, laid_out.content, _notices(laid_out)))
    return made


def _notices(made: pdf.PdfFile) -> tuple[str, ...]:
    absent = tuple(f"字库中没有“{entry.character}”字，未能印出。" for entry in made.missing)
    return (*made.substitutions, *made.notices, *absent)
