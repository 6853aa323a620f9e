"""Live figures: how they are written, what they print, and how one is found."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.address import Address
from forms.edits import RemoveRow, SetValue, apply_edit
from forms.inline.reading import filled, filled_prose
from forms.kinds import Quantity
from forms.live_figures import (
    NO_UNIT,
    LiveFigure,
    live_figures_in,
    search_figures,
    shown,
    units_for,
)
from forms.live_figures.marks import MOST_DECIMALS
from forms.reading import read_number
from forms.view import PlanView, evaluate
from forms.wording import rounded_half_up
from tests.forms.plans import TEXTS, at, sample
from tests.packs.loading import small_pack

PACK = small_pack()
KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
ROWS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,8}", fullmatch=True).filter(
    lambda text: not (len(text) == 4 and text.isdigit())
)
ADDRESSES = st.one_of(
    st.tuples(KEYS, KEYS).map(lambda keys: Address(*keys)),
    st.builds(Address, KEYS, KEYS, ROWS, st.just(""), st.integers(1950, 2100)),
    st.builds(Address, KEYS, KEYS, ROWS, KEYS, st.sampled_from([0, 2024, 2030])),
)
UNITS = st.one_of(
    st.sampled_from(["", "亿元", "万t", "tce/万元", "%", NO_UNIT, "吨标准煤", "m³"]),
    st.text("ab万亿吨³/%²", max_size=5),
)
FIGURES = st.builds(
    LiveFigure, ADDRESSES, UNITS, st.none() | st.integers(min_value=0, max_value=MOST_DECIMALS)
)
PLAIN = TEXTS.filter(lambda text: "{{" not in text)


@pytest.fixture
def view() -> PlanView:
    return evaluate(PACK, sample())


def printed(view: PlanView, mark: str) -> str:
    return filled(view, f"{{{{{mark}}}}}")


@given(FIGURES)
def test_that_a_mark_is_read_as_it_was_written(figure):
    (placed,) = live_figures_in(str(figure))

    assert placed.figure == figure
    assert placed.source == str(figure)


@given(st.lists(st.tuples(PLAIN, FIGURES), max_size=4), PLAIN)
def test_that_marks_are_found_in_any_prose_and_the_rest_stays(pieces, last):
    text = "".join(f"{words}。{figure}" for words, figure in pieces) + f"。{last}"
    found = live_figures_in(text)

    assert [placed.figure for placed in found] == [figure for _, figure in pieces]
    assert all(text[placed.start : placed.end] == placed.source for placed in found)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "{{",
        "{{}}",
        "{overview/area}",
        "{{节能量}}",
        "{{1/2}}",
        "集合{a, b}与{{c}}",
        "{{ overview/area }}",
        "{{overview}}",
        "\\{{x}}",
    ],
)
def test_that_braces_of_other_meaning_print_as_typed(view, text):
    assert live_figures_in(text) == ()
    assert filled(view, text) == text


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("overview/area", "12.50 km²"),
        ("overview/area|,1", "12.5 km²"),
        ("overview/share", "80%"),
        ("period/base_year", "2025"),
        ("period/history_years", "2年"),
        ("water/supply/total/2025", "132.5万m³"),
        ("works/list/p1/total", "100万元"),
        ("works/list/p1/total|亿元", "0.01亿元"),
        ("works/list/p1/total|亿元,3", "0.01亿元"),
        ("works/list/p1/loan|亿元", "0.004亿元"),
        ("works/list/p1/loan|亿元,2", "0.00亿元"),
        ("outcomes/output|万元", "120000万元"),
        ("outcomes/indicators/saving/target", "30.5 tce"),
        ("outcomes/indicators/saving/target|吨标准煤,0", "31吨标准煤"),
        ("outcomes/indicators/saving/target|-", "30.5"),
        ("outcomes/indicators/intensity/base", "0.2044 tce/万元"),
        ("energy/total", "204.43 tce"),
        ("cover/park_name", "青湖园区"),
        ("cover/level", "省级"),
        ("works/list/p1/start", "2026年3月"),
        ("overview/tasks", "优化布局、节能降碳"),
    ],
)
def test_that_a_live_figure_prints_the_value_that_counts(view, mark, text):
    assert printed(view, mark) == text


def test_that_the_rate_of_an_indicator_is_told_without_its_sign(view):
    answers = apply_edit(
        PACK, view.answers, SetValue(at("outcomes/indicators/intensity/target"), Decimal("0.05"))
    ).answers
    after = evaluate(PACK, answers, view)

    assert (after.number(at("outcomes/indicators/intensity/rate")) or 0) < 0
    assert printed(after, "outcomes/indicators/intensity/rate|,1") == "75.5%"


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("works/list/p9/total", "“重点项目”中被引用的项目已删除"),
        ("works/list/p1/nothing", "方案中没有“works/list/p1/nothing”这个数"),
        ("water/supply/total/2019", "“合计”没有2019年的数"),
        ("overview/history", "“沿革”不是数字或短文字"),
        ("overview/map", "“区位图”不是数字或短文字"),
        ("outcomes/output|tce", "“目标产值”的单位是亿元，不能换算为tce"),
        ("cover/park_name|亿元", "“园区名称”是文字，没有单位“亿元”"),
        ("overview/area|x y", "活数字的写法有误：overview/area|x y"),
        ("water/supply/ground/2024", "2024年“地下水”缺，尚未填写"),
        ("works/list/p2/loan", "“余热利用 贷款”缺，尚未填写"),
    ],
)
def test_that_a_figure_that_cannot_be_shown_says_why(view, mark, said):
    assert printed(view, mark) == f"【数字缺失：{said}】"


def test_that_a_value_not_yet_computed_names_what_is_missing(view):
    answers = apply_edit(PACK, view.answers, SetValue(at("outcomes/output"), None)).answers
    found = shown(evaluate(PACK, answers, view), LiveFigure(at("outcomes/output_small")))

    assert found.is_empty
    assert found.fault == "“目标产值（万元）”缺，待填“目标产值”。"


def test_that_a_deleted_row_is_said_at_once(view):
    mark = "{{works/list/p1/total}}"
    answers = apply_edit(PACK, view.answers, RemoveRow(at("works/list/p1"))).answers

    assert filled(view, mark) == "100万元"
    assert "已删除" in filled(evaluate(PACK, answers, view), mark)


def test_that_a_hidden_value_is_not_quoted(view):
    answers = apply_edit(PACK, view.answers, SetValue(at("period/with_text"), False)).answers

    assert "未列入方案" in printed(evaluate(PACK, answers, view), "energy/total")


@given(
    st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False),
    st.sampled_from(["", "亿元"]),
    st.integers(min_value=0, max_value=6),
)
def test_that_a_shown_number_reads_back_as_the_rounded_value(value, unit, decimals):
    address = at("works/list/p1/total")
    answers = apply_edit(PACK, sample(), SetValue(address, value)).answers
    found = shown(evaluate(PACK, answers), LiveFigure(address, unit, decimals))
    times = Decimal("0.0001") if unit else Decimal(1)

    assert found.fault == ""
    assert found.unit == (unit or "万元")
    assert read_number(PACK, Quantity(found.unit), found.text) == rounded_half_up(
        value * times, decimals
    )


def test_that_units_begin_with_the_values_own(view):
    assert units_for(view, at("works/list/p1/total")) == ("万元", "元", "亿元")
    assert units_for(view, at("outcomes/output")) == ("亿元", "元", "万元")
    assert units_for(view, at("overview/share")) == ("%",)
    assert units_for(view, at("cover/park_name")) == ("",)


@given(st.lists(st.tuples(PLAIN, st.sampled_from(["area", "share", "nothing"])), max_size=4), PLAIN)
def test_that_what_is_read_leads_back_to_what_is_stored(pieces, last):
    stored = "".join(f"{words}。{{{{overview/{key}}}}}" for words, key in pieces) + f"。{last}"
    prose = filled_prose(evaluate(PACK, sample()), stored)

    assert prose.text == filled(evaluate(PACK, sample()), stored)
    for place, sign in enumerate(prose.text):
        start, end = prose.stored_span(place, place + 1)
        inside = prose.touched(place, place + 1)
        assert stored[start:end] == (inside[0].placed.source if inside else sign)


def found(view: PlanView, words: str, limit: int = 40) -> list[str]:
    return [str(offer.address) for offer in search_figures(view, words, limit)]


def test_that_an_indicator_is_offered_before_the_rows_behind_it(view):
    assert found(view, "节能量") == [
        "outcomes/indicators/saving/target",
        "works/list/p1/saving",
        "works/list/p2/saving",
    ]


def test_that_every_word_counts_row_column_and_year(view):
    assert found(view, "余热 总投资") == ["works/list/p2/total"]
    assert found(view, "余热利用总投资") == ["works/list/p2/total"]
    assert found(view, "中水 投资 2027年") == ["works/list/p1/invest/2027"]
    assert found(view, "地表水2024") == ["water/supply/surface/2024"]
    assert found(view, "节能量 青湖") == []


def test_that_the_base_year_comes_before_other_years(view):
    assert found(view, "地表水") == ["water/supply/surface/2025", "water/supply/surface/2024"]


def test_that_a_section_finds_its_figures_and_empty_ones_are_left_out(view):
    addresses = found(view, "水资源")

    assert "water/supply/total/2025" in addresses
    assert "water/supply/ground/2024" not in addresses


def test_that_no_words_offer_the_indicators_first_and_the_limit_holds(view):
    assert found(view, "", 3)[0] == "outcomes/indicators/saving/target"
    assert len(found(view, "", 3)) == 3


def test_that_an_offer_says_what_it_is_where_it_stands_and_what_it_prints(view):
    (offer,) = search_figures(view, "余热 总投资")

    assert (offer.label, offer.place, offer.text) == ("余热利用 总投资", "重点项目", "200万元")
