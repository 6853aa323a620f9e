"""Which snapshots stay, over a simulated year, against the rule said in the plainest way."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.draft import Draft
from storage.retention import kept
from storage.snapshots import list_snapshots
from tests.storage.plans import small_plan, some_meta

BEIJING = timezone(timedelta(hours=8))
START = datetime(2026, 1, 5, 0, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Taken:
    at: datetime
    name: str = ""


def by_the_rule(ever_taken, now):
    """The rule as it stands in the guide, asked of every snapshot that was ever taken."""
    times = sorted(each.at.astimezone(BEIJING) for each in ever_taken if not each.name)
    stay = {each.at for each in ever_taken if each.name}
    for number, at in enumerate(times):
        following = times[number + 1] if number + 1 < len(times) else None
        if number >= len(times) - 20:
            stay.add(at)
        elif following is None:
            raise AssertionError("the last one is among the last twenty")
        elif now - at <= timedelta(days=2):
            if (at.date(), at.hour) != (following.date(), following.hour):
                stay.add(at)
        elif now - at <= timedelta(days=30):
            if at.date() != following.date():
                stay.add(at)
        elif at.isocalendar()[:2] != following.isocalendar()[:2]:
            stay.add(at)
    return stay


def a_year(chance, days):
    """When snapshots are taken: sessions of some hours on most days, one every ten minutes."""
    for day in range(days):
        if chance.random() < 0.25:
            continue
        at = START + timedelta(days=day, minutes=chance.randrange(0, 700))
        for number in range(chance.randrange(1, 40)):
            named = chance.random() < 0.002
            yield Taken(at, f"稿{number}" if named else "")
            at += timedelta(minutes=10, seconds=chance.randrange(0, 59))


@pytest.mark.parametrize("seed", [1])
def test_that_thinning_over_a_year_leaves_exactly_what_the_rule_says(seed):
    ever: list[Taken] = []
    now_kept: tuple[Taken, ...] = ()
    compared = 0
    for taken in a_year(random.Random(seed), 365):
        ever.append(taken)
        now_kept = kept((*now_kept, taken), taken.at)
        if len(ever) % 131 == 0:
            assert {each.at for each in now_kept} == by_the_rule(ever, taken.at)
            compared += 1
    assert {each.at for each in now_kept} == by_the_rule(ever, ever[-1].at)
    assert compared > 30
    assert len([each for each in now_kept if not each.name]) < 120


def test_that_the_check_finds_a_rule_that_is_wrong():
    ever = list(a_year(random.Random(3), 60))

    latest = {each.at for each in ever[-20:]}

    assert latest != by_the_rule(ever, ever[-1].at)


@given(st.lists(st.integers(0, 60 * 24 * 90), unique=True, max_size=80), st.integers(0, 10**5))
def test_that_three_at_least_and_all_named_ones_stay(minutes, waited):
    taken = [Taken(START + timedelta(minutes=m), "送审稿" if m % 7 == 0 else "") for m in minutes]

    stay = kept(taken, START + timedelta(minutes=60 * 24 * 90 + waited))

    unnamed = sorted((each for each in taken if not each.name), key=lambda each: each.at)
    assert set(unnamed[-3:]) <= set(stay)
    assert {each for each in taken if each.name} <= set(stay)
    assert kept(stay, START + timedelta(minutes=60 * 24 * 90 + waited)) == stay


def test_that_a_clock_set_back_does_not_cost_the_snapshot_just_taken(tmp_path):
    with Draft.create(tmp_path / "draft", some_meta(), small_plan()) as draft:
        for minute in range(25):
            draft.snapshot("timed", at=START + timedelta(days=400, minutes=minute))
        taken = draft.snapshot("timed", at=START)
        again = draft.snapshot("timed", at=START + timedelta(minutes=1))

        assert taken.path.exists() or again.path.exists()
        assert again in list_snapshots(draft.folder)


@pytest.mark.long
def test_that_the_files_of_a_year_are_those_of_the_rule(tmp_path):
    """Real files and the register; three snapshots in ten of the year above, to save time."""
    chance = random.Random(5)
    ever: list[Taken] = []
    with Draft.create(tmp_path / "draft", some_meta(), small_plan()) as draft:
        for taken in a_year(chance, 365):
            if chance.random() < 0.7:
                continue
            ever.append(taken)
            draft.snapshot("timed", taken.name, at=taken.at)
        found = {each.at for each in list_snapshots(draft.folder)}
        files = list((draft.folder / "snapshots").glob("*.sqlite"))

    assert found == by_the_rule(ever, ever[-1].at)
    assert len(files) == len(found)
