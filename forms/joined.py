"""The texts of many rows as one long text, so that a pattern is asked once instead of once a row.

Most prose holds nothing of what a check looks for; asking ten thousand texts one by one says so
ten times as slowly.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from forms.values import Value

_BETWEEN = "\n"


def texts_of(values: Sequence[Value | None]) -> list[str]:
    """The values that are texts, an empty one for any other."""
    return [value if type(value) is str else "" for value in values]


class JoinedTexts:
    """Texts by their number."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(map(len(_BETWEEN).__add__, map(len, self.texts)))]

    @cached_property
    def whole(self) -> str:
        """The texts with line breaks between them."""
        return _BETWEEN.join(self.texts)

    def holding(self, pattern: re.Pattern[str]) -> Iterator[int]:
        """The numbers of the texts in which the pattern finds something, from first to last."""
        at = 0
        while found := pattern.search(self.whole, at):
            number = self.number_at(found.start())
            at = self.end_of(number)
            if found.end() < at or pattern.search(self.texts[number]):
                yield number

    def with_any(self, words: Iterable[str]) -> set[int]:
        """The numbers of the texts in which one of these words stands; quicker than a pattern."""
        found: set[int] = set()
        for word in words:
            # most words stand in many texts or in none; a letter that is nowhere is found at once
            if word[0] in self.whole and word in self.whole:
                found.update([n for n, text in enumerate(self.texts) if word in text])
        return found

    def end_of(self, number: int) -> int:
        """The place of the whole behind a text, where the next one begins."""
        return self._starts[number + 1]

    def number_at(self, place: int) -> int:
        """The number of the text that stands at a place of the whole."""
        return bisect_right(self._starts, place) - 1
