r"""How a footnote stands in a narrative: `^[text]`, behind the words it belongs to.

Brackets inside the text are balanced or written `\[` and `\]`, a backslash before one of them `\\`.
A caret before anything else, and a bracket that is never closed in its line, are text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIGN = re.compile(r"\\[\\\[\]]|\^?\[|\]|\n")
_ESCAPED = re.compile(r"\\([\\\[\]])")
OPENS = "^["


@dataclass(frozen=True, slots=True)
class Footnote:
    """What is printed at the foot of the page; live figures in it are marks as in any prose."""

    text: str

    def __str__(self) -> str:
        """The mark as it is stored; a note is one line."""
        return f"{OPENS}{_written(' '.join(self.text.splitlines()))}]"


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A footnote between `start` and `end` of a text."""

    start: int
    end: int
    source: str

    @property
    def note(self) -> Footnote:
        """The footnote as it is read."""
        return Footnote(_ESCAPED.sub(r"\1", self.inner))

    @property
    def inner(self) -> str:
        """What stands between its brackets, as it is stored."""
        return self.source[len(OPENS) : -1]


def notes_in(text: str) -> tuple[PlacedNote, ...]:
    """Every footnote of a text, from left to right; one inside another is text of the outer."""
    if OPENS not in text:
        return ()
    found: list[PlacedNote] = []
    for start, end in _pairs(text):
        while found and found[-1].start > start:
            found.pop()
        found.append(PlacedNote(start, end, text[start:end]))
    return tuple(found)


def cut_escapes(stored: str) -> list[tuple[int, int, str]]:
    """The escapes of a stored text: where each begins and ends, and the sign it means."""
    return [(found.start(), found.end(), found[1]) for found in _ESCAPED.finditer(stored)]


def _pairs(text: str) -> list[tuple[int, int]]:
    """Where each closed footnote begins and ends, the inner ones before those around them."""
    pairs: list[tuple[int, int]] = []
    opened: list[tuple[int, bool]] = []
    for sign in _SIGN.finditer(text):
        match sign[0]:
            case "^[" | "[":
                opened.append((sign.start(), sign[0] == OPENS))
            case "]" if opened:
                start, is_note = opened.pop()
                if is_note:
                    pairs.append((start, sign.end()))
            case "\n":
                opened.clear()
            case _:
                continue
    return pairs


def _written(text: str) -> str:
    """The text with the brackets and backslashes escaped that would be read otherwise."""
    if not ("[" in text or "]" in text or "\\" in text):
        return text
    if "\\" not in text and _is_balanced(text):
        return text
    return re.sub(r"([\\\[\]])", r"\\\1", text)


def _is_balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "[") - (char == "]")
        if depth < 0:
            return False
    return depth == 0
