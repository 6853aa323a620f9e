"""Laid out pages drawn once, with their labels, links and bookmarks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from exporters.document import PartRole
from exporters.look import Face, Look
from exporters.pdf.canvas import PdfWriter
from exporters.pdf.drawings import drawing_operators
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.ink import leader_operators, line_operators
from exporters.pdf.lines import break_lines
from exporters.pdf.pages import (
    POINTS_PER_MM,
    Page,
    PageNumber,
    PlacedDrawing,
    PlacedEntry,
    PlacedLine,
    PlacedPicture,
    Rule,
)
from exporters.pdf.pictures import UnreadablePicture, pdf_image
from exporters.pdf.prepared import Line, prepare
from exporters.pdf.volume import Volume, place_key
from exporters.pdf.watermark import Watermark
from forms.breathing import breathing

_DASH_HEIGHT = 0.36  # of a page number's dash above the base line, in em
_LEADER_GAP_EM = 0.5
_LEADER_STEP_PT = 5.0


class Drawer:
    """Draws a volume's pages into a file."""

    def __init__(
        self, writer: PdfWriter, case: GlyphCase, volume: Volume, look: Look, watermark: str = ""
    ) -> None:
        self._look = look
        self._watermark = Watermark(case, watermark) if watermark else None
        self._writer = writer
        self._case = case
        self._volume = volume
        self._landed = 0
        self.unreadable_pictures = 0

    def draw(self, number: int) -> None:
        """Draw the page with a zero-based number."""
        page = self._volume.pages[number]
        self._writer.start_page(page.sheet.width, page.sheet.height)
        if self._watermark:
            self._writer.operators(self._watermark.operators(page.sheet.width, page.sheet.height))
        self._land(page)
        for item in breathing(page.items):
            match item:
                case PlacedLine():
                    self._print(item.line, item.x, item.y, item.size)
                case Rule():
                    self._writer.operators(_rule(item))
                case PlacedPicture():
                    self._picture(item)
                case PlacedDrawing():
                    for each in drawing_operators(
                        item.drawing, self._case, (item.x, item.y), item.scale
                    ):
                        self._writer.operators(each)
                case PlacedEntry():
                    self._entry(item)
                case _:
                    assert_never(item)
        self._page_number(page, self._volume.numbers[number])
        for link in page.links:
            place = self._volume.anchors.get(link.anchor)
            if place:
                self._writer.link(place.key, link.left, link.bottom, link.right, link.top)
        self._writer.end_page()

    def _land(self, page: Page) -> None:
        """Make what can be jumped to on a page known, headings as bookmarks too."""
        for landing in page.landings:
            key = place_key(self._landed)
            self._landed += 1
            self._writer.destination(key, landing.y)
            if landing.level:
                self._writer.outline(landing.title, key, landing.level - 1)

    def label_pages(self) -> None:
        """Tell readers of the file the printed page numbers."""
        last: str | None = ""
        for at, page in enumerate(self._volume.pages):
            style = _label_style(page.role)
            if style != last:
                number = self._volume.numbers[at].number
                self._writer.label_pages(at, style, number if style else None)
            last = style

    def _print(self, line: Line, x: float, y: float, size: float) -> None:
        operators = line_operators(line, x, y, size)
        if operators:
            self._writer.operators(operators)

    def _set(self, text: str, face: Face) -> Line:
        return break_lines(prepare(self._case, ((text, face),)), float("inf"))[0]

    def _picture(self, item: PlacedPicture) -> None:
        try:
            image = pdf_image(item.content, item.width)
            self._writer.picture(image, item.x, item.y, item.width, item.height)
        except UnreadablePicture:
            self.unreadable_pictures += 1
            for rule in _frame(item):
                self._writer.operators(_rule(rule))

    def _entry(self, entry: PlacedEntry) -> None:
        """The leaders, the page label and the link of a line of the contents."""
        place = self._volume.entry(entry.listed, entry.target)
        if place is None:
            return
        label = self._volume.numbers[place.page].label
        line = self._set(label, Face.SONG)
        left = entry.right - line.width * entry.size
        gap = _LEADER_GAP_EM * entry.size
        self._leaders(entry.text_end + gap, left - gap, entry.y, entry.size)
        self._print(line, left, entry.y, entry.size)
        bottom, top = entry.y - 0.2 * entry.size, entry.y + entry.size
        self._writer.link(place.key, entry.x, bottom, entry.right, top)

    def _leaders(self, left: float, right: float, y: float, size: float) -> None:
        """A row of dots on a grid common to all lines, so that they stand below each other."""
        first = -(-left // _LEADER_STEP_PT) * _LEADER_STEP_PT
        count = int((right - first) / _LEADER_STEP_PT)
        if count > 1:
            dot = self._case.glyph(Face.SONG, ".")
            self._writer.operators(leader_operators(dot, count, _LEADER_STEP_PT, (first, y), size))

    def _page_number(self, page: Page, number: PageNumber) -> None:
        """— 1 — below the text, outside: right on odd pages, left on even ones."""
        if not number.label:
            return
        sheet = page.sheet
        text = self._look.page_number
        size = text.size_pt
        line = self._set(f"— {number.label} —", text.face)
        y = sheet.bottom - self._look.page.number_gap_mm * POINTS_PER_MM - _DASH_HEIGHT * size
        indent = text.right_indent * size
        x = sheet.left + indent
        if number.number % 2 == 1:
            x = sheet.left + sheet.text_width - indent - line.width * size
        self._print(line, x, y, size)


def _label_style(role: PartRole) -> str | None:
    """The page label style as reportlab names it; None where no number is printed."""
    match role:
        case PartRole.COVER:
            return None
        case PartRole.FRONT:
            return "ROMAN_LOWER"
        case PartRole.BODY | PartRole.ANNEX:
            return "ARABIC"
        case _:
            assert_never(role)


def _rule(rule: Rule) -> str:
    stroke = f"{rule.width:g} w {rule.x0:.2f} {rule.y0:.2f} m {rule.x1:.2f} {rule.y1:.2f} l S"
    return f"[{rule.dash:g}] 0 d {stroke} [] 0 d" if rule.dash else stroke


def _frame(item: PlacedPicture) -> Iterator[Rule]:
    left, right = item.x, item.x + item.width
    bottom, top = item.y, item.y + item.height
    for y in (bottom, top):
        yield Rule(left, y, right, y, 0.5)
    for x in (left, right):
        yield Rule(x, bottom, x, top, 0.5)
