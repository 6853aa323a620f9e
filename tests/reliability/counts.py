"""The counts of the long run: printed always, and kept in docs/reliability.md when asked to.

`record("R9", "500 pairs, 0 silent overwrites")` from any long test. With YUANCE_WRITE_TABLES=1 the
last cell of that row of the table is written anew; `part` keeps several tests of one row apart.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"
SWITCH = "YUANCE_WRITE_TABLES"
_BETWEEN = "; "


def record(row: str, text: str, part: str = "", document: Path = DOCUMENT) -> None:
    """Tell a count of the long run; `row` is R1 to R20 or S1 to S10, and must be in the table."""
    told = " ".join(text.replace("|", "/").replace(_BETWEEN, ", ").split())
    print(f"{row} {part}: {told}" if part else f"{row}: {told}")
    if os.environ.get(SWITCH) != "1":
        written(document.read_text(encoding="utf-8"), row, told, part)  # the row must be there
        return
    with _alone(document):
        text = written(document.read_text(encoding="utf-8"), row, told, part)
        document.write_text(text, encoding="utf-8")


def written(document: str, row: str, text: str, part: str = "") -> str:
    """The document with the count in its row; `KeyError` when the table has no such row."""
    lines = document.split("\n")
    for number, line in enumerate(lines):
        if line.startswith(f"| {row} |"):
            cells = line.split("|")
            day = f"{datetime.now(UTC):%Y-%m-%d}"
            cells[-2] = f" {_joined(cells[-2].strip(), text, part)} ({day}) "
            lines[number] = "|".join(cells)
            return "\n".join(lines)
    raise KeyError(row)


def _joined(cell: str, text: str, part: str) -> str:
    """The cell without its day, with this part in the place of its older count."""
    if not part:
        return text
    before = cell.rpartition(" (")[0].split(_BETWEEN) if cell else []
    parts: dict[str, str] = {}
    for each in before:
        name, colon, said = each.partition(": ")
        if colon:
            parts[name] = said
    parts[part] = text
    return _BETWEEN.join(f"{name}: {said}" for name, said in parts.items())


@contextmanager
def _alone(document: Path):
    """One writer at a time: tests run side by side."""
    if os.name == "nt":
        yield
        return
    import fcntl

    with (document.parent / "reliability.md").open("r+", encoding="utf-8") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
