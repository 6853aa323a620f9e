"""Keeps the change log small: old actions of one person and day, later month, become one.

Moments that somebody may come back to stay exact: named versions, contents exchanged as files,
and everything but typing. What does not prove is left as it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from storage.change_log import Action, insert_change, logged_change
from storage.database import sentences
from storage.draft import Draft
from storage.log_reading import Logged, RowKey, StoredRows, digest_of, read_action
from storage.roots import parse_root
from storage.rows import Row
from storage.snapshots import list_snapshots
from storage.text_steps import text_steps

WHOLE_DAYS = 30  # so long every action stays as it was
DAYS_UNTIL_MONTHS = 365
LEAST = 200  # actions to be saved before it is worth while
_MOST_CHANGES = 2_000  # in one transaction: a fraction of a second in the writer's thread
_MERGED = ("typed", "more", "undo", "redo", "command")


def compact(draft: Draft, *, at: datetime, least: int = LEAST) -> int:
    """Merge what is old, after a snapshot and in one transaction; how many actions were saved.

    To be called again after more work: each call does a bounded part.
    """
    conn = draft.database.conn
    with sentences(draft.path):
        groups = _groups(conn, _kept_roots(draft), at)
    if sum(len(group) - 1 for group in groups) < least:
        return 0
    draft.snapshot("compaction", at=at)
    with sentences(draft.path), draft.database.atomic():
        return _merge(conn, groups)


def _kept_roots(draft: Draft) -> frozenset[str]:
    found = draft.database.conn.execute("SELECT root FROM kept").fetchall()
    named = {each.root for each in list_snapshots(draft.folder) if each.name}
    return frozenset({str(root) for (root,) in found} | named)


def _groups(conn: sqlite3.Connection, kept: frozenset[str], at: datetime) -> list[list[Action]]:
    """Runs of actions that may become one, the newest first."""
    upgraded = "SELECT coalesce(max(revision), -1) FROM action JOIN kept USING (root) WHERE why = ?"
    floor = conn.execute(upgraded, ("upgrade",)).fetchone()[0]
    headings = conn.execute(
        "SELECT * FROM action WHERE revision > ? ORDER BY revision", (floor,)
    ).fetchall()
    groups: list[list[Action]] = []
    last: tuple[str, date] | None = None
    for action in map(read_action, headings):
        span = _span(action, at)
        if span is not None and span == last:
            groups[-1].append(action)
        elif span is not None:
            groups.append([action])
        last = None if action.root in kept else span
    return [group for group in reversed(groups) if len(group) > 1]


def _span(action: Action, at: datetime) -> tuple[str, date] | None:
    """Whose and which day or month an action counts to; None when it stays as it is."""
    age = at - action.at
    if not action.root or action.source not in _MERGED or age < timedelta(days=WHOLE_DAYS):
        return None
    day = action.at.astimezone().date()
    return action.who, day if age < timedelta(days=DAYS_UNTIL_MONTHS) else day.replace(day=1)


@dataclass(slots=True)
class _Run:
    """One group while the walk goes back through it."""

    actions: list[Action]
    after: dict[RowKey, Row | None] = field(default_factory=dict[RowKey, Row | None])
    before: dict[RowKey, Row | None] = field(default_factory=dict[RowKey, Row | None])
    ids: dict[RowKey, list[int]] = field(default_factory=dict[RowKey, list[int]])
    proves: bool = True

    def take(self, number: int, logged: Logged, rows: tuple[Row | None, Row | None]) -> None:
        """Go back over one change of the group."""
        before, after = rows
        self.after.setdefault(logged.key, after)
        self.before[logged.key] = before
        self.ids.setdefault(logged.key, []).append(number)
        self.proves = self.proves and logged.proves(before, after)

    def net(self) -> list[tuple[RowKey, Row | None, Row | None]]:
        """What the group changed in the end."""
        rows = [(key, self.before[key], after) for key, after in self.after.items()]
        return [each for each in rows if digest_of(each[1]) != digest_of(each[2])]

    def leads_back_to(self, root: str) -> bool:
        """Whether taking the group back gives the root of the action before it."""
        found = parse_root(self.actions[-1].root)
        for _, before, after in self.net():
            found = found.minus(after.digest) if after else found
            found = found.plus(before.digest) if before else found
        return str(found) == root


def _merge(conn: sqlite3.Connection, groups: list[list[Action]]) -> int:
    """Walk back from now and put each group in one action, until enough was rewritten."""
    rows = StoredRows(conn)
    walk = _Walk(conn, rows)
    saved = rewritten = 0
    for group in groups:
        walk.go_to(group[-1].revision)
        run = _Run(group)
        for number, logged, pair in walk.back_over(group[0].revision):
            run.take(number, logged, pair)
        rewritten += sum(map(len, run.ids.values()))
        if run.proves and run.leads_back_to(_root_before(conn, group[0].revision)):
            _rewrite(conn, run)
            saved += len(group) - 1
        if rewritten > _MOST_CHANGES:
            break
    return saved


class _Walk:
    """The rows of the draft, going back through the log once."""

    def __init__(self, conn: sqlite3.Connection, rows: StoredRows) -> None:
        self._conn = conn
        self._rows = rows
        self._at: int | None = None  # everything from this revision on is taken back

    def go_to(self, revision: int) -> None:
        """Take back everything later than a revision."""
        for _ in self.back_over(revision + 1):
            pass

    def back_over(self, first: int) -> Iterator[tuple[int, Logged, tuple[Row | None, Row | None]]]:
        """Take back everything from a revision on; each change with its id and rows."""
        until = "" if self._at is None else f"AND revision < {self._at}"
        found = self._conn.execute(
            "SELECT id, revision, address, kind, start, before_tag, before_text, before_hash,"
            f" after_tag, after_text, after_hash FROM change WHERE revision >= ? {until}"
            " ORDER BY revision DESC, id DESC",
            (first,),
        ).fetchall()
        self._at = first
        for number, *columns in found:
            logged = Logged(*columns)
            pair = logged.rows(self._rows[logged.key])
            self._rows[logged.key] = pair[0]
            yield number, logged, pair


def _root_before(conn: sqlite3.Connection, revision: int) -> str:
    found = conn.execute(
        "SELECT root FROM action WHERE revision < ? ORDER BY revision DESC LIMIT 1", (revision,)
    ).fetchone()
    return str(found[0]) if found else ""


def _rewrite(conn: sqlite3.Connection, run: _Run) -> None:
    last, net = run.actions[-1], run.net()
    gone = [(action.revision,) for action in run.actions]
    conn.executemany("DELETE FROM change WHERE revision = ?", gone)
    conn.executemany("DELETE FROM action WHERE revision = ?", gone)
    labels = {action.label for action in run.actions}
    label = labels.pop() if len(labels) == 1 else f"修改 {len(net)} 处"
    merged = replace(last, label=label, source="typed")
    conn.execute("INSERT INTO action VALUES (?, ?, ?, ?, ?, ?, ?)", merged.columns())
    for key, before, after in net:
        # The ids of the log stay in its order: what came later has the greater one.
        ids = sorted(run.ids[key])
        for number, (one, other) in zip(ids, _steps(before, after, len(ids)), strict=False):
            insert_change(conn, number, logged_change(last.revision, one, other))


def _steps(
    before: Row | None, after: Row | None, most: int
) -> Iterator[tuple[Row | None, Row | None]]:
    """One row to another; texts changed at distant places in a step for each."""
    if not before or not after or before.tag != after.tag:
        yield before, after
        return
    texts = text_steps(before.text, after.text, most)
    yield from pairwise([replace(after, text=text) for text in texts])
