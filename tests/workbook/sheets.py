"""The hand-computed workbook: plain sheets of named cells, and their exact evaluation.

Formulas are read as a spreadsheet reads them (+ - * / parentheses, <= and >, SUM) and worked out in
rational numbers. Nothing of the program is used here, so that the two cannot be wrong together.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

FOLDER = Path(__file__).parent
YEARS = ("2023", "2024", "2025")
DIGITS = 34
HEADS = ("name", "address", "含义", "单位", "formula", "手算", "印出")
_BETWEEN = "|"


@dataclass(frozen=True)
class Cell:
    """One named cell: typed in (no formula), or worked out; `address` is its place in the plan."""

    sheet: str
    name: str
    address: str
    meaning: str
    unit: str
    formula: str
    value: str
    printed: str


def read_sheets() -> list[Cell]:
    """Every cell of every sheet; a line with {year} stands for one cell a year."""
    return [cell for file in sorted(FOLDER.glob("*.csv")) for cell in _read(file)]


def _read(file: Path) -> Iterator[Cell]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream)
        assert tuple(next(reader)) == HEADS, file.name
        for line in reader:
            yield from _cells(file.stem, line)


def _cells(sheet: str, line: list[str]) -> Iterator[Cell]:
    name, address, meaning, unit, formula, value, printed = line
    if "{year}" not in name:
        yield Cell(sheet, name, address, meaning, unit, formula, value, printed)
        return
    values = [part.strip() for part in value.split(_BETWEEN)]
    prints = [part.strip() for part in printed.split(_BETWEEN)] if printed else [""] * len(YEARS)
    for year, one, text in zip(YEARS, values, prints, strict=True):
        yield Cell(
            sheet,
            name.replace("{year}", year),
            address.replace("{year}", year),
            meaning.replace("{year}", year),
            unit,
            formula.replace("{year}", year),
            one,
            text,
        )


class Workbook:
    """All cells by name, worked out when first asked for."""

    def __init__(self, cells: list[Cell]) -> None:
        self.cells = {cell.name: cell for cell in cells}
        self._known: dict[str, Fraction] = {}
        self._open: set[str] = set()

    def result(self, name: str) -> Fraction:
        """The exact value of a cell."""
        if name not in self._known:
            assert name not in self._open, f"{name} rests on itself"
            self._open.add(name)
            cell = self.cells[name]
            self._known[name] = self._worked(cell) if cell.formula else Fraction(cell.value)
            self._open.discard(name)
        return self._known[name]

    def _worked(self, cell: Cell) -> Fraction:
        assert cell.formula.startswith("="), cell.name
        text = cell.formula[1:]
        return self._node(ast.parse(text, mode="eval").body, text)

    def _node(self, node: ast.AST, text: str) -> Fraction:
        match node:
            case ast.Constant():
                return Fraction(ast.get_source_segment(text, node) or "")
            case ast.Name(id=name):
                return self.result(name)
            case ast.BinOp(left=left, op=op, right=right):
                return _joined(op, self._node(left, text), self._node(right, text))
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return -self._node(inner, text)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return _compared(op, self._node(left, text), self._node(right, text))
            case ast.Call(func=ast.Name(id="SUM"), args=parts):
                return sum((self._node(part, text) for part in parts), Fraction(0))
            case _:
                raise AssertionError(f"{text}: not of a spreadsheet's operations and SUM")


def _joined(op: ast.operator, left: Fraction, right: Fraction) -> Fraction:
    match op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right
        case _:
            raise AssertionError(f"{op} is none of the four operations")


def _compared(op: ast.cmpop, left: Fraction, right: Fraction) -> Fraction:
    """As a spreadsheet counts it: 1 where it holds, 0 where not."""
    match op:
        case ast.LtE():
            return Fraction(int(left <= right))
        case ast.Gt():
            return Fraction(int(left > right))
        case _:
            raise AssertionError(f"{op} is neither <= nor >")


def rounded(value: Fraction, decimals: int) -> Fraction:
    """四舍五入: half away from zero."""
    scaled = abs(value) * 10**decimals
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


def significant(value: Fraction, digits: int = DIGITS) -> str:
    """A value in plain decimals to so many significant digits, without trailing zeros."""
    if value == 0:
        return "0"
    before = 0  # digits in front of the point, negative for leading zeros behind it
    while abs(value) >= Fraction(10) ** before:
        before += 1
    while abs(value) < Fraction(10) ** (before - 1):
        before -= 1
    places = max(0, digits - before)
    whole = abs(rounded(value, places)) * 10**places
    text = str(whole.numerator).rjust(places + 1, "0")
    text = f"{text[: len(text) - places]}.{text[len(text) - places :]}" if places else text
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"-{text}" if value < 0 else text
