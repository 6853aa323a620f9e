"""How a cross-reference stands in a narrative: `{{@name}}`, where the name says what is meant.

`section`, `section/item` and `section/item/row` are addresses of the plan; `section/item#title` is
one of several printed tables of an item; `chapter.key`, `annex.key` and `figure.key` are parts of
the volume. An `@` tells them from live figures, whose marks begin with a key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"\{\{@(?P<name>[^{}\n]*)\}\}")
_KEY = r"[a-z][a-z0-9_]*"
_NAME = re.compile(
    rf"(?:chapter|annex|figure)\.{_KEY}|{_KEY}|{_KEY}/{_KEY}(?:#[^{{}}\n]+|/[A-Za-z0-9_.-]+)?"
)
CHAPTER, ANNEX, FIGURE = "chapter.", "annex.", "figure."


@dataclass(frozen=True, slots=True)
class Reference:
    """A place of the printed plan, by its name."""

    name: str

    def __str__(self) -> str:
        """The mark as it is stored."""
        return f"{{{{@{self.name}}}}}"


@dataclass(frozen=True, slots=True)
class PlacedReference:
    """A mark between `start` and `end` of a text; `reference` is None when it is malformed."""

    start: int
    end: int
    reference: Reference | None
    source: str


def references_in(text: str) -> tuple[PlacedReference, ...]:
    """Every cross-reference of a text, from left to right; malformed ones too."""
    if "{{@" not in text:
        return ()
    return tuple(
        PlacedReference(found.start(), found.end(), _read(found["name"]), found[0])
        for found in _MARK.finditer(text)
    )


def _read(name: str) -> Reference | None:
    return Reference(name) if _NAME.fullmatch(name) else None
