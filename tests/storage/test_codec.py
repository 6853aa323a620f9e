"""JSON of our files: equal content gives equal bytes, however it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.codec import dump, dump_list


@given(st.text(max_size=8), st.lists(st.lists(st.text(max_size=8))))
def test_that_a_list_written_item_by_item_is_the_same_as_at_once(key, items):
    assert dump_list(key, iter(items)) == dump({key: items})


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 5_000])
def test_that_nothing_is_lost_between_two_breaths(count):
    content = {f"k{number}": {"text": "值"} for number in range(count)}
    lines = dump(content, indent=1).decode().splitlines()
    assert sum("值" in line for line in lines) == count
    assert lines[-1].endswith("}")
