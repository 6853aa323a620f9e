"""The one door out: a plan and a print order in, the bytes of every file asked for out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from exporters.compose.check_report import TITLE as REPORT_TITLE
from exporters.compose.check_report import ReportFacts, compose_report, report_part
from exporters.compose.copies import TITLE as COPIES_TITLE
from exporters.compose.copies import Handover, copies_list
from exporters.compose.cover_texts import cover_texts
from exporters.compose.pieces import pieces
from exporters.compose.source import Source
from exporters.compose.volume import Volume, compose_volumes
from exporters.compose.whereabouts import address_pages
from exporters.document import Document, PageMap
from exporters.handing_over import materials
from exporters.made import About, Ahead, Exported, Notice
from exporters.order import Format, PrintOrder, ReportPlace
from exporters.paper import COMPOSED, Press, Progress
from exporters.spine import TITLE as SPINE_TITLE
from exporters.spine import spine_document, spine_look
from exporters.spine_texts import spine_notices, spine_texts
from exporters.workbooks import cut_texts, whole_workbook, workbook_of
from forms.checks import run_checks
from forms.garbage import no_search_for_garbage

__all__ = [
    "Exported",
    "Format",
    "PrintOrder",
    "Source",
    "export_plan",
    "export_report",
    "look_ahead",
]


def _quiet(what: str, done: int, total: int) -> None:
    del what, done, total


@no_search_for_garbage()
def export_plan(
    source: Source, order: PrintOrder, progress: Progress = _quiet
) -> tuple[Exported, ...]:
    """The files an order asks for, the plan first; `ExportError` when one cannot be made."""
    progress(COMPOSED, 0, 1)
    press = Press.of(order, progress)
    try:
        return tuple(_Export(source, order, press).files())
    finally:
        press.memory.let_go()


def export_report(
    source: Source, facts: ReportFacts, formats: tuple[Format, ...], progress: Progress = _quiet
) -> tuple[Exported, ...]:
    """The check report alone; each place names its page in the plan's own volume."""
    order = PrintOrder(formats=(), report=ReportPlace.SEPARATE, report_formats=formats)
    return export_plan(replace(source, facts=facts), order, progress)


@no_search_for_garbage()
def look_ahead(source: Source, order: PrintOrder, progress: Progress = _quiet) -> Ahead:
    """How many pages an order takes and what to mend before: laid out, nothing drawn."""
    press = Press.of(order, progress)
    volumes = compose_volumes(source, order, tell=partial(progress, COMPOSED))
    try:
        sizes = tuple((each.title, press.paginate(each.document).count) for each in volumes)
        return Ahead(sizes, tuple(n for each in volumes for n in press.missing(each.document)))
    finally:
        press.memory.let_go()


@dataclass(slots=True)
class _Export:
    """One export: composed and laid out once for the page numbers, then once to be printed."""

    source: Source
    order: PrintOrder
    press: Press
    volumes: tuple[Volume, ...] = field(init=False)
    in_word: tuple[Volume, ...] = field(init=False)  # the same, naming the Word file's own pages
    report: Document | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        told = partial(self.press.tell, COMPOSED)
        first = compose_volumes(self.source, self.order, tell=told)
        pages = tuple(self.press.paginate(volume.document) for volume in first)
        self.volumes = self._composed(pages, first)
        self.in_word = self._in_word(first)
        if self.order.report is not ReportPlace.NOWHERE:
            self.report = self._report(pages)

    def _composed(
        self, pages: tuple[PageMap, ...], first: tuple[Volume, ...]
    ) -> tuple[Volume, ...]:
        told = partial(self.press.tell, COMPOSED)
        return compose_volumes(self.source, self.order, _merged(pages), first, told)

    def files(self) -> Iterator[Exported]:
        """Every file of the order."""
        printed = tuple(self._printed())
        if self.order.formats:
            yield from _with(printed, self._left_out())
        if Format.EXCEL in self.order.formats:
            yield Exported(Format.EXCEL, whole_workbook(self.volumes), cut_texts(self.volumes))
        yield from self._workbooks()
        reports = tuple(self._separate_report())
        yield from reports
        yield from self._beside((*printed, *reports))

    def _in_word(self, volumes: tuple[Volume, ...]) -> tuple[Volume, ...]:
        if Format.WORD not in self.order.paper:
            return self.volumes
        pages = (self.press.paginate(volume.document, Format.WORD) for volume in volumes)
        return self._composed(tuple(pages), volumes)

    def _printed(self) -> Iterator[Exported]:
        for number, volumes in enumerate(zip(self.in_word, self.volumes, strict=True)):
            report = self.report if self.order.report is ReportPlace.BOUND and not number else None
            for kind, volume in zip((Format.WORD, Format.PDF), volumes, strict=True):
                if kind in self.order.paper:
                    document = _led_by(report, volume.document)
                    yield from self.press.made(document, (kind,), volume.title)

    def _separate_report(self) -> Iterator[Exported]:
        if self.report is not None and self.order.report is ReportPlace.SEPARATE:
            yield from self.press.made(self.report, self.order.paper_of_report, REPORT_TITLE)

    def _report(self, pages: tuple[PageMap, ...]) -> Document:
        facts = self.source.facts
        assert facts is not None  # whoever orders a report says which version it is about
        places: dict[str, str] = {}
        for volume, each in zip(self.volumes, pages, strict=True):
            for address, page in address_pages(each).items():
                places.setdefault(address, f"{volume.title}{page}")
        view = self.source.view
        return compose_report(view, run_checks(view), replace(facts, pages=places))

    def _workbooks(self) -> Iterator[Exported]:
        for name in self.order.workbooks:
            content = workbook_of(self.source.view, self.volumes, name)
            yield Exported(Format.EXCEL, content, title=name)

    def _beside(self, printed: tuple[Exported, ...]) -> Iterator[Exported]:
        """Spine and copies list, which count the pages of what was printed."""
        texts = cover_texts(self.source.view)
        sizes = self._sizes(printed)
        if self.order.spine is not None:
            spines = spine_texts(texts, sizes, self.order)
            document = spine_document(texts.title, spines, self.press.look)
            press = self.press.with_look(spine_look(self.press.look))
            files = press.made(document, self.order.spine.formats, SPINE_TITLE)
            yield from _with(files, tuple(spine_notices(spines)))
        if self.order.copies is not None:
            listed = materials(sizes, printed, self.order)
            handover = Handover(
                texts.title, texts.compiler, self.order.copies.receivers, tuple(listed)
            )
            document = copies_list(handover)
            yield from self.press.made(document, self.order.copies.formats, COPIES_TITLE)

    def _sizes(self, printed: tuple[Exported, ...]) -> tuple[tuple[str, int], ...]:
        """Title and sides of each volume, also where only its spine or list is wanted."""
        known = {each.title: each.pages for each in printed}
        return tuple(
            (
                volume.title,
                known.get(volume.title) or self.press.paginate(volume.document).count,
            )
            for volume in self.volumes
        )

    def _left_out(self) -> tuple[Notice, ...]:
        names = [name for name in pieces(self.source.view) if name in self.order.left_out]
        if not names:
            return ()
        words = f"{'、'.join(names)}没有印入，不列入目录；引用到的附件注明“本册未附”。"
        return (Notice(About.LEFT_OUT, words),)


def _merged(pages: tuple[PageMap, ...]) -> PageMap:
    """The pages of all volumes; no anchor stands in two of them."""
    places = tuple(place for each in pages for place in each.pages)
    return PageMap(places, sum(each.count for each in pages))


def _led_by(report: Document | None, document: Document) -> Document:
    """The document, with the check report bound in front of it where there is one."""
    if report is None:
        return document
    return replace(document, parts=(report_part(report), *document.parts))


def _with(files: tuple[Exported, ...], notices: tuple[Notice, ...]) -> Iterator[Exported]:
    """The files, the first of them with further notices."""
    for number, file in enumerate(files):
        yield file if number else replace(file, notices=(*notices, *file.notices))
