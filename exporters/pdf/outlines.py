"""The outline of a TrueType glyph as PDF path operators, for signs that are drawn and not read."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from exporters.pdf.ink import number
from exporters.pdf.typefaces import Typeface

_Point = tuple[float, float, bool]  # x, y in em; whether it lies on the outline
_ON, _SHORT_X, _SHORT_Y, _REPEAT, _SAME_X, _SAME_Y = 1, 2, 4, 8, 16, 32
_WORDS, _ARE_OFFSETS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 1, 2, 8, 32, 64, 128
_MOST_NESTED = 8


def outline_operators(face: Typeface, character: str) -> str:
    """The path of a character in hundredths of an em, to be filled; "" for a blank one."""
    program, (glyph,) = face.cut([ord(character)])
    return " ".join(_path(contour) for contour in _Glyphs(program).contours(glyph))


class _Glyphs:
    """The glyf table of a font file."""

    def __init__(self, program: bytes) -> None:
        count = struct.unpack(">4xH", program[:6])[0]
        records = struct.iter_unpack(">4s4xLL", program[12 : 12 + 16 * count])
        tables = {tag: program[offset : offset + length] for tag, offset, length in records}
        self._units: int = struct.unpack(">H", tables[b"head"][18:20])[0]
        is_long = struct.unpack(">H", tables[b"head"][50:52])[0]
        places = tables[b"loca"]
        form = f">{len(places) // (4 if is_long else 2)}{'L' if is_long else 'H'}"
        self._offsets = [
            offset if is_long else 2 * offset for offset in struct.unpack(form, places)
        ]
        self._table = tables[b"glyf"]

    def contours(self, glyph: int, depth: int = 0) -> list[list[_Point]]:
        """The closed lines of a glyph, its parts put in their places."""
        data = self._table[self._offsets[glyph] : self._offsets[glyph + 1]]
        if not data or depth > _MOST_NESTED:
            return []
        count = struct.unpack(">h", data[:2])[0]
        return self._simple(data, count) if count >= 0 else self._parts(data, depth)

    def _simple(self, data: bytes, count: int) -> list[list[_Point]]:
        ends = struct.unpack(f">{count}H", data[10 : 10 + 2 * count])
        at = 10 + 2 * count
        at += 2 + struct.unpack(">H", data[at : at + 2])[0]
        flags: list[int] = []
        while len(flags) <= (ends[-1] if ends else -1):
            flag = data[at]
            times = data[at + 1] + 1 if flag & _REPEAT else 1
            flags += [flag] * times
            at += 2 if flag & _REPEAT else 1
        xs, at = _coordinates(data, at, flags, _SHORT_X, _SAME_X)
        ys, _ = _coordinates(data, at, flags, _SHORT_Y, _SAME_Y)
        points = [
            (x / self._units, y / self._units, bool(flag & _ON))
            for x, y, flag in zip(xs, ys, flags, strict=True)
        ]
        starts = (0, *(end + 1 for end in ends))
        return [points[start : end + 1] for start, end in zip(starts, ends, strict=False)]

    def _parts(self, data: bytes, depth: int) -> list[list[_Point]]:
        contours: list[list[_Point]] = []
        at, more = 10, True
        while more:
            flags, glyph = struct.unpack(">HH", data[at : at + 4])
            form = ">hh" if flags & _WORDS else ">bb"
            moves = struct.unpack_from(form, data, at + 4)
            dx, dy = (move / self._units if flags & _ARE_OFFSETS else 0.0 for move in moves)
            a, b, c, d, at = _matrix(data, at + 4 + struct.calcsize(form), flags)
            for contour in self.contours(glyph, depth + 1):
                moved = [(a * x + c * y + dx, b * x + d * y + dy, on) for x, y, on in contour]
                contours += [moved]
            more = bool(flags & _MORE)
        return contours


def _coordinates(
    data: bytes, at: int, flags: Sequence[int], short: int, same: int
) -> tuple[list[int], int]:
    values: list[int] = []
    value = 0
    for flag in flags:
        if flag & short:
            value += data[at] if flag & same else -data[at]
            at += 1
        elif not flag & same:
            value += struct.unpack_from(">h", data, at)[0]
            at += 2
        values.append(value)
    return values, at


def _matrix(data: bytes, at: int, flags: int) -> tuple[float, float, float, float, int]:
    """The scale and turn of a part, and where what follows it begins."""
    count = 1 if flags & _SCALE else 2 if flags & _TWO_SCALES else 4 if flags & _MATRIX else 0
    values = [value / 16384 for value in struct.unpack_from(f">{count}h", data, at)]
    at += 2 * count
    match values:
        case [scale]:
            return scale, 0.0, 0.0, scale, at
        case [across, up]:
            return across, 0.0, 0.0, up, at
        case [a, b, c, d]:
            return a, b, c, d, at
        case _:
            return 1.0, 0.0, 0.0, 1.0, at


def _path(contour: list[_Point]) -> str:
    """A closed line: its quadratic curves as the cubic ones PDF knows."""
    points = list(_with_middles(contour))
    first = next((at for at, point in enumerate(points) if point[2]), 0)
    points = [*points[first:], *points[:first], points[first]]
    x0, y0, _ = points[0]
    operators = [f"{_at(x0, y0)} m"]
    bend: _Point | None = None
    for x, y, on in points[1:]:
        if not on:
            bend = (x, y, on)
            continue
        if bend is None:
            operators.append(f"{_at(x, y)} l")
        else:
            near = _at(x0 + (bend[0] - x0) * 2 / 3, y0 + (bend[1] - y0) * 2 / 3)
            far = _at(x + (bend[0] - x) * 2 / 3, y + (bend[1] - y) * 2 / 3)
            operators.append(f"{near} {far} {_at(x, y)} c")
        x0, y0, bend = x, y, None
    return " ".join([*operators, "h"])


def _with_middles(contour: list[_Point]) -> Iterator[_Point]:
    """The points with those left out between two bends, which lie half way."""
    for point, after in zip(contour, [*contour[1:], contour[0]], strict=True):
        yield point
        if not point[2] and not after[2]:
            yield (point[0] + after[0]) / 2, (point[1] + after[1]) / 2, True


def _at(x: float, y: float) -> str:
    return f"{number(x * 100)} {number(y * 100)}"
