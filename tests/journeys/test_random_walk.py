"""Anything may be done to the window: no fault, nothing lost, and no memory that is never freed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.verbs import ROOT
from tests.journeys.walk_driver import Outcome, walk

DRIVER = ROOT / "tests" / "journeys" / "walk_driver.py"
EIGHT_HOURS = 5_760  # one act in five seconds
MAY_GROW_MB = 60
WARM_AFTER = 3  # rounds of six hundred acts: every page, panel and dialog has been seen by then
SHOWN = 30


def walked(acts: int, seed: int, folder: Path, *more: str) -> Outcome:
    """What came of a walk in a process of its own, with folders of the user of its own."""
    names = ("DATA", "CONFIG", "STATE", "CACHE", "RUNTIME")
    moved = {f"XDG_{name}_HOME": str(folder / "home" / name.lower()) for name in names}
    for place in moved.values():
        Path(place).mkdir(mode=0o700, parents=True)
    settings = {
        **os.environ,
        **moved,
        "HOME": str(folder / "home"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "PYTHONFAULTHANDLER": "1",
    }
    command = [sys.executable, str(DRIVER), str(acts), str(seed), str(folder), *more]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"seed {seed}: {done.stderr[-3000:]}"
    return Outcome(**json.loads(done.stdout.splitlines()[-1]))


def prove_harmless(found: Outcome, seed: int) -> None:
    """No fault was seen; else the seed and what was done before it are told."""
    log = "\n".join(found.log[-SHOWN:])
    assert not found.faults, f"seed {seed}:\n{found.faults[0]}\n\nlast acts:\n{log}"


def test_that_a_short_walk_of_random_acts_does_no_harm(tmp_path, qapp):
    prove_harmless(walk(150, 3, tmp_path, full=False), 3)


@pytest.mark.long
def test_that_eight_hours_of_random_acts_do_no_harm(tmp_path):
    seed = int(os.environ.get("YUANCE_WALK_SEED", "20261130"))
    found = walked(EIGHT_HOURS, seed, tmp_path, "full")

    slowest = sorted(found.pauses, reverse=True)[:10]
    print(f"{found.acts} acts in {found.seconds} s; MB after each round {found.megabytes}")
    print("longest acts (ms, ms of CPU):", *slowest, sep="\n  ")
    prove_harmless(found, seed)
    grown = found.megabytes[-1] - found.megabytes[WARM_AFTER]
    assert grown < MAY_GROW_MB, found.megabytes
