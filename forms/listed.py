"""Lists in prose: several names or years, and their numbers told one by one with 分别.

2023、2024、2025年税收分别为17.1、18.5、19.9亿元; 二氧化硫、氮氧化物排放量分别为412吨和1386吨.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from forms.prose_figures import Written, bare_number, numbers_in

_SPREAD = re.compile(
    r"(?:分别|依次)(?:为|是|有|约|近|达到|达|实现|完成|增至|降至|增加到|提高到|下降到|下降至|减少到)*"
)
_AND = re.compile(r"[ ]?(?:、|以及|和|及|与)[ ]?")
_YEAR = r"(?:19|20)[0-9]{2}"
_YEARS = re.compile(
    rf"(?P<first>{_YEAR})年?[—–~～-](?P<last>{_YEAR})年"
    rf"|(?P<many>(?:{_YEAR}年?(?:、|和|及|与))+{_YEAR}年)"
)
_MOST = 12  # longer lists are tables


@dataclass(frozen=True, slots=True)
class Listed:
    """Numbers told one by one: what stands before 分别, and the numbers with their units."""

    head: str
    numbers: tuple[Written, ...]
    end: int  # of the last number, in the clause


@dataclass(frozen=True, slots=True)
class Shared:
    """Names that share an ending, and what stands before the first of them."""

    before: str
    names: tuple[str, ...]


def is_listing(text: str) -> bool:
    """Whether a text tells numbers one by one, so that a name may be put together of its parts."""
    return _SPREAD.search(text) is not None


def listed_in(clause: str, reader: re.Pattern[str]) -> Listed | None:
    """The list a clause tells with 分别, if it tells one of two numbers or more."""
    spread = _SPREAD.search(clause)
    if spread is None:
        return None
    numbers = tuple(_numbers(clause, spread.end(), reader))
    if len(numbers) < 2 or not numbers[-1].unit:
        return None
    return Listed(clause[: spread.start()], tuple(_with_units(numbers)), numbers[-1].end)


def years_in(head: str, count: int) -> tuple[int, ...]:
    """The years a list goes through, when there are as many as numbers."""
    mentions = list(_YEARS.finditer(head))
    if not mentions:
        return ()
    found = mentions[-1]
    if found["many"]:
        years = tuple(int(year) for year in re.findall(_YEAR, found["many"]))
    else:
        years = tuple(range(int(found["first"]), int(found["last"]) + 1))
    return years if len(years) == count else ()


def without_years(head: str) -> str:
    """What stands before 分别 without the years the list goes through."""
    return _YEARS.sub("", head)


def names_in(head: str, count: int, is_name: Callable[[str], bool]) -> Shared | None:
    """The names a list goes through, each completed by the ending that the last one has."""
    parts = _AND.split(head)
    if len(parts) < count or count < 2:
        return None
    *others, last = parts[-count:]
    ends = [last[cut:] for cut in range(len(last)) if is_name(last)]
    if not ends:
        return None
    names = [_completed(part, ends, is_name) for part in others[1:]]
    for start in range(len(others[0]) - 1):
        first = _completed(others[0][start:], ends, is_name)
        if first and all(names):
            opening = head[: head.rfind(others[0]) + start] if others[0] else head
            return Shared(opening, (first, *names, last))
    return None


def _completed(part: str, ends: list[str], is_name: Callable[[str], bool]) -> str:
    return next((name for name in (*(part + end for end in ends), part) if is_name(name)), "")


def _numbers(clause: str, start: int, reader: re.Pattern[str]) -> Iterator[Written]:
    known = {written.start: written for written in numbers_in(clause, reader)}
    place = start
    for _ in range(_MOST):
        written = known.get(place) or bare_number(clause, place)
        if written is None:
            return
        yield written
        between = _AND.match(clause, written.end)
        if between is None:
            return
        place = between.end()


def _with_units(numbers: tuple[Written, ...]) -> Iterator[Written]:
    """Each number with its own unit, or that of the next one that has one."""
    for position, written in enumerate(numbers):
        if written.unit:
            yield written
            continue
        lender = next(one for one in numbers[position:] if one.unit)
        yield replace(written, unit=lender.unit, spelled="")
