"""References that stay within a volume: one that leads out of it is printed as plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from exporters.document import (
    Block,
    DrawnFigure,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Part,
    Run,
    Table,
)


def within_reach(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts with every target dropped that none of their headings and captions has."""
    known = frozenset(anchor for part in parts for anchor in _anchors(part.blocks))
    return tuple(
        replace(part, blocks=tuple(_reaching(block, known) for block in part.blocks))
        for part in parts
    )


def _anchors(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield block.anchor
            case Table() | Figure() | DrawnFigure() if block.caption is not None:
                yield block.caption.anchor
            case _:
                continue


def _reaching(block: Block, known: frozenset[str]) -> Block:
    match block:
        case Paragraph() if _leads_out(block.runs, known):
            return replace(block, runs=_cut(block.runs, known))
        case ListBlock() if any(_leads_out(item, known) for item in block.items):
            return replace(block, items=tuple(_cut(item, known) for item in block.items))
        case _:
            return block


def _leads_out(runs: tuple[Run, ...], known: frozenset[str]) -> bool:
    return any(run.target and run.target not in known for run in runs)


def _cut(runs: tuple[Run, ...], known: frozenset[str]) -> tuple[Run, ...]:
    return tuple(
        run if not run.target or run.target in known else replace(run, target="") for run in runs
    )
