"""What happened to a plan, read from the change log of its draft."""

from __future__ import annotations

from storage.change_log import HistoryEntry
from storage.database import sentences
from storage.draft import Draft
from storage.log_reading import read_history


def history(draft: Draft, limit: int = 200) -> tuple[HistoryEntry, ...]:
    """The latest actions of an open draft, the newest first; in the writer's thread."""
    with sentences(draft.path):
        return read_history(draft.database.conn, limit)
