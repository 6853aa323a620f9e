"""Which sides of paper are printed in which order: range, copies, collation, direction."""

from __future__ import annotations

from dataclasses import dataclass

BLANK = -1  # an empty back, so that the next copy begins on a front


@dataclass(frozen=True, slots=True)
class Sides:
    """What of a plan is printed; pages are counted from 0, `last` included."""

    first: int
    last: int
    copies: int = 1
    collated: bool = True
    backwards: bool = False
    duplex: bool = False

    def order(self) -> list[int]:
        """Every side in the order of printing, `BLANK` for an empty one."""
        pages = list(range(self.first, self.last + 1))
        if self.backwards:
            pages.reverse()
        if not self.collated:
            return [page for page in pages for _ in range(self.copies)]
        between = [BLANK] if self.duplex and len(pages) % 2 else []
        last = self.copies - 1
        return [*((pages + between) * last), *pages]
