"""What is kept aside - notes, persons, ticks - never leaves on paper: not a byte differs by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commands.making import sample_plan
from exporters.compose.check_report import ReportFacts
from exporters.compose.source import Source
from exporters.compose.volume import compose_volumes
from exporters.export import export_plan
from exporters.order import CopiesOrder, Format, PrintOrder, ReportPlace
from forms.address import Address, parse_address
from forms.duties import assign
from forms.edits import Edit, apply_edits, set_from_text
from forms.loading import open_pack
from forms.notes import Written, note
from forms.ticks import tick
from forms.view import PlanView, evaluate

PLAN = sample_plan()
PACK = open_pack(PLAN.meta.pack_id)
FACTS = ReportFacts(date(2026, 5, 12), "7（校验 ab12）", "园策 0.1.0")
SECRET = Written("悄悄话：这个数还没有和统计局核对", "暗自思", date(2026, 5, 12))
PLACES = (
    "economy/economy_text",
    "economy/output/gdp/2025",
    "cover/park_name",
    "outcomes/indicators",
)


def source(view: PlanView) -> Source:
    return Source(view, lambda sha256: PLAN.pictures[sha256], "p", "e", FACTS)


@pytest.fixture(scope="module")
def without() -> PlanView:
    """The sample with one finding, so that the check report has something to say."""
    wrong = set_from_text(PACK, parse_address("pollution/emissions/so2/2025"), "1650")
    return evaluate(PACK, apply_edits(PACK, PLAN.answers, (wrong,), "改").answers)


@pytest.fixture(scope="module")
def noted(without) -> PlanView:
    """The same with a note on many places, every section given to somebody, every point ticked."""
    edits: list[Edit] = []
    for place in map(parse_address, PLACES):
        edits += note(without, place, SECRET)
    for section in PACK.sections():
        if without.shows_section(section):
            edits += note(without, Address(section.key, ""), SECRET)
            edits += assign(without, section, "暗自思")
            edits += [each for p in section.points for each in tick(without, section, p, on=True)]
    return evaluate(PACK, apply_edits(PACK, without.answers, tuple(edits), "记").answers)


@pytest.mark.long  # in every run tests/exporters/test_token.py looks for each of these texts
def test_that_the_document_is_the_same_with_and_without(without, noted):
    order = PrintOrder(annex_volume=True)
    said = set_from_text(PACK, parse_address(PLACES[0]), SECRET.text)  # the same words as prose
    told = evaluate(PACK, apply_edits(PACK, without.answers, (said,), "写").answers)
    documents = [compose_volumes(source(view), order) for view in (without, noted, told)]

    assert documents[0] == documents[1]
    assert documents[0] != documents[2]


@pytest.mark.long
def test_that_every_file_of_an_order_is_the_same_byte_for_byte(without, noted):
    order = PrintOrder(
        annex_volume=True,
        report=ReportPlace.SEPARATE,
        report_formats=(Format.WORD, Format.PDF),
        workbooks=("重点项目", "预期成效指标"),
        copies=CopiesOrder(("省发展改革委",)),
    )
    files = [export_plan(source(view), order) for view in (without, noted)]
    bound = [
        export_plan(source(view), replace(order, report=ReportPlace.BOUND, formats=(Format.PDF,)))
        for view in (without, noted)
    ]

    for before, now in zip((*files[0], *bound[0]), (*files[1], *bound[1]), strict=True):
        assert (now.title, now.format) == (before.title, before.format)
        assert now.content == before.content, (now.title, now.format)
    assert len(files[0]) > 6
