"""From one text to another in few small steps, for the log: distant edits become a piece each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

_SENTENCE = re.compile(r"[^。；\n]*(?:[。；\n]|$)")
_APART = 200  # characters between two pieces; nearer ones are cheaper as one
_MOST_SENTENCES = 2_000

Region = tuple[int, int, int, int]  # from and to in the text before, from and to in that after


def text_steps(before: str, after: str, most: int) -> list[str]:
    """The texts on the way, from `before` to `after`, both among them; `most` steps at most."""
    regions = _fewer(list(_joined(_regions(before, after), _APART)), most)
    on_the_way = [after[:to] + before[gone:] for _, gone, _, to in regions[:-1]]
    return [before, *on_the_way, after]


def _regions(before: str, after: str) -> Iterator[Region]:
    old, new = (_SENTENCE.findall(text) for text in (before, after))
    if len(old) > _MOST_SENTENCES or len(new) > _MOST_SENTENCES:
        yield 0, len(before), 0, len(after)
        return
    olds, news = _places(old), _places(new)
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield olds[i], olds[j], news[k], news[m]


def _places(sentences: list[str]) -> list[int]:
    places = [0]
    for sentence in sentences:
        places.append(places[-1] + len(sentence))
    return places


def _joined(regions: Iterator[Region], apart: int) -> Iterator[Region]:
    last: Region | None = None
    for region in regions:
        if last is not None and region[0] - last[1] < apart:
            last = (last[0], region[1], last[2], region[3])
            continue
        if last is not None:
            yield last
        last = region
    if last is not None:
        yield last


def _fewer(regions: list[Region], most: int) -> list[Region]:
    while len(regions) > max(most, 1):
        gaps = [later[0] - one[1] for one, later in pairwise(regions)]
        at = gaps.index(min(gaps))
        one, later = regions[at], regions[at + 1]
        regions[at : at + 2] = [(one[0], later[1], one[2], later[3])]
    return regions
