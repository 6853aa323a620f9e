"""Reads hostile files the way the program does, and measures what became of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from importers.errors import ReceivedError
from importers.process import ask
from importers.worker import PICTURE, WORDS, WORKBOOK
from tests.importers.hostile import CANARY, Hostile

ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 5
MOST_KIB = 300 << 10
_PEAK = re.compile(rb"VmHWM:\s+([0-9]+) kB")
READS = {"workbook": WORKBOOK, "words": WORDS, "picture": PICTURE}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; `peak` in KiB beyond the idle worker, 0 when it could not tell."""

    trick: str
    sentence: str  # "" when it was taken
    seconds: float
    peak: int
    faults: tuple[str, ...] = ()


class Watcher:
    """Runs files through a worker that tells its peak of memory."""

    def __init__(self, folder: Path, command: tuple[str, ...] | None = None) -> None:
        self._fifo = folder / "peak"
        os.mkfifo(self._fifo)
        script = str(ROOT / "tests/importers/watched_worker.py")
        start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import runpy;"
        code = f"{start} sys.argv = ['', {str(self._fifo)!r}]; runpy.run_path({script!r})"
        self._command = command or (sys.executable, "-E", "-s", "-c", code)
        self._idle = 0
        self._idle = self.peak_of("workbook", b"")

    def peak_of(self, reader: str, content: bytes) -> int:
        """The peak of one file, whatever becomes of it."""
        return self.run(Hostile("", "x", lambda: content, reader)).peak

    def run(self, hostile: Hostile) -> Outcome:
        """Read one file and say what was wrong with how that went."""
        content = hostile.make()
        if hostile.reader == "plan":
            return _read_plan(hostile, content)
        end = os.open(self._fifo, os.O_RDONLY | os.O_NONBLOCK)
        before = time.monotonic()
        sentence, told = "", ""
        try:
            message, blobs = ask(
                READS[hostile.reader], content, hostile.name, command=self._command
            )
            told = repr(message) + repr([blob[-200:] for blob in blobs])
        except ReceivedError as error:
            sentence = str(error)
        seconds = time.monotonic() - before
        found = _PEAK.search(os.read(end, 65_536))
        os.close(end)
        peak = max(0, int(found[1]) - self._idle) if found else 0
        faults = tuple(_faults(hostile, sentence, told, seconds, peak))
        return Outcome(hostile.trick, sentence, seconds, peak, faults)


def _read_plan(hostile: Hostile, content: bytes) -> Outcome:
    """Plan files are read by storage itself, here in a process whose memory can be told."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import tests.importers.watched_plan"
    before = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=content,
            capture_output=True,
            timeout=20,
            check=False,
        )
        idle, after, sentence = done.stdout.split(b"\0")
        peaks = [int(found[1]) for found in map(_PEAK.search, (idle, after)) if found]
        peak, said = peaks[1] - peaks[0], sentence.decode()
    except (ValueError, subprocess.TimeoutExpired):
        peak, said = 0, "意外中止"
    seconds = time.monotonic() - before
    named = f"没有读入“{hostile.name}”：{said}" if said else ""
    return Outcome(
        hostile.trick, named, seconds, peak, tuple(_faults(hostile, named, "", seconds, peak))
    )


def _faults(hostile: Hostile, sentence: str, told: str, seconds: float, peak: int) -> Iterable[str]:
    if seconds > LONGEST_SECONDS:
        yield f"took {seconds:.1f} s"
    if peak > MOST_KIB:
        yield f"needed {peak >> 10} MiB"
    if "意外中止" in sentence:
        yield "crashed"
    if "引向别处" in sentence:
        yield "tried to reach outside"
    if CANARY in told or "root:" in told:
        yield "told what stands in another file"
    if not sentence and not hostile.may_be_taken:
        yield "was taken"
    if sentence and (
        hostile.name not in sentence or not sentence.endswith("。") or len(sentence) < 20
    ):
        yield f"is not explained: {sentence}"


def tally(outcomes: list[Outcome]) -> str:
    """The counts of a run in one line."""
    taken = sum(not each.sentence for each in outcomes)
    reasons = Counter(each.sentence.partition("：")[2].partition("。")[0][:24] for each in outcomes)
    slowest = max(outcomes, key=lambda each: each.seconds)
    largest = max(outcomes, key=lambda each: each.peak)
    return (
        f"{len(outcomes)} files: {taken} taken with notes, {len(outcomes) - taken} refused in "
        f"{len(reasons)} ways; slowest {slowest.seconds:.1f} s ({slowest.trick}); "
        f"peak {largest.peak >> 10} MiB over idle ({largest.trick}); "
        f"{sum(bool(each.faults) for each in outcomes)} faults"
    )
