"""Three-way merge of one narrative: edits of different units go together, of the same are disputed.

Edits touch when they change the same unit of the common version, or put something in at the same
place; neighbours do not touch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal, TypeAlias, assert_never

from forms.merging.paragraphs import Unit, join_units, split_units

Choice: TypeAlias = Literal["mine", "theirs", "both"]
Pick: TypeAlias = Literal["mine", "theirs", "both", "base"]

_LIKE = 34  # percent of shared pairs of characters that make two units one, edited
_MOST_PAIRS = 2_500
_Units: TypeAlias = tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Disputed:
    """A stretch that both sides changed; each version may be empty."""

    base: _Units
    mine: _Units
    theirs: _Units

    def words(self, pick: Pick) -> str:
        """One version as it is stored."""
        return join_units(self.picked(pick))

    def picked(self, pick: Pick) -> _Units:
        """The units of one version, or of both one after the other."""
        match pick:
            case "mine":
                return self.mine
            case "theirs":
                return self.theirs
            case "base":
                return self.base
            case "both":
                ours = {unit.key for unit in self.mine}
                return (*self.mine, *(unit for unit in self.theirs if unit.key not in ours))
            case _:
                assert_never(pick)


@dataclass(frozen=True, slots=True)
class MergedProse:
    """A narrative put together: stretches that are settled, and those that are disputed."""

    stretches: tuple[_Units | Disputed, ...]

    @property
    def disputed(self) -> tuple[Disputed, ...]:
        """What is to be chosen, from top to bottom."""
        return tuple(each for each in self.stretches if isinstance(each, Disputed))

    def text(self, pick: Callable[[int], Pick]) -> str:
        """The narrative with a version picked for each disputed stretch, by its number."""
        units: list[Unit] = []
        number = 0
        for stretch in self.stretches:
            if isinstance(stretch, Disputed):
                units += stretch.picked(pick(number))
                number += 1
            else:
                units += stretch
        return join_units(units)


@dataclass(frozen=True, slots=True)
class _Edit:
    """Units `start` to `end` of the common version become others."""

    start: int
    end: int
    new: _Units

    def touches(self, other: _Edit) -> bool:
        """Whether both change the same place."""
        if self.start == self.end == other.start == other.end:
            return True
        return self.start < other.end and other.start < self.end


def merge_prose(base: str, mine: str, theirs: str) -> MergedProse:
    """Put two versions of a narrative together.

    Without a common one, paragraphs of one side stay and those that stand for each other dispute.
    """
    before, ours, others = split_units(base), split_units(mine), split_units(theirs)
    if not before:
        return MergedProse(tuple(_two_way(ours, others)))
    my_edits, my_units = _edits(before, ours)
    their_edits, their_units = _edits(before, others)
    kept = tuple(
        _kept(unit, my_units.get(place, unit), their_units.get(place, unit))
        for place, unit in enumerate(before)
    )
    return MergedProse(tuple(_stretches(kept, my_edits, their_edits)))


def _two_way(mine: _Units, theirs: _Units) -> Iterator[_Units | Disputed]:
    """The same units in the same places, whoever looks.

    What stands in two places comes in once, where the version that sorts first has it.
    """
    is_turned = _keys(theirs) < _keys(mine)
    one, other = (theirs, mine) if is_turned else (mine, theirs)
    steps = [(tag, one[i1:i2], other[j1:j2]) for tag, i1, i2, j1, j2 in _opcodes(one, other)]
    alone = {unit.key for tag, units, _ in steps if tag == "delete" for unit in units}
    for tag, first, second in steps:
        if tag == "replace":
            yield Disputed((), second, first) if is_turned else Disputed((), first, second)
        elif tag == "insert":
            yield tuple(unit for unit in second if unit.key not in alone)
        else:
            yield second if is_turned and tag == "equal" else first


def _kept(base: Unit, mine: Unit, theirs: Unit) -> Unit:
    """A unit nobody edited may have been set further apart, or begin a list now."""
    gap = mine.gap if mine.gap != base.gap else theirs.gap
    restarts = mine.restarts if mine.restarts != base.restarts else theirs.restarts
    return replace(mine, gap=gap, restarts=restarts)


def _stretches(
    base: _Units, mine: Sequence[_Edit], theirs: Sequence[_Edit]
) -> Iterator[_Units | Disputed]:
    at = 0
    for start, end, ours, others in _groups(mine, theirs):
        if start > at:
            yield base[at:start]
        yield _settled(base[start:end], start, ours, others)
        at = end
    if at < len(base):
        yield base[at:]


def _groups(
    mine: Sequence[_Edit], theirs: Sequence[_Edit]
) -> Iterator[tuple[int, int, list[_Edit], list[_Edit]]]:
    """Edits that touch each other, directly or through others, with the stretch they cover."""
    everything = [(edit, True) for edit in mine] + [(edit, False) for edit in theirs]
    everything.sort(key=lambda one: (one[0].start, one[0].end, not one[1]))
    group: list[tuple[_Edit, bool]] = []
    for edit, is_mine in everything:
        if group and not any(edit.touches(other) for other, _ in group):
            yield _group(group)
            group = []
        group.append((edit, is_mine))
    if group:
        yield _group(group)


def _group(edits: list[tuple[_Edit, bool]]) -> tuple[int, int, list[_Edit], list[_Edit]]:
    return (
        min(edit.start for edit, _ in edits),
        max(edit.end for edit, _ in edits),
        [edit for edit, is_mine in edits if is_mine],
        [edit for edit, is_mine in edits if not is_mine],
    )


def _settled(
    base: _Units, start: int, mine: Sequence[_Edit], theirs: Sequence[_Edit]
) -> _Units | Disputed:
    ours, others = _applied(base, start, mine), _applied(base, start, theirs)
    if not theirs or _keys(ours) == _keys(others):
        return ours
    return Disputed(base, ours, others) if mine else others


def _applied(base: _Units, start: int, edits: Sequence[_Edit]) -> _Units:
    units: list[Unit] = []
    at = 0
    for edit in edits:
        units += base[at : edit.start - start]
        units += edit.new
        at = edit.end - start
    return (*units, *base[at:])


def _edits(base: _Units, other: _Units) -> tuple[list[_Edit], dict[int, Unit]]:
    """What one side changed, unit by unit, and by place the units it left as they were."""
    edits: list[_Edit] = []
    same: dict[int, Unit] = {}
    for tag, i1, i2, j1, j2 in _opcodes(base, other):
        if tag == "equal":
            same |= dict(zip(range(i1, i2), other[j1:j2], strict=True))
        else:
            edits += _apart(i1, base[i1:i2], other[j1:j2])
    return edits, same


def _opcodes(one: _Units, other: _Units) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, _keys(one), _keys(other), autojunk=False).get_opcodes()


def _keys(units: _Units) -> list[str]:
    return [unit.key for unit in units]


def _apart(start: int, old: _Units, new: _Units) -> Iterator[_Edit]:
    """A changed stretch as edits of single units, as far as these can be told."""
    i = j = 0
    for old_place, new_place in (*_pairs(old, new), (len(old), len(new))):
        yield from _between(start + i, old_place - i, new[j:new_place])
        if old_place < len(old):
            yield _Edit(start + old_place, start + old_place + 1, (new[new_place],))
        i, j = old_place + 1, new_place + 1


def _between(start: int, count: int, new: _Units) -> Iterator[_Edit]:
    """Units without a counterpart: gone one by one, come in, or one for the other."""
    if count and new and count != len(new):
        yield _Edit(start, start + count, new)
    elif count:
        for place in range(count):
            yield _Edit(start + place, start + place + 1, new[place : place + 1])
    elif new:
        yield _Edit(start, start, new)


def _pairs(old: _Units, new: _Units) -> list[tuple[int, int]]:
    """Which units became which, by what they still have in common."""
    if len(old) * len(new) > _MOST_PAIRS or not old or not new:
        return []
    likeness = [
        [_likeness(one, other) for other in map(_shingles, new)] for one in map(_shingles, old)
    ]
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = best[i + 1][j + 1] + likeness[i][j] if likeness[i][j] >= _LIKE else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return list(_followed(best, likeness))


def _followed(best: list[list[int]], likeness: list[list[int]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(likeness) and j < len(likeness[i]):
        if likeness[i][j] >= _LIKE and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _shingles(unit: Unit) -> Counter[str]:
    text = unit.key
    return Counter(text[place : place + 2] for place in range(max(1, len(text) - 1)))


def _likeness(one: Counter[str], other: Counter[str]) -> int:
    """Shared pairs of characters, in percent."""
    shared = (one & other).total()
    return 200 * shared // (one.total() + other.total())
