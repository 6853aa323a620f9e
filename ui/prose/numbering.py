"""What headings and items have before them: 「（一）」, 「1.」, a bullet; counted as in print."""

from __future__ import annotations

from dataclasses import dataclass, field

from forms.heading_numbers import LAST_LEVEL, heading_number
from forms.prose_lines import Counting, LineKind

BULLET = "•"
USUAL_LEVEL = 2  # of GB/T 9704: （一）, and 1. below it


@dataclass(slots=True)
class Labelling:
    """Labels the blocks of one text in order; `top` is the level its headings are printed at."""

    top: int = USUAL_LEVEL
    _counting: Counting = field(default_factory=Counting)
    _headings: int = 0
    _subheadings: int = 0

    @property
    def items(self) -> int:
        """How many items the list has that may go on."""
        return self._counting.count

    def of(self, kind: LineKind, *, is_blank: bool, restarts: bool) -> str:
        """The label of the next block; an empty one is labelled as it will be, and not counted."""
        number = self._counting.of(kind, is_blank=is_blank, restarts=restarts)
        match kind:
            case LineKind.BULLET:
                return BULLET
            case LineKind.NUMBERED:
                return f"{number or (1 if restarts else self._counting.count + 1)}."
            case LineKind.HEADING | LineKind.SUBHEADING:
                level = self.top + (kind is LineKind.SUBHEADING)
                number = self._counted(kind, is_blank=is_blank)
                return heading_number(level, number) if level <= LAST_LEVEL else ""
            case LineKind.TEXT | LineKind.TABLE | LineKind.PICTURE:
                return ""

    def _counted(self, kind: LineKind, *, is_blank: bool) -> int:
        is_first = kind is LineKind.HEADING
        number = (self._headings if is_first else self._subheadings) + 1
        if is_blank:
            return number
        if is_first:
            self._headings, self._subheadings = number, 0
        else:
            self._subheadings = number
        return number
