"""S3 on paper: received text stands in screen, Word, PDF and Excel as it was typed, and no more."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from forms.address import parse_address
from forms.edits import AddRow, apply_edit, set_from_text
from forms.view import PlanView, evaluate
from tests.exporters.volume import png
from tests.forms import plans
from tests.outputs import hostile
from tests.outputs.four import Four, excel_grids, four_of, pdf_values, screen_of, word_grids
from tests.outputs.watching import linux_only, watched
from tests.packs.loading import small_pack
from tests.reliability.counts import record

PACK = small_pack()
HYPHEN_AT_THE_END = "\x02"  # what pdfium says for a hyphen at the end of a line
TURNED = {"arabic"}  # a script written from the right; pdfium turns each word around
NAMES = list(hostile.TEXTS)
pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def traps():
    """Two files that nobody has any business with; their paths are short, as fields are."""
    with tempfile.TemporaryDirectory(prefix="y", ignore_cleanup_errors=True) as folder:
        picture, notes = Path(folder) / "p", Path(folder) / "n"
        picture.write_bytes(png())
        notes.write_text("CANARY", encoding="utf-8")
        yield picture, notes


@pytest.fixture(scope="module")
def texts(traps) -> dict[str, str]:
    return {name: hostile.filled(text, *map(str, traps)) for name, text in hostile.TEXTS.items()}


def plan_of(texts: dict[str, str]) -> PlanView:
    """A project for each text, named by it, written about with it; and one as the park's name."""
    answers = plans.plan(PACK, {"cover/park_name": texts["bold"], "cover/compiler": texts["sum"]})
    for number, text in enumerate(texts.values()):
        row = parse_address(f"works/list/r{number}")
        answers = apply_edit(PACK, answers, AddRow(row.table, row.row)).answers
        for column, typed in (("name", text), ("number", text), ("content", f"甲{text}乙。")):
            edit = set_from_text(PACK, parse_address(f"{row}/{column}"), typed)
            answers = apply_edit(PACK, answers, edit).answers
        approved = set_from_text(PACK, parse_address(f"{row}/approved"), "是")
        answers = apply_edit(PACK, answers, approved).answers
    return evaluate(PACK, answers)


@pytest.fixture(scope="module")
def printed(texts, traps) -> tuple[Four, list[str]]:
    """The plan in its four forms, and which of the two files were opened meanwhile."""
    with watched(*traps) as opened:
        four = four_of(plan_of(texts))
        screen_of(four.view)
    return four, opened


@pytest.fixture(scope="module")
def read(printed) -> dict[str, dict[str, str]]:
    """What stands at each address in each of the four forms."""
    four, _ = printed
    addresses = [f"works/list/r{n}/number" for n in range(len(NAMES))]
    return {
        "screen": screen_of(four.view).values,
        "Word": dict(four.word.controls),
        "PDF": pdf_values(four, addresses),
    }


def squashed(text: str) -> str:
    return "".join(hostile.UNSEEN.sub("", text).split())


def test_that_there_are_enough_texts():
    assert len(NAMES) >= 40
    assert len(set(hostile.TEXTS.values())) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_that_a_text_stands_in_all_four_as_it_was_typed(name, texts, read):
    address = f"works/list/r{NAMES.index(name)}/number"
    typed = hostile.in_one_line(texts[name])

    assert read["screen"][address] == typed
    assert read["Word"][address] == typed
    on_page = read["PDF"][address].replace(HYPHEN_AT_THE_END, "-")
    if name in TURNED:
        on_page, typed = "".join(sorted(on_page)), "".join(sorted(typed))
    assert on_page == squashed(typed)


def test_that_excel_holds_every_text_as_text(printed, texts):
    four, _ = printed
    cells = [cell for grid in excel_grids(four) for row in grid for cell in row]
    wanted = [hostile.in_one_line(text) for text in texts.values()]

    assert [text for text in wanted if as_excel_writes(text) not in cells] == []
    assert [text for text in wanted if cells.count(as_excel_writes(text)) < 2] == []


def as_excel_writes(text: str) -> str:
    """openpyxl reads the file without undoing what Excel undoes: _x005F_ is an underscore."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def test_that_prose_stands_in_word_and_pdf_as_it_was_typed(printed, texts):
    four, _ = printed
    in_word = "\n".join(line.text for line in four.word.lines)
    told = [
        text
        for name, text in texts.items()
        if "mark" not in name and name not in ("lines", "braces", "markdown")  # marks of prose
    ]
    kept = [hostile.DROPPED.sub("", f"甲{text}乙。") for text in told]

    assert [text for text in kept if text not in in_word] == []


def test_that_word_and_screen_have_the_same_tables(printed):
    four, _ = printed
    grids = [cell for grid in word_grids(four) for row in grid for cell in row]

    assert hostile.in_one_line(hostile.TEXTS["bold"]) in grids


# -- Nothing is done -----------------------------------------------------------------------------


@linux_only
def test_that_no_file_named_in_a_text_is_opened(printed):
    _, opened = printed

    assert opened == []
    told = f"{len(NAMES)} texts identical, 0 files opened, 0 links, 0 formulas"
    record("S3", told, part="paper")


@linux_only
def test_that_an_opened_file_would_be_noticed(traps, qapp):
    """What Qt does with a label that nobody told that its text is plain."""
    picture, _ = traps
    with watched(*traps) as opened:
        label = QLabel(f'<img src="{picture}">')
        label.setTextFormat(Qt.TextFormat.AutoText)
        label.grab()
    assert set(opened) == {str(picture)}


def test_that_no_text_becomes_a_link_or_a_field_in_word(printed):
    four, _ = printed
    for name, content in four.word.parts.items():
        if name.endswith(".rels"):
            assert b"External" not in content, name
    codes = {code.split()[0] for code in four.word.fields}
    assert codes <= {"TOC", "PAGEREF", "REF", "PAGE", "SEQ", "HYPERLINK"}
    assert [
        code for code in four.word.fields if code.startswith("HYPERLINK") and "\\l" not in code
    ] == []


def test_that_no_text_becomes_a_link_or_an_action_in_the_pdf(printed):
    four, _ = printed
    with pikepdf.open(io.BytesIO(four.pdf.content)) as pdf:
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
        for page in pdf.pages:
            for note in page.get("/Annots", []):
                assert note.get("/A", {}).get("/S", "/GoTo") == "/GoTo"
        names = pdf.Root.get("/Names", {})
        assert not {"/JavaScript", "/EmbeddedFiles"} & set(names.keys() if names else ())


def test_that_no_text_becomes_a_formula_or_a_link_in_excel(printed):
    four, _ = printed
    from exporters import xlsx

    with zipfile.ZipFile(io.BytesIO(xlsx.workbook(four.document))) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert b"<f>" not in content, name
            assert b"<f " not in content, name
            assert b"External" not in content, name
    for sheet in four.book.worksheets:
        assert all(link.target is None and link.location for link in sheet._hyperlinks)
