"""Reading a draft or snapshot: what proves is handed on, what is damaged is named and left out."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field, fields
from pathlib import Path

from forms.address import Address, AddressError, parse_address
from forms.answers import Answers, answers_of
from forms.breathing import breathing
from forms.values import Value
from storage.change_log import last_known_hashes
from storage.codec import Loose, LooseError
from storage.database import open_copy, sentences
from storage.meta import PlanMeta, read_meta
from storage.roots import root_over, row_hash
from storage.rows import ORDER, Row, RowError, read_order, read_value
from storage.salvage import BROKEN, RowTable, all_rows

_META_KEYS = tuple(each.name for each in fields(PlanMeta))
_NO_DIGEST = "0" * 64
_TABLES = (
    RowTable("value", "address", "address, tag, text, hash"),
    RowTable("row_order", "table_address", f"table_address, '{ORDER}', rows, hash"),
)


@dataclass(frozen=True, slots=True)
class LoadedDraft:
    """A draft as read; `damaged` values are left out of the answers.

    `whole` is False as soon as anything does not prove: then a snapshot is to be offered.
    """

    meta: PlanMeta
    answers: Answers
    damaged: tuple[Address, ...] = ()
    whole: bool = True
    completion: str = ""


def meta_hash(key: str, text: str) -> str:
    """The hash of one entry of the table `meta`."""
    return row_hash("meta", key, text)


def read_draft(conn: sqlite3.Connection, path: Path) -> LoadedDraft:
    """Everything the draft holds that proves; `DamagedDraft` when its pages cannot be read."""
    with sentences(path):
        meta, completion, meta_whole = read_meta_table(conn, path)
        found = _read_rows(conn)
        sound = _tables_sound(conn)
        root_agrees = str(root_over(found.digests)) == meta.root
        if not root_agrees:
            _drop_what_is_not_as_logged(conn, found)
    return LoadedDraft(
        meta,
        answers_of(found.values.values(), found.orders.values()),
        _addresses(found.damaged),
        meta_whole and sound and root_agrees and not found.damaged,
        completion,
    )


def read_snapshot(path: Path) -> LoadedDraft:
    """A snapshot, for looking at or for taking single values back; errors as `read_draft`."""
    conn = open_copy(path)
    try:
        return read_draft(conn, path)
    finally:
        conn.close()


def read_meta_table(conn: sqlite3.Connection, path: Path) -> tuple[PlanMeta, str, bool]:
    """The meta data, the completion, and whether all of it proved; gaps are filled plainly."""
    found = conn.execute("SELECT key, text, hash FROM meta").fetchall()
    texts = ((str(key), str(text), digest) for key, text, digest in found)
    good = {key: text for key, text, digest in texts if meta_hash(key, text) == digest}
    completion = good.pop("completion", "")
    parts = {**_plain_meta(conn, path), **good}
    try:
        meta = read_meta(Loose("草稿", {**parts, "revision": int(parts["revision"])}))
    except (LooseError, ValueError):
        parts = _plain_meta(conn, path)
        meta = read_meta(Loose("草稿", {**parts, "revision": int(parts["revision"])}))
        return meta, completion, False
    return meta, completion, len(good) == len(_META_KEYS)


def _plain_meta(conn: sqlite3.Connection, path: Path) -> dict[str, str]:
    latest = conn.execute("SELECT coalesce(max(revision), 0) FROM action").fetchone()[0]
    blank = dict.fromkeys(_META_KEYS, "")
    never = "1970-01-01T00:00:00+00:00"
    place = path.parent.parent if path.parent.name == "snapshots" else path.parent
    return {
        **blank,
        "plan_id": place.name if len(place.name) >= 8 else "unknown-plan",
        "revision": str(latest),
        "created": never,
        "changed": never,
    }


@dataclass(slots=True)
class _Rows:
    """The rows of a draft while they are being read, by their address."""

    values: dict[str, tuple[Address, Value]] = field(default_factory=dict)
    orders: dict[str, tuple[Address, tuple[str, ...]]] = field(default_factory=dict)
    good: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    digests: list[str] = field(default_factory=list[str])
    damaged: set[str] = field(default_factory=set[str])

    def take(self, row: Row, digest: str) -> None:
        """Read one row, or put it among the damaged."""
        is_whole = row.digest == digest
        self.digests.append(digest if is_whole or is_digest(digest) else _NO_DIGEST)
        try:
            if not is_whole:
                raise RowError("校验不符")
            if row.tag == ORDER:
                self.orders[row.address] = read_order(row)
            else:
                self.values[row.address] = read_value(row)
        except RowError:
            self.damaged.add(row.address)
        else:
            self.good[row.address, row.kind] = digest


def _read_rows(conn: sqlite3.Connection) -> _Rows:
    found = _Rows()
    for source in _TABLES:
        rows, lost = all_rows(conn, source)
        found.damaged |= lost
        for address, tag, text, digest in rows:
            found.take(Row(str(address), str(tag), str(text)), str(digest))
    return found


def _drop_what_is_not_as_logged(conn: sqlite3.Connection, found: _Rows) -> None:
    """Rows older than the log says, or gone: a page of an earlier day is well formed too."""
    for (address, kind), digest in breathing(last_known_hashes(conn).items()):
        if found.good.get((address, kind), "") != digest:
            (found.orders if kind == ORDER else found.values).pop(address, None)
            found.damaged.add(address)


def _tables_sound(conn: sqlite3.Connection) -> bool:
    try:
        return all(
            conn.execute(f"PRAGMA integrity_check({table})").fetchall() == [("ok",)]
            for table in ("meta", "value", "row_order")
        )
    except BROKEN:  # the check itself meets the damage
        return False


def is_digest(digest: str) -> bool:
    """Whether the text is a hash at all."""
    return len(digest) == 64 and set(digest) <= set("0123456789abcdef")


def _addresses(texts: set[str]) -> tuple[Address, ...]:
    found: list[Address] = []
    for text in sorted(texts):
        try:
            found.append(parse_address(text))
        except AddressError:
            continue  # the address itself is damaged; `whole` tells
    return tuple(found)
