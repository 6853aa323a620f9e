"""What a switch would change is found before it is made, whole, and nothing else happens."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.address import parse_address
from forms.computed_places import computed_places
from forms.edits import EditError, SetValue, apply_edits
from forms.evaluation import as_number
from forms.impact import impact
from forms.view import evaluate
from tests.forms.samples import PACK, sample_answers, sample_view

SWITCHES = (
    ("scope/co2_set", "industry_guides"),
    ("scope/co2_set", "province_2011"),
    ("scope/elec_basis", "equivalent"),
    ("scope/gas_basis", "yearbook"),
    ("scope/heat_basis", "equivalent"),
    ("scope/grid_area", "2022|江苏|电力平均二氧化碳排放因子"),
    ("scope/water_basis", "use"),
    ("scope/waste_basis", "with_hazardous"),
)


def edits(address, value):
    return (SetValue(parse_address(address), value),)


def everything(view):
    """Every visible computed number of a plan, each asked for on its own."""
    return {
        address: number
        for address, slot in computed_places(view)
        if (number := as_number(view.figure(address).value)) is not None
    }


@pytest.mark.parametrize(("address", "value"), SWITCHES)
def test_that_exactly_the_numbers_that_differ_afterwards_are_named(address, value):
    before = sample_view()
    changed = edits(address, value)
    after = evaluate(PACK, apply_edits(PACK, sample_answers(), changed, "").answers)
    old, new = everything(before), everything(after)
    wanted = {place for place in {*old, *new} if old.get(place) != new.get(place)}

    assert {each.address for each in impact(PACK, before, changed)} == wanted


def test_that_a_number_stands_there_before_and_after_with_its_change():
    found = impact(PACK, sample_view(), edits("scope/co2_set", "industry_guides"))
    diesel = next(each for each in found if each.label == "柴油 · 二氧化碳排放（2025年）")

    assert (diesel.before, diesel.after) == ("21052.12 tCO2", "21386.68 tCO2")
    assert diesel.rate is not None
    assert round(diesel.rate, 4) == Decimal("1.5892")
    assert not diesel.is_overridden


def test_that_a_typed_value_is_marked_as_staying():
    found = impact(PACK, sample_view(), edits("scope/co2_set", "industry_guides"))

    assert [each.label for each in found if each.is_overridden] == ["原煤 · 二氧化碳因子"]
    assert not [each for each in found if each.label.startswith("原煤 · 二氧化碳排放")]


def test_that_numbers_come_in_the_order_of_the_plan():
    found = impact(PACK, sample_view(), edits("scope/elec_basis", "equivalent"))
    order = [section.key for section in PACK.sections()]
    places = [order.index(each.address.section) for each in found]

    assert places == sorted(places)
    assert len(set(places)) > 1


def test_that_a_number_that_would_be_missing_has_nothing_after():
    found = impact(PACK, sample_view(), edits("scope/elec_basis", "equivalent"))
    power = next(each for each in found if each.label == "电力 · 折标系数")

    assert (power.before, power.after, power.rate) == ("1.229 tce/万kWh", "", None)


def test_that_a_difference_rounding_hides_is_shown_with_every_digit():
    view = sample_view(energy__balance__f08__amount__2025="6800")
    found = impact(PACK, view, edits("energy/balance/f08/amount/2025", Decimal("6800.000001")))

    assert found
    assert all(each.before != each.after for each in found)


def test_that_looking_ahead_changes_nothing():
    view = sample_view()
    known = everything(view)
    answers = view.answers
    impact(PACK, view, edits("scope/elec_basis", "equivalent"))

    assert view.answers is answers
    assert everything(view) == known
    assert impact(PACK, view, edits("scope/elec_basis", "equal")) == ()


def test_that_an_edit_the_plan_refuses_is_refused_here_too():
    with pytest.raises(EditError):
        impact(PACK, sample_view(), edits("scope/elec_basis", "halfway"))
