"""From the document tree to the bytes of a PDF: set, lay out once, draw once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exporters.document import Document, PageMap
from exporters.garbage import no_search_for_garbage
from exporters.pdf.blocks import Setter
from exporters.pdf.canvas import PdfWriter
from exporters.pdf.characters import clean
from exporters.pdf.drawing import Drawer, Volume
from exporters.pdf.flow import pour_part
from exporters.pdf.fonts import FontChoice
from exporters.pdf.memory import Memory
from exporters.pdf.pages import Page, page_numbers, sheet_for
from exporters.pdf.slabs import Slab

Progress = Callable[[int, int], None]

_STEPS = 100
_SETTING_SHARE = 60  # of 100 steps go to setting, the rest to drawing


@dataclass(frozen=True, slots=True)
class MissingCharacter:
    """A character none of the fonts has; 〓 is printed in its place, copying gives the original."""

    character: str
    count: int


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A rendered plan with what the reader should know before printing it."""

    content: bytes
    pages: PageMap
    substitutions: tuple[str, ...]  # sentences: which official face was replaced by which
    missing: tuple[MissingCharacter, ...]
    notices: tuple[str, ...] = ()  # sentences on pictures that could not be read


@no_search_for_garbage()
def render(
    document: Document,
    *,
    progress: Progress | None = None,
    fonts: FontChoice | None = None,
    memory: Memory | None = None,
) -> PdfFile:
    """The document as PDF; the same document and fonts give the same bytes.

    `progress` is told (done, total) and may raise to cancel; `fonts` default to this machine's.
    With a `memory`, which has fonts of its own, blocks it knows are not set again.
    """
    memory = memory or Memory(fonts)
    choice, case = memory.choice, memory.case
    tell = progress or _say_nothing
    pages = _lay_out(document, memory, tell)
    volume = _volume(pages)
    writer = PdfWriter(
        title=_one_line(document.title),
        author=_one_line(document.author),
        subject=_one_line(document.subject),
    )
    drawer = Drawer(writer, case, volume)
    for number in range(len(pages)):
        drawer.draw(number)
        tell(_SETTING_SHARE + (number + 1) * (_STEPS - _SETTING_SHARE - 1) // len(pages), _STEPS)
    drawer.label_pages()
    content = writer.finish(case.used_fonts)
    tell(_STEPS, _STEPS)
    return PdfFile(
        content=content,
        pages=_page_map(volume),
        substitutions=choice.substitutions,
        missing=tuple(
            MissingCharacter(character, count) for character, count in sorted(case.missing.items())
        ),
        notices=_notices(drawer.unreadable_pictures),
    )


@no_search_for_garbage()
def paginate(
    document: Document, *, fonts: FontChoice | None = None, memory: Memory | None = None
) -> PageMap:
    """On which page everything of a document stands, by laying it out without drawing."""
    return _page_map(_volume(_lay_out(document, memory or Memory(fonts), _say_nothing)))


def _lay_out(document: Document, memory: Memory, tell: Progress) -> list[Page]:
    memory.begin()
    total = max(sum(len(part.blocks) for part in document.parts), 1)
    pages: list[Page] = []
    done = 0
    for part in document.parts:
        sheet = sheet_for(part.orientation)
        setter = Setter(memory.case, document, sheet.text_width)
        slabs: list[Slab] = []
        for block in part.blocks:
            slabs.extend(memory.slabs(setter, block))
            done += 1
            tell(done * _SETTING_SHARE // total, _STEPS)
        pages.extend(pour_part(sheet, part.role, slabs))
    return pages


def _volume(pages: list[Page]) -> Volume:
    heading_pages = [
        number for number, page in enumerate(pages) for landing in page.landings if landing.level
    ]
    return Volume(pages, page_numbers(pages), heading_pages)


def _page_map(volume: Volume) -> PageMap:
    places: dict[str, str] = {}
    for page, number in zip(volume.pages, volume.numbers, strict=True):
        for landing in page.landings:
            places.setdefault(landing.anchor, number.label)
    return PageMap(tuple(places.items()), len(volume.pages))


def _notices(unreadable: int) -> tuple[str, ...]:
    return (f"有 {unreadable} 张图片无法读取，PDF 中只留了空框。",) if unreadable else ()


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _say_nothing(done: int, total: int) -> None:
    del done, total
