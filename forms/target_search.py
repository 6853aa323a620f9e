"""Finds what a reference can name by what a planner types: 投资, 表4-1, 附表, a section's name."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from forms.inline.references import Reference
from forms.targets import Target, targets
from forms.view import PlanView

_MOST = 200


@dataclass(frozen=True, slots=True)
class TargetOffer:
    """Something a reference can name: what it is called, where it stands, how it is numbered."""

    mark: str
    label: str
    place: str
    text: str


def search_targets(
    view: PlanView, words: str, number_of: Callable[[str], str]
) -> tuple[TargetOffer, ...]:
    """What is printed and fits every word, in print order; titles that fit come first."""
    asked = _folded(words).split()
    found: list[tuple[int, TargetOffer]] = []
    for target in targets(view):
        number = number_of(target.name)
        title = _folded(target.title)
        other = _folded(f"{number} {target.place} {target.sort.value}")
        if all(word in title or word in other for word in asked):
            closeness = sum(word not in title and word != _folded(number) for word in asked)
            found.append((closeness, _offer(target, number)))
    found.sort(key=lambda each: each[0])
    return tuple(offer for _, offer in found[:_MOST])


def _offer(target: Target, number: str) -> TargetOffer:
    sort, mark = target.sort.value, str(Reference(target.name))
    return TargetOffer(mark, target.title, target.place or sort, number or sort)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
