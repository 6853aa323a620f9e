"""测算过程: what is printed beside a figure is enough to compute it again by hand."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext

import pytest

from commands.making import sample_plan
from exporters.compose.working import working_table, workings
from forms.address import parse_address
from forms.edits import apply_edit, set_from_text
from forms.loading import open_pack
from forms.view import evaluate
from forms.working import work_out

TOKEN = re.compile(r"[0-9.]+|[÷×＋－（）]")
MANY = 45  # computed figures of the sample's body


@pytest.fixture(scope="module")
def view():
    plan = sample_plan()
    return evaluate(open_pack(plan.meta.pack_id), plan.answers)


def by_hand(numbers):
    """The value of a printed working, computed with nothing but what stands on the paper."""
    bare = re.sub(r"(?<=[0-9]) [^÷×＋－（）\s]+", "", numbers)  # units
    signs = {"÷": "/", "×": "*", "＋": "+", "－": "-", "（": "(", "）": ")"}
    parts = [signs.get(token) or f"Decimal('{token}')" for token in TOKEN.findall(bare)]
    with localcontext() as context:
        context.prec = 40
        return eval("".join(parts), {"Decimal": Decimal})


def test_that_every_printed_working_gives_its_printed_result_by_hand(view):
    made = workings(view)
    wrong = []
    for worked in made:
        result = Decimal(worked.working.result.split()[0].rstrip("%"))
        places = len(str(result).partition(".")[2])
        if abs(by_hand(worked.working.numbers) - result) > Decimal("0.6").scaleb(-places):
            wrong.append((worked.label, worked.working))
    assert wrong == []
    assert len(made) >= MANY


def test_that_the_words_name_the_values_and_their_year(view):
    worked = work_out(view, parse_address("outcomes/indicators/energy_intensity/base"))
    assert worked is not None
    assert worked.words == "综合能源消费量（2025年） ÷ 地区生产总值（2025年）"
    assert worked.numbers == "970532.4464 tce ÷ 1866000 万元"
    assert worked.result == "0.5201 tce/万元"


def test_that_a_sum_in_a_divisor_keeps_its_brackets(view):
    worked = work_out(view, parse_address("outcomes/indicators/solid_waste_util_rate/base"))
    assert worked is not None
    assert "÷ （" in worked.words
    assert "÷ （" in worked.numbers


def test_that_a_typed_value_stands_beside_the_result_it_replaces(view):
    address = parse_address("outcomes/indicators/energy_intensity/target")
    edit = set_from_text(view.pack, address, "0.43")
    changed = evaluate(view.pack, apply_edit(view.pack, view.answers, edit).answers)
    row = next(
        row
        for row in working_table(changed).body
        if row.cells[1].text.startswith("园区单位生产总值能耗（目标")
    )
    assert (row.cells[4].text, row.cells[5].text) == ("0.4378 tce/万元", "0.43")


def test_that_a_typed_value_without_formula_has_no_working(view):
    assert work_out(view, parse_address("economy/output/gdp/2025")) is None
