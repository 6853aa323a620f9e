"""Going on after damage: what proves stays, the rest is given up, and the log says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storage.change_log import Action, last_known_hashes, log_action, log_loss
from storage.roots import root_over
from storage.rows import rows_of
from storage.writing import write_meta, write_rows

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from storage.reading import LoadedDraft


def rebuild(db: Database, loaded: LoadedDraft, who: str, at: datetime) -> None:
    """Make the draft hold what was read from it and nothing else, as one action."""
    rows = list(rows_of(loaded.answers))
    root = str(root_over(row.digest for row in rows))
    logged = db.conn.execute("SELECT coalesce(max(revision), 0) FROM action").fetchone()[0]
    latest = max(loaded.meta.revision, int(logged))  # a stale page may tell an earlier revision
    meta = replace(loaded.meta, revision=latest + 1, root=root, changed=at)
    held = {(row.address, row.kind): row.digest for row in rows}
    with db.atomic():
        lost = [
            place
            for place, digest in last_known_hashes(db.conn).items()
            if held.get(place, "") != digest
        ]
        db.conn.execute("DELETE FROM value")
        db.conn.execute("DELETE FROM row_order")
        write_rows(db, rows)
        write_meta(db.conn, meta)
        log_action(db.conn, Action(meta.revision, at, who, "舍弃损坏内容", "restore", root))
        for address, kind in lost:
            log_loss(db.conn, meta.revision, address, kind)
