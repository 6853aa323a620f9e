"""Merging as a planner sees it: what is taken, what is asked, what stays whole."""

from __future__ import annotations

import pytest

from forms.address import Address
from forms.answers import Answers, answers_of
from forms.merging import (
    OrderConflict,
    ProseConflict,
    RowConflict,
    ValueConflict,
    choices_for,
    keeping_both,
    merge,
    merge_prose,
)
from forms.merging.paragraphs import join_units, split_units
from forms.values import Value

FIELD, OTHER, LIST = Address("a", "f"), Address("a", "g"), Address("a", "t")
BOTH_ENDS = "开头甲。\n\n中间。\n\n结尾乙。"
NEIGHBOURS = "开头甲。\n\n中间乙。\n\n结尾。"
BASE = "开头。\n\n中间。\n\n结尾。"


def plan(rows: str = "", /, **values: Value) -> Answers:
    """A plan with fields f and g, and rows of one table named by letters; r_x is a cell."""
    cells = [(Address("a", key), value) for key, value in values.items() if "_" not in key]
    cells += [(LIST.at(key[0], key[2:]), value) for key, value in values.items() if "_" in key]
    return answers_of(cells, [(LIST, tuple(rows))] if rows else [])


def prose(base: str, mine: str, theirs: str) -> tuple[str, int]:
    """The merged narrative, mine where disputed, and how many places are."""
    merged = merge_prose(base, mine, theirs)
    return merged.text(lambda _: "mine"), len(merged.disputed)


def order(base: str, mine: str, theirs: str) -> str:
    merged = merge(None, plan(base), plan(mine), plan(theirs))
    assert merged.conflicts == ()
    return "".join(merged.answers.order(LIST))


# -- Values ------------------------------------------------------------------------------------


def test_that_edits_of_different_places_come_together():
    merged = merge(None, plan(f=1, g=1), plan(f=2, g=1), plan(f=1, g=3))

    assert (merged.answers.get(FIELD), merged.answers.get(OTHER)) == (2, 3)
    assert merged.conflicts == ()
    assert merged.taken().places == (OTHER,)


def test_that_the_same_place_set_differently_is_asked_and_mine_stands():
    merged = merge(None, plan(f=1), plan(f=2), plan(f=3))

    assert merged.answers.get(FIELD) == 2
    assert merged.conflicts == (ValueConflict(FIELD, 1, 2, 3),)
    assert merged.chosen({0: "theirs"}).get(FIELD) == 3
    assert choices_for(merged.conflicts[0]) == ("mine", "theirs")
    assert keeping_both(merged.conflicts[0]) is None


def test_that_clearing_what_the_other_changed_is_asked():
    merged = merge(None, plan(f=1), plan(), plan(f=3))

    assert merged.conflicts == (ValueConflict(FIELD, 1, None, 3),)
    assert keeping_both(merged.conflicts[0]) == "theirs"


def test_that_without_a_common_version_differences_are_asked_and_rows_stay():
    mine, theirs = plan("ab", f=1, a_x=1, b_x=1), plan("bc", f=2, g=5, b_x=2, c_x=3)
    merged = merge(None, None, mine, theirs)

    assert set(merged.answers.order(LIST)) == {"a", "b", "c"}
    assert merged.answers.get(OTHER) == 5
    assert {each.address for each in merged.conflicts} == {FIELD, LIST.at("b", "x")}


# -- Rows --------------------------------------------------------------------------------------


def test_that_rows_added_on_both_sides_all_stay_where_they_were_put():
    assert order("ab", "amb", "atb") == "amtb"
    assert order("ab", "atb", "amb") == "amtb", "the same whoever merges"
    assert order("ab", "abm", "tab") == "tabm"


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("abcdef", "bcdefa", "abdcef", "bdcefa"),
        ("abcd", "bacd", "abdc", "badc"),
        ("abcdef", "fabcde", "abfcde", "fabcde"),
        ("abc", "abc", "cab", "cab"),
        ("abc", "bca", "bca", "bca"),
    ],
)
def test_that_moves_of_different_rows_go_together(base, mine, theirs, expected):
    assert order(base, mine, theirs) == expected


def test_that_moves_which_exclude_each_other_are_asked_and_all_rows_stay():
    merged = merge(None, plan("abc"), plan("bacx"), plan("yacb"))

    assert isinstance(merged.conflicts[0], OrderConflict)
    assert "".join(merged.answers.order(LIST)) == "ybacx"
    assert "".join(merged.chosen({0: "theirs"}).order(LIST)) == "yacbx"


def test_that_a_row_removed_here_and_edited_there_is_asked():
    merged = merge(None, plan("abc", b_x=1, b_y=2), plan("ac"), plan("abc", b_x=5, b_y=2))

    (conflict,) = merged.conflicts
    assert isinstance(conflict, RowConflict)
    assert (conflict.address, conflict.removed_by) == (LIST.at_row("b"), "mine")
    assert merged.answers.order(LIST) == ("a", "c")
    back = merged.chosen({0: "theirs"})
    assert back.order(LIST) == ("a", "b", "c")
    assert (back.get(LIST.at("b", "x")), back.get(LIST.at("b", "y"))) == (5, 2)


def test_that_a_row_edited_here_and_removed_there_stays_until_chosen():
    merged = merge(None, plan("ab", b_x=1, b_y=2), plan("ab", b_x=5, b_y=2), plan("a"))

    assert merged.answers.order(LIST) == ("a", "b")
    assert merged.answers.get(LIST.at("b", "y")) == 2, "no cell of it is lost"
    gone = merged.chosen({0: "theirs"})
    assert gone.order(LIST) == ("a",)
    assert gone.get(LIST.at("b", "x")) is None


def test_that_a_row_removed_by_one_and_left_alone_by_the_other_goes():
    merged = merge(None, plan("ab", b_x=1), plan("ab", b_x=1, f=3), plan("a"))

    assert merged.conflicts == ()
    assert merged.answers.order(LIST) == ("a",)
    assert merged.answers.get(LIST.at("b", "x")) is None


def test_that_two_rows_of_one_id_lose_no_cell():
    """Ids are random, so this cannot happen; by hand it can."""
    merged = merge(None, plan("a"), plan("an", n_x=1, n_y=1), plan("an", n_x=2, n_z=3))

    assert [each.address for each in merged.conflicts] == [LIST.at("n", "x")]
    assert merged.answers.get(LIST.at("n", "y")) == 1
    assert merged.answers.get(LIST.at("n", "z")) == 3


# -- Narratives --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("开头甲。\n\n中间。\n\n结尾。", "开头。\n\n中间。\n\n结尾乙。", BOTH_ENDS),
        ("开头甲。\n\n中间。\n\n结尾。", "开头。\n\n中间乙。\n\n结尾。", NEIGHBOURS),
        ("新。\n\n" + BASE, BASE + "\n\n尾。", "新。\n\n" + BASE + "\n\n尾。"),
        ("开头。\n\n结尾。", BASE + "\n\n尾。", "开头。\n\n结尾。\n\n尾。"),
        ("# 题\n\n" + BASE, BASE.replace("开", "起"), "# 题\n\n" + BASE.replace("开", "起")),
    ],
)
def test_that_edits_of_different_paragraphs_come_together(mine, theirs, expected):
    assert prose(BASE, mine, theirs) == (expected, 0)
    assert prose(BASE, theirs, mine) == (expected, 0)


def test_that_one_paragraph_changed_by_both_is_asked_alone():
    mine, theirs = BASE.replace("中间", "中间甲"), BASE.replace("中间", "中间乙") + "\n\n尾。"
    merged = merge_prose(BASE, mine, theirs)

    (disputed,) = merged.disputed
    assert [disputed.words(pick) for pick in ("base", "mine", "theirs")] == [
        "中间。",
        "中间甲。",
        "中间乙。",
    ]
    assert merged.text(lambda _: "mine") == mine + "\n\n尾。"
    assert merged.text(lambda _: "both") == "开头。\n\n中间甲。\n\n中间乙。\n\n结尾。\n\n尾。"


def test_that_items_of_a_numbered_list_are_counted_anew():
    base = "1. 甲\n2. 乙\n3. 丙"
    mine, theirs = "1. 新\n2. 甲\n3. 乙\n4. 丙", "1. 甲\n2. 乙改\n3. 丙"

    assert prose(base, mine, theirs) == ("1. 新\n2. 甲\n3. 乙改\n4. 丙", 0)


def test_that_rows_of_a_table_merge_apart_and_stay_one_table():
    base = "前文。\n\n|年|量|\n|-|-|\n|2024|1|\n|2025|2|\n\n后文。"
    mine, theirs = base.replace("|2024|1|", "|2024|9|"), base.replace("|2025|2|", "|2025|8|")

    assert prose(base, mine, theirs) == (base.replace("|1|", "|9|").replace("|2|", "|8|"), 0)


def test_that_footnotes_and_live_figures_stay_whole():
    base = "能耗{{energy/total|tce,2}}^[见表，含{{@energy/balance}}。]。\n\n尾。"
    mine, theirs = base.replace("|tce,2", "|tce,0"), base.replace("见表", "详见表")

    merged = merge_prose(base, mine, theirs)

    assert [each.words("theirs") for each in merged.disputed] == [theirs.partition("\n")[0]]
    assert merged.text(lambda _: "mine") == mine


@pytest.mark.parametrize(
    "text",
    [
        BASE,
        "1. 甲\n2. 乙\n\n段\n1. 丙",
        "|a|\n|-|\n|b|",
        "甲\n乙\n\n\n丙",
        "3. 不是列表",
        "- 甲\n- 乙",
        "",
    ],
)
def test_that_a_narrative_taken_apart_goes_together_again(text):
    assert join_units(split_units(text)) == text


def test_that_conflicts_of_one_narrative_are_chosen_one_by_one():
    base = "甲段落。\n\n乙段落。\n\n丙段落。"
    mine = base.replace("甲段", "甲一段").replace("丙段", "丙一段")
    theirs = base.replace("甲段", "甲二段").replace("丙段", "丙二段")
    merged = merge(None, plan(f=base), plan(f=mine), plan(f=theirs))
    assert [each.part for each in merged.conflicts if isinstance(each, ProseConflict)] == [0, 1]

    assert merged.chosen({1: "theirs"}).get(FIELD) == "甲一段落。\n\n乙段落。\n\n丙二段落。"

    now = merged.chosen({1: "theirs"})
    again = merge(None, merged.left_open({1: "theirs"})[0], now, merged.left_open({1: "theirs"})[1])
    assert [each.theirs for each in again.conflicts if isinstance(each, ProseConflict)] == [
        "甲二段落。"
    ]
    assert again.answers == now
