"""Two programs that want the same plan: one writes, the other is told, nothing is lost."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from forms.address import Address
from forms.changes import ChangeSet, ValueChange
from storage.draft import Draft
from storage.errors import DraftLocked
from storage.snapshots import list_snapshots
from storage.versions import best_snapshot
from tests.reliability.counts import record
from tests.storage.plans import NOON, same, small_plan, some_meta

ROOT = Path(__file__).parents[2]
EDITS = 200

OPENER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from forms.address import Address
from forms.changes import ChangeSet, ValueChange
from storage.draft import Draft
from storage.errors import DraftLocked

folder, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
refused = done = 0
while done < count:
    try:
        draft = Draft.open(folder, person=name)
    except DraftLocked as error:
        refused += 1
        time.sleep(0.01)
        continue
    with draft:
        for number in range(done, min(count, done + 20)):
            place = Address("story", f"{name}{number}")
            change = ChangeSet("输入", (ValueChange(place, None, f"{name} {number}"),))
            draft.commit(change, who=name, source="typed", at=datetime.now(UTC))
            print("ok", number, flush=True)
        done = min(count, done + 20)
    time.sleep(0.002)
print("refused", refused)
"""


def start(folder, name, count=EDITS):
    command = [sys.executable, "-c", OPENER, str(folder), name, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_that_two_openers_with_200_edits_each_lose_none(tmp_path):
    folder = tmp_path / "draft"
    Draft.create(folder, some_meta()).close()

    outputs = [
        each.communicate(timeout=240)[0] for each in (start(folder, "a"), start(folder, "b"))
    ]

    said = [sum(line.startswith("ok") for line in text.splitlines()) for text in outputs]
    with Draft.open(folder) as draft:
        loaded = draft.load()
    held = {address.item: value for address, value in loaded.answers.values()}
    wanted = {f"{name}{n}": f"{name} {n}" for name in "ab" for n in range(EDITS)}
    assert said == [EDITS, EDITS]
    assert loaded.whole
    assert held == wanted
    assert loaded.meta.revision == 2 * EDITS


def test_that_the_second_opener_is_told_who_at_once_and_may_look(tmp_path):
    folder = tmp_path / "draft"
    with Draft.create(folder, some_meta(), small_plan(), person="王工") as draft:
        draft.snapshot("open", at=NOON)
        began = time.monotonic()
        with pytest.raises(DraftLocked, match="王工"):
            Draft.open(folder, person="李工")
        waited = time.monotonic() - began
        best = best_snapshot(folder)
        change = ChangeSet("输入", (ValueChange(Address("park", "name"), "青峰经济开发区", "甲"),))
        draft.commit(change, who="王工", source="typed", at=NOON)

    assert best is not None
    assert same(best.answers) == same(small_plan())
    assert list_snapshots(folder)[0] == best.snapshot
    record("R8", f"2 × 200 edits, 0 lost; the second told after {waited * 1000:.0f} ms")


def test_that_the_count_notices_a_draft_without_its_lock(tmp_path, monkeypatch):
    """The same with a copy that does not ask the lock: what one typed is gone."""
    folder = tmp_path / "draft"
    Draft.create(folder, some_meta()).close()
    path = folder / "draft.sqlite"
    mine = path.read_bytes()
    start(folder, "b", 20).communicate(timeout=120)
    path.write_bytes(mine)  # the older bytes somebody still held

    with Draft.open(folder) as draft:
        held = dict(draft.load().answers.values())
    assert len(held) < 20
