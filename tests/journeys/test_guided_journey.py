"""A planner fills what is missing by F8 and the guide alone, writing Chinese by real pinyin."""

from __future__ import annotations

import json

import pytest

from forms.checks import run_checks
from forms.dismissals import review
from forms.edits import apply_edit, set_from_text
from forms.loading import open_pack
from forms.stops import next_stop, place_of, way_of
from forms.view import evaluate
from storage import open_plan
from tests.commands.verbs import good, started
from tests.journeys.papers import words_of
from tests.journeys.screen import Screen

ENTERED = {  # what was left empty, and what the planner makes of it
    "cover/park_level": "provincial",
    "cover/compiler": "管委会",
    "cover/compiled_month": "2026-06",
    "overview/planned_area": "26.8",
    "overview/location": "园区位于东北部",
    "overview/governance": "统一管理",
}
PINYIN = {
    "cover/compiler": ("guanweihui",),
    "overview/location": ("yuanqu", "weiyu", "dongbeibu"),
    "overview/governance": ("tongyi", "guanli"),
}
MOST_STOPS = 30


def way_through(path):
    """Where F8 leads, one place after the other, while what was left empty is entered."""
    file = open_plan(path)
    pack, answers = open_pack(file.meta.pack_id), file.answers
    section, focus, last = next(iter(pack.sections())).key, None, None
    for _ in range(MOST_STOPS):
        view = evaluate(pack, answers)
        way = way_of(view, review(view, run_checks(view)))
        stop = next_stop(view, way, section, focus, last)
        if stop is None:
            return
        place = place_of(view, stop)
        yield str(place)
        if str(place) in ENTERED:
            edit = set_from_text(pack, place, ENTERED[str(place)])
            answers = apply_edit(pack, answers, edit).answers
        section, focus, last = place.section, place, stop
    raise AssertionError("F8 goes in circles")


def enter(screen, address):
    """What a planner enters at a place F8 has led to."""
    if address == "cover/park_level":
        screen.keys("Down", "Down")  # of the state, of the province
    for letters in PINYIN.get(address, ()):
        screen.pinyin(letters)
    if address in ("cover/compiled_month", "overview/planned_area"):
        screen.write(ENTERED[address])
        screen.keys("Return")


@pytest.mark.long
def test_that_f8_leads_to_a_plan_in_which_nothing_is_missing(tmp_path):
    begun = tmp_path / "begun.yuance"
    good(started("sample", begun))
    good(started("set", begun, *(f"{address}=" for address in ENTERED)))
    way = list(way_through(begun))
    assert set(ENTERED) <= set(way)

    with Screen(tmp_path, pinyin=True) as screen:
        screen.open(begun)
        screen.wait_for("循环化改造实施方案")
        screen.keys("Escape")  # the tour
        for number, address in enumerate(way):
            screen.keys("F8")
            screen.picture(f"gap-{number}")
            enter(screen, address)
        screen.keys("F8")
        screen.picture("ready")
        filled = screen.save_as(tmp_path / "filled.yuance")
        printed = screen.print_all()
        screen.leave()

    assert list(way_through(filled)) == []
    sections = json.loads(good(started("dump", filled)))["sections"]
    for address, value in ENTERED.items():
        section, item = address.split("/")
        assert sections[section][item] == value
    for suffix in (".docx", ".pdf"):
        assert ENTERED["overview/location"] in words_of(printed[suffix])
