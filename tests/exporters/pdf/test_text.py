"""What is printed can be copied, searched and read aloud exactly as it was written."""

from __future__ import annotations

import io
import random
import re
from typing import Any, cast

import pypdf
import pytest

from exporters.document import (
    Cell,
    Column,
    Document,
    ListBlock,
    Part,
    PartRole,
    Run,
    Table,
    TableRow,
)
from exporters.pdf import FontChoice, PdfFile, render
from tests.exporters.pdf.reading import (
    BLANK_IN_CHINESE,
    pages_by_pdfium,
    pages_by_pypdf,
    paragraph,
    rendered,
    squashed,
)
from tests.exporters.pdf.test_lines import texts

READERS = pytest.mark.parametrize("read", [pages_by_pypdf, pages_by_pdfium])
HOSTILE = (
    "<b>粗</b>&amp;<para>",
    "产值&税收 ]]> %s {0} \\n",
    "=1+1",
    "(括(号)\\（反斜杠",
    "右\u200f到\u202e左",
    "空\x00字\x0b符\x1b",
    "孤\ud800立",
    "𬇙水河𫄧𬭸",
    "\ufeff起始",
)


@pytest.fixture(scope="module")
def prose() -> PdfFile:
    return rendered(*(paragraph(text) for text in texts(20)))


@READERS
def test_prose_reads_back_exactly(prose: PdfFile, read) -> None:
    pages = [page.rsplit("—", 2)[0] for page in read(prose)]
    assert squashed("".join(pages)) == squashed("".join(texts(20)))


@READERS
def test_no_blank_is_read_between_chinese_characters(prose: PdfFile, read) -> None:
    assert BLANK_IN_CHINESE.findall("\n".join(read(prose))) == []


@READERS
def test_tokens_in_prose_lists_and_cells_come_out_whole(read) -> None:
    chance = random.Random(1)
    tokens = [f"TOKEN{number:04d}" for number in range(300)]
    prose = "".join(f"{token}{'园区循环化'[: chance.randrange(6)]}" for token in tokens[:200])
    rows = tuple(
        TableRow((Cell(str(at)), Cell(f"企业{token}废物"), Cell(f"{token}、"), Cell(token)))
        for at, token in enumerate(tokens[200:])
    )
    table = Table(tuple(Column(share) for share in (1, 2, 1, 1)), (), rows)
    file = rendered(paragraph(prose), ListBlock(((Run("TOKEN9999项"),),)), table)
    text = "\n".join(read(file))
    assert [token for token in (*tokens, "TOKEN9999") if token not in text] == []


@READERS
def test_formulas_and_units_copy_as_written(read) -> None:
    written = "CO₂、NH₃-N、m³/d、10⁻³、12.5万㎡、①②⑳、☑☐✓、99.63‰、≥95％"
    assert written in squashed("".join(read(rendered(paragraph(written)))))


@READERS
def test_rare_names_copy_as_written(read) -> None:
    written = "浐河、鄠邑、漷县、𬇙水、𫄧𬭸"
    file = rendered(paragraph(written))
    assert written in squashed("".join(read(file)))
    assert file.missing == ()


@READERS
def test_rare_names_copy_from_justified_lines_with_blanks_too(read) -> None:
    written = [
        "姓名 王𬭸，住鄠邑区𬇙水 河边3号；" * 9,
        *(re.sub("[。；]", "𬭸，", t) for t in texts(20)),
    ]
    file = rendered(*(paragraph(text) for text in written))
    pages = [page.rsplit("—", 2)[0] for page in read(file)]
    assert squashed("".join(pages)) == squashed("".join(written))
    found = BLANK_IN_CHINESE.findall("\n".join(pages))
    assert len(found) == len(BLANK_IN_CHINESE.findall("".join(written)))


@READERS
def test_received_text_is_never_taken_for_markup(read) -> None:
    table = Table((Column(1),), (), tuple(TableRow((Cell(text),)) for text in HOSTILE))
    file = rendered(*(paragraph(text) for text in HOSTILE), table)
    pages = squashed("".join(read(file)))
    for written in ("<b>粗</b>&amp;<para>", "=1+1", "]]>%s{0}\\n", "(括(号)\\（反斜杠"):
        assert pages.count(written) == 2
    for written in ("右到左", "空字", "𬇙水河𫄧𬭸", "起始"):
        assert written in pages


def test_a_character_no_font_has_is_reported_and_still_copies() -> None:
    file = rendered(paragraph("园区标志🌱与🌱，另有\u0e01。"))
    assert [(entry.character, entry.count) for entry in file.missing] == [("\u0e01", 1), ("🌱", 2)]
    assert "标志🌱与🌱，另有\u0e01。" in pages_by_pypdf(file)[0]


def test_every_font_is_embedded_once() -> None:
    file = rendered(paragraph("".join(map(chr, range(0x4E00, 0x4E00 + 1500)))))
    fonts: dict[str, bool] = {}
    for page in pypdf.PdfReader(io.BytesIO(file.content)).pages:
        for font in cast("Any", page)["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[descendant["/BaseFont"]] = "/FontFile2" in descendant["/FontDescriptor"]
    assert all(fonts.values())
    assert len(fonts) == len({name.split("+")[1] for name in fonts}) <= 3


def test_the_file_says_whose_it_is() -> None:
    document = Document(
        "某园区\n方案",
        (Part(PartRole.BODY, (paragraph("文"),)),),
        author="管委会",
        subject="循环化",
    )
    information = pypdf.PdfReader(
        io.BytesIO(render(document, fonts=FontChoice.bundled()).content)
    ).metadata
    assert information is not None
    assert (information.title, information.author, information.subject) == (
        "某园区 方案",
        "管委会",
        "循环化",
    )


def test_an_empty_document_is_still_a_file() -> None:
    file = render(Document("空", ()), fonts=FontChoice.bundled())
    assert file.content.startswith(b"%PDF")
