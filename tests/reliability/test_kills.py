"""Killing the program at any moment: what was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reliability.counts import record

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="forks; on Windows: see docs/reliability.md"
)

RIG = Path(__file__).parent / "kill_rig.py"
FEW = {"autosave": 8, "bulk": 4, "import": 2, "snapshot": 4, "merge": 2, "export": 4, "recovery": 4}
CARELESS = {"hasty": 12, "apart": 12, "in place": 12}
MANY = {
    "autosave": 300,
    "bulk": 150,
    "import": 120,
    "snapshot": 160,
    "merge": 120,
    "export": 160,
    "recovery": 120,
}
LONGEST_START_MS = 2_000


def tallies(folder: Path, kills: dict[str, int], seed: str = "5") -> dict:
    """Kill each job so often in a program of its own; what came of it."""
    asked = [str(each) for pair in kills.items() for each in pair]
    done = subprocess.run(
        [sys.executable, str(RIG), str(folder), seed, *asked],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "failed by itself" not in done.stderr, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A few kills of everything, and of three careless programs, in one go."""
    return tallies(tmp_path_factory.mktemp("kills"), {**FEW, **CARELESS})


def test_that_a_killed_program_loses_nothing_it_said_was_saved(few):
    found = {name: few[name] for name in FEW}

    assert {name: tally["troubles"] for name, tally in found.items() if tally["troubles"]} == {}
    assert {name: tally["kills"] for name, tally in found.items()} == FEW


@pytest.mark.parametrize(
    ("manner", "words"),
    [("hasty", "acknowledged"), ("apart", "half a save"), ("in place", "half a ")],
)
def test_that_a_careless_program_is_found_out(few, manner, words):
    """Saving later than it says, one action in pieces, a document written in place."""
    assert words in " ".join(few[manner]["troubles"])


@pytest.mark.long
@pytest.mark.parametrize("job", MANY)
def test_that_a_thousand_kills_lose_nothing(tmp_path, job):
    found = tallies(tmp_path, {job: MANY[job]}, seed="long")[job]

    lost = len(found["troubles"])
    record(
        "R7" if job == "recovery" else "R1",
        f"{found['kills']} kills, {found['acknowledged']} acknowledged steps, {lost} lost or half,"
        f" slowest start {found['slowest_start_ms']} ms",
        job,
    )
    assert found["troubles"] == []
    assert found["slowest_start_ms"] < LONGEST_START_MS * 5  # a busy machine; the table tells
