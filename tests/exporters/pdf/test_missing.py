"""What no font can print is told before printing, with the place a reader can go to."""

from __future__ import annotations

import pytest

from exporters.document import (
    Caption,
    Cell,
    Column,
    Contents,
    Document,
    DrawnFigure,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    PartRole,
    Run,
    Table,
    TableRow,
    TextRole,
)
from exporters.drawing import Drawing, Label
from exporters.look import Face
from exporters.pdf import FontChoice, MissingPlace, missing_characters, render
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.missing import missing_in
from exporters.pdf.typefaces import load
from exporters.pdf.volume import bound
from tests.exporters import volume
from tests.exporters.pdf.reading import pages_by_pypdf, paragraph

FONTS = FontChoice.bundled()
RARE = "鄠漷䶮𬭸"
ABSENT = "\U0002a6d0"  # a Han character of extension B that none of the bundled fonts has


def document(*blocks, **more) -> Document:
    return Document("方案", (Part(PartRole.BODY, blocks),), **more)


def table() -> Table:
    rows = (
        TableRow((Cell("甲厂"), Cell("1.0", address="firms/list/f1/water"))),
        TableRow((Cell(f"{ABSENT}厂", address="firms/list/f2/name"), Cell("2.0"))),
    )
    return Table((Column(2), Column(1)), (), rows, Caption("表3-2", "企业", "t"))


def plan() -> Document:
    return document(
        Heading(1, "一、", "总论", "a"),
        Heading(2, "（一）", "概况", "b"),
        paragraph("文"),
        PageBreak(),
        Heading(1, "二、", "任务", "c"),
        Heading(2, "（一）", "项目", "d"),
        Paragraph((Run("负责人"), Run(f"王{ABSENT}", address="people/leader"), Run("。"))),
        table(),
    )


def test_that_each_missing_character_is_told_with_its_places() -> None:
    (found,) = missing_characters(plan(), fonts=FONTS)
    assert (found.character, found.count) == (ABSENT, 2)
    path = ("二、任务", "（一）项目")
    assert found.places == (
        MissingPlace("2", path, "", "people/leader"),
        MissingPlace("2", path, "表3-2", "firms/list/f2/name"),
    )


def test_that_the_sentence_names_page_and_table_and_the_remedy() -> None:
    (found,) = missing_characters(document(table()), fonts=FONTS)
    assert found.sentence == (
        f"“{ABSENT}”字（第 1 页，表3-2）字库中没有，印出的是“〓”。"
        "请改用别的字，或装上有这个字的字体后重新导出。"
    )


def test_that_many_places_are_told_in_short() -> None:
    (found,) = missing_characters(
        document(*(block for _ in range(5) for block in (paragraph(ABSENT), PageBreak()))),
        fonts=FONTS,
    )
    assert found.count == 5
    assert "（第 1 页；第 2 页；第 3 页等处）" in found.sentence


def test_that_a_heading_is_told_where_it_stands_and_not_in_the_contents() -> None:
    front = Part(PartRole.FRONT, (Contents(),))
    body = Part(PartRole.BODY, (Heading(1, "一、", f"{ABSENT}河", "a"), paragraph("文")))
    (found,) = missing_characters(Document("", (front, body)), fonts=FONTS)
    assert [place.page for place in found.places] == ["1"]


@pytest.mark.parametrize(
    "block",
    [
        Paragraph((Run("文", note=f"注{ABSENT}"),)),
        Table((Column(1),), (TableRow((Cell(ABSENT),)),), (TableRow((Cell("格"),)),)),
        Table((Column(1),), (), (TableRow((Cell("格"),)),), unit=ABSENT, notes=()),
        Table((Column(1),), (), (TableRow((Cell("格"),)),), notes=(f"注{ABSENT}",)),
        volume.figure(Caption("图1-1", ABSENT, "f")),
        paragraph(ABSENT, TextRole.COVER_TITLE),
    ],
)
def test_that_no_kind_of_text_is_overlooked(block) -> None:
    (found,) = missing_characters(document(block), fonts=FONTS)
    assert found.character == ABSENT
    assert found.places[0].page == "1"


def test_that_a_watermark_is_not_overlooked() -> None:
    (found,) = missing_characters(document(paragraph("文"), watermark=f"送{ABSENT}稿"), fonts=FONTS)
    assert found.character == ABSENT


def test_that_before_and_after_printing_the_same_is_told() -> None:
    assert missing_characters(plan(), fonts=FONTS) == render(plan(), fonts=FONTS).missing


def test_that_nothing_is_told_of_a_plan_that_prints_whole() -> None:
    whole = document(paragraph(f"{RARE}，CO₂、m³、①⑳㉟、㎡、☑"))
    assert missing_characters(whole, fonts=FONTS) == ()


@pytest.mark.parametrize("character", RARE)
@pytest.mark.parametrize("face", list(Face))
def test_that_rare_names_print_in_every_face(face: Face, character: str) -> None:
    glyph = GlyphCase(FONTS).glyph(face, character)
    assert not glyph.is_missing
    assert character in load(FONTS.file_of(face))


def test_that_what_is_missing_is_marked_on_paper_and_copies_as_written() -> None:
    file = render(document(paragraph(f"王{ABSENT}")), fonts=FONTS)
    assert f"王{ABSENT}" in pages_by_pypdf(file)[0]


def test_that_the_words_in_a_drawing_are_not_overlooked() -> None:
    drawing = Drawing(50, 20, (Label(f"{ABSENT}厂", 10, 10), Label("乙厂", 10, 15)))
    figure = DrawnFigure(drawing, Caption("图3-1", "链条", "f"), "")
    (found,) = missing_in(document(figure), bound([]), GlyphCase(FONTS))
    assert (found.character, found.count) == (ABSENT, 1)
    assert found.places == (MissingPlace("", (), "图3-1"),)
