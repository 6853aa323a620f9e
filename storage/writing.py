"""Writing into a draft, inside one transaction: values, orders, log, root and meta together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from forms.changes import Change, ChangeSet, OrderChange
from storage.change_log import Action, log_action, log_change
from storage.codec import mended, time_text
from storage.meta import PlanMeta
from storage.pictures import PictureEntry
from storage.reading import is_digest, meta_hash
from storage.roots import Root, parse_root
from storage.rows import ORDER, Row, rows_of_change

_BULK = 500


@dataclass(frozen=True, slots=True)
class _Held:
    """A row as the draft holds it now, with the hash stored beside it."""

    row: Row
    digest: str

    @property
    def is_good(self) -> bool:
        """Whether the row proves."""
        return self.row.digest == self.digest


def write_changes(
    conn: sqlite3.Connection, changes: ChangeSet, action: Action, meta: PlanMeta
) -> PlanMeta:
    """Write one user action; the meta data after it, unchanged when nothing differed."""
    root = root_of_meta(meta)
    logged: list[tuple[Row | None, Row | None]] = []
    for change in changes.changes:
        before, after = rows_of_change(change)
        held = _held(conn, change)
        if held is not None and held.is_good:
            before = held.row
        if before == after and (held is None or held.is_good):
            continue
        root = _put(conn, change, held, after, root)
        logged.append((before, after))
    if not logged:
        return meta
    action = replace(action, root=str(root), label=mended(action.label), who=mended(action.who))
    log_action(conn, action)
    for before, after in logged:
        log_change(conn, action.revision, before, after)
    after_meta = replace(meta, root=str(root), revision=action.revision, changed=action.at)
    write_meta(conn, after_meta, only=("root", "revision", "changed"))
    return after_meta


def write_rows(db: Database, rows: list[Row]) -> None:
    """Write the rows of a new draft at once."""
    db.table("value").insert_all(
        (
            {"address": row.address, "tag": row.tag, "text": row.text, "hash": row.digest}
            for row in rows
            if row.tag != ORDER
        ),
        batch_size=_BULK,
    )
    db.table("row_order").insert_all(
        (
            {"table_address": row.address, "rows": row.text, "hash": row.digest}
            for row in rows
            if row.tag == ORDER
        ),
        batch_size=_BULK,
    )


def write_meta(conn: sqlite3.Connection, meta: PlanMeta, only: Iterable[str] = ()) -> None:
    """Write the meta data, or some keys of it."""
    parts = meta.parts()
    for key in only or parts:
        write_meta_text(conn, key, str(parts[key]))


def write_meta_text(conn: sqlite3.Connection, key: str, text: str) -> None:
    """Write one entry of the meta data."""
    text = mended(text)
    conn.execute(
        "INSERT INTO meta VALUES (?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET text = excluded.text, hash = excluded.hash",
        (key, text, meta_hash(key, text)),
    )


def keep_root(conn: sqlite3.Connection, root: str) -> None:
    """Note that the moment with this root was exchanged as a file: it is kept for merging."""
    conn.execute("INSERT INTO kept VALUES (?, 'exchanged') ON CONFLICT (root) DO NOTHING", (root,))


def write_about(conn: sqlite3.Connection, texts: Mapping[str, str]) -> None:
    """Write what is known about the plan as a whole; a version exchanged is never forgotten."""
    for key, text in texts.items():
        write_meta_text(conn, key, text)
    if texts.get("parent_root"):
        keep_root(conn, texts["parent_root"])


def write_picture(conn: sqlite3.Connection, entry: PictureEntry, at: datetime) -> None:
    """Note a picture whose file is already on the disk."""
    conn.execute(
        "INSERT INTO picture VALUES (?, ?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
        (entry.sha256, mended(entry.name), entry.media_type, entry.size, time_text(at)),
    )


def root_of_meta(meta: PlanMeta) -> Root:
    """The root the meta data names; an empty one when it names none."""
    return parse_root(meta.root) if meta.root else Root()


def _held(conn: sqlite3.Connection, change: Change) -> _Held | None:
    if isinstance(change, OrderChange):
        address = str(change.table)
        query = f"SELECT '{ORDER}', rows, hash FROM row_order WHERE table_address = ?"
    else:
        address = str(change.address)
        query = "SELECT tag, text, hash FROM value WHERE address = ?"
    found = conn.execute(query, (address,)).fetchone()
    return _Held(Row(address, found[0], found[1]), found[2]) if found else None


def _put(
    conn: sqlite3.Connection, change: Change, held: _Held | None, after: Row | None, root: Root
) -> Root:
    if held is not None:
        root = root.minus(held.digest if is_digest(held.digest) else "0")
    if isinstance(change, OrderChange):
        _put_order(conn, str(change.table), after)
    else:
        _put_value(conn, str(change.address), after)
    return root.plus(after.digest) if after else root


def _put_value(conn: sqlite3.Connection, address: str, row: Row | None) -> None:
    if row is None:
        conn.execute("DELETE FROM value WHERE address = ?", (address,))
        return
    conn.execute(
        "INSERT INTO value VALUES (?, ?, ?, ?) ON CONFLICT (address) DO UPDATE"
        " SET tag = excluded.tag, text = excluded.text, hash = excluded.hash",
        (row.address, row.tag, row.text, row.digest),
    )


def _put_order(conn: sqlite3.Connection, table: str, row: Row | None) -> None:
    if row is None:
        conn.execute("DELETE FROM row_order WHERE table_address = ?", (table,))
        return
    conn.execute(
        "INSERT INTO row_order VALUES (?, ?, ?) ON CONFLICT (table_address) DO UPDATE"
        " SET rows = excluded.rows, hash = excluded.hash",
        (row.address, row.text, row.digest),
    )
