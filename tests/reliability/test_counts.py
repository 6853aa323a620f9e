"""The table of counts: each row can be written by its test, and no other row changes."""

from __future__ import annotations

import re

import pytest

from tests.reliability.counts import DOCUMENT, SWITCH, record, written

TABLE = "| Id | Test | Count |\n| --- | --- | --- |\n| R1 | kills |  |\n| R10 | damage | old |\n"


def test_that_a_count_is_written_into_its_own_row_only():
    lines = written(TABLE, "R1", "1,000 kills, 0 lost").split("\n")

    assert re.fullmatch(r"\| R1 \| kills \| 1,000 kills, 0 lost \(\d{4}-\d\d-\d\d\) \|", lines[2])
    assert lines[3] == "| R10 | damage | old |"


def test_that_parts_of_a_row_stand_beside_each_other_and_replace_their_own():
    once = written(written(TABLE, "R1", "5", "autosave"), "R1", "7", "export")
    again = written(once, "R1", "6", "autosave").split("\n")[2]

    assert re.search(r"\| autosave: 6; export: 7 \(\S+\) \|$", again)


def test_that_a_row_nobody_promised_is_refused():
    with pytest.raises(KeyError):
        written(TABLE, "R99", "1")


def test_that_a_count_reaches_the_document_only_when_asked_for(tmp_path, monkeypatch):
    document = tmp_path / "reliability.md"
    document.write_text(TABLE, encoding="utf-8")
    monkeypatch.delenv(SWITCH, raising=False)
    record("R1", "3 | 4", document=document)
    assert document.read_text(encoding="utf-8") == TABLE

    monkeypatch.setenv(SWITCH, "1")
    record("R1", "3 | 4", document=document)
    assert "| 3 / 4 (" in document.read_text(encoding="utf-8")


def test_that_every_promise_of_the_matrix_has_its_row():
    text = DOCUMENT.read_text(encoding="utf-8")

    rows = [*(f"R{n}" for n in range(1, 21)), *(f"S{n}" for n in range(1, 11))]
    assert [row for row in rows if f"\n| {row} | " not in text] == []
