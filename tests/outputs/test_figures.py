"""R14: a figure is the same on screen, in Word, PDF and Excel, and it is the right one."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal

import pytest

from commands.making import sample_plan
from exporters import docx, pdf
from exporters.document import Document, RowRole, Table
from exporters.pdf import FontChoice
from forms.edits import EditError, SetValue, apply_edit
from forms.view import PlanView, evaluate
from tests.exporters.docx.reading import WordFile
from tests.forms import plans, samples
from tests.outputs.agreement import (
    added_up,
    between_papers,
    between_screen_and_paper,
    differences,
)
from tests.outputs.four import (
    Four,
    document_texts,
    excel_grids,
    four_of,
    grid_of,
    numbers_of,
    screen_of,
)
from tests.outputs.random_plans import PACK, random_plan
from tests.reliability.counts import record

FEW, MANY = range(12), range(12, 500)
pytestmark = pytest.mark.usefixtures("qapp")


def compared(seed: int) -> list[str]:
    return counted(seed)[0]


def counted(seed: int) -> tuple[list[str], int]:
    """The differences of a plan, and how many figures it shows."""
    view, typed = random_plan(seed)
    four, screen = four_of(view), screen_of(view)
    return differences(four, screen, typed), len(numbers_of(document_texts(four)))


@pytest.mark.parametrize("seed", FEW)
def test_that_each_figure_is_the_same_on_screen_in_word_pdf_and_excel(seed):
    assert compared(seed) == []


@pytest.mark.long
@pytest.mark.parametrize("turn", range(4))
def test_that_the_figures_of_many_plans_are_the_same_everywhere(turn):
    found = {seed: counted(seed) for seed in MANY[turn::4]}

    assert {seed: wrong for seed, (wrong, _) in found.items() if wrong} == {}
    figures = sum(count for _, count in found.values())
    told = f"{len(found)} plans, {figures} printed figures, 0 differences"
    record("R14", told, part=f"turn {turn + 1} of 4")


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_that_the_figures_of_the_sample_plan_changed_at_random_are_the_same(seed):
    view = changed_sample(seed)
    pictures = sample_plan().pictures
    four, screen = four_of(view, pictures.__getitem__), screen_of(view)

    assert [*between_screen_and_paper(four, screen), *between_papers(four)] == []
    told = f"{len(numbers_of(document_texts(four)))} printed figures, 0 differences"
    record("R14", told, part=f"sample {seed + 1}")


def changed_sample(seed: int) -> PlanView:
    """The sample plan with a hundred of its typed figures changed."""
    rng = random.Random(seed)
    pack, answers = samples.PACK, samples.sample_answers()
    typed = [(a, value) for a, value in answers.values() if isinstance(value, Decimal)]
    for address, value in rng.sample(typed, 100):
        changed = (value * rng.randrange(90_000, 110_000) / 100_000).quantize(Decimal("0.001"))
        with suppress(EditError):  # out of the limits of its kind
            answers = apply_edit(pack, answers, SetValue(address, changed)).answers
    return evaluate(pack, answers)


# -- The comparison bites ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample() -> tuple[Four, dict[str, str]]:
    """A plan with a tie of rounding in it: 0.125 is typed where two decimals are printed."""
    view, typed = random_plan(3)
    return four_of(view), typed


def with_one_figure_off(document: Document) -> Document:
    """The document in which the first figure of a line of totals is off by its last digit."""
    parts = list(document.parts)
    for number, part in enumerate(parts):
        for place, block in enumerate(part.blocks):
            if isinstance(block, Table) and block.body and block.body[-1].role is RowRole.TOTAL:
                blocks = [*part.blocks]
                blocks[place] = replace(block, body=(*block.body[:-1], off_by_one(block.body[-1])))
                parts[number] = replace(part, blocks=tuple(blocks))
                return replace(document, parts=tuple(parts))
    raise AssertionError("no table has a total")


def off_by_one(row):
    cells = list(row.cells)
    for place, cell in enumerate(cells):
        if cell.text[-1:].isdigit():
            digit = (int(cell.text[-1]) + 1) % 10
            cells[place] = replace(cell, text=f"{cell.text[:-1]}{digit}")
            return replace(row, cells=tuple(cells))
    raise AssertionError("no figure in the row")


def test_that_one_wrong_digit_in_word_alone_is_found(sample):
    four, typed = sample
    form = docx.FigureForm(pdf.drawing_png)
    wrong = docx.render(with_one_figure_off(four.document), four.pdf.pages, figures=form)

    assert differences(replace(four, word=WordFile(wrong)), screen_of(four.view), typed)


def test_that_one_wrong_digit_in_the_pdf_alone_is_found(sample):
    four, typed = sample
    wrong = pdf.render(with_one_figure_off(four.document), fonts=FontChoice.bundled())

    assert differences(replace(four, pdf=wrong), screen_of(four.view), typed)


def test_that_a_binary_number_in_excel_alone_is_found(monkeypatch):
    """What a careless writer does: figures through float, rounded to one digit."""
    monkeypatch.setattr("exporters.xlsx.Decimal", lambda text: Decimal(str(round(float(text), 1))))
    assert any(compared(seed) for seed in FEW)


def test_that_another_rule_of_rounding_is_found_though_all_four_agree(monkeypatch):
    """Half to even, as Python rounds by itself: 0.125 would read 0.12."""
    monkeypatch.setattr("forms.wording.ROUND_HALF_UP", ROUND_HALF_EVEN)
    found = [said for seed in FEW[:3] for said in compared(seed)]

    assert found
    assert not [said for said in found if " in Word" in said or " in the PDF" in said]


def test_that_a_total_of_other_parts_is_found(sample):
    four, typed = sample
    address = next(a for a in typed if a.startswith("works/list/") and a.endswith("/own"))
    changed = typed | {address: str(Decimal(typed[address]) + 1)}

    assert any(
        "合计" in said or "totals" in said
        for said in differences(four, screen_of(four.view), changed)
    )


# -- Totals and parts ----------------------------------------------------------------------------


def test_that_excel_adds_up_to_what_it_prints_where_no_part_was_rounded():
    """A reader who sums a column in Excel gets the printed total, to the last digit."""
    checked = 0
    for seed in FEW[::3]:
        four = four_of(evaluate(PACK, plans.plan(PACK, shortened(random_plan(seed)[1]))))
        for table in four.tables:
            if table.caption and table.caption.text == "项目汇总":
                assert grid_of(table) in excel_grids(four)
                pairs = added_up(table)
                assert [total for total, _ in pairs] == [parts for _, parts in pairs]
                checked += len(pairs)
    assert checked > 10


def shortened(typed: dict[str, str]) -> dict[str, str]:
    """The same plan with no more digits than are printed."""
    longer = {a for a, text in typed.items() if re.fullmatch(r"[0-9]+\.[0-9]{3,}", text)}
    return {a: text[: text.index(".") + 3] if a in longer else text for a, text in typed.items()}
