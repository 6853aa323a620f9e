"""Sorting, filtering and grouping rows, without a window."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.address import Address
from forms.answers import Answers, SectionAnswers, TableAnswers
from forms.loading import load_pack
from forms.schema import Table
from forms.values import YearMonth
from forms.view import evaluate
from tests.ui.fields.plans import PACK
from ui.grid.arranging import Among, Arrangement, Between, Heading, Sorting, arrange, counted
from ui.grid.column_values import BLANK, ColumnValues, collated

SAMPLE = load_pack(PACK)
HOME = Address("works", "list")


def table(section):
    found = SAMPLE.index.items[section, "list"]
    assert isinstance(found, Table)
    return found


TABLE = table("works")
NAME, TASK, MORE, COST, NEW, AFTER = (
    (key, 0) for key in ("name", "task", "more", "cost", "new", "after")
)
LABELS = {
    "space": "优化产业空间布局",
    "use": "推进资源高效利用、综合利用",
    "carbon": "推动节能降碳",
}


def plan(rows):
    """A view of a table with these rows: `{key: {column: value}}`."""
    cells = {key: {(c, 0): v for c, v in row.items()} for key, row in rows.items()}
    typed = TableAnswers(tuple(rows), cells)
    return evaluate(SAMPLE, Answers({"works": SectionAnswers({}, {"list": typed})}))


def arranged(view, wanted, **more):
    return arrange(view, ColumnValues(HOME, TABLE), view.rows(HOME), wanted, **more)


def sorted_by(view, spot, *, descending=False):
    return arranged(view, Arrangement(Sorting(spot, descending))).rows


def test_that_numbers_sort_by_amount_and_empty_ones_stand_last_either_way():
    costs = {"a": Decimal(9), "b": None, "c": Decimal("10.5"), "d": Decimal(-1)}
    view = plan({key: {"cost": cost} if cost is not None else {} for key, cost in costs.items()})

    assert sorted_by(view, COST) == ("d", "a", "c", "b")
    assert sorted_by(view, COST, descending=True) == ("c", "a", "d", "b")


def test_that_options_sort_as_the_pack_lists_them_and_rows_by_their_shown_name():
    view = plan(
        {
            "a": {"name": "中水", "task": "carbon", "after": "c"},
            "b": {"name": "余热", "task": "space", "after": "a"},
            "c": {"name": "安全", "task": "use", "new": False},
            "d": {"name": "管网", "new": True},
        }
    )

    assert sorted_by(view, TASK) == ("b", "c", "a", "d")
    assert sorted_by(view, AFTER) == ("a", "b", "c", "d")  # 安全 before 中水, none last
    assert sorted_by(view, NEW) == ("d", "c", "a", "b")  # 是 before 否
    assert sorted_by(view, NAME) == ("c", "d", "b", "a")  # an, guan, yu, zhong


def test_that_texts_sort_by_sound_and_numbers_in_them_by_amount():
    names = ["项目10", "项目9", "阿里", "B北区", "b南区", "北区"]

    assert sorted(names, key=collated) == ["B北区", "b南区", "阿里", "北区", "项目9", "项目10"]


def test_that_months_sort_by_time():
    view = plan({"a": {}, "b": {}})
    steps = Address("steps", "list")
    months = {"a": YearMonth(2026, 2), "b": YearMonth(2025, 11)}
    cells = {key: {("done", 0): month} for key, month in months.items()}
    answers = Answers({"steps": SectionAnswers({}, {"list": TableAnswers(("a", "b"), cells)})})
    view = evaluate(SAMPLE, answers)
    columns = ColumnValues(steps, table("steps"))

    wanted = Arrangement(Sorting(("done", 0)))
    assert arrange(view, columns, ("a", "b"), wanted).rows == ("b", "a")


def test_that_several_filters_hold_together_and_empty_cells_can_be_asked_for():
    view = plan(
        {
            "a": {"task": "use", "cost": Decimal(5)},
            "b": {"task": "use", "cost": Decimal(50)},
            "c": {"cost": Decimal(50)},
            "d": {"task": "carbon"},
        }
    )
    use, dear = Among(frozenset({LABELS["use"]})), Between(Decimal(10), None)

    assert arranged(view, Arrangement().sieved(TASK, use)).rows == ("a", "b")
    assert arranged(view, Arrangement().sieved(TASK, use).sieved(COST, dear)).rows == ("b",)
    assert arranged(view, Arrangement().sieved(TASK, Among(frozenset({BLANK})))).rows == ("c",)
    with_blanks = Between(Decimal(10), Decimal(50), blanks=True)
    assert arranged(view, Arrangement().sieved(COST, with_blanks)).rows == ("b", "c", "d")
    assert Arrangement().sieved(TASK, use).sieved(TASK, None) == Arrangement()


def test_that_a_row_with_several_options_is_found_by_each():
    view = plan({"a": {"more": ("space", "carbon")}, "b": {"more": ("carbon",)}, "c": {}})
    columns = ColumnValues(HOME, TABLE)

    only = Arrangement().sieved(MORE, Among(frozenset({LABELS["space"]})))
    assert arranged(view, only).rows == ("a",)
    assert counted(columns.parts(view, MORE)) == {
        LABELS["space"]: 1,
        LABELS["carbon"]: 2,
        BLANK: 1,
    }


def test_that_a_cell_not_asked_for_counts_as_empty():
    view = plan({"a": {"new": True, "why": "旧"}, "b": {"new": False, "why": "改建"}})
    columns = ColumnValues(HOME, TABLE)

    assert columns.texts(view, ("why", 0)) == [BLANK, "改建"]
    found = arranged(view, Arrangement(search="旧"), searched=[NAME, ("why", 0)])
    assert found.rows == ()


def test_that_a_search_looks_through_the_shown_columns_in_any_case():
    view = plan({"a": {"name": "LNG站"}, "b": {"name": "管网", "story": "接 lng 管"}})

    assert arranged(view, Arrangement(search="Lng"), searched=[NAME]).rows == ("a",)
    everywhere = [NAME, ("story", 0)]
    assert arranged(view, Arrangement(search="lng"), searched=everywhere).rows == ("a", "b")


def test_that_kept_rows_are_shown_whatever_the_filter_says():
    view = plan({"a": {"task": "use"}, "b": {}})
    wanted = Arrangement().sieved(TASK, Among(frozenset({LABELS["use"]})))

    assert arranged(view, wanted, kept=frozenset({"b"})).rows == ("a", "b")


def test_that_groups_follow_the_options_with_rows_sorted_inside_and_blank_last():
    view = plan(
        {
            "a": {"task": "carbon", "cost": Decimal(1)},
            "b": {"cost": Decimal(9)},
            "c": {"task": "use"},
            "d": {"task": "carbon", "cost": Decimal(3)},
        }
    )
    found = arranged(view, Arrangement(Sorting(COST, descending=True), grouping=TASK))

    assert found.headings == (
        Heading(LABELS["use"], ("c",)),
        Heading(LABELS["carbon"], ("d", "a")),
        Heading(BLANK, ("b",)),
    )
    closed = frozenset({found.headings[1].key})
    assert found.keys(closed) == ("=" + LABELS["use"], "c", "=" + LABELS["carbon"], "=", "b")
    turned = arranged(view, Arrangement(Sorting(TASK, descending=True), grouping=TASK))
    assert [heading.label for heading in turned.headings] == [
        LABELS["carbon"],
        LABELS["use"],
        BLANK,
    ]


def test_that_rows_that_come_and_go_leave_the_others_in_place():
    view = plan({"a": {"task": "use"}, "b": {"task": "carbon"}})
    found = arranged(view, Arrangement(grouping=TASK))

    more = found.with_row("x", label=LABELS["use"], after="a").with_row("y")
    assert more.keys()[1:3] == ("a", "x")
    assert more.headings[-1] == Heading(BLANK, ("y",))
    assert more.with_row("z", label="新", after="").headings[2] == Heading("新", ("z",))
    assert more.only(frozenset({"b", "x"})).rows == ("x", "b")
    assert arranged(view, Arrangement()).with_row("x", before="b").rows == ("a", "x", "b")


OPTIONS = st.sampled_from([None, *LABELS])
AMOUNTS = st.one_of(
    st.none(), st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=3)
)


@st.composite
def tables(draw):
    count = draw(st.integers(0, 12))
    rows = {}
    for number in range(count):
        cells = {
            "name": draw(st.sampled_from([None, "中水", "余热", "项目2", "项目10"])),
            "task": draw(OPTIONS),
            "cost": draw(AMOUNTS),
        }
        rows[f"r{number}"] = {key: value for key, value in cells.items() if value is not None}
    return rows


@st.composite
def arrangements(draw):
    spots = st.sampled_from([NAME, TASK, COST])
    found = Arrangement(
        draw(st.none() | st.builds(Sorting, spots, st.booleans())),
        draw(st.none() | st.sampled_from([NAME, TASK])),
        search=draw(st.sampled_from(["", "项目", "水"])),
    )
    if draw(st.booleans()):
        texts = st.frozensets(st.sampled_from([BLANK, *LABELS.values()]))
        found = found.sieved(TASK, Among(draw(texts)))
    if draw(st.booleans()):
        found = found.sieved(COST, Between(draw(AMOUNTS), draw(AMOUNTS), draw(st.booleans())))
    return found


@settings(max_examples=60, deadline=None)
@given(tables(), arrangements())
def test_that_arranging_neither_loses_nor_doubles_a_row(rows, wanted):
    view = plan(rows)
    found = arranged(view, wanted, searched=[NAME])

    assert len(set(found.rows)) == len(found.rows)
    assert set(found.rows) <= set(rows)
    if not wanted.is_filtered:
        assert set(found.rows) == set(rows)
    if wanted.keeps_order:
        assert list(found.rows) == [row for row in rows if row in found.rows]
    if wanted.grouping is not None:
        assert tuple(row for heading in found.headings for row in heading.rows) == found.rows
        assert all(heading.rows for heading in found.headings)


@settings(max_examples=40, deadline=None)
@given(tables(), st.sampled_from([NAME, TASK]))
def test_that_the_sums_of_the_groups_add_up_to_the_total(rows, grouping):
    view = plan(rows)
    found = arranged(view, Arrangement(grouping=grouping))
    sums = [view.totals(HOME, heading.rows).get(COST) for heading in found.headings]
    there = [each for each in sums if each is not None]

    assert (sum(there, Decimal(0)) if there else None) == view.totals(HOME).get(COST)
    assert view.totals(HOME, tuple(rows)) == view.totals(HOME)


@settings(max_examples=40, deadline=None)
@given(tables(), st.sampled_from([NAME, TASK, COST]))
def test_that_sorting_the_other_way_turns_all_but_the_missing(rows, spot):
    view = plan(rows)
    ranks = dict(zip(rows, ColumnValues(HOME, TABLE).ranks(view, spot), strict=True))
    up, down = (sorted_by(view, spot, descending=each) for each in (False, True))
    there = [rank for row in up if (rank := ranks[row]) is not None]

    assert there == sorted(there)
    assert [ranks[row] for row in down if ranks[row] is not None] == there[::-1]
    assert [row for row in up if ranks[row] is None] == [row for row in down if ranks[row] is None]
    assert all(ranks[row] is None for row in up[len(there) :])


@pytest.mark.parametrize("edited", ["cost", "task"])
def test_that_an_edit_is_seen_and_other_columns_are_not_read_again(edited):
    before = plan({"a": {"cost": Decimal(1), "task": "use"}, "b": {"cost": Decimal(2)}})
    columns = ColumnValues(HOME, TABLE)
    texts = {spot: columns.texts(before, spot) for spot in (COST, TASK)}
    value = Decimal(7) if edited == "cost" else "carbon"
    after = evaluate(SAMPLE, before.answers.with_value(HOME.at("a", edited), value), before)

    for spot in (COST, TASK):
        assert (columns.texts(after, spot) is texts[spot]) == (spot[0] != edited)
    assert columns.texts(after, (edited, 0))[0] == ("7" if edited == "cost" else LABELS["carbon"])
