"""The SQLite file of a draft: its settings, its tables, its numbered steps from version to version.

Every setting is read back at opening; a draft whose safety net is missing is not opened.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database, Migrations

from storage.errors import (
    DamagedDraft,
    DiskFull,
    DraftLocked,
    DraftMissing,
    DraftSettingsRefused,
    NewerFormat,
    StorageError,
    TargetUnwritable,
    WriteFailed,
)

DRAFT_NAME = "draft.sqlite"
APPLICATION_ID = 0x59554345  # "YUCE"
VERSION = 2
STEPS = Migrations("yuance-draft")

_OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
_LOCK_WAIT_S = 0.2
_SETTINGS: tuple[tuple[str, str, str | int], ...] = (
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
)
_JOURNAL = ("journal_mode", "TRUNCATE", "truncate")  # not WAL: it loses content in any copy


@STEPS(name="0001-tables")
def _tables(db: Database) -> None:
    text, number = str, int
    db.table("meta").create(
        {"key": text, "text": text, "hash": text}, pk="key", not_null={"text", "hash"}
    )
    db.table("value").create(
        {"address": text, "tag": text, "text": text, "hash": text},
        pk="address",
        not_null={"tag", "text", "hash"},
    )
    db.table("row_order").create(
        {"table_address": text, "rows": text, "hash": text},
        pk="table_address",
        not_null={"rows", "hash"},
    )
    action = {"at": text, "who": text, "label": text, "source": text, "root": text, "hash": text}
    db.table("action").create({"revision": number, **action}, pk="revision", not_null=set(action))
    change = {
        "revision": number,
        "address": text,
        "kind": text,  # value, order
        "start": number,  # -1: whole texts; else the texts are what was replaced at this character
        "before_tag": text,
        "before_text": text,
        "before_hash": text,
        "after_tag": text,
        "after_text": text,
        "after_hash": text,
    }
    db.table("change").create(
        {"id": number, **change},
        pk="id",
        not_null=set(change),
        foreign_keys=[("revision", "action", "revision")],
    )
    db.table("change").create_index(["revision"])
    db.table("change").create_index(["address", "kind"])
    picture = {"name": text, "media_type": text, "bytes": number, "added": text}
    db.table("picture").create({"sha256": text, **picture}, pk="sha256", not_null=set(picture))


@STEPS(name="0002-kept")
def _kept(db: Database) -> None:
    """Roots whose moment the log must keep exactly; older drafts did not note what they sent."""
    text = str
    db.table("kept").create({"root": text, "why": text}, pk="root", not_null={"why"})
    db.conn.execute(
        "INSERT INTO kept SELECT root, 'upgrade' FROM action ORDER BY revision DESC LIMIT 1"
    )
    db.conn.execute(
        "INSERT INTO kept SELECT text, 'exchanged' FROM meta"
        " WHERE key = 'parent_root' AND text <> '' ON CONFLICT (root) DO NOTHING"
    )


def create_database(path: Path) -> Database:
    """Make an empty draft file of the current version and hold it."""
    with sentences(path):
        db = _connect(path, "rwc", sqlite3.Connection)
        try:
            db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            upgrade(db)
        except BaseException:
            db.close()
            raise
    return db


def open_database(
    path: Path, connection: type[sqlite3.Connection] = sqlite3.Connection
) -> Database:
    """Open a draft file and take it exclusively; otherwise a `DraftError` or `NewerFormat`."""
    if not path.is_file():
        raise DraftMissing(path.parent)
    with sentences(path):
        db = _connect(path, "rw", connection)
        try:
            _check_kind(db.conn, path)
        except BaseException:
            db.close()
            raise
    return db


def open_copy(path: Path) -> sqlite3.Connection:
    """Open a snapshot for reading; nothing is ever written to it."""
    with sentences(path):
        conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        conn.text_factory = _lenient
        conn.execute("PRAGMA trusted_schema = OFF")
        conn.execute("PRAGMA cell_size_check = ON")
        try:
            _check_kind(conn, path)
        except BaseException:
            conn.close()
            raise
    return conn


def is_held(path: Path) -> bool:
    """Whether a window has the draft open; a file nobody can open is not held."""
    try:
        _connect(path, "rw", sqlite3.Connection).close()
    except sqlite3.DatabaseError as error:
        return isinstance(_sentence(error, path), DraftLocked)
    except UnicodeDecodeError:  # the message quotes what is damaged
        pass
    return False


def user_version(conn: sqlite3.Connection) -> int:
    """The version of the tables."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def needs_upgrade(conn: sqlite3.Connection) -> bool:
    """Whether the tables are of an older version."""
    return user_version(conn) < VERSION


def upgrade(db: Database) -> None:
    """Take the tables to the current version, all steps or none."""
    with db.atomic():
        STEPS.apply(db)
        db.conn.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def sentences(path: Path) -> Generator[None]:
    """Turn what SQLite reports about a draft into a sentence; mistakes of ours go through."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        known = next((known for each in _chain(error) if (known := _sentence(each, path))), None)
        if known is None:
            raise
        raise known from error
    except UnicodeDecodeError as error:  # the message quotes what is damaged
        raise DamagedDraft(path.parent, "文件结构已损坏") from error


def _chain(error: BaseException | None) -> Generator[sqlite3.DatabaseError]:
    """The error and those before it: after an error of the disk the rollback can fail as well."""
    while isinstance(error, sqlite3.DatabaseError):
        yield error
        error = error.__context__


def _sentence(error: sqlite3.DatabaseError, path: Path) -> StorageError | None:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DraftLocked()
        case sqlite3.SQLITE_FULL:
            return DiskFull(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return TargetUnwritable(path)
        case sqlite3.SQLITE_IOERR:
            return WriteFailed(path, "磁盘报告读写错误")
        case sqlite3.SQLITE_ERROR if "no such savepoint" in str(error):
            # SQLite gave the whole transaction up below sqlite-utils, as it does when a disk fails.
            return WriteFailed(path, "磁盘报告读写错误")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DamagedDraft(path.parent, "文件结构已损坏")
        case _:
            return None


def _connect(path: Path, mode: str, connection: type[sqlite3.Connection]) -> Database:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise DraftSettingsRefused(f"SQLite {sqlite3.sqlite_version}")
    conn = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_LOCK_WAIT_S,
        isolation_level=None,
        factory=connection,
    )
    conn.text_factory = _lenient
    try:
        for name, setting, _ in _SETTINGS:
            conn.execute(f"PRAGMA {name} = {setting}")
        conn.execute("BEGIN EXCLUSIVE")  # taken once and, by locking_mode, kept until closed
        conn.execute("COMMIT")
        conn.execute(f"PRAGMA {_JOURNAL[0]} = {_JOURNAL[1]}")
        _check_settings(conn)
    except BaseException:
        conn.close()
        raise
    return Database(conn, recursive_triggers=False, execute_plugins=False, strict=True)


def _lenient(content: bytes) -> str:
    """Damaged text is read all the same; its hash will tell."""
    return content.decode("utf-8", "surrogateescape")


def _check_settings(conn: sqlite3.Connection) -> None:
    for name, setting, expected in (*_SETTINGS, _JOURNAL):
        row = conn.execute(f"PRAGMA {name}").fetchone()
        if row is not None and row[0] != expected:  # no row: built without memory mapping
            raise DraftSettingsRefused(f"{name}={setting}")


def _check_kind(conn: sqlite3.Connection, path: Path) -> None:
    if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise DamagedDraft(path.parent, "不是园策草稿")
    found = user_version(conn)
    if found > VERSION:
        raise NewerFormat(found, VERSION)
    active = "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')"
    if conn.execute(active).fetchone()[0]:
        raise DamagedDraft(path.parent, "含有外来的触发器或视图")
