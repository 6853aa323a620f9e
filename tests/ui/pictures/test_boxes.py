"""The box that is taken of a picture: never outside, never empty, whatever is pulled where."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.pictures.boxes import (
    LEAST,
    Box,
    moved,
    shaped,
    spanned,
    stretched,
    turned,
    turned_back,
    whole,
)

SIZES = st.tuples(st.integers(40, 6000), st.integers(40, 6000))
STEPS = st.integers(-9000, 9000)
EDGES = st.tuples(st.sampled_from([-1, 0, 1]), st.sampled_from([-1, 0, 1]))
RATIOS = st.sampled_from([0.0, 1.0, 4 / 3, 2 / 3, 16 / 9])


def is_within(box, size):
    least = min(LEAST, *size)
    across = 0 <= box.left <= box.left + box.width <= size[0]
    down = 0 <= box.top <= box.top + box.height <= size[1]
    return across and down and min(box.width, box.height) >= min(least, 4)


@st.composite
def boxes(draw, size):
    width = draw(st.integers(LEAST, size[0]))
    height = draw(st.integers(LEAST, size[1]))
    left = draw(st.integers(0, size[0] - width))
    return Box(left, draw(st.integers(0, size[1] - height)), width, height)


@given(st.data(), SIZES, STEPS, STEPS, EDGES, RATIOS)
def test_that_a_box_stays_within_its_picture(data, size, across, down, edges, ratio):
    box = data.draw(boxes(size))
    assert is_within(moved(box, across, down, size), size)
    assert is_within(stretched(box, edges, (across, down), size, ratio), size)
    end = (max(0, min(across, size[0])), max(0, min(down, size[1])))
    assert is_within(spanned((box.left, box.top), end, size, ratio), size)


@given(st.data(), SIZES, STEPS, STEPS)
def test_that_moving_changes_no_size(data, size, across, down):
    box = data.draw(boxes(size))
    there = moved(box, across, down, size)
    assert (there.width, there.height) == (box.width, box.height)


@given(st.data(), SIZES)
def test_that_four_quarters_and_a_way_back_change_nothing(data, size):
    box, sides = data.draw(boxes(size)), size
    there = turned(box, size)
    assert turned_back(there, size[::-1]) == box
    for _ in range(4):
        box, sides = turned(box, sides), sides[::-1]
    assert turned(turned_back(box, sides), sides[::-1]) == box


def test_that_a_corner_pulled_in_a_fixed_shape_keeps_it():
    box = stretched(Box(100, 100, 400, 300), (1, 1), (100, 0), (2000, 2000), 4 / 3)
    assert box == Box(100, 100, 500, 375)


def test_that_the_shape_is_taken_from_the_middle():
    assert shaped(whole((400, 300)), 1.0) == Box(50, 0, 300, 300)
    assert shaped(whole((300, 400)), 1.5) == Box(0, 100, 300, 200)


def test_that_a_box_is_drawn_in_any_direction():
    size = (1000, 800)
    assert spanned((100, 100), (300, 250), size) == Box(100, 100, 200, 150)
    assert spanned((300, 250), (100, 100), size) == Box(100, 100, 200, 150)
