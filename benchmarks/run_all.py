"""Measures the program on this machine and prints a table: `python3 run.py bench [--write]`.

Each measurement runs in a process of its own, so that its memory is its own. `--write` puts the
table into docs/benchmarks.md; names of measurements run only these.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from fluency import MEGABYTES
from measure import MANY, MEASUREMENTS, QUARTER, RATIO, SOME

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
STARTS = 5
TIMES = {"first_window": STARTS, "pdf": 3, "docx": 3, "xlsx": 3, "all": 3}  # processes, else 1
Line = tuple[str, str, str, str]  # what, median, slowest, peak of memory


def environment(home: Path) -> dict[str, str]:
    """No screen, and folders of the user that nobody minds."""
    names = ("DATA", "CONFIG", "STATE", "CACHE")
    moved = {f"XDG_{name}_HOME": str(home / name.lower()) for name in names}
    return {
        **os.environ,
        **moved,
        "HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }


def measured(name: str, times: int = 1) -> list[Line]:
    """The lines of one measurement, made so many times."""
    rows: dict[str, list[float]] = {}
    peak_mb = 0
    for _ in range(times):
        with tempfile.TemporaryDirectory(prefix="yuance-home-") as home:
            done = subprocess.run(
                [sys.executable, str(ROOT / "benchmarks" / "measure.py"), name],
                env={**environment(Path(home)), "YUANCE_BEGAN": str(time.time())},
                stdout=subprocess.PIPE,
                check=False,
            )
        if done.returncode != 0:
            return [(f"{name} failed", "", "", "")]
        found = json.loads(done.stdout.splitlines()[-1])
        peak_mb = max(peak_mb, found["peak_mb"])
        for what, seconds in found["rows"]:
            rows.setdefault(what, []).extend(seconds)
    return [
        (what, words(what, statistics.median(seconds)), words(what, max(seconds)), f"{peak_mb} MB")
        for what, seconds in rows.items()
    ]


def verb_started() -> Line:
    """How long a verb takes that does nothing."""
    seconds: list[float] = []
    for _ in range(STARTS):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "--version"], check=True, capture_output=True
        )
        seconds.append(time.perf_counter() - began)
    name = "start of a verb"
    return (name, words(name, statistics.median(seconds)), words(name, max(seconds)), "")


def words(what: str, seconds: float) -> str:
    """A duration, the ratio of two, or memory, as people read it."""
    if what.startswith(RATIO):
        return f"{seconds:.2f}"
    if what.startswith(MEGABYTES):
        return f"{seconds:.0f} MB"
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def machine() -> str:
    """What it was measured on."""
    model = platform.processor() or platform.machine()
    memory = ""
    cpu, mem = Path("/proc/cpuinfo"), Path("/proc/meminfo")
    if cpu.exists():
        named = [line for line in cpu.read_text().splitlines() if line.startswith("model name")]
        model = named[0].split(":", 1)[1].strip() if named else model
    if mem.exists():
        kilobytes = int(mem.read_text().split()[1])
        memory = f", {kilobytes / (1 << 20):.1f} GB memory"
    release = {}
    if Path("/etc/os-release").exists():
        release = platform.freedesktop_os_release()
    system = release.get("PRETTY_NAME", f"{platform.system()} {platform.release()}")
    return f"{model}, {os.cpu_count()} cores{memory}; {system}; Python {platform.python_version()}"


def table(lines: list[Line]) -> str:
    """The lines as a Markdown table."""
    rows = ["| What | Median | Slowest | Peak memory |", "| --- | ---: | ---: | ---: |"]
    return "\n".join([*rows, *(f"| {' | '.join(line)} |" for line in lines)])


def load() -> str:
    """How busy the machine is with other work."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def page(lines: list[Line], load_before: str) -> str:
    """docs/benchmarks.md."""
    return f"""# Measurements

Made by `python3 run.py bench --write`: numbers of one machine, to compare one version with the
next. No test asserts a time.

Measured {datetime.now(UTC):%Y-%m-%d} on {machine()}. Load before the first
measurement: {load_before}; above about 0.5, other work slowed these numbers. The window is drawn by
Qt's offscreen platform.

{table(lines)}

The plan is the sample plan with its projects repeated to {MANY:,} (opening, editing) or {SOME}
(exporting); growth is measured from {QUARTER:,}. Peak memory is that of the whole process,
interpreter and libraries included; lines of one measurement share it. Word alone lays out the PDF
too, because its contents take their page numbers from there.
"""


def main() -> int:
    """Measure, print, and write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--write", action="store_true", help="put the table into docs/benchmarks.md"
    )
    parser.add_argument("names", nargs="*", help=f"of: {' '.join(MEASUREMENTS)}")
    arguments = parser.parse_args()
    lines: list[Line] = []
    load_before = load()
    for name in arguments.names or MEASUREMENTS:
        print(f"{name} …", file=sys.stderr, flush=True)
        if name == "first_window":
            lines.append(verb_started())
        lines += measured(name, TIMES.get(name, 1))
    print(f"{machine()}; load before {load_before}")
    print(table(lines))
    if arguments.write:
        PAGE.write_text(page(lines, load_before), encoding="utf-8")
        print(f"written: {PAGE}", file=sys.stderr)
    return 1 if any(not line[1] for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
