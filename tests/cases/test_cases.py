"""Published figures of real parks, typed in: what agrees stays silent, what does not is found."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from commands.making import DEFAULT_PACK
from forms.address import parse_address
from forms.answers import Answers
from forms.checks import Finding, run_checks
from forms.edits import AddRow, apply_edit, set_from_text
from forms.loading import open_pack
from forms.schema import Pack, Table
from forms.view import PlanView, evaluate

FOLDER = Path(__file__).parent
CASES = {
    file.stem: tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    for file in sorted(FOLDER.glob("*.toml"))
}
# What is empty because the publication does not tell: asked for, but no contradiction.
UNTOLD = ("REQ-", "COV-", "LIM-", "EVD-", "ENE-002")
SLIPS = [(name, number) for name in CASES for number in range(len(CASES[name]["contradictions"]))]


@lru_cache(maxsize=1)
def pack() -> Pack:
    return open_pack(DEFAULT_PACK)


def typed(case: dict, others: dict[str, str] | None = None) -> PlanView:
    """The plan with what the case publishes, and with other values in the place of some."""
    answers = Answers()
    for table, count in case.get("rows", {}).items():
        for number in range(1, count + 1):
            answers = _with(answers, f"{table}/r{number}", None)
            item = pack().index.items[parse_address(table).section, parse_address(table).item]
            assert isinstance(item, Table)
            if item.naming == "name":
                answers = _with(answers, f"{table}/r{number}/name", f"公布的第{number}个项目")
    for table, shared in case.get("repeat", {}).items():
        cells = {column: text for column, text in shared.items() if column != "count"}
        for number in range(1, shared["count"] + 1):
            for column, text in cells.items():
                answers = _with(answers, f"{table}/r{number}/{column}", text)
    for address, text in {**case["values"], **(others or {})}.items():
        answers = _with(answers, address, text)
    return evaluate(pack(), answers)


def _with(answers: Answers, text: str, value: str | None) -> Answers:
    address = parse_address(text)
    item = pack().index.items[address.section, address.item]
    if isinstance(item, Table) and address.row not in answers.order(address):
        answers = apply_edit(pack(), answers, AddRow(address.table, address.row)).answers
    if value is None:
        return answers
    return apply_edit(pack(), answers, set_from_text(pack(), address, value)).answers


def contradictions(view: PlanView) -> list[Finding]:
    return [finding for finding in run_checks(view) if not finding.rule.startswith(UNTOLD)]


def test_that_every_published_case_is_here():
    assert len(CASES) == 8
    for case in CASES.values():
        assert all(case[part] for part in ("title", "source", "note", "contradictions"))


@pytest.mark.parametrize("name", CASES)
def test_that_published_figures_that_agree_stay_silent(name):
    found = contradictions(typed(CASES[name]))

    assert [f"{finding.rule} {finding.sentence}" for finding in found] == []


@pytest.mark.parametrize(("name", "number"), SLIPS)
def test_that_a_contradiction_is_found_and_names_both_numbers(name, number):
    slip = CASES[name]["contradictions"][number]
    found = contradictions(typed(CASES[name], slip["values"]))
    sentences = [finding.sentence for finding in found if finding.rule == slip["rule"]]

    assert sentences, f"{slip['what']}: {[finding.rule for finding in found]}"
    assert any(all(part in said for part in slip["numbers"]) for said in sentences), sentences
    for finding in found:
        assert finding.places
        assert finding.remedy.endswith("。")


@pytest.mark.parametrize("name", [name for name in CASES if "figures" in CASES[name]])
def test_that_what_the_publication_lets_us_work_out_is_worked_out(name):
    view = typed(CASES[name])
    for address, value in CASES[name]["figures"].items():
        assert view.number(parse_address(address)) == Decimal(value)
