"""Long work may be made to wait between two rows; where nobody asks for it, it goes through."""

from __future__ import annotations

import pytest

from forms.breathing import breathe, breathe_by, breathing


@pytest.fixture(autouse=True)
def nobody_asks():
    yield
    breathe_by(None)


def test_that_work_goes_through_where_nobody_asks_it_to_wait():
    breathe_by(None)
    breathe()
    assert list(breathing("甲乙丙")) == ["甲", "乙", "丙"]


def test_that_there_is_a_breath_before_each_row():
    told: list[str] = []
    breathe_by(lambda: told.append("呼吸"))
    for row in breathing(["余热", "中水"]):
        told.append(row)
    assert told == ["呼吸", "余热", "呼吸", "中水"]


def test_that_rows_are_taken_only_as_they_are_asked_for():
    rows = breathing(iter(range(10**12)))
    assert [next(rows), next(rows)] == [0, 1]
