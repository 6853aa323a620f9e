"""Live figures on paper: plain text in Word, PDF and Excel, and readable back from Word."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from exporters.compose import compose
from exporters.document import Document
from exporters.docx import render as render_docx
from exporters.pdf import render as render_pdf
from exporters.xlsx import workbook
from forms.edits import SetValue, apply_edit
from forms.view import evaluate
from tests.exporters.compose import filling
from tests.exporters.docx.reading import WordFile
from tests.exporters.pdf.reading import pages_by_pdfium, squashed
from tests.forms.plans import at, sample
from tests.packs.loading import small_pack

PACK = small_pack()
AREA = "{{overview/area}}"
PARAGRAPH = f"规划面积{AREA}，总投资{{{{works/list/p1/total|亿元,2}}}}。"
PRINTED = "规划面积12.50 km²，总投资0.01亿元。"
LOCATION = f"""{PARAGRAPH}
# 面积{AREA}
- 规划{AREA}
- 水路

| 名称 | 数 |
| --- | --- |
| 面积 | {{{{overview/area|km²,1}}}} |"""


@pytest.fixture(scope="module")
def document() -> Document:
    answers = sample()
    for address, text in (
        ("overview/location", LOCATION),
        ("works/list/p1/content", f"用地{AREA}。"),
        ("water/note", "投资{{works/list/p9/total}}。"),
    ):
        answers = apply_edit(PACK, answers, SetValue(at(address), text)).answers
    return compose(evaluate(PACK, answers), filling.pictures)


@pytest.fixture(scope="module")
def word(document) -> WordFile:
    return WordFile(render_docx(document, render_pdf(document).pages))


def test_that_word_prints_live_figures_as_plain_text_everywhere(word):
    texts = [line.text for line in word.lines]

    assert PRINTED in texts
    assert any(text.endswith("面积12.50 km²") for text in texts)
    assert any(text.endswith("规划12.50 km²") for text in texts)
    assert "建设内容：用地12.50 km²。" in texts
    assert ["面积", "12.5 km²"] in [row for table in word.tables for row in table]
    assert not any("{{" in text for text in texts)


def test_that_the_pdf_prints_the_same(document):
    text = squashed("".join(pages_by_pdfium(render_pdf(document))))

    assert squashed(PRINTED) in text
    assert squashed("面积 12.5 km²") in text
    assert "{{" not in text


def test_that_a_missing_source_stands_out_on_paper(word):
    texts = [line.text for line in word.lines]

    assert "投资【数字缺失：“重点项目”中被引用的项目已删除】。" in texts


def test_that_the_prose_in_word_is_one_value_that_reads_back_whole(word):
    printed = dict(word.controls)["overview/location"]
    marks = {
        text: word.properties[name.partition("_")[0] + "_" + name.split("_")[1]]
        for name, text in word.bookmarks
        if name.startswith("l_")
    }
    stored = printed
    for text, mark in marks.items():
        stored = stored.replace(text, mark)

    assert printed == PRINTED
    assert stored == PARAGRAPH


def test_that_the_workbook_has_numbers_and_no_marks(document):
    book = openpyxl.load_workbook(BytesIO(workbook(document)))
    cells = [
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    ]

    assert "12.5 km²" in cells
    assert not [text for text in cells if "{{" in text]
