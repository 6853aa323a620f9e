"""Cutting tables of every shape: each piece is a whole grid, fits its page, and loses nothing."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from exporters.document import Cell, Column, RowRole, Table, TableRow
from exporters.looks import official_look
from exporters.pdf.cutting import Cutter, Piece
from exporters.pdf.fonts import FontChoice
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.tables import SetTable, set_table

PAGE = 600.0


def random_table(seed: int) -> tuple[Table, Counter[str]]:
    """A table with spans, tall cells and group rows, and how often each word stands in it."""
    chance = random.Random(seed)
    columns = chance.randrange(2, 6)
    words: Counter[str] = Counter()
    rows: list[TableRow] = []
    covered = [0] * columns
    count = chance.randrange(3, 50)

    def cell(size: int, colspan: int, rowspan: int) -> Cell:
        word = f"{chr(0x4E00 + len(words))}{chr(0x7000 + len(words))}"
        words[word] += size
        return Cell(word * size, colspan, rowspan)

    for at in range(count):
        if not any(covered) and chance.random() < 0.15:
            rows.append(TableRow((cell(2, 1, 1),), RowRole.GROUP))
            continue
        cells: list[Cell] = []
        column = 0
        while column < columns:
            if covered[column]:
                covered[column] -= 1
                column += 1
                continue
            rowspan = chance.choice((1, 1, 1, 1, 2, 5, 30))
            rowspan = min(rowspan, count - at)
            size = chance.choice((1, 2, 3, 8, 20, 200 if chance.random() < 0.2 else 4))
            if chance.random() < 0.01:
                size = 1500
            cells.append(cell(size, 1, rowspan))
            covered[column] = rowspan - 1
            column += 1
        rows.append(TableRow(tuple(cells)))
    head = (TableRow(tuple(Cell(f"栏{at}") for at in range(columns))),)
    return Table(tuple(Column(1) for _ in range(columns)), head, tuple(rows)), words


def pieces_of(table: SetTable, chance: random.Random) -> list[Piece]:
    cutter = Cutter(table, PAGE)
    pieces: list[Piece] = []
    room = chance.uniform(0, PAGE)
    while not cutter.is_done:
        piece = cutter.take(room, tail=30.0)
        assert piece is not None or room < PAGE
        if piece is not None:
            assert piece.height <= room + 0.1
            pieces.append(piece)
        room = PAGE
    return pieces


def owners_of(piece: Piece) -> Counter[tuple[int, int]]:
    return Counter(
        (row, column)
        for area in piece.areas
        for row in range(area.top, area.bottom)
        for column in range(area.box.column, area.box.column + area.box.columns)
    )


@pytest.mark.parametrize("seed", range(60))
def test_pieces_are_whole_grids_that_fit_and_lose_nothing(seed: int) -> None:
    plan, words = random_table(seed)
    table = set_table(GlyphCase(FontChoice.bundled()), plan, 440.0, official_look().table)
    printed: Counter[str] = Counter()
    text: list[str] = []
    for piece in pieces_of(table, random.Random(seed)):
        owners = owners_of(piece)
        assert set(owners.values()) == {1}
        assert len(owners) == len(piece.heights) * len(plan.columns)
        for area in piece.areas:
            height = sum(piece.heights[area.top : area.bottom])
            needed = len(area.box.lines) * table.line_pt
            assert needed <= height - 2 * official_look().table.padding_pt + 0.1
            text.append("".join(line.characters for line in area.box.lines))
    for each in text:
        printed.update(each)
    for word, count in words.items():
        assert printed[word[0]] >= count
        assert printed[word[1]] >= count
