"""What Word and PDF must both print: the same tests, run once for each of them.

A renderer's file is read back as a `Printed`. Blanks and line ends are left out of comparisons,
for lines break at other places in each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import assert_never

import pypdfium2
import pytest
from pypdf import PdfReader

from exporters import docx, pdf
from exporters.document import (
    Align,
    Block,
    Caption,
    Cell,
    Column,
    Contents,
    Document,
    DrawnFigure,
    Figure,
    Heading,
    ListBlock,
    Listed,
    Orientation,
    PageBreak,
    PageMap,
    Paragraph,
    Part,
    PartRole,
    RowRole,
    Run,
    SealBox,
    Table,
    TableRow,
)
from tests.exporters import volume
from tests.exporters.docx.reading import WordFile
from tests.exporters.volume import heading, paragraph, row

LEADERS = re.compile(r" *(?:\.{4,}| …+) *(?=\S+$)", re.MULTILINE)  # before a page number
FOOTER = re.compile(r"\s*— ([ivx]+|\d+) —\s*$")
# What neither file shows: controls, and marks that would turn a line around.
UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Numbers:
    """How the pages of a part are numbered."""

    kind: str  # none, roman or arabic
    from_one: bool


@dataclass(frozen=True)
class Printed:
    """A file read back."""

    content: bytes
    text: str  # all of it, without page numbers and blanks
    lines: tuple[str, ...]  # one a paragraph or printed line; a table row is one line
    headings: tuple[tuple[int, str], ...]
    numbers: tuple[Numbers, ...]  # of each part
    turned: tuple[bool, ...]  # landscape or not, for each part


Renderer = Callable[[Document, PageMap], Printed]


def word(document: Document, pages: PageMap) -> Printed:
    content = docx.render(document, pages)
    file = WordFile(content)
    lines = [line.text for line in file.lines if not line.in_table]
    lines += [" ".join(cell for cell in cells if cell) for table in file.tables for cells in table]
    kinds = {"": "none", "lowerRoman": "roman", "decimal": "arabic"}
    return Printed(
        content,
        text=solid("".join(line.text for line in file.lines)),
        lines=tuple(lines),
        headings=tuple(file.headings),
        numbers=tuple(Numbers(kinds[each.counting], each.start == "1") for each in file.sections),
        turned=tuple(each.turned for each in file.sections),
    )


def paper(document: Document, pages: PageMap) -> Printed:
    made = pdf.render(document)
    assert made.pages == pages or not document_has_contents(document)
    file = pypdfium2.PdfDocument(made.content)
    # pypdf for the text: pdfium leaves out rare characters on lines with a blank.
    texts = [page.extract_text() for page in PdfReader(BytesIO(made.content)).pages]
    footers = [FOOTER.search(text) for text in texts]
    bodies = [LEADERS.sub("", FOOTER.sub("", text)) for text in texts]
    firsts = list(part_starts(document, bodies))
    labels = [footers[first] for first in firsts]
    sizes = [page.get_size() for page in file]
    return Printed(
        made.content,
        text=without_repeated_heads(solid("".join(bodies)), document),
        lines=tuple(line for body in bodies for line in body.split("\n")),
        headings=tuple((each.level + 1, each.get_title()) for each in file.get_toc()),
        numbers=tuple(numbers_of(label[1] if label else "") for label in labels),
        turned=tuple(sizes[first][0] > sizes[first][1] for first in firsts),
    )


def document_has_contents(document: Document) -> bool:
    return any(isinstance(block, Contents) for block in document.blocks())


def part_starts(document: Document, bodies: list[str]) -> Iterator[int]:
    """The sheets on which parts start; each part has to start at the top of one."""
    at = 0
    for part in document.parts:
        opening = solid(next(texts_of(part.blocks[0], document, PageMap())))
        while not solid(bodies[at]).startswith(opening):
            at += 1
        yield at
        at += 1


def numbers_of(label: str) -> Numbers:
    kind = "none" if not label else "arabic" if label.isdecimal() else "roman"
    return Numbers(kind, label in ("1", "i"))


def solid(text: str) -> str:
    """The text without blanks, line ends and what nobody sees."""
    return UNSEEN.sub("", text)


def without_repeated_heads(text: str, document: Document) -> str:
    """The text with each table's head once, as if paper had no pages."""
    for block in document.blocks():
        if isinstance(block, Table) and block.head:
            head = solid("".join(cell.text for each in block.head for cell in each.cells))
            before, found, after = text.partition(head)
            text = before + found + after.replace(head, "")
    return text


def texts_of(block: Block, document: Document, pages: PageMap) -> Iterator[str]:
    """What a block prints, in order."""
    match block:
        case Heading():
            yield block.number + block.text
        case Paragraph():
            yield block.text
        case ListBlock():
            for number, item in enumerate(block.items, 1):
                yield f"{number}." if block.ordered else "•"
                yield "".join(run.text for run in item)
        case Table():
            yield from table_texts(block)
        case Figure() | DrawnFigure():
            yield block.caption.label + block.caption.text
        case Contents():
            yield block.title
            yield from list_texts(block, document, pages)
        case SealBox():
            yield block.text
        case PageBreak():
            pass
        case _:
            assert_never(block)


def list_texts(contents: Contents, document: Document, pages: PageMap) -> Iterator[str]:
    match contents.listed:
        case Listed.HEADINGS:
            for each in document.headings():
                if each.level <= contents.depth:
                    yield each.number + each.text + pages.page_of(each.anchor)
        case Listed.TABLES | Listed.FIGURES:
            for listed, caption in document.captions():
                if listed is contents.listed:
                    yield caption.label + caption.text + pages.page_of(caption.anchor)
        case _:
            assert_never(contents.listed)


def table_texts(table: Table) -> Iterator[str]:
    if table.caption:
        yield table.caption.label + table.caption.text
    if table.unit:
        yield f"单位：{table.unit}"
    for each in (*table.head, *table.body):
        yield from (cell.text for cell in each.cells)
    yield from table.notes


def expected(document: Document, pages: PageMap) -> str:
    texts = (text for block in document.blocks() for text in texts_of(block, document, pages))
    return solid("".join(texts))


def of(*blocks: Block) -> Document:
    return Document("题", (Part(PartRole.BODY, blocks),))


@pytest.fixture(params=[word, paper], ids=["Word", "PDF"], scope="module")
def render(request) -> Renderer:
    return request.param


@pytest.fixture(scope="module")
def plan() -> Document:
    return volume.document()


@pytest.fixture(scope="module")
def pages(plan) -> PageMap:
    return pdf.render(plan).pages


@pytest.fixture(scope="module")
def printed(render, plan, pages) -> Printed:
    return render(plan, pages)


def test_that_each_text_is_printed_once_and_in_order(printed, plan, pages):
    assert printed.text == expected(plan, pages)


def test_that_the_contents_name_the_page_each_heading_stands_on(printed, plan, pages):
    for each in plan.headings():
        if each.level <= 3:
            page = pages.page_of(each.anchor)
            assert page
            assert solid(each.number + each.text) + page in printed.text


def test_that_headings_have_their_level_and_number(printed, plan):
    assert printed.headings == tuple(
        (each.level, each.number + each.text) for each in plan.headings()
    )


def test_that_pages_are_numbered_as_their_part_wants(printed):
    assert printed.numbers == (
        Numbers("none", from_one=False),
        Numbers("roman", from_one=True),
        Numbers("arabic", from_one=True),
        Numbers("arabic", from_one=False),
        Numbers("arabic", from_one=False),
    )


def test_that_only_a_landscape_part_is_turned(printed, plan):
    assert printed.turned == tuple(part.orientation is Orientation.LANDSCAPE for part in plan.parts)


def test_that_a_table_row_is_one_line_with_its_cells_from_left_to_right(printed):
    table = volume.wide_table(60)
    for each in (*table.head, *table.body):
        line = " ".join(cell.text for cell in each.cells)
        assert line in printed.lines


def test_that_the_same_document_gives_the_same_bytes(render, printed, plan, pages):
    assert render(plan, pages).content == printed.content


@pytest.mark.parametrize("text", volume.HOSTILE)
def test_that_text_is_printed_as_it_stands(render, text):
    document = of(
        heading(1, "一、", text),
        paragraph(text),
        Paragraph((Run("前"), Run(text, strong=True, address="a/b"), Run("后"))),
        ListBlock(((Run(text),),)),
        Table(
            (Column(1, Align.CENTRE), Column(1, Align.RIGHT)),
            (row("表头", text),),
            (row(text, "甲"), TableRow((Cell(text, colspan=2, address="c/d"),), RowRole.TOTAL)),
            Caption("表1-1", text, "table"),
            unit=text,
            notes=(text,),
        ),
        volume.figure(Caption("图1-1", text, "figure")),
    )
    assert render(document, PageMap()).text == expected(document, PageMap())


def test_that_line_ends_in_a_value_end_the_line(render):
    printed = render(of(paragraph("甲\n乙\r\n丙")), PageMap())
    assert [line for text in printed.lines for line in text.splitlines() if line] == list("甲乙丙")


def test_that_cells_across_rows_and_columns_print_once(render):
    table = Table(
        tuple(Column(1) for _ in range(3)),
        (),
        (
            TableRow((Cell("高", rowspan=2), Cell("宽", colspan=2))),
            row("左", "右"),
            row("组", role=RowRole.GROUP),
            row("一", "二", "三"),
        ),
    )
    assert render(of(table), PageMap()).text == "高宽左右组一二三"


def test_that_a_row_with_too_few_or_too_many_cells_loses_none(render):
    table = Table((Column(1), Column(1)), (), (row("甲"), row("乙", "丙", "丁")))
    assert render(of(table), PageMap()).text == "甲乙丙丁"


def test_that_a_row_higher_than_a_page_is_printed_whole(render):
    long = "".join(chr(0x4E00 + number) for number in range(3000))
    table = Table((Column(1), Column(2)), (row("头", "内容"),), (row("长", long), row("短", "尾")))
    document = of(table)
    assert render(document, PageMap()).text == expected(document, PageMap())


def test_that_a_part_without_blocks_does_no_harm(render):
    document = Document(
        "题", (Part(PartRole.BODY, (paragraph("正文"),)), Part(PartRole.BODY, (PageBreak(),)))
    )
    content = (docx.render if render is word else lambda plan, _: pdf.render(plan).content)(
        document, PageMap()
    )
    assert content


def test_that_headings_and_tables_of_one_plan_are_the_same_in_word_and_pdf(plan, pages):
    in_word, on_paper = word(plan, pages), paper(plan, pages)
    assert in_word.headings == on_paper.headings
    assert in_word.text == on_paper.text
    assert in_word.turned == on_paper.turned
