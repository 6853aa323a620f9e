"""Blocks set once for documents that are set again with few of them changed.

What a block becomes depends on the block, the measure, look and fonts alone, the contents aside; so
an equal block needs no second setting. An export lays out twice, a preview after every edit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from exporters.document import Block, Contents
from exporters.letting_go import let_go_one_by_one
from exporters.look import Look
from exporters.looks import official_look
from exporters.pdf.blocks import Setter
from exporters.pdf.fonts import FontChoice
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.slabs import Slab

_Key: TypeAlias = tuple[float, Block]


@dataclass(frozen=True, slots=True)
class _SetBlock:
    """The slabs of a block, and the characters in it that could not be printed."""

    slabs: Sequence[Slab]
    missing: Counter[str]


class Memory:
    """The look and fonts of documents to come, and every block of the last one as it was set."""

    def __init__(self, look: Look | None = None, fonts: FontChoice | None = None) -> None:
        self.look = look or official_look()
        self.choice = fonts or FontChoice.of_this_machine(look=self.look)
        self.case = GlyphCase(self.choice)
        self._last: dict[_Key, _SetBlock] = {}
        self._now: dict[_Key, _SetBlock] = {}

    def begin(self) -> None:
        """Turn to the next document; blocks that the last one did not have are forgotten."""
        self._last, self._now = self._now, {}
        self.case.missing.clear()

    def let_go(self) -> None:
        """Forget all, block by block: other threads run between them.

        Gone at once, 2,000 projects kept Python to themselves for 120 ms.
        """
        let_go_one_by_one(self._last, self._now)

    def slabs(self, setter: Setter, block: Block) -> Sequence[Slab]:
        """The slabs of a block in print order."""
        if isinstance(block, Contents):
            return tuple(setter.slabs(block))
        key = (setter.measure, block)
        known = self._now.get(key) or self._last.get(key)
        if known is None:
            known = self._set(setter, block)
        else:
            self.case.missing.update(known.missing)
        self._now[key] = known
        return known.slabs

    def _set(self, setter: Setter, block: Block) -> _SetBlock:
        counted = self.case.missing.copy()
        slabs = tuple(setter.slabs(block))
        return _SetBlock(slabs, self.case.missing - counted)
