"""The log stays small over years, and every moment somebody may want stays exact."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from forms.address import Address
from forms.answers import Answers
from forms.changes import ChangeSet, OrderChange, ValueChange, apply_changes
from storage.compaction import compact
from storage.draft import Draft
from storage.history import history
from storage.moments import answers_at, answers_at_root
from storage.undoing import former_steps
from tests.storage.plans import PICTURES, same, small_plan, some_meta

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TABLE = Address("projects", "list")
PROSE = tuple(Address("story", f"part{n}") for n in range(20))
OUTLINE = "园区循环化改造。" * 60
FIGURES = tuple(Address("data", f"figure{n}") for n in range(60))


@pytest.fixture
def draft(tmp_path):
    """A draft on a disk that need not survive a power cut: years of work in seconds."""
    folder = tmp_path / "draft"
    with Draft.create(folder, some_meta(), small_plan(), PICTURES, person="王工") as opened:
        opened.database.conn.execute("PRAGMA synchronous = OFF")
        yield opened


def sitting(answers: Answers, chance: random.Random) -> Iterator[tuple[Answers, ChangeSet]]:
    """Some minutes at one place: a paragraph written, figures put right, or a row."""
    match chance.randrange(6):
        case 0:
            old = answers.order(TABLE)
            new = (*old[1:], f"r{chance.randrange(10**9)}")
            changes = ChangeSet("行", (OrderChange(TABLE, old, new),))
            yield apply_changes(answers, changes), changes
        case 1 | 2:
            for place in chance.sample(FIGURES, 4):
                new = str(chance.randrange(10**6))
                changes = ChangeSet("数", (ValueChange(place, answers.get(place), new),))
                answers = apply_changes(answers, changes)
                yield answers, changes
        case _:
            place = chance.choice(PROSE)
            at = chance.randrange(len(str(answers.get(place) or OUTLINE)))
            for words in chance.choices(("资源循环利用", "园区的企业，", "2025年。"), k=12):
                old = str(answers.get(place) or OUTLINE)
                gone = chance.choice((0, 0, 6))  # words put in the place of others
                new = old[:at] + words + old[at + gone :]
                changes = ChangeSet("文", (ValueChange(place, answers.get(place), new),))
                answers, at = apply_changes(answers, changes), at + len(words)
                yield answers, changes


def work(draft: Draft, day: int, actions: int, chance: random.Random) -> None:
    """One working day of two people, with some undone again."""
    answers, number = draft.load().answers, 0
    while number < actions:
        for after, changes in sitting(answers, chance):
            who = "王工" if number < actions * 2 // 3 else "李工"
            at = START + timedelta(days=day, minutes=number)
            draft.commit(changes, who=who, source="typed", at=at)
            number += 1
            if chance.random() < 0.1:
                draft.commit(changes.inverted(), who=who, source="undo", at=at)
                break
            answers = after
            if number >= actions:
                break


def states(draft: Draft) -> dict[int, Answers]:
    """The plan after every action, by walking the whole log once."""
    answers, found = draft.load().answers, {}
    for entry in history(draft, 10**6):
        assert entry.damaged == 0
        found[entry.action.revision] = answers
        answers = apply_changes(answers, entry.changes.inverted())
    return found


def size(draft: Draft) -> int:
    """Bytes of the log and its indexes, without what is free in its pages."""
    found = draft.database.conn.execute(
        "SELECT sum(24 + length(at) + length(who) * 3 + length(label) * 3 + length(root) + 64)"
        " FROM action"
    ).fetchone()[0]
    text = "length(CAST(before_text AS BLOB)) + length(CAST(after_text AS BLOB))"
    hashes = "length(before_hash) + length(after_hash) + 2 * length(address)"
    changes = draft.database.conn.execute(
        f"SELECT coalesce(sum(40 + {hashes} + {text}), 0) FROM change"
    ).fetchone()[0]
    return int(found + changes)


def test_that_what_is_left_of_the_log_is_exact(draft):
    chance = random.Random(1)
    for day in range(8):
        work(draft, day, 12, chance)
    before, now = states(draft), draft.load().answers
    hashes = dict(draft.database.conn.execute("SELECT address, hash FROM value").fetchall())

    saved = compact(draft, at=START + timedelta(days=60), least=1)

    after = states(draft)
    assert saved == len(before) - len(after) > 60
    assert all(same(after[revision]) == same(before[revision]) for revision in after)
    for revision in after:
        assert same(answers_at(draft, revision) or Answers()) == same(before[revision])
    assert same(draft.load().answers) == same(now)
    assert draft.load().whole
    assert dict(draft.database.conn.execute("SELECT address, hash FROM value")) == hashes


def test_that_days_and_people_stay_apart_and_the_last_month_stays_whole(draft):
    chance = random.Random(2)
    for day in (0, 1, 20):
        work(draft, day, 9, chance)
    recent = [each.action for each in history(draft, 9)]

    compact(draft, at=START + timedelta(days=40), least=1)

    left = [each.action for each in history(draft, 10**6)]
    assert left[:9] == recent
    older = [(each.who, each.at.date()) for each in left if each.at < START + timedelta(days=10)]
    assert len(older) == len(set(older)) == 5  # two people on two days, and the beginning


def test_that_after_a_year_a_month_is_one_action_of_each_person(draft):
    chance = random.Random(3)
    for day in range(0, 20, 4):
        work(draft, day, 6, chance)

    compact(draft, at=START + timedelta(days=400), least=1)
    compact(draft, at=START + timedelta(days=400), least=1)

    assert len(history(draft, 10**6)) <= 11  # who alternates day by day


def figure(draft: Draft, number: int, text: str) -> None:
    """One figure put right on the first day."""
    before = draft.load().answers.get(FIGURES[number])
    changes = ChangeSet("数", (ValueChange(FIGURES[number], before, text),))
    draft.commit(changes, who="王工", source="typed", at=START)


def test_that_named_versions_and_exchanged_contents_stay_where_they_were(draft):
    kept = {}
    for number in range(8):
        figure(draft, number % 3, str(number))
        if number == 2:
            draft.snapshot("named", "送审稿", at=START)
        elif number == 5:
            draft.describe(parent_root=draft.meta.root)
        else:
            continue
        kept[draft.meta.root] = draft.load().answers

    assert compact(draft, at=START + timedelta(days=60), least=1) == 5

    for root, answers in kept.items():
        assert same(answers_at_root(draft, root) or Answers()) == same(answers)


def test_that_a_text_changed_at_distant_places_stays_exact(draft):
    text = "".join(f"第{n}句写园区的现状。" for n in range(300))
    old = None
    for new in (
        text,
        text.replace("第3句", "第三句"),
        text.replace("第3句", "第三句").replace("第150句", "中间一句"),
        text.replace("第3句", "首句").replace("第150句", "中间一句").replace("第298句", "末句"),
    ):
        changes = ChangeSet("文", (ValueChange(PROSE[0], old, new),))
        day = START + timedelta(days=0 if old is None else 1)
        draft.commit(changes, who="王工", source="typed", at=day)
        old = new
    first = answers_at(draft, 1)

    assert compact(draft, at=START + timedelta(days=60), least=1) == 2

    assert draft.database.conn.execute("SELECT count(*) FROM change").fetchone()[0] == 4
    held = "SELECT max(length(before_text)) FROM change WHERE revision > 1"
    assert draft.database.conn.execute(held).fetchone()[0] < 100  # not the text between
    (merged, *_) = history(draft)
    assert (len(merged.changes.changes), merged.damaged) == (1, 0)
    assert same(answers_at(draft, 1) or Answers()) == same(first or small_plan())


def test_that_a_day_with_a_change_lost_is_not_merged(draft):
    for number in range(6):
        figure(draft, number, "1")
    draft.database.conn.execute("DELETE FROM change WHERE revision = 3")

    assert compact(draft, at=START + timedelta(days=60), least=1) == 0
    assert len(history(draft)) == 7


def test_that_imports_and_restores_stay_actions_of_their_own(draft):
    for number, source in enumerate(("typed", "import", "typed", "typed", "restore", "typed")):
        place = FIGURES[number]
        changes = ChangeSet("数", (ValueChange(place, None, str(number)),))
        draft.commit(changes, who="王工", source=source, at=START)

    compact(draft, at=START + timedelta(days=60), least=1)

    told = [each.action.source for each in reversed(history(draft))]
    assert told == ["new", "typed", "import", "typed", "restore", "typed"]


def test_that_what_does_not_prove_is_left_as_it_is(draft):
    work(draft, 0, 12, random.Random(5))
    damage = "UPDATE change SET before_hash = after_hash WHERE id = (SELECT min(id) FROM change)"
    draft.database.conn.execute(damage)
    before = draft.database.conn.execute("SELECT * FROM change").fetchall()

    compact(draft, at=START + timedelta(days=60), least=1)

    after = draft.database.conn.execute("SELECT * FROM change").fetchall()
    assert set(before[:1]) <= set(after)
    assert draft.load().whole


def test_that_little_is_not_worth_while_and_no_snapshot_is_taken(draft):
    work(draft, 0, 12, random.Random(6))

    assert compact(draft, at=START + timedelta(days=60)) == 0
    assert not list(draft.folder.glob("snapshots/*.sqlite"))


def test_that_a_snapshot_stands_before_anything_is_merged(draft):
    work(draft, 0, 12, random.Random(7))

    compact(draft, at=START + timedelta(days=60), least=1)

    assert len(list(draft.folder.glob("snapshots/*-compaction.sqlite"))) == 1


def test_that_a_failure_midway_leaves_the_log_as_it_was(draft, monkeypatch):
    work(draft, 0, 12, random.Random(8))
    before = draft.database.conn.execute("SELECT * FROM change").fetchall()

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("storage.compaction.insert_change", fail)
    with pytest.raises(sqlite3.OperationalError):
        compact(draft, at=START + timedelta(days=60), least=1)

    assert draft.database.conn.execute("SELECT * FROM change").fetchall() == before


def test_that_undo_goes_on_through_what_was_merged(draft):
    work(draft, 0, 12, random.Random(9))
    compact(draft, at=START + timedelta(days=60), least=1)

    answers = draft.load().answers
    for step in reversed(former_steps(draft).undo):
        answers = apply_changes(answers, step.inverted())

    assert same(answers) == same(small_plan())


@pytest.mark.long
def test_that_the_log_of_a_year_of_work_is_bounded(draft):
    """Two people, 240 days, 60 actions a day; compacted every ten days, as the window does."""
    chance = random.Random(10)
    sizes, states_kept = [], {}
    for day in range(0, 360):
        if day % 3 == 2:
            continue
        work(draft, day, 60, chance)
        if day % 60 == 0:
            draft.describe(parent_root=draft.meta.root)
            states_kept[draft.meta.root] = draft.load().answers
        if day % 10 == 0:
            while compact(draft, at=START + timedelta(days=day)):
                pass
            sizes.append(size(draft))
    for root, answers in states_kept.items():
        assert same(answers_at_root(draft, root) or Answers()) == same(answers)
    assert draft.load().whole
    assert len(history(draft, 10**6)) < 4_000
    print("log after a year:", sizes[-1], "file:", draft.path.stat().st_size, sizes[::6])
    assert sizes[-1] < 3_000_000  # 7 MB as it was written
