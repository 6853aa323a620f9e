"""Drawn figures in Word: charts that can be edited, and pictures where there is no such chart."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest

from exporters import docx, pdf
from exporters.charts import Chart, ChartKind, Series
from exporters.document import Caption, Document, DrawnFigure, PageMap, Part, PartRole
from exporters.figures.bars import bars
from exporters.figures.lines import lines
from exporters.figures.pies import pie
from tests.exporters.docx.reading import WordFile

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
NAMES = ("节能<降碳>&“循环”", "节水")
SERIES = (
    Series("基准年", (Decimal("12.5"), Decimal(100)), ("12.50", "100")),
    Series("目标年", (Decimal(8), None)),
)
DRAW = {
    ChartKind.BAR: bars,
    ChartKind.STACKED: bars,
    ChartKind.LINE: lines,
    ChartKind.PIE: pie,
}
# The order the schema asks for (ECMA-376 part 1, 21.2): what is not there is passed over.
PLOTS = ("layout", "barChart", "lineChart", "pieChart", "catAx", "valAx")
BAR_SERIES = ("idx", "order", "tx", "spPr", "invertIfNegative", "dLbls", "cat", "val")
LINE_SERIES = ("idx", "order", "tx", "spPr", "marker", "dLbls", "cat", "val", "smooth")
PIE_SERIES = ("idx", "order", "tx", "spPr", "dPt", "dLbls", "cat", "val")


def figure(kind: ChartKind, *, chart: bool = True) -> DrawnFigure:
    data = Chart(kind, NAMES, SERIES, "万元")
    caption = Caption("图1-1", "投资", "f1")
    alt = "投资：节能12.50，节水100。"
    return DrawnFigure(DRAW[kind](data), caption, alt, data if chart else None, ("注一。",))


def written(block: DrawnFigure, *, as_pictures: bool = False) -> WordFile:
    document = Document("方案", (Part(PartRole.BODY, (block,)),))
    return WordFile(
        docx.render(document, PageMap(), figures=docx.FigureForm(lambda _: PNG, as_pictures))
    )


PNG = pdf.drawing_png(bars(Chart(ChartKind.BAR, ("甲",), (Series("乙", (Decimal(1),)),))))


def chart_part(word: WordFile) -> ElementTree.Element:
    return ElementTree.fromstring(word.parts["word/charts/chart1.xml"])


def workbook(word: WordFile) -> list[tuple[Any, ...]]:
    content = word.parts["word/embeddings/chart1.xlsx"]
    sheet = openpyxl.load_workbook(BytesIO(content))["Sheet1"]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


@pytest.mark.parametrize("kind", ChartKind)
def test_that_a_chart_carries_its_figures_twice_and_alike(kind):
    word = written(figure(kind))
    chart = chart_part(word)
    rows = workbook(word)

    assert rows[0][1:] == ("基准年", "目标年")
    assert [row[0] for row in rows[1:]] == list(NAMES)
    assert rows[1][1:] == (12.5, 8)
    assert rows[2][1:] == (100, None)
    for at, series in enumerate(chart.iter(f"{C}ser")):
        kept = {
            int(point.attrib["idx"]): Decimal(point.findtext(f"{C}v") or "")
            for point in series.iterfind(f"{C}val//{C}pt")
        }
        typed = {n: row[at + 1] for n, row in enumerate(rows[1:]) if row[at + 1] is not None}
        assert kept == typed


@pytest.mark.parametrize(
    ("kind", "order"),
    [
        (ChartKind.BAR, BAR_SERIES),
        (ChartKind.STACKED, BAR_SERIES),
        (ChartKind.LINE, LINE_SERIES),
        (ChartKind.PIE, PIE_SERIES),
    ],
)
def test_that_the_parts_of_a_chart_stand_in_the_order_word_asks_for(kind, order):
    chart = chart_part(written(figure(kind)))
    area = chart.find(f".//{C}plotArea")
    assert area is not None

    assert in_order([child.tag.removeprefix(C) for child in area], PLOTS)
    for series in chart.iter(f"{C}ser"):
        assert in_order([child.tag.removeprefix(C) for child in series], order)


def in_order(tags: list[str], order: tuple[str, ...]) -> bool:
    places = [order.index(tag) for tag in tags]
    return places == sorted(places)


def test_that_each_series_has_a_pattern_or_colour_of_its_own():
    chart = chart_part(written(figure(ChartKind.BAR)))
    fills = [series.find(f"{C}spPr") for series in chart.iter(f"{C}ser")]

    assert fills[0] is not None
    assert fills[0].find(f"{A}solidFill") is not None
    assert fills[1] is not None
    assert fills[1].find(f"{A}pattFill") is not None


def test_that_chinese_letters_have_a_font_of_their_own():
    chart = chart_part(written(figure(ChartKind.BAR)))

    assert [font.attrib["typeface"] for font in chart.iter(f"{A}ea")] == ["宋体"]


def test_that_a_label_says_what_the_plan_prints_where_that_differs():
    chart = chart_part(written(figure(ChartKind.BAR)))

    assert "12.50" in [text.text for text in chart.iter(f"{A}t")]


def test_that_a_chart_has_its_caption_note_and_words_for_the_blind():
    word = written(figure(ChartKind.BAR))
    described = [e.get("descr") for e in word.document.iter() if e.tag.endswith("}docPr")]

    assert described == ["投资：节能12.50，节水100。"]
    assert [line.text for line in word.lines if line.text] == ["图1-1 投资", "注一。"]


def test_that_a_figure_without_chart_is_a_picture_with_its_vector_beside_it():
    word = written(figure(ChartKind.BAR, chart=False))

    assert word.parts["word/media/drawing1.png"] == PNG
    assert b"<svg" in word.parts["word/media/drawing1.svg"]
    assert not [name for name in word.names if "chart" in name]


def test_that_charts_are_pictures_when_that_is_asked_for():
    word = written(figure(ChartKind.PIE), as_pictures=True)

    assert "word/media/drawing1.svg" in word.names
    assert not [name for name in word.names if "chart" in name]


def test_that_every_part_is_named_in_the_content_types_and_every_reference_leads_somewhere():
    for as_pictures in (False, True):
        word = written(figure(ChartKind.BAR), as_pictures=as_pictures)
        types = word.parts["[Content_Types].xml"].decode()
        for name in word.names:
            if name.startswith("word/") and not name.endswith(".rels"):
                assert f'PartName="/{name}"' in types
        for rels in (name for name in word.names if name.endswith(".rels")):
            for each in ElementTree.fromstring(word.parts[rels]):
                folder = "word/" if "word" in rels else ""
                target = each.attrib["Target"].removeprefix("../").removeprefix("/")
                assert any(part.endswith(target) for part in word.names), (folder, target)


def test_that_the_same_figure_gives_the_same_workbook():
    first, second = (written(figure(ChartKind.BAR)) for _ in range(2))

    assert first.parts == second.parts
    with ZipFile(BytesIO(first.parts["word/embeddings/chart1.xlsx"])) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_that_a_picture_that_nothing_draws_is_not_left_out_silently():
    document = Document("方案", (Part(PartRole.BODY, (figure(ChartKind.BAR, chart=False),)),))

    with pytest.raises(ValueError, match="nothing draws it"):
        docx.render(document, PageMap())
