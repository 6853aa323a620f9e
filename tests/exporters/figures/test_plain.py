"""What every backend draws: hatches cut to their outline, and a sound SVG."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from exporters.drawing import Area, Drawing, Fill, Hatch, Hold, Label, Stroke
from exporters.figures.plain import Lines, Outline, plain_marks
from exporters.figures.svg import drawing_svg
from exporters.figures.words import broken, label_box, shortened, width_mm
from tests.exporters.figures.inspecting import plain_points

SQUARE = ((10.0, 10.0), (30.0, 10.0), (30.0, 30.0), (10.0, 30.0))
SVG = "{http://www.w3.org/2000/svg}"


def hatched(hatch: Hatch) -> Drawing:
    return Drawing(40, 40, (Area(SQUARE, Fill("#CFE5DA", hatch), 0.4),))


@pytest.mark.parametrize("hatch", [hatch for hatch in Hatch if hatch is not Hatch.NONE])
def test_that_each_hatch_leaves_marks_inside_its_outline_only(hatch):
    points = plain_points(hatched(hatch))

    assert len(points) > len(SQUARE) * 2
    for x, y in points:
        assert 10 - 1e-6 <= x <= 30 + 1e-6
        assert 10 - 1e-6 <= y <= 30 + 1e-6


def test_that_no_two_hatches_draw_the_same():
    drawn = {hatch: tuple(plain_points(hatched(hatch))) for hatch in Hatch}

    assert len(set(drawn.values())) == len(Hatch)


def test_that_an_arrow_has_its_head_at_the_last_point():
    stroke = Stroke(((0.0, 5.0), (20.0, 5.0)), arrow=True)
    line, head = plain_marks(Drawing(30, 10, (stroke,)))

    assert isinstance(line, Lines)
    assert isinstance(head, Outline)
    assert head.points[0] == (20.0, 5.0)


def test_that_the_svg_is_valid_and_says_what_is_written():
    label = Label('氯碱<"PVC">&合成', 5, 5, hold=Hold.END)
    root = ElementTree.fromstring(drawing_svg(Drawing(60, 20, (*hatched(Hatch.UP).marks, label))))

    assert root.attrib["viewBox"] == "0 0 60 20"
    text = root.find(f"{SVG}text")
    assert text is not None
    assert text.text == '氯碱<"PVC">&合成'
    assert "SimSun" in text.attrib["font-family"]


def test_that_the_svg_takes_characters_no_xml_may_hold():
    ElementTree.fromstring(drawing_svg(Drawing(60, 20, (Label("一\x00二\ud800", 5, 5),))))


def test_that_a_long_name_is_broken_in_even_lines_and_not_inside_its_bracket():
    assert broken("园区单位生产总值用水量（m³/万元）", 50, 9) == (
        "园区单位生产总值用水量",
        "（m³/万元）",
    )
    first, second = broken("优化产业空间布局结构", 25, 9)
    assert abs(len(first) - len(second)) <= 1


def test_that_a_name_too_long_for_its_lines_ends_in_dots():
    lines = broken("很长" * 20, 20, 9)

    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert width_mm(lines[-1], 9) <= 20
    assert shortened("短", 20, 9) == "短"


def test_that_a_label_held_at_its_end_lies_left_of_its_place():
    left, _, right, _ = label_box(Label("四个汉字", 50, 10, 9, Hold.END))

    assert right == 50
    assert left < 40
