"""The plan as it was: the answers at any moment of the change log, proved by the root of then.

A moment that cannot be proved is None, never a guess. All of it runs in the writer's thread.
"""

from __future__ import annotations

import sqlite3

from forms.answers import Answers, answers_of
from storage.database import sentences
from storage.draft import Draft
from storage.errors import DamagedDraft
from storage.log_reading import action_at, changes_after, stored_rows
from storage.roots import root_over
from storage.rows import ORDER, Row, RowError, read_order, read_value


def answers_at(draft: Draft, revision: int) -> Answers | None:
    """Everything typed as it was after one action; None when that cannot be proved."""
    try:
        with sentences(draft.path):
            return _answers_at(draft.database.conn, revision)
    except DamagedDraft:  # a broken page of the log: the draft itself may be whole
        return None


def answers_at_root(draft: Draft, root: str) -> Answers | None:
    """Everything typed as it was when the plan had this root; None when that cannot be proved."""
    try:
        with sentences(draft.path):
            found = draft.database.conn.execute(
                "SELECT revision FROM action WHERE root = ? ORDER BY revision DESC", (root,)
            ).fetchall()
            proved = (_answers_at(draft.database.conn, number) for (number,) in found)
            return next((answers for answers in proved if answers is not None), None)
    except DamagedDraft:
        return None


def _answers_at(conn: sqlite3.Connection, revision: int) -> Answers | None:
    action = action_at(conn, revision)
    if action is None or not action.root:
        return None
    rows = stored_rows(conn)
    for logged in changes_after(conn, revision):
        rows[logged.key], _ = logged.rows(rows.get(logged.key))
    return _proved([row for row in rows.values() if row is not None], action.root)


def _proved(rows: list[Row], root: str) -> Answers | None:
    if str(root_over(row.digest for row in rows)) != root:
        return None
    try:
        return answers_of(
            [read_value(row) for row in rows if row.tag != ORDER],
            [read_order(row) for row in rows if row.tag == ORDER],
        )
    except RowError:  # proved, yet nothing this program can read
        return None
