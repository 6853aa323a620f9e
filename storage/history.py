"""What happened to a plan, read from the change log of its draft; all in the writer's thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from forms.answers import Answers
from storage.change_log import Action, HistoryEntry
from storage.database import sentences
from storage.draft import Draft
from storage.log_reading import action_at, each_entry, read_action, read_entry, read_history
from storage.moments import answers_at

_FIRST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which actions are wanted; what is left empty keeps everything."""

    section: str = ""  # its key
    who: str = ""
    text: str = ""  # somewhere in the label, the name, or what went or came
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """One action without its texts: the first places it changed, and how many in all."""

    action: Action
    places: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Moment:
    """One action whole, and the plan right after it; None when that cannot be proved."""

    entry: HistoryEntry
    answers: Answers | None


def history(draft: Draft, limit: int = 200) -> tuple[HistoryEntry, ...]:
    """The latest actions of an open draft, the newest first."""
    with sentences(draft.path):
        return read_history(draft.database.conn, limit)


def whole_history(draft: Draft) -> Iterator[HistoryEntry]:
    """Every action, the newest first, one after the other: never all texts in memory."""
    with sentences(draft.path):
        yield from each_entry(draft.database.conn)


def headlines(
    draft: Draft, wanted: Wanted, before: int | None = None, limit: int = 200
) -> tuple[Headline, ...]:
    """The latest wanted actions earlier than a revision, the newest first, `limit` at most."""
    conditions, given = _conditions(wanted)
    if before is not None:
        conditions, given = (*conditions, "revision < ?"), (*given, before)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    with sentences(draft.path):
        conn = draft.database.conn
        found = conn.execute(
            f"SELECT * FROM action {where} ORDER BY revision DESC LIMIT ?", (*given, limit)
        ).fetchall()
        return tuple(
            _headline(conn, action)
            for action in map(read_action, found)
            if wanted.since is None or action.at >= wanted.since
        )


def people(draft: Draft) -> tuple[str, ...]:
    """Everybody who changed something, by name."""
    with sentences(draft.path):
        found = draft.database.conn.execute("SELECT DISTINCT who FROM action ORDER BY who")
        return tuple(str(who) for (who,) in found.fetchall() if who)


def moment(draft: Draft, revision: int) -> Moment | None:
    """One action whole with the plan after it; None when the log has no such action."""
    with sentences(draft.path):
        action = action_at(draft.database.conn, revision)
        if action is None:
            return None
        entry = read_entry(draft.database.conn, action)
    return Moment(entry, answers_at(draft, revision))


def _conditions(wanted: Wanted) -> tuple[tuple[str, ...], tuple[str | int, ...]]:
    conditions: list[str] = []
    given: list[str | int] = []
    if wanted.section:
        conditions.append("revision IN (SELECT revision FROM change WHERE address GLOB ?)")
        given.append(f"{wanted.section}/*")  # keys hold no sign that GLOB reads
    if wanted.who:
        conditions.append("who = ?")
        given.append(wanted.who)
    if wanted.text:
        conditions.append(
            "(instr(label, ?) OR instr(who, ?) OR revision IN (SELECT revision FROM change"
            " WHERE instr(before_text, ?) OR instr(after_text, ?)))"
        )
        given += [wanted.text] * 4
    return tuple(conditions), tuple(given)


def _headline(conn: sqlite3.Connection, action: Action) -> Headline:
    places = conn.execute(
        "SELECT address FROM change WHERE revision = ? GROUP BY address ORDER BY min(id)",
        (action.revision,),
    ).fetchall()
    return Headline(action, tuple(str(place) for (place,) in places[:_FIRST_PLACES]), len(places))
