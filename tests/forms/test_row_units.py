"""Values whose unit hangs on what their row has chosen: read, shown and explained in that unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from commands.making import sample_plan
from forms.address import parse_address
from forms.edits import EditError, SetValue, apply_edit, set_from_text
from forms.live_figures import LiveFigure, shown, units_for
from forms.loading import open_pack
from forms.overrides import override_at, override_sentence
from forms.row_units import unit_at
from forms.view import evaluate
from forms.working import work_out


@pytest.fixture(scope="module")
def view():
    return evaluate(open_pack("ndrc-2021-1004"), sample_plan().answers)


def row_of(view, fuel):
    home = parse_address("energy/balance")
    return next(home.at_row(r) for r in view.rows(home) if view.row_name(home.at_row(r)) == fuel)


def test_that_a_value_bears_the_unit_of_its_row(view):
    gas, coal = row_of(view, "天然气"), row_of(view, "原煤")

    assert unit_at(view, gas.at(gas.row, "amount", 2025)) == "万m³"
    assert unit_at(view, coal.at(coal.row, "amount", 2025)) == "t"
    assert unit_at(view, coal.at(coal.row, "coefficient")) == "tce/t"
    assert unit_at(view, gas.at("nobody", "amount", 2025)) == ""


def test_that_typed_units_are_read_in_the_unit_of_the_row(view):
    gas = row_of(view, "天然气")
    place = gas.at(gas.row, "amount", 2025)

    assert set_from_text(view.pack, place, "8420万m³", view.answers).value == Decimal(8420)
    assert set_from_text(view.pack, place, "1.58亿m3", view.answers).value == Decimal(15800)
    with pytest.raises(EditError, match="单位应为万m³"):
        set_from_text(view.pack, place, "12t", view.answers)


def test_that_workings_name_the_unit_of_the_row(view):
    gas = row_of(view, "天然气")
    found = work_out(view, gas.at(gas.row, "tce", 2025))

    assert found is not None
    assert found.numbers == "15800 万m³ × 13.3 tce/万m³"


def test_that_an_override_is_told_with_its_unit(view):
    gas = row_of(view, "天然气")
    place = gas.at(gas.row, "coefficient")
    after = evaluate(
        view.pack, apply_edit(view.pack, view.answers, SetValue(place, Decimal("12.9"))).answers
    )
    found = override_at(after, place)

    assert found is not None
    assert "13.3 tce/万m³" in override_sentence(found)
    assert "12.9 tce/万m³" in override_sentence(found)


def test_that_a_live_figure_is_printed_in_the_unit_of_its_row(view):
    gas, coal = row_of(view, "天然气"), row_of(view, "原煤")
    place = gas.at(gas.row, "amount", 2025)

    assert shown(view, LiveFigure(place)).text == "15800万m³"
    assert shown(view, LiveFigure(place, "亿m³")).text == "1.58亿m³"
    assert units_for(view, place) == ("万m³", "m³", "亿m³")
    assert units_for(view, coal.at(coal.row, "amount", 2025)) == ("t", "万t")
