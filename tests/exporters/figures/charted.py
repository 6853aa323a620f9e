"""Charts of any size and sort, as Hypothesis draws them."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from exporters.charts import Chart, ChartKind, Series

LETTERS = "园区循环化改造综合利用工程（）、，ABC25t³"
names = st.text(LETTERS, min_size=1, max_size=40)
figures = st.one_of(
    st.none(),
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
    st.integers(0, 1000).map(Decimal),
    st.just(Decimal(0)),
)


@st.composite
def charts(draw, kinds=tuple(ChartKind), most: int = 60, values=figures) -> Chart:
    """A chart of 1 to `most` categories and 1 to 4 series."""
    count = draw(st.integers(1, most))
    categories = tuple(draw(st.lists(names, min_size=count, max_size=count)))
    series = tuple(
        Series(draw(names), tuple(draw(st.lists(values, min_size=count, max_size=count))))
        for _ in range(draw(st.integers(1, 4)))
    )
    return Chart(
        draw(st.sampled_from(kinds)), categories, series, draw(st.sampled_from(("", "万元")))
    )
