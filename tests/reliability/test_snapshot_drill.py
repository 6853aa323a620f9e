"""The drill: a hundred snapshots, every one of them restored, equal to the last digit."""

from __future__ import annotations

import json
import random
import time
from datetime import timedelta
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from forms.answers import Answers
from forms.changes import difference
from forms.values import Picture
from storage.draft import Draft
from storage.media import picture_name
from storage.plan_file import open_plan, save_plan
from storage.reading import read_snapshot
from storage.snapshots import list_snapshots, restore_snapshot
from storage.versions import answers_then, version_file
from tests.reliability.counts import record
from tests.storage.plans import NOON, random_answers, same, some_meta

COUNT = 100


def histories(count, seed):
    """A plan in many states, each made from the one before by random edits."""
    found: list[Answers] = []

    @settings(
        max_examples=count,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
    )
    @given(random_answers())
    def collect(answers):
        found.append(answers)

    collect()
    random.Random(seed).shuffle(found)
    return found[:count]


def keep_all(draft, states):
    """Bring the draft through all states with a snapshot after each; what each should hold."""
    kept = []
    for number, state in enumerate(states):
        at = NOON + timedelta(minutes=number)
        changes = difference(draft.load().answers, state, "改")
        if changes:
            draft.commit(changes, who="王工", source="typed", at=at)
        kept.append((draft.snapshot("timed", f"稿{number}", at=at), same(draft.load().answers)))
    return kept


def wrong_ones(draft, kept):
    """Snapshots that do not give the plan of their day, restored into the open draft."""
    wrong = 0
    for number, (snapshot, wanted) in enumerate(kept):
        then = answers_then(snapshot)
        changes = difference(draft.load().answers, then, "恢复")
        if changes:
            at = NOON + timedelta(days=1, minutes=number)
            draft.commit(changes, who="王工", source="restore", at=at)
        loaded = draft.load()
        wrong += not loaded.whole or same(loaded.answers) != wanted
    return wrong


def test_that_restoring_gives_the_plan_of_that_day(tmp_path):
    with Draft.create(tmp_path / "draft", some_meta()) as draft:
        kept = keep_all(draft, histories(8, 1))

        assert wrong_ones(draft, kept) == 0


def test_that_the_drill_notices_a_snapshot_of_another_day(tmp_path):
    with Draft.create(tmp_path / "draft", some_meta()) as draft:
        kept = keep_all(draft, histories(5, 1))
        swapped = [(kept[-1][0], kept[0][1]), *kept[1:]]

        assert wrong_ones(draft, swapped) == 1


@pytest.mark.long
def test_that_a_hundred_random_snapshots_are_restored_without_a_difference(tmp_path):
    folder = tmp_path / "draft"
    with Draft.create(folder, some_meta()) as draft:
        kept = keep_all(draft, histories(COUNT, 2))
        random.Random(2).shuffle(kept)
        wrong = wrong_ones(draft, kept)

    in_place = 0
    for number, (snapshot, wanted) in enumerate(kept[:20]):
        restore_snapshot(folder, snapshot, NOON + timedelta(days=2, minutes=number))
        with Draft.open(folder) as draft:
            in_place += same(draft.load().answers) == wanted
    record(
        "R12", f"{len(kept)} snapshots restored, {wrong} different; {in_place} put in place, equal"
    )
    assert (len(kept), wrong, in_place) == (COUNT, 0, 20)


@pytest.mark.long
def test_that_a_plan_with_fifty_megabytes_of_pictures_comes_back_whole(tmp_path):
    folder = tmp_path / "draft"
    chance = random.Random(9)
    head = b"\x89PNG\r\n\x1a\n"
    pictures = [head + chance.randbytes(2_000_000) for _ in range(25)]
    from forms.address import Address

    answers = Answers()
    for number, content in enumerate(pictures):
        value = Picture(picture_name(content), f"图{number}.png", "image/png", 800, 600)
        answers = answers.with_value(Address("maps", f"m{number}"), value)
    with Draft.create(
        folder, some_meta(), answers, {picture_name(p): p for p in pictures}
    ) as draft:
        snapshot = draft.snapshot("timed", "送审稿", at=NOON)
        emptied = difference(answers, Answers(), "清空")
        draft.commit(emptied, who="", source="typed", at=NOON)
        began = time.monotonic()
        draft.commit(
            difference(Answers(), answers_then(snapshot), "恢复"), who="", source="restore", at=NOON
        )
        restored = time.monotonic() - began
        back = draft.load().answers
    began = time.monotonic()
    written = save_plan(tmp_path / "送审稿.yuance", version_file(folder, snapshot))
    sent = time.monotonic() - began
    found = open_plan(written)
    print(json.dumps({"R12 50 MB restored ms": int(restored * 1000), "sent ms": int(sent * 1000)}))

    assert same(back) == same(answers) == same(read_snapshot(snapshot.path).answers)
    assert {name: sha256(c).hexdigest() for name, c in found.pictures.items()} == {
        picture_name(p): picture_name(p) for p in pictures
    }
    assert len(list_snapshots(folder)) == 1
