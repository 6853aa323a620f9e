"""The change log inside a draft: every action and what it changed, as it is written.

Long texts are logged as the piece that was replaced; the hashes of the whole rows prove, on
reading, that the texts put together again are the ones that were.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from forms.breathing import breathing
from forms.changes import ChangeSet
from storage.codec import time_text
from storage.roots import row_hash
from storage.rows import Row

# "more" goes on with the step before it: one undo takes both back
Source: TypeAlias = Literal[
    "new", "typed", "more", "undo", "redo", "import", "merge", "restore", "command"
]

WHOLE = -1
_LONG = 256  # characters; shorter texts are logged whole
_UNKNOWN = Row("", "", "")
_INSERT = (
    "INSERT INTO change (id, revision, address, kind, start, before_tag, before_text,"
    " before_hash, after_tag, after_text, after_hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Action:
    """One user action: who did what when, from which source; `root` is that after it."""

    revision: int
    at: datetime
    who: str
    label: str
    source: str
    root: str

    @property
    def digest(self) -> str:
        """The hash of the entry."""
        return row_hash(*self._texts())

    def columns(self) -> tuple[str | int, ...]:
        """The columns of the table `action`."""
        return (self.revision, *self._texts()[1:], self.digest)

    def _texts(self) -> tuple[str, ...]:
        at = time_text(self.at)
        return (str(self.revision), at, self.who, self.label, self.source, self.root)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One action of the history; `damaged` counts changes whose text can no longer be trusted."""

    action: Action
    changes: ChangeSet
    damaged: int = 0


def log_action(conn: sqlite3.Connection, action: Action) -> None:
    """Write the heading of one action, before its changes."""
    conn.execute("INSERT INTO action VALUES (?, ?, ?, ?, ?, ?, ?)", action.columns())


Columns: TypeAlias = tuple[int, str, str, int, str, str, str, str, str, str]


def log_changes(
    conn: sqlite3.Connection, revision: int, pairs: Iterable[tuple[Row | None, Row | None]]
) -> None:
    """Write changes in order; of each one of the rows may be missing, not both."""
    columns = ((None, *logged_change(revision, *pair)) for pair in breathing(pairs))
    conn.executemany(_INSERT, columns)


def logged_change(revision: int, before: Row | None, after: Row | None) -> Columns:
    """One change as the log holds it, without its id."""
    some = before or after or _UNKNOWN
    start, removed, inserted = _piece(before, after)
    return (
        revision,
        some.address,
        some.kind,
        start,
        before.tag if before else "",
        removed,
        before.digest if before else "",
        after.tag if after else "",
        inserted,
        after.digest if after else "",
    )


def insert_change(conn: sqlite3.Connection, number: int | None, columns: Columns) -> None:
    """Write a logged change; without a number it gets the next one."""
    conn.execute(_INSERT, (number, *columns))


def log_loss(conn: sqlite3.Connection, revision: int, address: str, kind: str) -> None:
    """Write that a row was given up because it was damaged."""
    insert_change(conn, None, (revision, address, kind, WHOLE, "", "", "", "", "", ""))


def last_known_hashes(conn: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """By (address, kind) the hash the row has by the log, "" when it was cleared."""
    found = conn.execute(
        "SELECT address, kind, after_hash FROM change WHERE id IN"
        " (SELECT max(id) FROM change GROUP BY address, kind)"
    ).fetchall()
    return {(address, kind): digest for address, kind, digest in found}


def _piece(before: Row | None, after: Row | None) -> tuple[int, str, str]:
    """Where two texts differ: the first character, what stood there, what stands there now."""
    old, new = before.text if before else "", after.text if after else ""
    if not before or not after or before.tag != after.tag or len(old) < _LONG:
        return WHOLE, old, new
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return start, old[start : len(old) - end], new[start : len(new) - end]


def _common(one: str, other: str) -> int:
    """How many characters two texts share at their start."""
    most = min(len(one), len(other))
    return bisect_left(range(most), True, key=lambda n: one[: n + 1] != other[: n + 1])
