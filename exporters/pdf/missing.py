"""Characters that no font has, each with the places where it would be missed on paper."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporters.document import Block, Document, DrawnFigure, ListBlock, Paragraph, outline
from exporters.look import Face
from exporters.pdf.characters import clean
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.pages import Landing, Page, PlacedEntry, PlacedLine
from exporters.pdf.volume import Volume
from forms.breathing import breathing

_NAMED = 3  # places told in a sentence


@dataclass(frozen=True, slots=True)
class MissingPlace:
    """Where a character is missing: printed page, headings above it, table label, address."""

    page: str
    headings: tuple[str, ...] = ()
    table: str = ""
    address: str = ""

    @property
    def words(self) -> str:
        """The place as a reader of the volume finds it."""
        where = self.table or (self.headings[-1] if self.headings else "")
        return "，".join(
            part for part in (f"第 {self.page} 页" if self.page else "", where) if part
        )


@dataclass(frozen=True, slots=True)
class MissingCharacter:
    """A character none of the fonts has; 〓 is printed in its place, copying gives the original."""

    character: str
    count: int
    places: tuple[MissingPlace, ...] = ()

    @property
    def sentence(self) -> str:
        """What the user should read of it, with the remedy."""
        told = "；".join(
            dict.fromkeys(place.words for place in self.places[:_NAMED] if place.words)
        )
        more = "等处" if len(self.places) > _NAMED else ""
        where = f"（{told}{more}）" if told else ""
        return (
            f"“{self.character}”字{where}字库中没有，印出的是“〓”。"
            "请改用别的字，或装上有这个字的字体后重新导出。"
        )


def may_miss(document: Document, case: GlyphCase) -> bool:
    """Whether some character of the document is in none of the fonts; without laying it out."""
    texts = [outline(document), document.watermark, *_notes(document.blocks())]
    characters = sorted(set(clean("".join(texts))) - {"\n"})
    return any(case.glyph(face, each).is_missing for each in characters for face in Face)


def missing_in(document: Document, volume: Volume, case: GlyphCase) -> tuple[MissingCharacter, ...]:
    """Each missing character of a document laid out as this volume, with its places."""
    drawn = tuple(_drawn(document, volume, case))
    counted = case.missing + Counter(character for character, _ in drawn)
    if not counted:
        return ()
    counts: Counter[str] = Counter()
    places: dict[str, dict[MissingPlace, None]] = defaultdict(dict)
    for character, place in (*_places(volume), *drawn):
        counts[character] += 1
        places[character][place] = None
    return tuple(
        MissingCharacter(character, counts[character] or count, tuple(places[character]))
        for character, count in sorted(counted.items())
    )


def _notes(blocks: Iterator[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from (run.note for run in block.runs)
            case ListBlock():
                yield from (run.note for item in block.items for run in item)
            case _:
                continue


def _drawn(
    document: Document, volume: Volume, case: GlyphCase
) -> Iterator[tuple[str, MissingPlace]]:
    """What is missing in the labels of drawings, which are no lines of the layout."""
    pages = volume.page_map()
    for block in document.blocks():
        if isinstance(block, DrawnFigure):
            place = MissingPlace(pages.page_of(block.caption.anchor), (), block.caption.label)
            for label in block.drawing.labels():
                for character in clean(label.text).replace("\n", ""):
                    if case.glyph(Face.SONG, character).is_missing:
                        yield character, place


def _places(volume: Volume) -> Iterator[tuple[str, MissingPlace]]:
    path: tuple[Landing, ...] = ()
    for page, number in zip(breathing(volume.pages), volume.numbers, strict=True):
        for placed, characters in _missing_lines(page):
            above = _below(path, (each for each in page.landings if each.y > placed.y))
            place = _place(page, placed, number.label, above)
            yield from ((character, place) for character in characters)
        path = _below(path, iter(page.landings))


def _below(path: tuple[Landing, ...], landings: Iterator[Landing]) -> tuple[Landing, ...]:
    """The headings one stands under after passing some more."""
    for landing in landings:
        if landing.level:
            path = (*(each for each in path if each.level < landing.level), landing)
    return path


def _missing_lines(page: Page) -> Iterator[tuple[PlacedLine, list[str]]]:
    """Lines with missing characters; those of the contents only repeat what stands elsewhere."""
    entries = {item.y for item in page.items if isinstance(item, PlacedEntry)}
    for item in page.items:
        if isinstance(item, PlacedLine) and item.y not in entries:
            line = item.line
            glyphs = line.text.glyphs[line.start : line.end]
            if any(glyph.is_missing for glyph in glyphs):
                pairs = zip(line.characters, glyphs, strict=True)
                yield item, [character for character, glyph in pairs if glyph.is_missing]


def _place(page: Page, placed: PlacedLine, label: str, headings: Sequence[Landing]) -> MissingPlace:
    x = placed.x + placed.line.width * placed.size / 2
    y = placed.y + placed.size / 4
    table = next((each.label for each in page.regions if each.bottom <= y <= each.top), "")
    address = next(
        (s.address for s in page.values if s.left <= x <= s.right and s.bottom <= y <= s.top), ""
    )
    return MissingPlace(label, tuple(each.title for each in headings), table, address)
