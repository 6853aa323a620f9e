"""A chain of links from left to right: boxes, arrows between them, materials in the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from exporters.drawing import Drawing, Fill, Hold, Stroke
from exporters.figures.canvas import MARGIN_MM, WIDTH_MM, Canvas, empty
from exporters.figures.layers import back_links, layers_of, ordered
from exporters.figures.palette import AXIS_PT, INK, LABEL_PT, PAPER, SMALL_PT, TINT
from exporters.figures.spreading import spread
from exporters.figures.words import block_mm, broken, line_mm, width_mm

_MOST_LAYERS = 5
_BOX_MM = 27.0
_LEAST_MATERIAL_MM = 15.0
_ARROW_MM = 3.2  # of an arrow before and after the words in it
_OWNER_PT, _MATERIAL_PT = 7.0, 7.0
_PAD_MM, _GAP_MM = 1.2, 2.6
_PASS_MM = 2.0  # the lane of an arrow that passes a layer
_LEAST_HEIGHT_MM, _MOST_HEIGHT_MM = 40.0, 188.0
_SWEEPS = 8
_CURVE_STEPS = 12
_LINE_PT = 0.9
_MOST_ROWS = 30
RETURN = "返回："


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A step of a chain; `owner` is who takes the material on, a planned one is drawn dashed."""

    start: str
    end: str
    material: str = ""
    owner: str = ""
    is_planned: bool = False


@dataclass(slots=True)
class _Spot:
    """A box, the words of an arrow, or the lane of one that only passes."""

    column: int
    lines: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    is_box: bool = False
    is_planned: bool = False
    is_return: bool = False
    middle: float = 0.0

    @property
    def tall(self) -> float:
        """Its height."""
        if not self.lines:
            return _PASS_MM
        if not self.is_box:
            return block_mm(len(self.lines), _MATERIAL_PT) + 0.6
        owners = len(self.owners) * line_mm(_OWNER_PT)
        return block_mm(len(self.lines), SMALL_PT) + owners + 2 * _PAD_MM


@dataclass(slots=True)
class _Path:
    """An arrow: the spots it passes, box to box."""

    spots: list[_Spot]
    is_planned: bool


@dataclass(slots=True)
class _Plan:
    """Everything with its place."""

    boxes: dict[str, _Spot] = field(default_factory=dict[str, _Spot])
    columns: list[list[_Spot]] = field(default_factory=list[list[_Spot]])
    paths: list[_Path] = field(default_factory=list[_Path])
    box_mm: float = _BOX_MM
    gap_mm: float = _LEAST_MATERIAL_MM

    def left(self, column: int) -> float:
        """Where a column begins; boxes and materials take turns."""
        return MARGIN_MM + column // 2 * (self.box_mm + self.gap_mm) + column % 2 * self.box_mm

    def wide(self, column: int) -> float:
        """How wide it is."""
        return self.gap_mm if column % 2 else self.box_mm


def chain(links: Sequence[ChainLink], planned: str = "", existing: str = "") -> Drawing:
    """The chain; a link that leads back ends in a box that names where it returns to."""
    links = [link for link in links if link.start and link.end and link.start != link.end]
    if not links:
        return empty()
    straight = _without_circles(links)
    layers = layers_of([(link.start, link.end) for link in straight])
    if max(layers.values()) + 1 > _MOST_LAYERS:
        return _ledger(links, (planned, existing))
    plan = _plan(straight, layers)
    canvas = Canvas()
    top = _key(canvas, straight, planned, existing)
    height = _arrange(plan, top)
    for path in plan.paths:
        _arrow(canvas, plan, path)
    for spot in (spot for column in plan.columns for spot in column if spot.lines):
        _write(canvas, plan, spot)
    return canvas.drawing(top + height + MARGIN_MM)


def _without_circles(links: Sequence[ChainLink]) -> list[ChainLink]:
    """Of a circle that link is taken to lead back which is not there yet, or stands last."""
    links = sorted(links, key=lambda link: link.is_planned)
    back = back_links([(link.start, link.end) for link in links])
    return [
        ChainLink(link.start, f"{RETURN}{link.end}", link.material, "", link.is_planned)
        if at in back
        else link
        for at, link in enumerate(links)
    ]


def _key(canvas: Canvas, links: list[ChainLink], planned: str, existing: str) -> float:
    """What full and dashed arrows mean, where both are there."""
    dashed = {link.is_planned for link in links}
    if True not in dashed:
        return MARGIN_MM
    middle = MARGIN_MM + line_mm(SMALL_PT) / 2
    x = MARGIN_MM
    entries = [(existing or "已有", False), (planned or "规划", True)]
    for words, is_dashed in entries if False in dashed else entries[1:]:
        points = ((x, middle), (x + 9, middle))
        canvas.marks.append(Stroke(points, _LINE_PT, INK, is_dashed, arrow=True))
        canvas.lines((words,), (x + 10.5, middle), size=SMALL_PT)
        x += 16 + width_mm(words, SMALL_PT)
    return MARGIN_MM + line_mm(SMALL_PT) + 2.5


def _plan(links: list[ChainLink], layers: dict[str, int]) -> _Plan:
    count = max(layers.values()) + 1
    plan = _Plan(columns=[[] for _ in range(2 * count - 1)])
    room = WIDTH_MM - 2 * MARGIN_MM
    plan.box_mm = min(_BOX_MM, (room - (count - 1) * _LEAST_MATERIAL_MM) / count)
    plan.gap_mm = (room - count * plan.box_mm) / max(count - 1, 1)
    for name, layer in layers.items():
        spot = _box(plan, links, name)
        spot.column = layer * 2
        plan.boxes[name] = spot
        plan.columns[spot.column].append(spot)
    for link in links:
        start, end = plan.boxes[link.start], plan.boxes[link.end]
        spots = [start]
        for column in range(start.column + 1, end.column):
            first = column == start.column + 1
            lines = broken(link.material, plan.gap_mm - _ARROW_MM, _MATERIAL_PT, 3) if first else ()
            spots.append(_Spot(column, lines))
            plan.columns[column].append(spots[-1])
        plan.paths.append(_Path([*spots, end], link.is_planned))
    return plan


def _box(plan: _Plan, links: list[ChainLink], name: str) -> _Spot:
    room = plan.box_mm - 2 * _PAD_MM
    owners = dict.fromkeys(link.owner for link in links if link.end == name and link.owner)
    coming = [link for link in links if link.end == name]
    return _Spot(
        0,
        broken(name, room, SMALL_PT, 3),
        broken("、".join(owners), room, _OWNER_PT, 2),
        is_box=True,
        is_planned=bool(coming) and all(link.is_planned for link in coming),
        is_return=name.startswith(RETURN),
    )


def _arrange(plan: _Plan, top: float) -> float:
    """Give every spot its height; how high all together are."""
    beside: dict[int, list[int]] = {}
    known = {id(spot): spot for column in plan.columns for spot in column}
    for path in plan.paths:
        for one, other in zip(path.spots, path.spots[1:], strict=False):
            beside.setdefault(id(one), []).append(id(other))
            beside.setdefault(id(other), []).append(id(one))
    keys = [[id(spot) for spot in column] for column in plan.columns]
    plan.columns = [[known[key] for key in column] for column in ordered(keys, beside)]
    needed = max(sum(spot.tall + _GAP_MM for spot in column) for column in plan.columns)
    height = max(needed, min(_LEAST_HEIGHT_MM, _MOST_HEIGHT_MM))
    limits = (top, top + height)
    for column in plan.columns:
        _place(column, [top + height / 2] * len(column), limits)
    for sweep in range(_SWEEPS):
        for column in plan.columns if sweep % 2 == 0 else reversed(plan.columns):
            wanted = [
                sum(known[key].middle for key in near) / len(near) if near else spot.middle
                for spot in column
                for near in (beside.get(id(spot), []),)
            ]
            _place(column, wanted, limits)
    return height


def _place(column: list[_Spot], wanted: list[float], limits: tuple[float, float]) -> None:
    sizes = [spot.tall + _GAP_MM for spot in column]
    for spot, middle in zip(column, spread(wanted, sizes, limits), strict=True):
        spot.middle = middle


def _arrow(canvas: Canvas, plan: _Plan, path: _Path) -> None:
    """Curves from spot to spot, level lines past the words of a material, a head at the end."""
    points: list[tuple[float, float]] = []
    for one, other in zip(path.spots, path.spots[1:], strict=False):
        begin, end = _right(plan, one), _left(plan, other)
        if points and one.lines:  # a gap for the words
            canvas.marks.append(Stroke(tuple(points), _LINE_PT, INK, path.is_planned))
            points = []
        points += _curve((begin, one.middle), (end, other.middle))
    canvas.marks.append(Stroke(tuple(points), _LINE_PT, INK, path.is_planned, arrow=True))


def _right(plan: _Plan, spot: _Spot) -> float:
    """Where an arrow leaves a spot."""
    return _edge(plan, spot, 1)


def _left(plan: _Plan, spot: _Spot) -> float:
    """Where an arrow reaches a spot."""
    return _edge(plan, spot, -1)


def _edge(plan: _Plan, spot: _Spot, side: int) -> float:
    """The right (1) or left (-1) edge of a box, a lane beside boxes, or words between them."""
    middle = plan.left(spot.column) + plan.wide(spot.column) / 2
    if spot.column % 2 == 0:
        return middle + side * plan.wide(spot.column) / 2
    return middle + side * _half(spot)


def _half(spot: _Spot) -> float:
    if not spot.lines:
        return 0.0
    return max(width_mm(line, _MATERIAL_PT) for line in spot.lines) / 2 + 0.5


def _curve(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for step in range(_CURVE_STEPS + 1):
        at = step / _CURVE_STEPS
        ease = at * at * (3 - 2 * at)
        points.append((start[0] + (end[0] - start[0]) * at, start[1] + (end[1] - start[1]) * ease))
    return points


def _write(canvas: Canvas, plan: _Plan, spot: _Spot) -> None:
    left, wide = plan.left(spot.column), plan.wide(spot.column)
    middle = (left + wide / 2, spot.middle)
    if not spot.is_box:
        canvas.lines(spot.lines, middle, Hold.MIDDLE, _MATERIAL_PT)
        return
    _frame(canvas, (left, spot.middle - spot.tall / 2, wide, spot.tall), spot)
    owners = len(spot.owners) * line_mm(_OWNER_PT)
    canvas.lines(
        spot.lines,
        (middle[0], spot.middle - owners / 2),
        Hold.MIDDLE,
        SMALL_PT,
        strong=not spot.is_return,
    )
    if spot.owners:
        below = spot.middle + spot.tall / 2 - _PAD_MM - owners / 2
        canvas.lines(spot.owners, (middle[0], below), Hold.MIDDLE, _OWNER_PT)


def _frame(canvas: Canvas, place: tuple[float, float, float, float], spot: _Spot) -> None:
    left, top, wide, tall = place
    if not (spot.is_planned or spot.is_return):
        canvas.box(left, top, wide, tall, Fill(TINT))
        return
    corners = ((left, top), (left + wide, top), (left + wide, top + tall), (left, top + tall))
    canvas.box(left, top, wide, tall, Fill(PAPER))
    canvas.marks[-1] = Stroke((*corners, corners[0]), AXIS_PT, INK, dashed=True)


def _ledger(links: Sequence[ChainLink], words: tuple[str, str]) -> Drawing:
    """Very long chains: one line a link, from, through, to."""
    canvas = Canvas()
    y = _key(canvas, list(links), *words)
    box = 46.0
    for link in links[:_MOST_ROWS]:
        start = broken(link.start, box - 2 * _PAD_MM, SMALL_PT)
        end = broken(link.end, box - 2 * _PAD_MM, SMALL_PT)
        tall = block_mm(max(len(start), len(end)), SMALL_PT) + 2 * _PAD_MM
        right = WIDTH_MM - MARGIN_MM - box
        for left, lines in ((MARGIN_MM, start), (right, end)):
            canvas.box(left, y, box, tall, Fill(TINT))
            canvas.lines(lines, (left + box / 2, y + tall / 2), Hold.MIDDLE, SMALL_PT)
        material = broken(link.material, right - box - MARGIN_MM - 8, _MATERIAL_PT, 1)
        middle = y + tall / 2
        points = ((MARGIN_MM + box, middle), (right, middle))
        canvas.marks.append(Stroke(points, _LINE_PT, INK, link.is_planned, arrow=True))
        for text in material:
            canvas.chip(text, (WIDTH_MM / 2, middle), _MATERIAL_PT)
        y += tall + 1.2
    if len(links) > _MOST_ROWS:
        said = f"其余{len(links) - _MOST_ROWS}个环节见表。"
        canvas.lines((said,), (WIDTH_MM / 2, y + line_mm(LABEL_PT) / 2), Hold.MIDDLE)
        y += line_mm(LABEL_PT)
    return canvas.drawing(y + MARGIN_MM)
