"""What references are printed as: the label of everything a volume numbers, by its name.

A reference may point forward, so that a volume with references is composed twice: the first time
tells the labels, the second prints them. No label changes any number, so twice is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from exporters.document import Caption, Heading, Numbered


@dataclass(slots=True)
class Labels:
    """The labels of an earlier composition, if there was one, and those of this one."""

    known: dict[str, Numbered]
    is_final: bool  # whether these are all there will be
    is_lacking: bool = False  # whether somebody asked for one that was not known yet
    where: str = "{0}"  # around each label added: names the volume it stands in, if another
    found: dict[str, Numbered] = field(default_factory=dict[str, Numbered])

    def add(self, name: str, label: str, anchor: str) -> None:
        """Name something numbered; the first of a name stays, what has no number is not named."""
        if label:
            self.found.setdefault(name, Numbered(name, self.where.format(label), anchor))

    def add_heading(self, name: str, label: str, heading: Heading) -> None:
        """Name a heading by how prose speaks of it."""
        self.add(name, label, heading.anchor)

    def add_caption(self, name: str, caption: Caption | None) -> None:
        """Name a table or figure; one without a caption has no label of its own."""
        if caption is not None:
            self.add(name, caption.label, caption.anchor)

    def of(self, name: str) -> Numbered | None:
        """The label of a name; None when it is not known, or not yet."""
        found = self.known.get(name)
        if found is None and not self.is_final:
            self.is_lacking = True
        return found


def no_labels() -> Labels:
    """The labels before anything was composed."""
    return Labels({}, is_final=False)


def labels_of(numbered: Iterable[Numbered]) -> Labels:
    """The labels an earlier composition found."""
    return Labels({one.name: one for one in numbered}, is_final=True)
