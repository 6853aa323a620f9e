"""The writer thread: nothing submitted is lost, each failure is seen, nobody waits for disks."""

from __future__ import annotations

import itertools
import threading
import time
from decimal import Decimal

import pytest

from forms.address import Address
from forms.changes import ChangeSet
from storage import writer as writing
from storage.draft import Draft, Saved
from storage.errors import ContentRefused, DiskFull, DraftLocked, StorageError
from storage.history import history
from storage.writer import DraftWriter, Failed, Saving
from tests.storage.plans import NOON, PNG, same, small_plan, some_meta, typed

NOTE = Address("park", "note")


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "draft"
    Draft.create(place, some_meta(), small_plan()).close()
    return place


@pytest.fixture
def states():
    return []


@pytest.fixture
def writer(folder, states):
    opened = DraftWriter(lambda: Draft.open(folder, person="王工"), states.append)
    yield opened
    assert opened.close(abandon=True)


def note(before: str | None, after: str | None) -> ChangeSet:
    return typed("park/note", before, after)


def fill_disk(draft: Draft) -> None:
    pages = draft.database.conn.execute("PRAGMA page_count").fetchone()[0]
    draft.database.conn.execute(f"PRAGMA max_page_count = {pages}")


def free_disk(draft: Draft) -> None:
    draft.database.conn.execute("PRAGMA max_page_count = 1000000")


def wait_for(what) -> None:
    end = time.monotonic() + 5
    while not what() and time.monotonic() < end:
        time.sleep(0.005)
    assert what()


LONG = "水" * 100_000


def test_that_what_was_submitted_is_on_the_disk_and_told(folder, writer, states):
    loaded = writer.loaded.result(5)
    assert same(loaded.answers) == same(small_plan())

    saved = writer.submit(note(None, "甲"), who="王工").result(5)

    assert saved.revision == 1
    assert writer.close()
    assert isinstance(states[0], Saved)
    assert states[1] == Saving(1)
    assert isinstance(states[-1], Saved)
    assert states[-1].revision == 1
    with Draft.open(folder) as draft:
        assert draft.load().answers.get(NOTE) == "甲"


def test_that_actions_stay_apart_and_in_order(writer):
    texts = [None, *[f"第{n}稿" for n in range(20)]]
    for before, after in itertools.pairwise(texts):
        writer.submit(note(before, after), who="王工")

    assert writer.flush()
    entries = writer.run(history).result(5)
    assert [entry.action.revision for entry in entries] == list(range(20, -1, -1))
    assert entries[0].changes == note("第18稿", "第19稿")


def test_that_a_full_disk_is_shown_kept_and_written_once_there_is_room(writer, states):
    writer.run(fill_disk).result(5)
    first = writer.submit(note(None, LONG), who="王工")
    assert not writer.flush()
    state = states[-1]
    assert isinstance(state, Failed)
    assert isinstance(state.reason, DiskFull)
    assert state.pending == 1

    second = writer.submit(note(LONG, LONG + "新"), who="王工")
    assert writer.unsaved == (note(None, LONG + "新"),)
    assert not first.done()

    writer.run(free_disk).result(5)
    assert writer.flush()
    assert first.result(5) == second.result(5)
    wait_for(lambda: isinstance(states[-1], Saved))
    assert writer.unsaved == ()
    loaded = writer.run(lambda draft: draft.load()).result(5)
    assert loaded.answers.get(NOTE) == LONG + "新"


def test_that_a_last_digit_typed_while_the_disk_is_full_is_not_lost(writer):
    writer.run(fill_disk).result(5)
    writer.submit(note(None, LONG), who="王工")
    assert not writer.flush()
    writer.submit(typed("park/area", Decimal("1.5"), Decimal("1.50")), who="王工")

    writer.run(free_disk).result(5)
    assert writer.flush()
    loaded = writer.run(lambda draft: draft.load()).result(5)
    assert str(loaded.answers.get(Address("park", "area"))) == "1.50"


def test_that_it_tries_again_by_itself(folder, states):
    writer = DraftWriter(lambda: Draft.open(folder), states.append, first_wait_ms=10)
    writer.run(fill_disk).result(5)
    future = writer.submit(note(None, LONG), who="王工")
    wait_for(lambda: sum(isinstance(state, Failed) for state in states) >= 2)

    writer.run(free_disk).result(5)

    assert future.result(5).revision == 1
    assert writer.close()


def test_that_the_wait_grows_and_ends():
    trouble = writing._Trouble(1_000)
    waits = []
    for _ in range(8):
        trouble.after_failure(0)
        waits.append(trouble.next_try_ms)

    assert waits == [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]
    trouble.after_success()
    assert not trouble.failing


def test_that_actions_of_two_people_are_never_made_one(writer):
    writer.run(fill_disk).result(5)
    writer.submit(note(None, LONG), who="王工")
    assert not writer.flush()
    writer.submit(note(LONG, "乙"), who="李工")
    writer.submit(note("乙", "丙"), who="李工", source="import")
    writer.run(free_disk).result(5)

    assert len(writer.unsaved) == 3
    assert writer.flush()
    entries = writer.run(lambda draft: history(draft, 3)).result(5)
    assert [entry.action.who for entry in entries] == ["李工", "李工", "王工"]


def test_that_pictures_stay_readable_while_saving_fails(writer):
    name = writer.run(lambda draft: draft.add_picture(PNG, at=NOON)).result(5)
    writer.run(fill_disk).result(5)
    writer.submit(note(None, LONG), who="王工")
    assert not writer.flush()

    assert writer.run(lambda draft: draft.picture(name)).result(5) == PNG
    writer.run(free_disk).result(5)


def test_that_closing_refuses_to_lose_what_is_not_written(folder, writer):
    writer.run(fill_disk).result(5)
    future = writer.submit(note(None, LONG), who="王工")

    assert not writer.close()
    assert len(writer.unsaved) == 1
    assert writer.close(abandon=True)
    with pytest.raises(StorageError, match="已关闭"):
        future.result(5)
    with Draft.open(folder) as draft:
        assert draft.load().whole


def test_that_a_refused_value_does_not_hold_up_the_next(writer, states):
    bad = writer.submit(typed("park/area", None, Decimal("1E+60")), who="王工")
    good = writer.submit(note(None, "甲"), who="王工")

    with pytest.raises(ContentRefused):
        bad.result(5)
    assert good.result(5).revision == 1
    assert any(isinstance(s, Failed) and isinstance(s.reason, ContentRefused) for s in states)


def test_that_a_refused_value_makes_the_flush_fail_once(writer):
    writer.loaded.result(5)
    gate = threading.Event()
    writer.run(lambda _: gate.wait(5))
    writer.submit(typed("park/area", None, Decimal("1E+60")), who="王工")
    threading.Timer(0.05, gate.set).start()

    assert not writer.flush()
    assert writer.flush()


def test_that_a_draft_that_is_open_elsewhere_is_told(folder, states):
    with Draft.open(folder, person="李工"):
        writer = DraftWriter(lambda: Draft.open(folder), states.append)
        with pytest.raises(DraftLocked, match="李工"):
            writer.loaded.result(5)
        with pytest.raises(DraftLocked):
            writer.submit(note(None, "甲"), who="王工").result(5)
    assert isinstance(states[-1], Failed)
    assert writer.close()


def test_that_a_mistake_in_a_task_or_a_listener_does_not_stop_the_writer(folder):
    def complain(_):
        raise RuntimeError("listener")

    writer = DraftWriter(lambda: Draft.open(folder), complain)
    with pytest.raises(ZeroDivisionError):
        writer.run(lambda _: 1 // 0).result(5)

    assert writer.submit(note(None, "甲"), who="王工").result(5).revision == 1
    assert writer.close()


def test_that_a_cancelled_task_is_left_out(writer):
    gate = threading.Event()
    writer.run(lambda _: gate.wait(5))
    done = []
    task = writer.run(lambda _: done.append(1))
    assert task.cancel()
    gate.set()

    assert writer.flush()
    assert done == []


def test_that_submitting_never_waits_for_the_disk(writer):
    writer.loaded.result(5)
    gate = threading.Event()
    writer.run(lambda _: gate.wait(5))

    futures = [writer.submit(note(None, f"{n}"), who="王工") for n in range(200)]
    assert not any(future.done() for future in futures)  # the writer still stands at the gate
    gate.set()

    assert futures[-1].result(10).revision == 200


def test_that_the_list_of_plans_follows_the_writing(folder, writer):
    writer.submit(note(None, "甲"), who="王工").result(5)

    wait_for(lambda: '"revision": 1' in (folder / "info.json").read_text("utf-8"))


def test_that_after_closing_everything_is_refused_openly(folder):
    writer = DraftWriter(lambda: Draft.open(folder))
    assert writer.close()

    with pytest.raises(StorageError, match="已关闭"):
        writer.submit(note(None, "甲"), who="王工").result(5)
    with pytest.raises(StorageError, match="已关闭"):
        writer.run(lambda draft: draft.meta).result(5)
