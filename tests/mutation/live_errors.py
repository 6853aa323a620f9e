"""Live figures that lose their source or value, are told the wrong way, or are typed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from forms.address import Address
from forms.checks.prose import offers_in
from forms.kinds import is_numeric
from forms.live_figures import LiveFigure, Placed, is_movement, live_figures_in, shown_at
from forms.places import slot_at
from forms.schema import INDICATOR_RATE, Table
from forms.view import evaluate
from tests.mutation.places import (
    CLEAN,
    INDICATORS,
    PACK,
    Place,
    error,
    indicators,
    narratives,
    number,
    put,
    said_too,
    several,
    without_row,
)

OPPOSITE = {"下降": "提高", "降低": "提高", "减少": "增加", "提高": "下降", "增长": "下降"}
WAY = re.compile("|".join(OPPOSITE))


def _placed() -> Iterator[tuple[Address, Placed]]:
    for cell in narratives():
        yield from ((cell, placed) for placed in live_figures_in(str(CLEAN.value(cell))))


def _cells() -> Iterator[Address]:
    """Every typed figure of a row in the tables."""
    for cell, _ in sorted(CLEAN.answers.values(), key=lambda entry: str(entry[0])):
        item, slot = PACK.index.items[cell.section, cell.item], slot_at(PACK, cell)
        if isinstance(item, Table) and slot is not None and is_numeric(slot.kind) and number(cell):
            yield cell


def _tellers() -> list[Address]:
    return [cell for cell in narratives() if not cell.row]


def _quoting(place: int, cell: Address) -> tuple[Address, str]:
    """A narrative, another for each place, with a live figure more."""
    tellers = _tellers()
    teller = tellers[place % len(tellers)]
    return teller, f"{CLEAN.value(teller)}\n另据统计，该数为{LiveFigure(cell)}。"


@error("活数字引用的行删除", "LIV-001")
def source_deleted() -> Iterator[Place]:
    for count, cell in enumerate(_cells()):
        teller, text = _quoting(count, cell)
        if teller.section != cell.section:
            gone = without_row(cell.table.at_row(cell.row))
            yield Place(
                f"{teller} {cell}",
                lambda answers, random, gone=gone, teller=teller, text=text: gone(
                    answers.with_value(teller, text), random
                ),
            )


@error("活数字引用的值清空", "LIV-002")
def source_emptied() -> Iterator[Place]:
    for _, placed in _placed():
        source = placed.figure.address if placed.figure else None
        if source is not None and CLEAN.typed(source) is not None:
            yield put(source, None)
    for count, cell in enumerate(_cells()):
        slot = slot_at(PACK, cell)
        if slot is not None and slot.formula is None and not slot.default:
            yield several(_quoting(count, cell), (cell, None))


@error("活数字指向的地址写错", "LIV-001")
def source_unknown() -> Iterator[Place]:
    for cell, placed in _placed():
        text = str(CLEAN.value(cell))
        for wrong in (placed.source.replace("/", "/x", 1), placed.source.replace("}}", "|斤}}")):
            marked = re.sub(r"\|([^|}]*)\|斤", "|斤", wrong)
            yield put(cell, text[: placed.start] + marked + text[placed.end :])


@error("活数字前的方向词写反", "LIV-003")
def way_reversed() -> Iterator[Place]:
    for cell, placed in _placed():
        if placed.figure is None or not is_movement(PACK, placed.figure.address):
            continue
        text = str(CLEAN.value(cell))
        ways = list(WAY.finditer(text, max(0, placed.start - 12), placed.start))
        if ways:
            said = ways[-1]
            yield put(cell, text[: said.start()] + OPPOSITE[said[0]] + text[said.end() :])
    for count, row in enumerate(indicators().rows):
        rate = INDICATORS.at(row.key, INDICATOR_RATE)
        moved = number(rate)
        teller = _tellers()[count % len(_tellers())]
        words = ("提高", "增长", "上升") if moved and moved < 0 else ("下降", "降低", "减少")
        for word in words if moved else ():
            yield said_too(teller, f"与基准年相比，{row.label}{word}{LiveFigure(rate)}。")


@error("活数字改回手填的数且写错", "PRS-001")
def typed_over() -> Iterator[Place]:
    """Where the words name the figure: 恢复到52.3亿元 alone could mean anything."""
    for cell, placed in _placed():
        shown, text = shown_at(CLEAN, placed), str(CLEAN.value(cell))
        if not _is_named(cell, placed, shown.text):
            continue
        value = Decimal(shown.number.replace(",", ""))
        for share in ("1.13", "0.9", "10"):
            digits = Decimal(1).scaleb(int(value.as_tuple().exponent))
            wrong = f"{(value * Decimal(share)).quantize(digits)}{shown.unit}"
            yield put(cell, text[: placed.start] + wrong + text[placed.end :])


def _is_named(cell: Address, placed: Placed, shown: str) -> bool:
    """Whether the words around a live figure say of a number typed there what it is."""
    text = str(CLEAN.value(cell))
    typed = f"{text[: placed.start]}{shown}{text[placed.end :]}"
    view = evaluate(PACK, CLEAN.answers.with_value(cell, typed), CLEAN)
    spans = [(offer.start, offer.end) for offer in offers_in(view, cell)]
    return any(start <= placed.start < end for start, end in spans)
