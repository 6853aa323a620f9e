"""Addresses: the one name of every value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.address import Address, AddressError, is_row_id, parse_address

SEGMENTS = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)


@given(SEGMENTS, SEGMENTS, SEGMENTS | st.just(""), SEGMENTS | st.just(""), st.integers(0, 2999))
def test_that_an_address_reads_back_as_it_was_printed(section, item, row, column, year):
    year = year if year >= 1000 else 0
    if not row:
        column, year = "", 0
    address = Address(section, item, row, column, year)

    assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("period/base_year", Address("period", "base_year")),
        ("water/supply/surface/2023", Address("water", "supply", "surface", "", 2023)),
        ("projects/list/p12/name", Address("projects", "list", "p12", "name")),
        ("projects/list/p12/invest/2024", Address("projects", "list", "p12", "invest", 2024)),
        (" a/b ", Address("a", "b")),
    ],
)
def test_that_an_address_means_one_place(text, meant):
    assert parse_address(text) == meant


@pytest.mark.parametrize(
    "text",
    ["", "one", "a//b", "a/b/c/d/e", "a/b/c/d/2024/x", "a/园区", "a/b c", "/a/b", "a/..", "a/_b"],
)
def test_that_what_is_no_address_is_refused_in_a_sentence(text):
    with pytest.raises(AddressError, match=r"。$"):
        parse_address(text)


def test_that_a_place_knows_its_table_and_cell():
    cell = parse_address("projects/list/p1/invest/2024")

    assert cell.table == Address("projects", "list")
    assert cell.cell == ("invest", 2024)
    assert cell.table.at_row("p1") == Address("projects", "list", "p1")
    assert cell.table.at("p1", "invest", 2024) == cell


def test_that_a_row_is_named_by_letters_and_digits():
    assert is_row_id("r2k9")
    assert not is_row_id("a/b")
    assert not is_row_id("")
