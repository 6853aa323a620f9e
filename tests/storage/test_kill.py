"""Killing the program while it saves: what was acknowledged is there, nothing is half there."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from forms.address import Address
from storage.draft import Draft
from tests.storage.plans import small_plan, some_meta

LOOP = Path(__file__).parent / "autosave_loop.py"
PLACES = [Address("loop", name) for name in ("one", "two", "three")]
ROUNDS, AT_ONCE = 6, 4


def start(folder: Path, manner: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(LOOP), str(folder), manner], stdout=subprocess.PIPE
    )


def kill_after(child: subprocess.Popen[bytes], lines: int) -> int:
    """Kill a saving program at some moment after so many saves; the last it acknowledged."""
    assert child.stdout is not None
    for _ in range(lines):
        child.stdout.readline()
    child.kill()
    rest = child.stdout.read()
    child.stdout.close()
    child.wait()
    whole = rest[: rest.rfind(b"\n") + 1].split()
    return int(whole[-1]) if whole else lines - 1


def lost_after_kills(tmp_path: Path, manner: str, rounds: int) -> int:
    """How many acknowledged saves are gone; also checks that none is half there."""
    chance = random.Random(5)
    lost = 0
    for number in range(rounds):
        folders = [tmp_path / f"{number}-{n}" for n in range(AT_ONCE)]
        for folder in folders:
            Draft.create(folder, some_meta(), small_plan()).close()
        children = [start(folder, manner) for folder in folders]
        for folder, child in zip(folders, children, strict=True):
            acknowledged = kill_after(child, chance.randrange(1, 40))
            with Draft.open(folder) as draft:
                loaded = draft.load()
            found = {loaded.answers.get(place) for place in PLACES}
            assert len(found) == 1, "half a save"
            assert loaded.whole
            value = found.pop()
            lost += max(0, acknowledged - (value if isinstance(value, int) else -1))
    return lost


def test_that_no_acknowledged_save_is_lost_by_24_kills(tmp_path):
    assert lost_after_kills(tmp_path, "honest", ROUNDS) == 0


def test_that_a_program_that_acknowledges_too_early_is_found_out(tmp_path):
    assert lost_after_kills(tmp_path, "hasty", 2) > 0
