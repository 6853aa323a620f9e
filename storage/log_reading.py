"""Reading the change log: logged changes put together again, and rows walked back through time.

Each change is proved by the hashes of the whole rows before and after it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice

from forms.changes import Change, ChangeSet
from storage.change_log import WHOLE, Action, HistoryEntry
from storage.codec import LooseError, parse_time
from storage.rows import ORDER, Row, RowError, change_between

RowKey = tuple[str, str]  # address and kind

_NEVER = datetime.fromtimestamp(0, UTC)
_ILLEGIBLE = "（记录已损坏）"
_CHANGES = (
    "SELECT revision, address, kind, start, before_tag, before_text, before_hash,"
    " after_tag, after_text, after_hash FROM change"
)
_BACKWARDS = "ORDER BY revision DESC, id DESC"


@dataclass(frozen=True, slots=True)
class Logged:
    """One change as the log holds it: whole texts, or the piece replaced at `start`."""

    revision: int
    address: str
    kind: str
    start: int
    before_tag: str
    removed: str
    before_hash: str
    after_tag: str
    inserted: str
    after_hash: str

    @property
    def key(self) -> RowKey:
        """Which row it changed."""
        return self.address, self.kind

    def rows(self, now: Row | None) -> tuple[Row | None, Row | None]:
        """The whole row before and after; `now` is the row right after the change."""
        if self.start == WHOLE:
            before = Row(self.address, self.before_tag, self.removed) if self.before_tag else None
            after = Row(self.address, self.after_tag, self.inserted) if self.after_tag else None
            return before, after
        after = now or Row(self.address, self.after_tag, "")
        tail = after.text[self.start + len(self.inserted) :]
        text = after.text[: self.start] + self.removed + tail
        return Row(self.address, self.before_tag, text), after

    def proves(self, before: Row | None, after: Row | None) -> bool:
        """Whether these are the rows the change was logged with."""
        return digest_of(before) == self.before_hash and digest_of(after) == self.after_hash


def digest_of(row: Row | None) -> str:
    """The hash of a row as the log has it: "" for none."""
    return row.digest if row else ""


def read_action(row: tuple[int, str, str, str, str, str, str]) -> Action:
    """One heading; what does not prove is named illegible and has no root."""
    revision, at, who, label, source, root, digest = row
    try:
        action = Action(revision, parse_time(at), who, label, source, root)
    except LooseError:
        return Action(revision, _NEVER, "", _ILLEGIBLE, "", "")
    return action if action.digest == digest else replace(action, label=_ILLEGIBLE, root="")


def action_at(conn: sqlite3.Connection, revision: int) -> Action | None:
    """The heading of one revision; None when the log has none."""
    found = conn.execute("SELECT * FROM action WHERE revision = ?", (revision,)).fetchone()
    return read_action(found) if found else None


def changes_after(conn: sqlite3.Connection, revision: int) -> Iterator[Logged]:
    """Every change later than a revision, the latest first."""
    found = conn.execute(f"{_CHANGES} WHERE revision > ? {_BACKWARDS}", (revision,))
    return (Logged(*row) for row in found)


def changes_of(conn: sqlite3.Connection, revision: int) -> tuple[Logged, ...]:
    """The changes of one action, the latest first."""
    found = conn.execute(f"{_CHANGES} WHERE revision = ? {_BACKWARDS}", (revision,))
    return tuple(Logged(*row) for row in found.fetchall())


def read_entry(conn: sqlite3.Connection, action: Action) -> HistoryEntry:
    """One action with its changes, each row walked back from now by itself."""
    changes = changes_of(conn, action.revision)
    rows = {key: _row_after(conn, key, action.revision) for key in {each.key for each in changes}}
    return entry_of(action, changes, rows)


def read_history(conn: sqlite3.Connection, limit: int) -> tuple[HistoryEntry, ...]:
    """The latest actions, the newest first, each with its changes."""
    return tuple(islice(each_entry(conn), limit))


def each_entry(conn: sqlite3.Connection) -> Iterator[HistoryEntry]:
    """Every action with its changes, the newest first, one after the other."""
    rows = StoredRows(conn)
    for action in conn.execute("SELECT * FROM action ORDER BY revision DESC").fetchall():
        yield entry_of(read_action(action), changes_of(conn, action[0]), rows)


def entry_of(
    action: Action, changes: tuple[Logged, ...], rows: dict[RowKey, Row | None]
) -> HistoryEntry:
    """The entry of one action; `rows`, those right after it, become those right before it."""
    good: list[Change] = []
    damaged = 0
    for logged in changes:
        before, after = logged.rows(rows[logged.key])
        rows[logged.key] = before
        try:
            if not logged.proves(before, after):
                raise RowError("记录已损坏")
            good.append(change_between(before, after))
        except RowError:
            damaged += 1
    told = ChangeSet(action.label, tuple(reversed(good)))
    if len(set(told.places)) < len(told.places):  # one text in several pieces
        told = ChangeSet(action.label).merged(told)
    return HistoryEntry(action, told, damaged)


def stored_rows(conn: sqlite3.Connection) -> dict[RowKey, Row | None]:
    """Every row of the draft as it stands now."""
    values = conn.execute("SELECT address, tag, text FROM value").fetchall()
    orders = conn.execute("SELECT table_address, rows FROM row_order").fetchall()
    rows: dict[RowKey, Row | None] = {
        (address, "value"): Row(address, tag, text) for address, tag, text in values
    }
    return rows | {(table, ORDER): Row(table, ORDER, text) for table, text in orders}


def stored_row(conn: sqlite3.Connection, key: RowKey) -> Row | None:
    """One row of the draft as it stands now."""
    address, kind = key
    if kind == ORDER:
        query = f"SELECT '{ORDER}', rows FROM row_order WHERE table_address = ?"
    else:
        query = "SELECT tag, text FROM value WHERE address = ?"
    found = conn.execute(query, (address,)).fetchone()
    return Row(address, found[0], found[1]) if found else None


class StoredRows(dict[RowKey, Row | None]):
    """Rows as far back as the walk has come, each read when it is first asked for."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        super().__init__()
        self._conn = conn

    def __missing__(self, key: RowKey) -> Row | None:
        self[key] = stored_row(self._conn, key)
        return self[key]


def _row_after(conn: sqlite3.Connection, key: RowKey, revision: int) -> Row | None:
    row = stored_row(conn, key)
    later = conn.execute(
        f"{_CHANGES} WHERE address = ? AND kind = ? AND revision > ? {_BACKWARDS}",
        (*key, revision),
    )
    for found in later:
        row, _ = Logged(*found).rows(row)
    return row
