"""From the document tree to the bytes of a PDF: set, lay out once, draw once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from exporters.document import Document, PageMap, PartStart, TextRole
from exporters.look import Look
from exporters.pdf.archive import Metadata, archived
from exporters.pdf.blocks import Setter
from exporters.pdf.canvas import PdfWriter
from exporters.pdf.characters import clean
from exporters.pdf.drawing import Drawer
from exporters.pdf.flow import pour_part
from exporters.pdf.fonts import FontChoice
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.memory import Memory
from exporters.pdf.missing import MissingCharacter, may_miss, missing_in
from exporters.pdf.pages import Page, sheet_for
from exporters.pdf.slabs import Slab
from exporters.pdf.volume import Volume, bound
from exporters.pdf.watermark import Watermark

Progress = Callable[[int, int], None]

_STEPS = 100
_SETTING_SHARE = 60  # of 100 steps go to setting, the rest to drawing


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A rendered plan with what the reader should know before printing it."""

    content: bytes
    pages: PageMap
    substitutions: tuple[str, ...]  # sentences: which official face was replaced by which
    missing: tuple[MissingCharacter, ...]
    notices: tuple[str, ...] = ()  # sentences on pictures that could not be read
    volume: Volume | None = field(default=None, repr=False, compare=False)  # for a preview


def render(
    document: Document,
    *,
    look: Look | None = None,
    progress: Progress | None = None,
    fonts: FontChoice | None = None,
    memory: Memory | None = None,
) -> PdfFile:
    """The document as PDF; the same document and fonts give the same bytes.

    `progress` is told (done, total) and may raise to cancel; `fonts` default to this machine's.
    With a `memory`, which has look and fonts of its own, blocks it knows are not set again.
    """
    memory = memory or Memory(look, fonts)
    choice, case = memory.choice, memory.case
    tell = progress or _say_nothing
    pages = _lay_out(document, memory, tell)
    volume = bound(pages)
    writer = PdfWriter()
    drawer = Drawer(writer, case, volume, memory.look, _one_line(document.watermark))
    for number in range(len(pages)):
        drawer.draw(number)
        tell(_SETTING_SHARE + (number + 1) * (_STEPS - _SETTING_SHARE - 1) // len(pages), _STEPS)
    drawer.label_pages()
    content = archived(writer.finish(case.used_fonts), _metadata(document))
    tell(_STEPS, _STEPS)
    return PdfFile(
        content=content,
        pages=volume.page_map(),
        substitutions=choice.substitutions,
        missing=missing_in(document, volume, case),
        notices=_notices(drawer.unreadable_pictures),
        volume=volume,
    )


def paginate(
    document: Document,
    *,
    look: Look | None = None,
    fonts: FontChoice | None = None,
    memory: Memory | None = None,
    progress: Progress | None = None,
) -> PageMap:
    """On which page everything of a document stands, by laying it out without drawing.

    `progress` is told (done, total) and may raise to cancel.
    """
    tell = progress or _say_nothing
    memory = memory or Memory(look, fonts)
    pages = _lay_out(document, memory, lambda done, _: tell(done, _SETTING_SHARE))
    return bound(pages).page_map()


def missing_characters(
    document: Document, look: Look | None = None, fonts: FontChoice | None = None
) -> tuple[MissingCharacter, ...]:
    """What would be printed as 〓, with every place; quick where nothing is missing."""
    memory = Memory(look, fonts)
    if not may_miss(document, GlyphCase(memory.choice)):
        return ()
    volume = bound(_lay_out(document, memory, _say_nothing))
    Watermark(memory.case, _one_line(document.watermark))
    return missing_in(document, volume, memory.case)


def _lay_out(document: Document, memory: Memory, tell: Progress) -> list[Page]:
    memory.begin()
    look = memory.look
    total = max(sum(len(part.blocks) for part in document.parts), 1)
    pages: list[Page] = []
    done = 0
    for part in document.parts:
        sheet = sheet_for(part.orientation, look.page)
        setter = Setter(memory.case, document, look, sheet.text_width)
        slabs: list[Slab] = []
        for block in part.blocks:
            slabs.extend(memory.slabs(setter, block))
            done += 1
            tell(done * _SETTING_SHARE // total, _STEPS)
        if part.start is PartStart.ODD and len(pages) % 2:
            pages.append(Page(pages[-1].sheet, pages[-1].role, is_blank=True))
        note_face = look.text[TextRole.FOOTNOTE].face
        pages.extend(pour_part(sheet, part.role, slabs, memory.case, note_face))
    return pages


def _metadata(document: Document) -> Metadata:
    return Metadata(
        title=_one_line(document.title),
        author=_one_line(document.author),
        subject=_one_line(document.subject),
        keywords="; ".join(map(_one_line, document.keywords)),
    )


def _notices(unreadable: int) -> tuple[str, ...]:
    return (f"有 {unreadable} 张图片无法读取，PDF 中只留了空框。",) if unreadable else ()


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _say_nothing(done: int, total: int) -> None:
    del done, total
