"""export: the files open in what reads them, and say what the plan says."""

from __future__ import annotations

import docx
import openpyxl
import pypdfium2
from docx.oxml.ns import qn

from tests.commands.verbs import good, started, within

PARK = "青湖经济技术开发区"


def quiet(done) -> str:
    """What a good export says; words on standard error are notes about fonts."""
    assert done.code == 0, done.err
    assert all(line.startswith("提示：") for line in done.err.splitlines()), done.err
    return done.out


def word_text(path) -> str:
    """All words of the body; most stand in content controls, which `paragraph.text` passes over."""
    body = docx.Document(str(path)).element.body
    return "".join(text.text or "" for text in body.iter(qn("w:t")))


def pdf_text(path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_that_word_pdf_and_excel_open_and_hold_the_plan(full_plan, tmp_path):
    word, pdf, excel = (tmp_path / f"方案.{suffix}" for suffix in ("docx", "pdf", "xlsx"))

    said = quiet(started("export", full_plan, "--docx", word, "--pdf", pdf, "--xlsx", excel))

    assert [str(path) in said for path in (word, pdf, excel)] == [True, True, True]
    assert PARK in word_text(word)
    assert PARK in pdf_text(pdf).replace("\r\n", "")
    workbook = openpyxl.load_workbook(excel)
    cells = {
        str(cell)
        for sheet in workbook
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    }
    workbook.close()
    assert "项目名称之一" in cells


def test_that_only_what_is_asked_for_is_written(full_plan, tmp_path, capsys):
    quiet(within(capsys, "export", full_plan, "--xlsx", tmp_path / "附表.xlsx"))

    assert [path.name for path in tmp_path.iterdir()] == ["附表.xlsx"]


def test_that_an_empty_plan_exports_too(tmp_path, capsys):
    plan, pdf = tmp_path / "空.yuance", tmp_path / "空.pdf"
    good(within(capsys, "new", plan))

    quiet(within(capsys, "export", plan, "--pdf", pdf))

    assert "基准年" in pdf_text(pdf)


def test_that_an_older_file_is_replaced_whole(full_plan, tmp_path, capsys):
    target = tmp_path / "方案.pdf"
    target.write_bytes(b"old")

    quiet(within(capsys, "export", full_plan, "--pdf", target))

    assert target.read_bytes().startswith(b"%PDF-")
    assert [path.name for path in tmp_path.iterdir()] == ["方案.pdf"]
