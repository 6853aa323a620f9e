"""Which exchanged versions a plan comes from: roots, the newest first, and how two plans stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

from storage.codec import LooseError
from storage.roots import parse_root

Relation: TypeAlias = Literal["same", "file newer", "draft newer", "both changed", "unknown"]
MOST_ROOTS = 50


def lineage_of(*roots: str | Iterable[str]) -> tuple[str, ...]:
    """Roots in one line, each once, the first ones newest; only so many are kept."""
    flat = [each for some in roots for each in ([some] if isinstance(some, str) else some)]
    return tuple(root for root in dict.fromkeys(flat) if root)[:MOST_ROOTS]


def woven(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[str]:
    """Two lines of versions as one, the newest of both first."""
    for place in range(max(len(ours), len(theirs))):
        yield from ours[place : place + 1]
        yield from theirs[place : place + 1]


def checked_lineage(roots: tuple[str, ...]) -> tuple[str, ...]:
    """Roots as read from a file; `LooseError` when one is none or there are too many."""
    if len(roots) > MOST_ROOTS:
        raise LooseError("来历中的版本过多")
    for root in roots:
        try:
            parse_root(root)
        except ValueError as error:
            raise LooseError("来历中有一项不是校验根") from error
    return roots


def stand(
    root: str, known: Collection[str], other_root: str, other_lineage: Collection[str]
) -> Relation:
    """How another version stands to one with this `root` that comes from the `known` ones."""
    if other_root == root:
        return "same"
    if other_root in known:
        return "draft newer"
    if root in other_lineage:
        return "file newer"
    return "both changed" if any(each in known for each in other_lineage) else "unknown"
