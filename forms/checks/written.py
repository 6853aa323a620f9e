"""A figure written in prose as the plan holds it: the same digits, its own unit behind them."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_letters, digits

_ENDS_THERE = "(?![A-Za-z0-9/³²·])"  # else it is a longer unit than the one looked for
_JOINED = frozenset(f"{digits}{ascii_letters}.,〔第#+×÷-")  # before a number: no figure by itself


def is_written(number: str, unit: re.Pattern[str], text: str) -> bool:
    """Whether a number stands in a text as it is, with a unit of `own_unit` right behind it."""
    at = text.find(number)
    while at >= 0:
        is_alone = not at or text[at - 1] not in _JOINED
        if is_alone and unit.match(text, at + len(number)):
            return True
        at = text.find(number, at + 1)
    return False


@lru_cache(maxsize=512)
def own_unit(unit: str) -> re.Pattern[str]:
    """A unit behind its number, with or without the year and CO2."""
    yearly = unit.removesuffix("/a")
    spellings = (unit, yearly, unit.replace("CO2", ""), yearly.replace("CO2", ""))
    words = "|".join(map(re.escape, dict.fromkeys(spellings)))
    return re.compile(rf" *(?:{words}){_ENDS_THERE}")
