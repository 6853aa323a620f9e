"""R9: whatever two people do to one plan, a merge loses no edit without asking."""

from __future__ import annotations

import pytest

from commands.making import sample_plan
from forms.answers import Answers
from forms.changes import apply_changes, difference
from forms.loading import open_pack
from forms.merging import Conflict, merge
from tests.reliability.counts import record
from tests.reliability.merge_pairs import Judge, random_pair

PAIRS = 500


@pytest.fixture(scope="module")
def sample():
    plan = sample_plan()
    return open_pack(plan.meta.pack_id), plan.answers


def judged(sample, numbers) -> tuple[int, int, int, list[str]]:
    """Edits, conflicts, pairs with conflicts and faults over some random pairs."""
    pack, base = sample
    edits = conflicts = asked = 0
    faults: list[str] = []
    for number in numbers:
        mine, theirs = random_pair(pack, base, number)
        merged = merge(pack, base, mine, theirs)
        judge = Judge(pack, base, mine, theirs, merged.answers, merged.conflicts)
        faults += [f"pair {number}: {fault}" for fault in judge.faults()]
        edits, conflicts = edits + judge.checked, conflicts + len(merged.conflicts)
        asked += bool(merged.conflicts)
    return edits, conflicts, asked, faults


def test_that_no_edit_of_ten_pairs_is_lost_unasked(sample):
    edits, conflicts, _, faults = judged(sample, range(1000, 1010))

    assert faults == []
    assert edits > 150
    assert conflicts > 10


@pytest.mark.long
def test_that_no_edit_of_five_hundred_pairs_is_lost_unasked(sample):
    edits, conflicts, asked, faults = judged(sample, range(PAIRS))

    assert faults == []
    words = f"{PAIRS} pairs, {edits} edits checked, {conflicts} conflicts in {asked} pairs"
    record("R9", f"{words}; 0 silent overwrites, 0 edits lost")


def last_writer_wins(base: Answers, mine: Answers, theirs: Answers) -> Answers:
    """What programs do that compare time stamps."""
    return apply_changes(mine, difference(base, theirs, ""))


def whole_file_wins(base: Answers, mine: Answers, theirs: Answers) -> Answers:
    return theirs


@pytest.mark.parametrize("bad", [last_writer_wins, whole_file_wins])
def test_that_the_judge_finds_what_a_careless_merge_loses(sample, bad):
    pack, base = sample
    for number in range(1000, 1005):
        mine, theirs = random_pair(pack, base, number)
        asked: tuple[Conflict, ...] = ()
        judge = Judge(pack, base, mine, theirs, bad(base, mine, theirs), asked)

        assert bool(judge.faults()) >= bool(merge(pack, base, mine, theirs).conflicts), number


def test_that_the_judge_finds_one_conflict_that_is_not_told(sample):
    pack, base = sample
    mine, theirs = random_pair(pack, base, 1000)
    merged = merge(pack, base, mine, theirs)
    assert len(merged.conflicts) > 1

    for number in range(len(merged.conflicts)):
        told = (*merged.conflicts[:number], *merged.conflicts[number + 1 :])
        assert Judge(pack, base, mine, theirs, merged.answers, told).faults()
