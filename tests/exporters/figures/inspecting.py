"""What must hold of any drawing: its labels keep apart and everything stays inside."""

from __future__ import annotations

from itertools import combinations

from exporters.drawing import Area, Drawing, Label, Ribbon, Stroke
from exporters.figures.plain import Lines, Outline, plain_marks, ribbon_outline
from exporters.figures.words import Box, label_box, overlaps

SLACK = 0.05  # mm that boxes may share: far less than a stroke


def collisions(drawing: Drawing) -> list[tuple[str, str]]:
    """Pairs of labels that run into each other."""
    boxes = [(label.text, label_box(label)) for label in drawing.labels()]
    return [
        (one, other)
        for (one, first), (other, second) in combinations(boxes, 2)
        if overlaps(first, second, SLACK)
    ]


def outside(drawing: Drawing) -> list[object]:
    """The marks that leave the drawing."""
    return [mark for mark in drawing.marks if not _inside(drawing, _box(mark))]


def _inside(drawing: Drawing, box: Box) -> bool:
    left, top, right, bottom = box
    wide = left >= -SLACK and right <= drawing.width_mm + SLACK
    return wide and top >= -SLACK and bottom <= drawing.height_mm + SLACK


def _box(mark: Stroke | Area | Ribbon | Label) -> Box:
    if isinstance(mark, Label):
        return label_box(mark)
    points = ribbon_outline(mark) if isinstance(mark, Ribbon) else mark.points
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


def rectangles(drawing: Drawing, colour: str) -> list[Box]:
    """The boxes of the areas of a colour, in painting order."""
    return [
        _box(mark)
        for mark in drawing.marks
        if isinstance(mark, Area) and mark.fill.colour == colour
    ]


def plain_points(drawing: Drawing) -> list[tuple[float, float]]:
    """Every point a backend is given."""
    points: list[tuple[float, float]] = []
    for mark in plain_marks(drawing):
        match mark:
            case Outline():
                points += mark.points
            case Lines():
                points += (point for line in mark.lines for point in line)
            case Label():
                points.append((mark.x, mark.y))
    return points
