"""Starts a job, kills it at a random moment, and looks at what is there: as often as asked.

usage: kill_rig.py FOLDER SEED JOB KILLS [JOB KILLS …]   prints JSON, a tally for each job

A program of its own, so that what is forked holds neither Qt nor threads of the test run.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.reliability.kill_jobs import JOBS, Job, leave_hot_journal

LONGEST_S = 10.0


@dataclass
class Tally:
    """What came of all kills of one job; times in milliseconds."""

    kills: int = 0
    acknowledged: int = 0
    slowest_start_ms: int = 0
    troubles: list[str] = field(default_factory=list)


def forked(work: Callable[[], None]) -> int:
    """Do something in a child; its process id."""
    child = os.fork()
    if child:
        return child
    try:
        os.setpgid(0, 0)
        work()
    except BaseException as error:
        os.write(2, f"the job failed by itself: {error!r}\n".encode())
    finally:
        os._exit(3)


def killed(job: Job, folder: Path, moment: Callable[[float], float]) -> tuple[int, float]:
    """Run the job and kill it; the last step it acknowledged and how long a step took.

    `moment` gets the seconds one step took and says how long to wait after that.
    """
    reading, writing = os.pipe()

    def work() -> None:
        os.close(reading)
        os.write(writing, b"start\n")
        job.work(folder, lambda number: os.write(writing, b"%d\n" % number))

    child = forked(work)
    os.close(writing)
    begin = time.monotonic()
    told = _wait_for_lines(reading, random.randrange(1, 7))
    taken = (time.monotonic() - begin) / max(told.count(b"\n"), 1)
    _pause(moment(taken))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told += _rest(reading)
    os.close(reading)
    whole = told[: told.rfind(b"\n") + 1].split()
    numbers = [int(each) for each in whole if each != b"start"]
    return (numbers[-1] if numbers else -1), taken


def _wait_for_lines(reading: int, count: int) -> bytes:
    told = b""
    end = time.monotonic() + LONGEST_S
    while told.count(b"\n") < count and time.monotonic() < end:
        if not select.select([reading], [], [], 0.05)[0]:
            continue
        piece = os.read(reading, 65536)
        if not piece:
            break
        told += piece
    return told


def _rest(reading: int) -> bytes:
    told = b""
    while piece := os.read(reading, 65536):
        told += piece
    return told


def _pause(seconds: float) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, 0.002) if left > 0.0005 else 0)


def recovered_again(job: Job, folder: Path) -> None:
    """A crash in the middle of a commit, then crashes while that is being recovered from."""
    os.waitpid(forked(lambda: leave_hot_journal(folder)), 0)
    for _ in range(random.randrange(3)):
        killed(job, folder, lambda taken: random.random() * 0.03)


def run(name: str, kills: int, seed: str, root: Path) -> Tally:
    """Kill a job so often, each time in a fresh copy of what was prepared."""
    job, tally = JOBS[name], Tally()
    random.seed(f"{name} {seed}")
    root.mkdir()
    job.prepare(root / "prepared")
    for number in range(kills):
        folder = root / f"{number}"
        shutil.copytree(root / "prepared", folder)
        if name == "recovery":
            recovered_again(job, folder)
        told, _ = killed(job, folder, lambda taken: random.random() * min(max(taken, 0.004), 0.3))
        begin = time.monotonic()
        try:
            trouble = job.good(folder, told)
        except Exception as error:
            trouble = f"{type(error).__name__}: {error}"
        tally.slowest_start_ms = max(tally.slowest_start_ms, int((time.monotonic() - begin) * 1000))
        tally.kills += 1
        tally.acknowledged += told + 1
        if trouble:
            tally.troubles.append(f"kill {number} after step {told}: {trouble}")
        shutil.rmtree(folder)
    return tally


def main() -> None:
    root, seed, *asked = sys.argv[1:]
    tallies = {
        name: asdict(run(name, int(kills), seed, Path(root) / name))
        for name, kills in zip(asked[::2], asked[1::2], strict=True)
    }
    print(json.dumps(tallies, ensure_ascii=False))


if __name__ == "__main__":
    main()
