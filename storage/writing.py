"""Writing into a draft, inside one transaction: values, orders, log, root and meta together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TypeAlias

from sqlite_utils import Database

from forms.breathing import breathing
from forms.changes import Change, ChangeSet, OrderChange
from storage.change_log import Action, log_action, log_changes
from storage.codec import mended, time_text
from storage.meta import PlanMeta
from storage.pictures import PictureEntry
from storage.reading import is_digest, meta_hash
from storage.roots import Root, parse_root
from storage.rows import ORDER, Row, row_after, row_before

_BULK = 500
_Pair: TypeAlias = tuple[Row | None, Row | None]  # before and after
_Key: TypeAlias = tuple[str, bool]  # address, and whether it is the order of a table


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
    logged: list[_Pair] = []
    for some in _in_parts(changes.changes):
        told, root = _put_some(conn, some, root)
        logged += told
    if not logged:
        return meta
    action = replace(action, root=str(root), label=mended(action.label), who=mended(action.who))
    log_action(conn, action)
    log_changes(conn, action.revision, logged)
    after_meta = replace(meta, root=str(root), revision=action.revision, changed=action.at)
    write_meta(conn, after_meta, only=("root", "revision", "changed"))
    return after_meta


def write_rows(db: Database, rows: list[Row]) -> None:
    """Write the rows of a new draft at once."""
    db.table("value").insert_all(
        (
            {"address": row.address, "tag": row.tag, "text": row.text, "hash": row.digest}
            for row in breathing(rows)
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


def _in_parts(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """So many at a time that they are asked for and written at once."""
    left = iter(changes)
    while some := list(islice(left, _BULK)):
        yield some


def _put_some(
    conn: sqlite3.Connection, changes: list[Change], root: Root
) -> tuple[list[_Pair], Root]:
    """Write some changes; what is to be logged of them, and the root after them."""
    held, put = _held(conn, changes), dict[_Key, Row | None]()
    logged: list[_Pair] = []
    for change in changes:
        key, after = _key(change), row_after(change)
        there = held.get(key)
        is_good = there is None or there.is_good
        before = there.row if there is not None and is_good else row_before(change)
        if before == after and is_good:
            continue
        if there is not None:
            root = root.minus(there.digest if is_good or is_digest(there.digest) else "0")
        if after is not None:
            root = root.plus(after.digest)
        put[key] = after
        held[key] = _Held(after, after.digest) if after is not None else None
        logged.append((before, after))
    _put(conn, put)
    return logged, root


def _key(change: Change) -> _Key:
    if isinstance(change, OrderChange):
        return str(change.table), True
    return str(change.address), False


def _held(conn: sqlite3.Connection, changes: list[Change]) -> dict[_Key, _Held | None]:
    """What the draft holds now where these changes are."""
    keys = dict.fromkeys(map(_key, changes))
    held: dict[_Key, _Held | None] = {}
    for is_order, columns in ((True, f"'{ORDER}', rows"), (False, "tag, text")):
        at, table = ("table_address", "row_order") if is_order else ("address", "value")
        asked = [address for address, is_one in keys if is_one is is_order]
        query = f"SELECT {at}, {columns}, hash FROM {table} WHERE {at} IN"
        found = conn.execute(f"{query} ({', '.join('?' * len(asked))})", asked)
        for address, tag, text, digest in found:
            held[address, is_order] = _Held(Row(address, tag, text), digest)
    return held


def _put(conn: sqlite3.Connection, rows: Mapping[_Key, Row | None]) -> None:
    """Let the draft hold these rows, and where there is None nothing."""
    gone = [key for key, row in rows.items() if row is None]
    values, orders = ([(at,) for at, is_one in gone if is_one is kind] for kind in (False, True))
    conn.executemany("DELETE FROM value WHERE address = ?", values)
    conn.executemany("DELETE FROM row_order WHERE table_address = ?", orders)
    there = [row for row in rows.values() if row is not None]
    conn.executemany(
        "INSERT INTO value VALUES (?, ?, ?, ?) ON CONFLICT (address) DO UPDATE"
        " SET tag = excluded.tag, text = excluded.text, hash = excluded.hash",
        [(row.address, row.tag, row.text, row.digest) for row in there if row.tag != ORDER],
    )
    conn.executemany(
        "INSERT INTO row_order VALUES (?, ?, ?) ON CONFLICT (table_address) DO UPDATE"
        " SET rows = excluded.rows, hash = excluded.hash",
        [(row.address, row.text, row.digest) for row in there if row.tag == ORDER],
    )
