"""Drawn figures on paper: vector lines, real text, their caption below."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from exporters import pdf
from exporters.charts import Chart, ChartKind, Series
from exporters.document import (
    Caption,
    Document,
    DrawnFigure,
    PageMap,
    Part,
    PartRole,
)
from exporters.drawing import Area, Drawing, Fill, Hatch, Label
from exporters.figures.bars import bars
from exporters.figures.words import MM_PER_POINT, width_mm
from exporters.look import Face
from exporters.pdf import FontChoice
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.lines import break_lines
from exporters.pdf.prepared import prepare

CHART = Chart(
    ChartKind.BAR,
    ("节能", "节水"),
    (Series("投资", (Decimal(1200), Decimal(800))), Series("到位", (Decimal(600), None))),
    "万元",
)


def figure(drawing: Drawing, number: int = 1) -> DrawnFigure:
    caption = Caption(f"图1-{number}", "各项任务投资", f"f{number}")
    return DrawnFigure(drawing, caption, "替代文字", CHART, ("柱高为投资。",))


def volume(*figures: DrawnFigure) -> Document:
    return Document("方案", (Part(PartRole.BODY, figures),))


def rendered(*figures: DrawnFigure) -> pdf.PdfFile:
    return pdf.render(volume(*figures), fonts=FontChoice.bundled())


def test_that_the_labels_of_a_drawing_are_text_and_its_caption_and_note_follow():
    text = "".join(
        PdfReader(BytesIO(rendered(figure(bars(CHART))).content)).pages[0].extract_text().split()
    )

    assert "节能" in text
    assert "1200" in text
    assert text.index("1200") < text.index("图1-1各项任务投资") < text.index("柱高为投资。")


def test_that_a_drawing_holds_no_picture_and_no_transparency():
    page = PdfReader(BytesIO(rendered(figure(bars(CHART))).content)).pages[0]

    assert list(page.images) == []
    assert "/ExtGState" not in str(page["/Resources"])


def test_that_the_same_drawing_gives_the_same_bytes():
    first, second = (rendered(figure(bars(CHART))).content for _ in range(2))

    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()


def test_that_a_caption_is_found_on_the_page_of_its_drawing():
    many = [figure(bars(CHART), number) for number in range(1, 8)]
    pages = rendered(*many).pages

    assert isinstance(pages, PageMap)
    assert [pages.page_of(f"f{n}") for n in range(1, 8)] == ["1", "1", "2", "2", "3", "3", "4"]


@pytest.mark.parametrize(("lower", "pages"), [(106, ["1", "1"]), (118, ["1", "2"])])
def test_that_two_figures_stand_on_one_page_where_both_fit(lower, pages):
    """As in Word: on 225 mm with their captions, their notes and the space between them."""
    upper, below = Drawing(150, 83, ()), Drawing(150, lower, ())
    found = rendered(figure(upper, 1), figure(below, 2)).pages
    assert [found.page_of(f"f{number}") for number in (1, 2)] == pages


def test_that_a_drawing_higher_than_the_page_is_printed_smaller():
    tall = Drawing(150, 500, (Label("底部", 10, 495),))
    reader = PdfReader(BytesIO(rendered(figure(tall)).content))

    assert len(reader.pages) == 1
    assert "底部" in reader.pages[0].extract_text()


def test_that_a_drawing_becomes_a_picture_of_300_dots_an_inch():
    square = ((0.0, 0.0), (25.4, 0.0), (25.4, 25.4), (0.0, 25.4))
    drawing = Drawing(50.8, 25.4, (Area(square, Fill("#1E7B5A", Hatch.NONE), 0),))
    content = pdf.drawing_png(drawing, FontChoice.bundled())
    image = Image.open(BytesIO(content)).convert("RGB")

    assert image.size == (600, 300)
    assert image.getpixel((150, 150)) == (0x1E, 0x7B, 0x5A)
    assert image.getpixel((450, 150)) == (255, 255, 255)
    assert content == pdf.drawing_png(drawing, FontChoice.bundled())


@pytest.mark.parametrize("face", [Face.SONG, Face.HEI])
@pytest.mark.parametrize(
    "text",
    [
        "脱硫用电石渣6.4万t",
        "单位：tCO2/a",
        "2026.9—2028.6",
        "WMW@ABC",
        "（m³/万元）",
        "983498.05",
        "iljt;:",
    ],
)
def test_that_no_face_prints_a_label_wider_than_was_reckoned_with(face, text):
    case = GlyphCase(FontChoice.bundled())
    line = break_lines(prepare(case, ((text, face),)), float("inf"))[0]

    assert line.width * 9 * MM_PER_POINT <= width_mm(text, 9)
