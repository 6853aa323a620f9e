"""Our exporters beside their peers on the same content: `python3 run.py bench --peers [--write]`.

Each file is made in a process of its own, the peers taking turns, so that a busy moment of the
machine meets them all. `--write` puts the tables into docs/benchmarks-peers.md; names of modules
(pdf_ours, docx_pandoc …) run only these.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import content
import pypdfium2
from peers import HERE, PEERS, ROOT, Peer, environment, install, missing, python_of
from report import PAGE, Result, page, tables

_GROWTH = 4
_RUNS = 3


@dataclass(slots=True)
class _Runs:
    """What was measured of a peer at one scale."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    peak_mb: float = 0.0
    pages: int = 0
    size: int = 0


def measure(peer: Peer, folder: Path, runs: _Runs) -> bool:
    """Make the file once; False when the peer failed."""
    target = folder / f"made.{peer.suffix}"
    target.unlink(missing_ok=True)
    command = [str(python_of(peer)), str(HERE / "one_run.py"), peer.module]
    process = subprocess.Popen(
        [*command, str(folder), str(target)], stdout=subprocess.PIPE, env=environment()
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0 or not target.exists():
        return False
    found = json.loads(said.splitlines()[-1])
    runs.wall.append(found["wall"])
    runs.cpu.append(found["cpu"])
    runs.whole.append(used.ru_utime + used.ru_stime)
    runs.peak_mb = max(runs.peak_mb, found["peak_mb"])
    runs.size = target.stat().st_size
    if peer.suffix == "pdf":
        runs.pages = len(pypdfium2.PdfDocument(target))
    return True


def result(peer: Peer, once: _Runs, grown: _Runs) -> Result:
    """The figures of a peer."""
    middle = statistics.median
    return Result(
        peer,
        wall=middle(once.wall),
        cpu=middle(once.cpu),
        whole_cpu=middle(once.whole),
        peak_mb=once.peak_mb,
        pages=once.pages,
        size=once.size,
        growth=min(grown.cpu) / min(once.cpu) if grown.cpu else 0.0,
        grown_peak_mb=grown.peak_mb,
        runs=len(once.wall),
    )


def compare(peers: list[Peer], place: Path, runs: int) -> list[Result]:
    """All figures; the folders of the content are made first."""
    once, grown = place / "once", place / "grown"
    content.write(once, 1)
    content.write(grown, _GROWTH)
    able = [peer for peer in peers if not missing(peer)]
    rounds = {peer: (_Runs(), _Runs()) for peer in able}
    failed: set[Peer] = set()
    for number in range(runs):
        for peer in able:
            if peer in failed or (peer.is_slow and number):
                continue
            say(f"{peer.module}, run {number + 1} …")
            if not measure(peer, once, rounds[peer][0]):
                failed.add(peer)
    for number in range(runs):
        for peer in able:
            if peer in failed or peer.is_slow or (number and not peer.is_ours):
                continue
            say(f"{peer.module}, {_GROWTH} times the content …")
            measure(peer, grown, rounds[peer][1])
    return [
        Result(peer, lacks=missing(peer) or "failed")
        if peer not in rounds or peer in failed
        else result(peer, *rounds[peer])
        for peer in peers
    ]


def say(words: str) -> None:
    """Tell the person who waits."""
    print(words, file=sys.stderr, flush=True)


def main() -> int:
    """Measure, print, and write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", action="store_true", help=argparse.SUPPRESS)  # what led here
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.name}")
    parser.add_argument("--runs", type=int, default=_RUNS, help="processes for each peer")
    parser.add_argument("names", nargs="*", help=f"of: {' '.join(peer.module for peer in PEERS)}")
    arguments = parser.parse_args()
    install()
    load = os.getloadavg()[0]
    chosen = [peer for peer in PEERS if not arguments.names or peer.module in arguments.names]
    with tempfile.TemporaryDirectory(prefix="yuance-peers-") as place:
        results = compare(chosen, Path(place), max(arguments.runs, 1))
    print(tables(results))
    if arguments.write:
        PAGE.write_text(page(results, load), encoding="utf-8")
        say(f"written: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
