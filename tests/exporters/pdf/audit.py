"""Pages looked at the way an eye does, by what pdfium draws: nothing outside, nothing on another.

Boxes are of ink, in points from the lower left corner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from exporters.pdf import PdfFile
from tests.exporters.pdf.reading import MM, without_replacement_text

Box = tuple[float, float, float, float]  # left, bottom, right, top
TOUCH = 0.35  # points two boxes may share: strokes have a width, and letters lean
AREAS = {  # of text, on the upright and on the turned sheet, in millimetres
    False: (28, 35, 184, 260),
    True: (36, 26, 261, 182),
}
FOOT_MM = 13  # the page number stands this far below the text at most
FRAME = 1.6  # points the outer rules of a table reach beyond the text, by their width
HANG = 0.6  # points of ink a closing mark hung into the margin may show


@dataclass(frozen=True)
class Seen:
    """What stands on a page."""

    number: int
    size: tuple[float, float]
    signs: list[tuple[str, Box]]
    rules: list[Box]
    pictures: list[Box]

    @property
    def area(self) -> Box:
        left, bottom, right, top = AREAS[self.size[0] > self.size[1]]
        return left * MM, bottom * MM, right * MM, top * MM


def pages_seen(file: PdfFile) -> list[Seen]:
    """Every page of a file."""
    document = pypdfium2.PdfDocument(without_replacement_text(file).content)
    try:
        return [_seen(document, number) for number in range(len(document))]
    finally:
        document.close()


def _seen(document: pypdfium2.PdfDocument, number: int) -> Seen:
    page = document[number]
    text = page.get_textpage()
    signs = []
    for at in range(text.count_chars()):
        sign = text.get_text_range(at, 1)
        box = text.get_charbox(at)
        if sign.strip() and box[2] > box[0]:
            signs.append((sign, box))
    rules, pictures = (
        [item.get_bounds() for item in page.get_objects(filter=[kind])]
        for kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)
    )
    return Seen(number + 1, page.get_size(), signs, rules, pictures)


def faults(pages: list[Seen]) -> list[str]:
    """Every fault of the pages, in words."""
    return [
        f"page {page.number}: {fault}"
        for page in pages
        for fault in (*_outside(page), *_overlapping(page), *_crossed(page), *_covered(page))
    ]


def _outside(page: Seen) -> Iterator[str]:
    left, bottom, right, top = page.area
    for sign, box in page.signs:
        is_number = box[3] < bottom and box[1] > bottom - FOOT_MM * MM
        if box[0] < left - TOUCH or box[2] > right + HANG or box[3] > top + TOUCH:
            yield f"{sign} outside at {box}"
        elif box[1] < bottom - TOUCH and not is_number:
            yield f"{sign} below at {box}"
    for box in (*page.rules, *page.pictures):
        beyond = (left - box[0], bottom - box[1], box[2] - right, box[3] - top)
        if max(beyond) > FRAME:
            yield f"a rule or picture outside at {box}"


def _overlapping(page: Seen) -> Iterator[str]:
    buckets: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, (_, box) in enumerate(page.signs):
        for column in range(int(box[0] // 20), int(box[2] // 20) + 1):
            for row in range(int(box[1] // 20), int(box[3] // 20) + 1):
                buckets[column, row].append(at)
    seen: set[tuple[int, int]] = set()
    for members in buckets.values():
        for place, first in enumerate(members):
            for second in members[place + 1 :]:
                if (first, second) in seen:
                    continue
                seen.add((first, second))
                (a, one), (b, other) = page.signs[first], page.signs[second]
                is_long_dash = a == b == "—" and one == other  # one sign, read as two
                if _share(one, other) and not is_long_dash:
                    yield f"{a} on {b} at {one}"


def _share(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    upright = min(one[3], other[3]) - max(one[1], other[1])
    return across > TOUCH and upright > TOUCH


def _crossed(page: Seen) -> Iterator[str]:
    """Signs that a rule of a table runs through: they stand in no cell, or in two."""
    for sign, box in page.signs:
        for rule in page.rules:
            is_upright = rule[3] - rule[1] > rule[2] - rule[0]
            low, high = (0, 2) if is_upright else (1, 3)
            along_low, along_high = (1, 3) if is_upright else (0, 2)
            middle = (rule[low] + rule[high]) / 2
            inside = box[low] + TOUCH < middle < box[high] - TOUCH
            beside = min(box[along_high], rule[along_high]) - max(box[along_low], rule[along_low])
            if inside and beside > TOUCH:
                yield f"a rule through {sign} at {box}"


def _covered(page: Seen) -> Iterator[str]:
    for at, picture in enumerate(page.pictures):
        for other in page.pictures[at + 1 :]:
            if _share(picture, other):
                yield f"a picture on another at {picture}"
        for sign, box in page.signs:
            if _share(picture, box):
                yield f"{sign} on a picture at {box}"
