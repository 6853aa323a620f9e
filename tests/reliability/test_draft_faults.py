"""A fault at every system call of SQLite: nothing is lost or told wrongly, and editing goes on.

The same with a kill there. The fast part: `max_page_count` in tests/storage/test_writer.py, and
the doubtful connection below.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from forms.address import Address
from storage.draft import Draft
from storage.errors import WriteFailed
from tests.debian import brought
from tests.reliability.counts import record
from tests.storage.plans import NOON, small_plan, some_meta, typed

RIG = Path(__file__).parent / "call_faults.py"
JOBS = ("commit", "paste", "snapshot", "creation", "recovery")

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="strace is of Linux only")


def tally(job: str, folder: Path) -> dict:
    brought("strace", unless=shutil.which("strace") is not None)
    done = subprocess.run(
        [sys.executable, str(RIG), str(folder), job], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.long
@on_linux
@pytest.mark.parametrize("job", JOBS)
def test_that_no_fault_at_any_call_of_sqlite_costs_anything(memory, job):
    found = tally(job, memory)

    lost = len(found["troubles"])
    errors = found["faults"] - found["kills"]
    record(
        "R4",
        f"{errors} faults, {found['told']} told, {lost} damaged or lied about",
        f"SQLite {job}",
    )
    record("R2", f"{found['kills']} kills, {lost} lost or half", job)
    if job == "recovery":
        record(
            "R7", f"{errors} faults and {found['kills']} kills, {lost} lost or half", "at each call"
        )
    assert found["troubles"] == []
    assert found["faults"] > 20


@pytest.mark.long
@on_linux
def test_that_a_draft_that_hides_errors_is_found_out(memory):
    assert "told as saved, but it is not there" in " ".join(tally("lying", memory)["troubles"])


class DoubtfulConnection(sqlite3.Connection):
    """Commits, reports an error all the same, and cannot be read until the disk is well."""

    failing = False

    def execute(self, sql: str, *arguments: Any) -> sqlite3.Cursor:
        cls = DoubtfulConnection
        if cls.failing and not sql.startswith(("COMMIT", "ROLLBACK")):
            raise disk_error()
        cursor = super().execute(sql, *arguments)
        if sql == "COMMIT" and self.total_changes and cls.doubt:
            cls.failing, cls.doubt = True, False
            raise disk_error()
        return cursor

    doubt = False


def disk_error() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    return error


def test_that_a_commit_that_stands_though_told_as_failed_is_gone_on_from(tmp_path):
    Draft.create(tmp_path / "draft", some_meta(), small_plan()).close()
    first, second = typed("park/note", None, "甲"), typed("park/note", "甲", "乙")
    with Draft.open(tmp_path / "draft", connection=DoubtfulConnection) as draft:
        DoubtfulConnection.doubt = True
        for _ in range(3):
            with pytest.raises(WriteFailed):
                draft.commit(first, who="王工", source="typed", at=NOON)
        DoubtfulConnection.failing = False

        draft.commit(first, who="王工", source="typed", at=NOON)
        saved = draft.commit(second, who="王工", source="typed", at=NOON)

        assert saved.revision == 2
        assert draft.load().answers.get(Address("park", "note")) == "乙"
