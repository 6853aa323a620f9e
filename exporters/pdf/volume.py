"""The laid out pages as a whole: their numbers, and on which of them everything stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exporters.document import Listed, PageMap
from exporters.pdf.pages import Landing, Page, PageNumber, page_numbers


@dataclass(frozen=True, slots=True)
class Place:
    """A heading or caption: the page it stands on, from 0, and the name links know it by."""

    page: int
    key: str
    landing: Landing


@dataclass(frozen=True, slots=True)
class Volume:
    """All pages with their numbers; `listed` holds each kind of place in print order."""

    pages: Sequence[Page]
    numbers: Sequence[PageNumber]
    listed: Mapping[Listed, Sequence[Place]]
    anchors: Mapping[str, Place]

    def entry(self, listed: Listed, target: int) -> Place | None:
        """The `target`-th place of a kind."""
        places = self.listed[listed]
        return places[target] if target < len(places) else None

    def page_map(self) -> PageMap:
        """The printed page of every anchor and of every value of the plan."""
        anchors = {anchor: self.numbers[place.page].label for anchor, place in self.anchors.items()}
        return PageMap(tuple(anchors.items()), len(self.pages), tuple(self._values().items()))

    def _values(self) -> dict[str, str]:
        values: dict[str, str] = {}
        for page, number in zip(self.pages, self.numbers, strict=True):
            for value in page.values if number.label else ():
                values.setdefault(value.address, number.label)
        return values


def bound(pages: Sequence[Page]) -> Volume:
    """The volume these pages make."""
    listed: dict[Listed, list[Place]] = {kind: [] for kind in Listed}
    anchors: dict[str, Place] = {}
    for place in _places(pages):
        listed[place.landing.listed].append(place)
        anchors.setdefault(place.landing.anchor, place)
    return Volume(pages, page_numbers(pages), listed, anchors)


def place_key(count: int) -> str:
    """The name by which links know the `count`-th place of the volume, from 0."""
    return f"p{count}"


def _places(pages: Sequence[Page]) -> Iterator[Place]:
    count = 0
    for number, page in enumerate(pages):
        for landing in page.landings:
            yield Place(number, place_key(count), landing)
            count += 1
