"""Which snapshots stay: the latest, then one an hour, a day and a week, and every named one.

Hours lie in days and days in weeks, so that thinning step by step ends where thinning once would.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Protocol, TypeVar

LATEST = 20
HOURLY = timedelta(days=2)
DAILY = timedelta(days=30)

_CALENDAR = timezone(timedelta(hours=8))  # one zone in all of China, and no summer time


class Dated(Protocol):
    """What the rule needs of a snapshot."""

    @property
    def at(self) -> datetime:
        """When it was taken."""
        ...

    @property
    def name(self) -> str:
        """The name somebody gave it, or ""."""
        ...


S = TypeVar("S", bound=Dated)


def kept(snapshots: Iterable[S], now: datetime) -> tuple[S, ...]:
    """Those that stay, the newest first.

    Of the unnamed: the latest 20 whatever their age; the last of each hour for two days, of each
    day for thirty, of each week to the end of the plan. At least three are among the latest 20.
    """
    newest_first = sorted(snapshots, key=lambda each: each.at, reverse=True)
    unnamed = [each for each in newest_first if not each.name]
    stay = _stay(unnamed, now)
    return tuple(each for each in newest_first if each.name or each.at in stay)


def _stay(newest_first: Sequence[Dated], now: datetime) -> set[datetime]:
    stay = {each.at for each in newest_first[:LATEST]}
    taken: set[Hashable] = set()
    for each in newest_first:
        spans = _spans(each.at)
        if spans[_which(now - each.at)] not in taken:
            stay.add(each.at)
        taken.update(spans)
    return stay


def _spans(at: datetime) -> tuple[Hashable, Hashable, Hashable]:
    """The hour, the day and the week in which it was taken."""
    there = at.astimezone(_CALENDAR)
    day = there.date()
    return ("hour", day, there.hour), ("day", day), ("week", *there.isocalendar()[:2])


def _which(age: timedelta) -> int:
    """Of which of them only the last snapshot stays."""
    if age <= HOURLY:
        return 0
    return 1 if age <= DAILY else 2
