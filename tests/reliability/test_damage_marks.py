"""Damage all the way to the window: what is wrong is never shown, what is missing is marked."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from forms.answers import answers_of
from forms.changes import ChangeSet, ValueChange
from forms.encoding import encode
from storage.database import DRAFT_NAME
from storage.draft import Draft
from storage.errors import StorageError
from storage.recovery import look_after
from storage.snapshots import FOLDER_NAME
from storage.versions import best_snapshot
from tests.storage.plans import NOON, some_meta
from tests.storage.test_damage import damaged_copies, figures

KINDS = ("bit", "sector", "page", "truncated", "stale")
ROWS = 700


@pytest.fixture(scope="module")
def stages(tmp_path_factory):
    """The folder of a plan with a snapshot, its bytes before and after a day's work, the truth."""
    folder = tmp_path_factory.mktemp("stages") / "draft"
    before, after = figures(ROWS), figures(ROWS, 3)
    with Draft.create(folder, some_meta(), answers_of(before.items(), [])) as draft:
        draft.snapshot("open", at=NOON)
    old = (folder / DRAFT_NAME).read_bytes()
    changed = {place: value for place, value in after.items() if int(place.row[1:]) % 2}
    with Draft.open(folder) as draft:
        edits = tuple(ValueChange(at, before[at], value) for at, value in changed.items())
        draft.commit(ChangeSet("改", edits), who="王工", source="typed", at=NOON)
    return folder, old, (folder / DRAFT_NAME).read_bytes(), before | changed


def opened(folder):
    """What a planner gets: the values shown, and the places marked with what is offered."""
    with Draft.open(folder) as draft:
        loaded = draft.load()
        past = look_after(draft, loaded, who="", at=NOON + timedelta(hours=1))
    return dict(loaded.answers.values()), {loss.place: loss for loss in past.losses}


def opened_without_marks(folder):
    """The same, forgetting the marks: as it was before."""
    values, _ = opened(folder)
    return values, {}


def tally(stages, kind, count, reader=opened):
    """How many drafts showed something wrong or missed a mark, and what could be had back."""
    folder, old, good, truth = stages
    counts = dict.fromkeys(("drafts", "wrong", "unmarked", "marked", "exact", "false", "lost"), 0)
    kept = {path.name for path in (folder / FOLDER_NAME).iterdir()}
    for content in damaged_copies(kind, old, good, count):
        _clean(folder, kept)
        (folder / DRAFT_NAME).write_bytes(content)
        counts["drafts"] += 1
        try:
            values, marks = reader(folder)
        except StorageError:
            best = best_snapshot(folder)
            counts["lost"] += best is None
            continue
        wrong = [at for at, value in values.items() if encode(truth[at]) != encode(value)]
        missing = truth.keys() - values.keys()
        counts["wrong"] += bool(wrong)
        counts["unmarked"] += bool(missing - marks.keys())
        counts["marked"] += len(missing & marks.keys())
        offers = [marks[at] for at in missing & marks.keys() if marks[at].is_last]
        exact = [o for o in offers if o.value is not None and o.value == truth[o.place]]
        counts["exact"] += len(exact)
        counts["false"] += len(offers) - len(exact)
    return counts


def _clean(folder, kept):
    for path in (folder / FOLDER_NAME).iterdir():
        if path.name not in kept:
            path.unlink()
    for name in ("damage.json", "lock.json", f"{DRAFT_NAME}-journal"):
        (folder / name).unlink(missing_ok=True)


@pytest.mark.parametrize("kind", KINDS)
def test_that_damage_is_never_shown_as_good_and_always_marked(kind, stages):
    counts = tally(stages, kind, 4)

    assert {key: counts[key] for key in ("wrong", "unmarked", "false", "lost")} == {
        "wrong": 0,
        "unmarked": 0,
        "false": 0,
        "lost": 0,
    }


def test_that_the_count_notices_forgotten_marks(stages):
    assert tally(stages, "page", 8, opened_without_marks)["unmarked"] > 0


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_that_three_hundred_damaged_drafts_of_each_kind_are_marked(kind, stages):
    counts = tally(stages, kind, 300)
    print(json.dumps({"R10": kind, **counts}))

    assert (counts["wrong"], counts["unmarked"], counts["false"], counts["lost"]) == (0, 0, 0, 0)
