"""Units: an abelian group with exact scales, spelled as planners spell them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.units import ONE, Unit, UnitError, as_decimals, declare, scaled, spell

UNITS = declare(
    ["元", "t", "m", "tce", "GJ", "kWh", "tCO2"],
    ["个", "家", "人"],
    [
        ("a", "1"),
        ("%", "0.01"),
        ("kg", "0.001 t"),
        ("km", "1000 m"),
        ("公顷", "10000 m²"),
        ("亩", "2000/3 m²"),
        ("t(水)", "m³"),
        ("MWh", "1000 kWh"),
        ("kgCO2", "0.001 tCO2"),
    ],
)
SYMBOLS = ("元", "t", "m", "tce", "kWh", "家")

scales = st.one_of(
    st.fractions(min_value=Fraction(1, 10**6), max_value=10**6, max_denominator=10**12),
    st.sampled_from([Fraction(10) ** n for n in (-12, -8, -4, 0, 4, 8, 12)]),
).filter(bool)
powers = st.dictionaries(st.sampled_from(SYMBOLS), st.integers(-3, 3).filter(bool), max_size=4)
units = st.builds(lambda s, p: Unit(s, tuple(sorted(p.items()))), scales, powers)
terms = st.builds(
    str.__add__,
    st.sampled_from(["", "万", "亿", "万亿", "千", "百万"]),
    st.sampled_from(
        ["t", "m²", "km²", "m³", "元", "亩", "公顷", "t(水)", "kgCO2", "MWh", "人", "%"]
    ),
)
texts = st.lists(terms, min_size=1, max_size=3).map("/".join)


@given(units, units, units)
def test_that_units_multiply_like_numbers_in_any_order_and_grouping(one, other, third):
    assert one * other == other * one
    assert (one * other) * third == one * (other * third)
    assert one * ONE == one


@given(units, units)
def test_that_dividing_takes_back_what_multiplying_did(one, other):
    assert one / one == ONE
    assert one * other / other == one
    assert one / other == one * other**-1


@given(units, st.integers(-3, 3), st.integers(-3, 3))
def test_that_powers_add_up(unit, first, second):
    assert unit**first * unit**second == unit ** (first + second)
    assert unit**0 == ONE


@given(units)
def test_that_a_unit_reads_back_as_it_was_spelled(unit):
    assert UNITS.parse(spell(unit)) == unit


@given(texts)
def test_that_what_planners_write_means_the_same_when_spelled_anew(text):
    assert UNITS.parse(spell(UNITS.parse(text))) == UNITS.parse(text)


@given(units, scales, scales)
def test_that_a_conversion_there_and_back_changes_nothing(unit, more, less):
    one, other = Unit(more) * unit, Unit(less) * unit

    there, back = one.times_to(other), other.times_to(one)

    assert there is not None
    assert back is not None
    assert there * back == 1
    assert Unit(there) * other == one


@given(
    st.decimals(-(10**9), 10**9, places=6, allow_nan=False),
    st.integers(-12, 12),
)
def test_that_a_figure_converted_there_and_back_is_the_same_figure(number, digits):
    ratio = Fraction(10) ** digits

    assert scaled(scaled(number, ratio), 1 / ratio) == number


@given(st.integers(1, 10**12), st.integers(0, 20), st.integers(0, 20))
def test_that_a_ratio_with_a_decimal_form_needs_no_division(top, twos, fives):
    ratio = Fraction(top, 2**twos * 5**fives)

    multiply, divide = as_decimals(ratio)

    assert divide == 1
    assert Fraction(multiply) == ratio


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("万t", "10000 t"),
        ("亿元", "万万元"),
        ("km²", "100 公顷"),
        ("公顷", "15 亩"),
        ("kgCO2/kWh", "10 tCO2/万kWh"),
        ("tCO2/MWh", "kgCO2/kWh"),
        ("万m³/亿元", "m³/万元"),
        ("tce/a", "tce"),
        ("万t(水)", "万m³"),
        ("tce/(t·a)", "tce/t/a"),
        ("tce/(tce/t)", "t"),
        ("1/元", "10000/万元"),
        ("", "1"),
        ("%", "1/100"),
    ],
)
def test_that_two_ways_of_writing_are_one_unit(text, same):
    assert UNITS.parse(text) == UNITS.parse(same)


@pytest.mark.parametrize(
    ("source", "target", "ratio"),
    [
        ("亿元", "万元", "10000"),
        ("kgCO2/kWh", "tCO2/万kWh", "10"),
        ("", "%", "100"),
        ("m³/元", "m³/万元", "10000"),
        ("亩", "公顷", "1/15"),
    ],
)
def test_that_a_conversion_is_exact(source, target, ratio):
    assert UNITS.parse(source).times_to(UNITS.parse(target)) == Fraction(ratio)


@pytest.mark.parametrize(
    ("one", "other"),
    [("tce", "万元"), ("万m³", "万t"), ("家", "人"), ("tce", "GJ"), ("元", "元/a/t")],
)
def test_that_nothing_turns_one_quantity_into_another(one, other):
    assert UNITS.parse(one).times_to(UNITS.parse(other)) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("KWh", "不认识单位“KWh”，相近的有：kWh"),
        ("万m3", "相近的有：m³"),
        ("吨", "不认识单位“吨”，已有的如：元、t"),
        ("kWH/t", "相近的有：kWh"),
        ("t/", "不完整"),
        ("tce/(t·a", "括号没有合上"),
        ("t t", "不能识别"),
        ("0 t", "倍数不能为零"),
        ("1/0 t", "倍数不能为零"),
        ("万", "不认识单位“万”"),
        ("km¹²", "不认识单位“km¹²”"),
        ("(" * 5000, "过长"),
    ],
)
def test_that_an_unknown_unit_is_refused_with_the_nearest_known_ones(text, reason):
    with pytest.raises(UnitError, match=r".") as refused:
        UNITS.parse(text)

    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("base", "equal", "reason"),
    [
        (["t", "t"], [], "单位“t”重复"),
        (["t"], [("t", "1")], "单位“t”重复"),
        (["万t"], [], "不能作单位符号"),
        (["m²"], [], "不能作单位符号"),
        (["2t"], [], "不能作单位符号"),
        (["t"], [("kg", "0.001 g")], "不认识单位“g”"),
    ],
)
def test_that_a_symbol_is_declared_once_and_by_known_ones(base, equal, reason):
    with pytest.raises(UnitError, match=reason):
        declare(base, [], equal)


@pytest.mark.parametrize(
    ("number", "source", "target", "value"),
    [
        ("2.5", "亿元", "万元", "25000"),
        ("3", "m3", "万m³", "0.0003"),
        ("30", "亩", "公顷", "2"),
        ("9" * 38, "亿元", "万元", "9" * 38 + "0000"),
        ("45", "‰", "%", None),
        ("45", "a", "%", None),
        ("45", "GJ", "tce", None),
    ],
)
def test_that_a_number_typed_in_another_unit_is_taken_over_exactly(number, source, target, value):
    ratio = UNITS.ratio_typed(source, target)

    found = None if ratio is None else scaled(Decimal(number), ratio)

    assert found == (None if value is None else Decimal(value))


def test_that_people_and_enterprises_are_counted_and_tonnes_are_not():
    counted = [text for text in ("家", "万人", "t", "人/家", "元/人") if is_counted(text)]

    assert counted == ["家", "万人"]


def is_counted(text):
    return UNITS.is_counted(UNITS.parse(text))


def test_that_a_unit_is_called_as_the_pack_writes_it():
    assert UNITS.name(UNITS.parse("kgCO2")) == "kgCO2"
    assert UNITS.name(UNITS.parse("元") / UNITS.parse("kWh")) == "元/kWh"
