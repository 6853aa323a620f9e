"""The figures as tables, and what was wanted of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from peers import ROOT, Peer, version

sys.path.append(str(ROOT / "benchmarks"))
from run_all import machine

PAGE = ROOT / "docs" / "benchmarks-peers.md"
_HEAD = (
    "| | Version | CPU | Wall | CPU, whole process | Peak memory | Pages | File | CPU at 4 × | "
    f"Peak at 4 × | Remarks |\n| --- | --- |{' ---: |' * 8} --- |"
)
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of one peer; seconds are medians."""

    peer: Peer
    lacks: str = ""  # why there are no figures
    wall: float = 0.0
    cpu: float = 0.0
    whole_cpu: float = 0.0
    peak_mb: float = 0.0
    pages: int = 0
    size: int = 0
    growth: float = 0.0
    grown_peak_mb: float = 0.0
    runs: int = 0


def tables(results: list[Result]) -> str:
    """A table for PDF and one for Word, each with what was wanted."""
    parts: list[str] = []
    for title, suffix in (("PDF", "pdf"), ("Word", "docx")):
        rows = [result for result in results if result.peer.suffix == suffix]
        if rows:
            parts.append("\n".join((f"## {title}\n", _HEAD, *map(_row, rows), *_wanted(rows))))
    return "\n\n".join(parts)


def _row(result: Result) -> str:
    peer = result.peer
    if result.lacks:
        return f"| {peer.title} | not installed: {result.lacks} |" + " |" * 9
    once = "1 run" if result.runs == 1 else ""
    cells = (
        version(peer),
        f"{result.cpu:.2f} s",
        f"{result.wall:.2f} s",
        f"{result.whole_cpu:.2f} s",
        f"{result.peak_mb:.0f} MB",
        str(result.pages or ""),
        f"{result.size / _MB:.2f} MB",
        f"{result.growth:.1f} ×" if result.growth else "",
        f"{result.grown_peak_mb:.0f} MB" if result.growth else "",
        "; ".join(filter(None, (peer.remark, once))),
    )
    return f"| {peer.title} | {' | '.join(cells)} |"


def _wanted(rows: list[Result]) -> Iterator[str]:
    """Our figures against what was wanted, where both are there."""
    known = {row.peer.module: row for row in rows if not row.lacks}
    ours = next((row for row in known.values() if row.peer.is_ours), None)
    if ours is None:
        return
    yield ""
    for module, limit in (("pdf_typst", 1.0), ("pdf_reportlab", 0.35)):
        if module in known:
            share = ours.cpu / known[module].cpu
            yield f"- CPU beside {known[module].peer.title}: {share:.2f} ×; wanted ≤ {limit:.2f} ×."
    others = [row for row in known.values() if not row.peer.is_ours]
    if ours.peer.suffix == "docx" and others:
        best = min(others, key=lambda row: row.cpu)
        share = ours.cpu / best.cpu
        yield f"- CPU beside the fastest peer, {best.peer.title}: {share:.2f} ×; wanted < 1 ×."
    if ours.growth:
        yield f"- Four times the content takes {ours.growth:.1f} × the CPU; wanted about 4 ×."
    yield f"- Peak memory: {ours.peak_mb:.0f} MB; wanted ≤ 300 MB at 150 pages."


def page(results: list[Result], load: float) -> str:
    """docs/benchmarks-peers.md."""
    return f"""# Beside the peers

Made by `python3 run.py bench --peers --write`: each peer sets the same invented plan with the same
bundled fonts. No test asserts a time.

Measured {datetime.now(UTC):%Y-%m-%d} on {machine()}. Load before:
{load:.1f}; above about 0.5, other work slowed these numbers.

{tables(results)}

## How to read it

- The content: 100 pages of text at 22 lines of 28 characters, a 300 × 15 table on landscape pages,
  10 charts and 10 photographs of 1200 × 800 pixels. `benchmarks/peers/content.py` makes it.
- Each file is made in a process of its own, the peers in turn; seconds are medians of three runs
  or more. The clock starts when the libraries are imported and the content is read. Fonts are
  opened while it runs, and programs of their own (Node, pandoc, LibreOffice) start while it runs.
  CPU is user and system time, children included: the fair number on a machine whose cores are
  shared, since typst uses all of them and the others one.
- "CPU at 4 ×" is the fastest run with four times the content beside the fastest with once.
- "CPU, whole process" adds the start of the interpreter, imports and reading.
- Peak memory is that of the process and its largest child together.
- Charts: vectors in typst, weasyprint and stock reportlab; pictures in the others and, for now, in
  ours. Contents with page numbers in every PDF but LibreOffice's; filled in our Word file only.
- python-docx is called as its documentation does, `add_row().cells`; cell by cell through
  `table.cell` it would take minutes.
"""
