"""Two texts compared by words: what stayed, what went, what came.

A Han character is a word of its own; Latin words, numbers with their units and line ends are one
each. Sentences are compared first, so that a long text costs little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

_UNIT = (
    r"(?:个百分点|[%‰℃]|[万亿千百]?(?:元|吨标准煤|吨|立方米|平方公里|平方米|公顷|亩|千瓦时|兆瓦|"
    r"千瓦|公里|米|家|个|项|台|套|人|年|月|日)|[万亿]?(?:tce|tCO2|kWh|MWh|GJ|km|m[²³23]|kg|t)\b)"
)
_WORD = re.compile(
    rf"[-−]?\d[\d,，]*(?:\.\d+)?(?:\s?{_UNIT}(?:/[A-Za-z\u4e00-\u9fff]{{1,3}})?)?"
    r"|[A-Za-zÀ-ɏͰ-Ͽ][A-Za-zÀ-ɏͰ-Ͽ0-9]*(?:[-'’][A-Za-z]+)*|[ \t\u3000]+|\n|.",
    re.DOTALL,
)
_SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；\n]+|$)")
_MOST_PAIRS = 4_000_000  # of words to compare; more is shown as replaced as a whole


class Fate(Enum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    fate: Fate
    text: str


def words_of(text: str) -> list[str]:
    """A text as its words; put together they are the text again."""
    return _WORD.findall(text)


def word_difference(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of two texts in reading order; what went stands before what came in its place."""
    found: list[Piece] = []
    for old, new in _regions(_sentences(before), _sentences(after)):
        one, other = "".join(old), "".join(new)
        if one == other:
            found.append(Piece(Fate.SAME, one))
        else:
            found += _by_words(words_of(one), words_of(other))
    return tuple(_joined(found))


def _by_words(before: list[str], after: list[str]) -> Iterator[Piece]:
    if len(before) * len(after) > _MOST_PAIRS:
        yield Piece(Fate.REMOVED, "".join(before))
        yield Piece(Fate.ADDED, "".join(after))
        return
    for old, new in _without_crumbs(list(_regions(before, after))):
        one, other = "".join(old), "".join(new)
        if one == other:
            yield Piece(Fate.SAME, one)
            continue
        yield Piece(Fate.REMOVED, one)
        yield Piece(Fate.ADDED, other)


def _regions(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _, i, j, k, m in matcher.get_opcodes():
        yield before[i:j], after[k:m]


def _without_crumbs(
    regions: list[tuple[Sequence[str], Sequence[str]]],
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """A lone character that happens to be in both between two changes only disturbs the reader."""
    waiting: tuple[list[str], list[str]] = ([], [])
    for number, (old, new) in enumerate(regions):
        is_same = old == new
        is_crumb = is_same and len("".join(old)) == 1 and 0 < number < len(regions) - 1
        if is_same and not is_crumb:
            yield waiting
            yield old, new
            waiting = ([], [])
        else:
            waiting[0].extend(old)
            waiting[1].extend(new)
    yield waiting


def _sentences(text: str) -> list[str]:
    return [each for each in _SENTENCE.findall(text) if each]


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbours of one fate as one; between two stretches that stayed, what went comes first."""
    same = removed = added = ""
    for piece in (*pieces, Piece(Fate.SAME, "")):
        if piece.fate is Fate.SAME and (removed or added) and piece.text:
            yield from _filled(same, removed, added)
            same, removed, added = piece.text, "", ""
        elif piece.fate is Fate.SAME:
            same += piece.text
        elif piece.fate is Fate.REMOVED:
            removed += piece.text
        else:
            added += piece.text
    yield from _filled(same, removed, added)


def _filled(same: str, removed: str, added: str) -> Iterator[Piece]:
    fates = ((Fate.SAME, same), (Fate.REMOVED, removed), (Fate.ADDED, added))
    yield from (Piece(fate, text) for fate, text in fates if text)
