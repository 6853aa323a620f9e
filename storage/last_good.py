"""What a damaged draft should hold: the newest snapshot that proves, and the log since then.

The log names the hash of every row it changed, so that what is put together is proven again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from forms.address import Address, AddressError, parse_address
from forms.answers import Answers
from storage.codec import LooseError, parse_time
from storage.draft import Draft
from storage.errors import StorageError
from storage.losses import Loss
from storage.reading import LoadedDraft, read_snapshot
from storage.rows import ORDER, Row, RowError, read_order, read_value, rows_of
from storage.salvage import BROKEN
from storage.snapshots import Snapshot, list_snapshots

Key = tuple[str, str]  # address, kind

_WHOLE = -1
_LONG_AGO = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class _Base:
    """A snapshot that proves, as rows; without any, nothing at revision -1."""

    rows: Mapping[Key, Row] = field(default_factory=dict[Key, Row])
    revision: int = -1
    at: datetime = _LONG_AGO


@dataclass(frozen=True, slots=True)
class _Known:
    """The last content of a place that proves; `digest` is what the place should hold."""

    row: Row | None
    at: datetime
    digest: str


def find_losses(draft: Draft, loaded: LoadedDraft) -> tuple[Loss, ...]:
    """Every place that lacks what it should hold, with the last good content; before settling."""
    conn = draft.database.conn
    base = _base(draft, conn)
    should = {key: _Known(row, base.at, row.digest) for key, row in base.rows.items()}
    for key, records in _log_since(conn, base.revision).items():
        should[key] = _replay(should.get(key), records)
    held = {(row.address, row.kind) for row in rows_of(loaded.answers)}  # reading dropped the odd
    lost = {key: known for key, known in should.items() if key not in held}
    named = {str(place) for place in loaded.damaged}
    unknown = named - {address for address, _ in should}
    for address in unknown:  # in neither snapshot nor log: at least the mark
        lost[address, "value"] = _Known(None, base.at, "?")
    losses = (_loss(key, known) for key, known in sorted(lost.items()))
    return tuple(each for each in losses if each is not None)


def _base(draft: Draft, conn: sqlite3.Connection) -> _Base:
    """The newest snapshot that proves and is of this history; any that proves if none is."""
    logged: dict[int, str] = {}
    with suppress(*BROKEN):  # a broken log still leaves the snapshots
        logged = dict(conn.execute("SELECT revision, root FROM action").fetchall())
    found = list_snapshots(draft.folder, draft.files)
    ours = [each for each in found if logged.get(each.revision) == each.root]
    for snapshot in (*ours, *(each for each in found if each not in ours)):
        answers = proven(snapshot)
        if answers is not None:
            rows = {(row.address, row.kind): row for row in rows_of(answers)}
            return _Base(rows, snapshot.revision, snapshot.at)
    return _Base()


def proven(snapshot: Snapshot) -> Answers | None:
    """What a snapshot holds, None unless all of it proves."""
    try:
        loaded = read_snapshot(snapshot.path)
    except (StorageError, sqlite3.Error):
        return None
    return loaded.answers if loaded.whole else None


_Record = tuple[str, int, str, str, str, str, str, str]


def _log_since(conn: sqlite3.Connection, revision: int) -> dict[Key, list[_Record]]:
    """What was changed after a revision, by place, the earliest first."""
    found: dict[Key, list[_Record]] = {}
    query = (
        "SELECT address, kind, (SELECT at FROM action WHERE action.revision = change.revision),"
        " start, before_text, before_hash, after_tag, after_text, after_hash FROM change"
        " WHERE revision > ? ORDER BY revision, id"
    )
    with suppress(*BROKEN):
        for address, kind, at, *rest in conn.execute(query, (revision,)):
            start, removed, before_hash, tag, inserted, after_hash = rest
            if before_hash or after_hash:  # else the note of an earlier loss
                record = (str(at), start, removed, before_hash, tag, inserted, after_hash, address)
                found.setdefault((address, kind), []).append(record)
    return found


def _replay(known: _Known | None, records: list[_Record]) -> _Known:
    """Follow the records as far as they prove."""
    last = known or _Known(None, _LONG_AGO, "")
    row = last.row
    for at, start, removed, before_hash, tag, inserted, after_hash, address in records:
        row = _after(row, (start, removed, before_hash), Row(address, tag, inserted))
        if (row.digest if row else "") == after_hash:
            last = _Known(row, _time(at), after_hash)
        else:
            row = None
            last = _Known(last.row, last.at, after_hash)
    return last


def _after(row: Row | None, piece: tuple[int, str, str], new: Row) -> Row | None:
    start, removed, before_hash = piece
    if start == _WHOLE:
        return new if new.tag else None
    if row is None or row.digest != before_hash:
        return None
    text = row.text[:start] + new.text + row.text[start + len(removed) :]
    return Row(new.address, new.tag, text)


def _time(text: str) -> datetime:
    try:
        return parse_time(text)
    except LooseError:
        return _LONG_AGO


def _loss(key: Key, known: _Known) -> Loss | None:
    """None when the place should be empty: then nothing is missing."""
    address, kind = key
    try:
        place = parse_address(address)
    except AddressError:
        return None  # nobody could go there
    row = known.row
    if row is None:
        return Loss(place, kind == ORDER) if known.digest else None
    is_last = row.digest == known.digest
    try:
        return _with_content(place, row, known.at, is_last=is_last)
    except RowError:
        return Loss(place, kind == ORDER)


def _with_content(place: Address, row: Row, at: datetime, *, is_last: bool) -> Loss:
    if row.tag == ORDER:
        return Loss(place, True, None, read_order(row)[1], at, is_last)
    return Loss(place, False, read_value(row)[1], (), at, is_last)
