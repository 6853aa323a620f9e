"""Flows as bands as wide as their amounts, from source to use, every end named with its amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from exporters.drawing import Drawing, Fill, Hatch, Ribbon
from exporters.figures.axis import rounded
from exporters.figures.canvas import MARGIN_MM, WIDTH_MM, Canvas, empty
from exporters.figures.layers import back_links, layers_of, ordered
from exporters.figures.palette import BAND_ENDS, BAND_TINTS, MIXED, SMALL_PT
from exporters.figures.spreading import spread
from exporters.figures.words import block_mm, broken, width_mm

_NODE_MM = 3.2
_GAP_MM = 1.6
_LEAST_MM, _MOST_MM = 92.0, 190.0
_LAST_NAME_MM = 31.0
_LEAST_NODE_MM = 0.35  # so that the smallest is still seen
_STEPS = 30
_LEAST_PT = 5.0
_SWEEPS = 8
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Band:
    """So much flows from one name to another."""

    start: str
    end: str
    amount: Decimal


@dataclass(slots=True)
class _Node:
    """An end of bands, or a place where one passes a layer (no name)."""

    name: str
    layer: int
    coming: list[_Piece] = field(default_factory=list["_Piece"])
    going: list[_Piece] = field(default_factory=list["_Piece"])
    tint: int = 0
    lines: tuple[str, ...] = ()
    size_pt: float = SMALL_PT
    middle: float = 0.0

    @property
    def amount(self) -> Decimal:
        """What comes or goes, whichever is more."""
        return max(
            sum((piece.amount for piece in self.coming), _NOTHING),
            sum((piece.amount for piece in self.going), _NOTHING),
        )


@dataclass(slots=True)
class _Piece:
    """A band between neighbouring layers."""

    start: _Node
    end: _Node
    amount: Decimal


def sankey(bands: Sequence[Band], unit: str = "", decimals: int = 2) -> Drawing:
    """The flows; those that would run back are left out, since amounts that circle add up twice."""
    bands = [band for band in bands if band.amount > 0 and band.start != band.end]
    bands = sorted(bands, key=lambda band: -band.amount)
    back = back_links([(band.start, band.end) for band in bands])
    bands = [band for at, band in enumerate(bands) if at not in back]
    if not bands:
        return empty()
    nodes, pieces = _network(bands)
    columns = _columns(nodes, pieces)
    canvas = Canvas()
    top = canvas.unit(unit, MARGIN_MM) + 1.0
    pitch = (WIDTH_MM - 2 * MARGIN_MM - _NODE_MM - _LAST_NAME_MM) / max(len(columns) - 1, 1)
    _word(columns, pitch, decimals)
    height = _height(columns)
    scale = _scale(columns, height)
    _settle(columns, scale, (top, top + height))
    _bands(canvas, columns, pitch, scale)
    for number, column in enumerate(columns):
        x = MARGIN_MM + number * pitch
        for node in column:
            if node.name:
                tall = _tall(node, scale)
                canvas.box(x, node.middle - tall / 2, _NODE_MM, tall, Fill(BAND_ENDS[node.tint]))
                canvas.lines(node.lines, (x + _NODE_MM + 1.0, node.middle), size=node.size_pt)
    return canvas.drawing(top + height + MARGIN_MM)


def _network(bands: list[Band]) -> tuple[list[_Node], list[_Piece]]:
    """Nodes and pieces; a band that skips layers passes each of them in a place of its own."""
    layers = layers_of([(band.start, band.end) for band in bands])
    named = {name: _Node(name, layer) for name, layer in layers.items()}
    sources = [node for node in named.values() if node.layer == 0]
    for at, node in enumerate(sources):
        node.tint = at % MIXED
    nodes = list(named.values())
    pieces: list[_Piece] = []
    for band in bands:
        last = named[band.start]
        end = named[band.end]
        for layer in range(last.layer + 1, end.layer):
            passed = _Node("", layer)
            nodes.append(passed)
            pieces.append(_Piece(last, passed, band.amount))
            last = passed
        pieces.append(_Piece(last, end, band.amount))
    for piece in pieces:
        piece.start.going.append(piece)
        piece.end.coming.append(piece)
    for node in sorted(nodes, key=lambda each: each.layer):
        if node.coming:
            tints = {piece.start.tint for piece in node.coming}
            node.tint = tints.pop() if len(tints) == 1 else MIXED
    return nodes, pieces


def _columns(nodes: list[_Node], pieces: list[_Piece]) -> list[list[_Node]]:
    count = max(node.layer for node in nodes) + 1
    columns = [[id(n) for n in nodes if n.layer == layer] for layer in range(count)]
    known = {id(node): node for node in nodes}
    beside: dict[int, list[int]] = {}
    for piece in pieces:
        beside.setdefault(id(piece.start), []).append(id(piece.end))
        beside.setdefault(id(piece.end), []).append(id(piece.start))
    return [[known[key] for key in column] for column in ordered(columns, beside)]


def _word(columns: list[list[_Node]], pitch: float, decimals: int) -> None:
    """Name and amount of every end; where many layers leave no room, smaller or not at all."""
    for number, column in enumerate(columns):
        last = number == len(columns) - 1
        room = (_LAST_NAME_MM if last else pitch - _NODE_MM) - 2.0
        for node in column:
            amount = rounded(node.amount, decimals)
            wide = max(width_mm(amount, 1.0), width_mm("名…", 1.0))
            node.size_pt = min(SMALL_PT, room / wide)
            if node.name and node.size_pt >= _LEAST_PT:
                node.lines = (*broken(node.name, room, node.size_pt), amount)


def _named_mm(node: _Node) -> float:
    return block_mm(len(node.lines), node.size_pt) if node.lines else 0.0


def _height(columns: list[list[_Node]]) -> float:
    needed = max(sum(_named_mm(node) + _GAP_MM for node in column) for column in columns)
    return max(_LEAST_MM, min(_MOST_MM, needed * 1.35), needed + 4)


def _slot(node: _Node, scale: float) -> float:
    return max(_tall(node, scale), _named_mm(node)) + _GAP_MM


def _tall(node: _Node, scale: float) -> float:
    return max(float(node.amount) * scale, _LEAST_NODE_MM)


def _scale(columns: list[list[_Node]], height: float) -> float:
    """Millimetres to the unit: as many as leave every name its room."""
    low, high = 0.0, height / max(float(sum((n.amount for n in c), _NOTHING)) for c in columns)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        fits = all(sum(_slot(node, middle) for node in column) <= height for column in columns)
        low, high = (middle, high) if fits else (low, middle)
    return low


def _settle(columns: list[list[_Node]], scale: float, limits: tuple[float, float]) -> None:
    """Each end as near to what it is joined with as its neighbours in the column allow."""
    centre = (limits[0] + limits[1]) / 2
    for column in columns:
        _place(column, [centre] * len(column), scale, limits)
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            _place(column, [_wanted(node) for node in column], scale, limits)


def _place(
    column: list[_Node], wanted: list[float], scale: float, limits: tuple[float, float]
) -> None:
    middles = spread(wanted, [_slot(node, scale) for node in column], limits)
    for node, middle in zip(column, middles, strict=True):
        node.middle = middle


def _wanted(node: _Node) -> float:
    near = [(piece.start.middle, piece.amount) for piece in node.coming]
    near += [(piece.end.middle, piece.amount) for piece in node.going]
    whole = float(sum((amount for _, amount in near), _NOTHING))
    return sum(middle * float(amount) for middle, amount in near) / whole


def _bands(canvas: Canvas, columns: list[list[_Node]], pitch: float, scale: float) -> None:
    used_out: dict[int, float] = {}
    used_in: dict[int, float] = {}
    for number, column in enumerate(columns[:-1]):
        left = MARGIN_MM + number * pitch
        ends = sorted(
            (piece for node in column for piece in node.going),
            key=lambda piece: (piece.end.middle, piece.start.middle),
        )
        starts: dict[int, float] = {}
        for piece in ends:
            starts[id(piece)] = used_out.get(id(piece.start), 0.0)
            used_out[id(piece.start)] = starts[id(piece)] + float(piece.amount) * scale
        for piece in sorted(ends, key=lambda piece: piece.start.middle):
            into = used_in.get(id(piece.end), 0.0)
            used_in[id(piece.end)] = into + float(piece.amount) * scale
            canvas.marks.append(_ribbon(piece, (left, pitch), (starts[id(piece)], into), scale))


def _ribbon(
    piece: _Piece, across: tuple[float, float], used: tuple[float, float], scale: float
) -> Ribbon:
    left, pitch = across
    thick = float(piece.amount) * scale
    start = left + (_NODE_MM if piece.start.name else 0.0)
    return Ribbon(
        (start, piece.start.middle - float(piece.start.amount) * scale / 2 + used[0]),
        thick,
        (left + pitch, piece.end.middle - float(piece.end.amount) * scale / 2 + used[1]),
        thick,
        Fill(BAND_TINTS[piece.start.tint], Hatch.NONE),
    )
