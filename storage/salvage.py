"""Reading a table whose pages are partly broken: every row that can still be reached."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

# A message of SQLite quotes what is damaged, and then it may be no text itself.
BROKEN = (sqlite3.DatabaseError, UnicodeDecodeError)
Texts = tuple[str, str, str, str]  # address, tag, text, hash


@dataclass(frozen=True, slots=True)
class RowTable:
    """A table of rows: its name, its key, and the columns that make the four texts of a row."""

    table: str
    key: str
    columns: str


def all_rows(conn: sqlite3.Connection, source: RowTable) -> tuple[list[Texts], set[str]]:
    """The rows of a table, and the addresses known to have been lost."""
    try:
        return conn.execute(f"SELECT {source.columns} FROM {source.table}").fetchall(), set()
    except UnicodeDecodeError:
        pass
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
    return _one_by_one(conn, source)


def _one_by_one(conn: sqlite3.Connection, source: RowTable) -> tuple[list[Texts], set[str]]:
    """The index knows the rows by name, so that each is looked for by itself."""
    rows: list[Texts] = []
    lost: set[str] = set()
    for number, address in _from_both_ends(conn, source).items():
        query = f"SELECT {source.columns} FROM {source.table} WHERE rowid = ?"
        try:
            found = conn.execute(query, (number,)).fetchone()
        except BROKEN:
            found = None
        if found is None:
            lost.add(address)
        else:
            rows.append(found)
    return rows, lost


def _from_both_ends(conn: sqlite3.Connection, source: RowTable) -> dict[int, str]:
    index = f"sqlite_autoindex_{source.table}_1"
    found: dict[int, str] = {}
    for direction in ("ASC", "DESC"):
        query = f"SELECT rowid, {source.key} FROM {source.table} INDEXED BY {index}"
        try:
            for number, address in conn.execute(f"{query} ORDER BY {source.key} {direction}"):
                found.setdefault(number, address)
        except BROKEN:
            continue  # the index is broken too; come from the other end
    return found
