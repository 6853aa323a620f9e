"""The change log inside a draft: every action and what it changed; undo and history read it.

Long texts are logged as the piece that was replaced; the hashes of the whole rows prove, on
reading, that the texts put together again are the ones that were.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from forms.changes import Change, ChangeSet
from storage.codec import LooseError, parse_time, time_text
from storage.roots import row_hash
from storage.rows import ORDER, Row, RowError, change_between

Source: TypeAlias = Literal["new", "typed", "undo", "import", "merge", "restore", "command"]

_WHOLE = -1
_LONG = 256  # characters; shorter texts are logged whole
_UNKNOWN = Row("", "", "")
_NEVER = datetime.fromtimestamp(0, UTC)
_ILLEGIBLE = "（记录已损坏）"


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


def log_change(
    conn: sqlite3.Connection, revision: int, before: Row | None, after: Row | None
) -> None:
    """Write one change; one of the rows may be missing, not both."""
    some = before or after or _UNKNOWN
    start, removed, inserted = _piece(before, after)
    conn.execute(
        "INSERT INTO change (revision, address, kind, start, before_tag, before_text, before_hash,"
        " after_tag, after_text, after_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
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
        ),
    )


def log_loss(conn: sqlite3.Connection, revision: int, address: str, kind: str) -> None:
    """Write that a row was given up because it was damaged."""
    conn.execute(
        "INSERT INTO change (revision, address, kind, start, before_tag, before_text, before_hash,"
        " after_tag, after_text, after_hash) VALUES (?, ?, ?, ?, '', '', '', '', '', '')",
        (revision, address, kind, _WHOLE),
    )


def read_history(conn: sqlite3.Connection, limit: int) -> tuple[HistoryEntry, ...]:
    """The latest actions, the newest first, each with its changes."""
    actions = conn.execute(
        "SELECT * FROM action ORDER BY revision DESC LIMIT ?",
        (limit,),
    ).fetchall()
    rows = _RowsBackwards(conn)
    return tuple(_entry(conn, _action(*action), rows) for action in actions)


def last_known_hashes(conn: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """By (address, kind) the hash the row has by the log, "" when it was cleared."""
    found = conn.execute(
        "SELECT address, kind, after_hash FROM change WHERE id IN"
        " (SELECT max(id) FROM change GROUP BY address, kind)"
    ).fetchall()
    return {(address, kind): digest for address, kind, digest in found}


class _RowsBackwards:
    """The rows of a draft as they were, going back from now one change at a time."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._rows: dict[tuple[str, str], Row] = {}

    def now(self, address: str, kind: str) -> Row:
        """The row as far back as the walk has come."""
        if (address, kind) not in self._rows:
            self._rows[address, kind] = self._stored(address, kind)
        return self._rows[address, kind]

    def step_back(self, address: str, kind: str, before: Row) -> None:
        """The row before the change just read."""
        self._rows[address, kind] = before

    def _stored(self, address: str, kind: str) -> Row:
        if kind == ORDER:
            query = "SELECT 'order', rows FROM row_order WHERE table_address = ?"
        else:
            query = "SELECT tag, text FROM value WHERE address = ?"
        found = self._conn.execute(query, (address,)).fetchone()
        return Row(address, found[0], found[1]) if found else _UNKNOWN


def _action(revision: int, *texts: str) -> Action:
    at, who, label, source, root, digest = texts
    try:
        action = Action(revision, parse_time(at), who, label, source, root)
    except LooseError:
        return Action(revision, _NEVER, "", _ILLEGIBLE, "", "")
    return action if action.digest == digest else replace(action, label=_ILLEGIBLE)


def _entry(conn: sqlite3.Connection, action: Action, rows: _RowsBackwards) -> HistoryEntry:
    changes: list[Change] = []
    damaged = 0
    found = conn.execute(
        "SELECT address, kind, start, before_tag, before_text, before_hash,"
        " after_tag, after_text, after_hash FROM change WHERE revision = ? ORDER BY id DESC",
        (action.revision,),
    ).fetchall()
    for address, kind, start, *texts in found:
        before, after = _whole(rows.now(address, kind), address, start, texts)
        rows.step_back(address, kind, before or _UNKNOWN)
        try:
            _prove(before, texts[2])
            _prove(after, texts[5])
            changes.append(change_between(before, after))
        except RowError:
            damaged += 1
    return HistoryEntry(action, ChangeSet(action.label, tuple(reversed(changes))), damaged)


def _whole(now: Row, address: str, start: int, texts: list[str]) -> tuple[Row | None, Row | None]:
    before_tag, removed, _, after_tag, inserted, _ = texts
    if start == _WHOLE:
        before = Row(address, before_tag, removed) if before_tag else None
        return before, Row(address, after_tag, inserted) if after_tag else None
    text = now.text[:start] + removed + now.text[start + len(inserted) :]
    return Row(address, before_tag, text), now


def _prove(row: Row | None, digest: str) -> None:
    if (row.digest if row else "") != digest:
        raise RowError("记录已损坏")


def _piece(before: Row | None, after: Row | None) -> tuple[int, str, str]:
    """Where two texts differ: the first character, what stood there, what stands there now."""
    old, new = before.text if before else "", after.text if after else ""
    if not before or not after or before.tag != after.tag or len(old) < _LONG:
        return _WHOLE, old, new
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return start, old[start : len(old) - end], new[start : len(new) - end]


def _common(one: str, other: str) -> int:
    """How many characters two texts share at their start."""
    most = min(len(one), len(other))
    return bisect_left(range(most), True, key=lambda n: one[: n + 1] != other[: n + 1])
