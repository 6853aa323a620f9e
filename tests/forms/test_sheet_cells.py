"""What spreadsheets write into cells of figures, read as the planner means it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.sheet_cells import plain_figure, sheet_unit

FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@pytest.mark.parametrize(
    ("cell", "digits", "unit"),
    [
        ("１，２３４．５万元", "1,234.5", "万元"),
        ("¥ 1,234.50", "1,234.50", ""),
        (" 1,234.50 元 ", "1,234.50", "元"),
        ("(1,200)", "-1,200", ""),
        ("1.2E+05", "120000", ""),
        ("1.5e-3", "0.0015", ""),
        ("12 345.6", "12345.6", ""),
        ("1200 吨标煤", "1200", "tce"),
        ("0.5 万 m3", "0.5", "万m³"),
        ("12万度", "12", "万kWh"),
        ("35.2%", "35.2", "%"),
        ("'00123", "00123", ""),
        (" - ", "", ""),
        ("——", "", ""),
        ("/", "", ""),
    ],
)
def test_that_a_cell_reads_as_it_is_meant(cell, digits, unit):
    assert plain_figure(cell).digits == digits
    assert plain_figure(cell).unit == unit


@pytest.mark.parametrize(
    "cell",
    [
        "约12",
        "不详",
        "二〇二八",
        "12a3",
        "1.2.3",
        "2026.3.15",
        "1200-1500",
        "300（含税）",
        "待定（约500）",
    ],
)
def test_that_what_is_no_figure_stays_as_it_was_written(cell):
    assert plain_figure(cell).text == cell


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("单位：亿元", "亿元"),
        ("万吨标准煤", "万tce"),
        ("万KWH", "万kWh"),
        ("立方米", "m³"),
        ("吨/年", "t/a"),
        ("万TCE", "万tce"),
    ],
)
def test_that_units_are_spelled_as_the_pack_has_them(said, unit):
    assert sheet_unit(said) == unit


@given(st.decimals(-(10**12), 10**12, places=4), st.booleans(), st.booleans())
def test_that_no_digit_is_lost_whatever_the_format(number, grouped, wide):
    text = f"{number:,f}" if grouped else f"{number:f}"
    figure = plain_figure(text.translate(FULL_WIDTH) if wide else text)

    assert Decimal(figure.digits.replace(",", "")) == number


@given(st.text(max_size=40))
def test_that_any_text_is_answered(text):
    assert isinstance(plain_figure(text).text, str)
    assert isinstance(sheet_unit(text), str)
