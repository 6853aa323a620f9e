"""Where pages stand on the screen, and the way back from the screen to the paper."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSize

from ui.preview.column import FIT_WIDTH, GAP, Column

UPRIGHT, LYING = (595.28, 841.89), (841.89, 595.28)
COLUMNS = st.builds(
    Column,
    st.lists(st.sampled_from([UPRIGHT, LYING]), min_size=1, max_size=12),
    st.builds(QSize, st.integers(200, 1600), st.integers(200, 1200)),
    st.sampled_from([FIT_WIDTH, 25, 66, 100, 300]),
)


@given(COLUMNS, st.data())
def test_that_a_point_of_the_paper_is_found_again_on_the_screen(column, data):
    page = data.draw(st.integers(0, len(column.sizes) - 1))
    width, height = column.sizes[page]
    x, y = data.draw(st.floats(1, width - 1)), data.draw(st.floats(1, height - 1))

    found = column.on_paper(column.on_screen(page, x, y, x, y).topLeft())

    assert found is not None
    assert found[0] == page
    assert found[1:] == (pytest.approx(x), pytest.approx(y))


@given(COLUMNS)
def test_that_pages_follow_each_other_without_touching(column):
    rects = [column.rect(page) for page in range(len(column.sizes))]

    for above, below in pairwise(rects):
        assert below.top() - above.bottom() == pytest.approx(GAP)
    assert column.height == round(rects[-1].bottom() + GAP)


@given(COLUMNS)
def test_that_pages_fitted_to_the_width_never_run_over_the_edge(column):
    fitted = Column(column.sizes, column.room, FIT_WIDTH)

    for page in range(len(fitted.sizes)):
        assert fitted.rect(page).right() <= column.room.width() - GAP + 0.01


def test_that_between_two_pages_there_is_no_paper():
    column = Column([UPRIGHT, UPRIGHT], QSize(500, 700), 100)
    gap = QPointF(column.rect(0).center().x(), column.rect(0).bottom() + GAP / 2)

    assert column.on_paper(gap) is None
    assert column.page_at(gap.y()) == 0


def test_that_the_pages_in_sight_are_those_the_room_cuts():
    column = Column([UPRIGHT] * 9, QSize(500, 700), 100)
    top = column.rect(3).top() + 10

    assert list(column.in_sight(top, top + 700)) == [3]
    assert list(column.in_sight(top, top + 1200)) == [3, 4]
    assert list(Column().in_sight(0, 100)) == []
