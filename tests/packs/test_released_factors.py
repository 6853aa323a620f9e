"""A released factor never changes, nor does what an option of a choice stands for: an old plan
opened in a newer program keeps every figure."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from forms.loading import open_pack
from forms.schema import Field
from tests.packs.loading import REAL

PACK = open_pack(REAL.name)
RELEASED = Path(__file__).with_name("released_factors.txt")
REGENERATE = "YUANCE_RELEASE_FACTORS"


def fingerprint(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()


def released() -> Iterator[str]:
    """One line a factor and one an option with attributes: SHA-256 of what figures rest on."""
    for factor_set in PACK.factor_sets:
        for factor in factor_set.factors:
            parts = (str(factor.value), factor.unit, factor.edition)
            yield f"{fingerprint(*parts)} {factor_set.option(factor)}"
    for vocabulary in PACK.vocabularies:
        for option in vocabulary.options:
            if {key for key, _ in option.attributes} - {"unit"}:
                parts = tuple(f"{key}={value}" for key, value in sorted(option.attributes))
                yield f"{fingerprint(*parts)} option {vocabulary.key}/{option.key}"


def test_that_no_released_factor_has_changed_or_gone():
    if os.environ.get(REGENERATE):
        RELEASED.write_text("\n".join(sorted(released(), key=name)) + "\n", encoding="utf-8")
        pytest.fail(f"released factors were written anew; run again without {REGENERATE}")
    lost = set(RELEASED.read_text(encoding="utf-8").splitlines()) - set(released())

    assert sorted(map(name, lost)) == [], "give another edition another row (docs/adr/0017)"


def test_that_every_new_factor_is_on_the_list_of_released_ones():
    added = set(released()) - set(RELEASED.read_text(encoding="utf-8").splitlines())

    assert sorted(map(name, added)) == [], f"run once with {REGENERATE}=1"


def name(line: str) -> str:
    return line.partition(" ")[2]


def test_that_every_factor_says_where_it_was_published():
    for factor_set in PACK.factor_sets:
        for factor in factor_set.factors:
            assert factor.edition, factor.key
            assert factor.unit, factor.key
            assert factor.verified, factor.key


def test_that_every_choice_that_selects_factors_is_decisive():
    """Such choices are typed into a new plan and show their effect before they are switched."""
    decisive = {
        f"{section}/{item.key}"
        for (section, _), item in PACK.index.items.items()
        if isinstance(item, Field) and item.decisive
    }
    read = {
        f"{reference.section}/{reference.item}"
        for slot in PACK.index.slots.values()
        if slot.formula is not None and "factor(" in slot.formula.text
        for reference in slot.formula.references()
        if not reference.is_local
    }
    choices = {place for place in read if hasattr(kind_of(place), "vocabulary")}

    assert choices == {
        "scope/elec_basis",
        "scope/heat_basis",
        "scope/gas_basis",
        "scope/co2_set",
        "scope/grid_area",
    }
    assert choices <= decisive


def kind_of(place: str) -> object:
    section, _, item = place.partition("/")
    field = PACK.index.items[section, item]
    return field.kind if isinstance(field, Field) else None


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("fuel_co2|A_24行业核算指南2013-2015缺省值|液化天然气", "41.868"),
        ("fuel_co2|A_24行业核算指南2013-2015缺省值|其它煤气", "0.0122"),
        (
            "fuel_co2|B_省级温室气体清单编制指南2011（含碳量、氧化率）+GB/T 2589-2008热值|褐煤",
            "20.908",
        ),
        ("energy_tce|natural_gas", "1.1000"),
        ("energy_tce|natural_gas_upper", "12.15"),
    ],
)
def test_that_a_doubtful_factor_asks_to_be_compared_and_says_what_is_odd(option, words):
    key, _, rest = option.partition("|")
    factor = PACK.index.factor_sets[key].factor(rest)

    assert factor is not None
    assert not factor.is_confirmed
    assert words in factor.note
