"""Reading what was typed, and wording what is shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.kinds import (
    Choice,
    Choices,
    Date,
    Image,
    Integer,
    Money,
    Month,
    Narrative,
    Percent,
    Quantity,
    Reference,
    Text,
    Year,
    YesNo,
    is_numeric,
    unit_of,
)
from forms.reading import ReadingError, check_value, describe_kind, read_value
from forms.values import YearMonth
from forms.wording import figure_text, plain_words, word
from tests.forms import plans
from tests.packs.loading import small_pack

PACK = small_pack()
MONEY = Money()
BILLIONS = Money("亿元", 1)
FREE = Quantity("km²", 2)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FREE, "12.50", Decimal("12.50")),
        (FREE, " １２．５０ ", Decimal("12.50")),
        (FREE, "1,234.5", Decimal("1234.5")),
        (FREE, "１，２３４，５６７", Decimal("1234567")),
        (FREE, "-3", Decimal(-3)),
        (FREE, "−3", Decimal(-3)),
        (FREE, "+.5", Decimal("0.5")),
        (FREE, "12km²", Decimal(12)),
        (FREE, "12 km2", Decimal(12)),
        (FREE, "12㎢", None),
        (MONEY, "2.5亿元", Decimal(25000)),
        (MONEY, "100 万元", Decimal(100)),
        (BILLIONS, "12000万元", Decimal("1.2")),
        (BILLIONS, "1万元", Decimal("0.0001")),
        (MONEY, "9" * 28 + "亿元", Decimal("9" * 28 + "0000")),
        (FREE, "25.6平方公里", Decimal("25.6")),
        (FREE, "2560万平方米", Decimal("25.6")),
        (Percent(), "80%", Decimal(80)),
        (Percent(), "80％", Decimal(80)),
        (Integer("家"), "1,200家", 1200),
        (Integer(), "3.0", 3),
        (Year(), "2025", 2025),
        (Year(), "２０２５年", 2025),
        (Month(), "2026-3", YearMonth(2026, 3)),
        (Month(), "２０２６年３月", YearMonth(2026, 3)),
        (Month(), "2026.03", YearMonth(2026, 3)),
        (Month(), "202603", YearMonth(2026, 3)),
        (Month(), "2026年3月份", YearMonth(2026, 3)),
        (Money(), "1.2亿", Decimal(12000)),
        (Money(), "5,000万", Decimal(5000)),
        (Date(), "2026/3/5", date(2026, 3, 5)),
        (Date(), "2026年3月5日", date(2026, 3, 5)),
        (YesNo(), "是", True),
        (YesNo(), "No", False),
        (Choice("level"), "省级", "province"),
        (Choice("level"), "province", "province"),
        (Choices("task"), "节能降碳、优化布局", ("layout", "carbon")),
        (Choices("task"), "高效利用、综合利用；节能降碳", ("chain", "carbon")),
        (Choices("task"), "、", None),
        (Reference("works/list"), "p1", "p1"),
        (Text(), " 青湖\n园区 ", "青湖 园区"),
        (Text(), "青\u0007湖\ufffe", "青湖"),
        (Text(), "\u0007", None),
        (Text(), "   ", None),
        (Narrative(), "　第一段\r\n第二段", "　第一段\n第二段"),
        (Narrative(), " \n ", None),
    ],
)
def test_that_what_a_planner_types_is_understood(kind, text, value):
    if kind is FREE and text == "12㎢":
        value = Decimal(12)  # the sign for square kilometres, taken apart
    read = read_value(PACK, kind, text)

    assert read == value
    assert str(read) == str(value)


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        (FREE, "很大", "“很大”不是数字，请填写如 1234.56"),
        (FREE, "1,23", "不是数字"),
        (FREE, "0,123", "不是数字"),
        (FREE, "1.2.3", "不是数字"),
        (FREE, "1e5", "的单位应为km²"),
        (FREE, "12 万元", "的单位应为km²，请换算"),
        (FREE, "1" * 41, "不是数字"),
        (MONEY, "9" * 38 + "亿元", "位数过多"),
        (Quantity(""), "12吨", "应为无单位"),
        (MONEY, "-1", "不能小于 0万元"),
        (Percent(), "101", "不能大于 100%"),
        (Integer(), "1.5", "应为整数"),
        (Integer("", 1, 5), "6", "不能大于 5"),
        (Year(), "25", "请填写四位数字"),
        (Year(2000, 2030), "1999", "2000 至 2030"),
        (Month(), "2026-13", "请填写如 2026-03"),
        (Month(), "三月", "不是年月"),
        (Date(), "2026-02-30", "不是有效的日期"),
        (Date(), "昨天", "不是日期"),
        (YesNo(), "也许", "应为“是”或“否”"),
        (Choice("level"), "县级", "可选：国家级、省级"),
        (Choices("task"), "节能降碳、养老", "“养老”不在"),
        (Image(), "a.png", "请选择图片文件"),
        (Text(3), "一二三四", "最多 3 字，现有 4 字"),
        (Narrative(0, 3), "一二三四", "最多 3 字"),
    ],
)
def test_that_what_is_not_understood_is_refused_with_the_remedy(kind, text, sentence):
    with pytest.raises(ReadingError, match=sentence) as refused:
        read_value(PACK, kind, text)

    assert str(refused.value).endswith("。")


KINDS = [
    Text(),
    Narrative(),
    Choice("level"),
    Choices("task"),
    Year(),
    Month(),
    Date(),
    Integer("家", 0, 9),
    FREE,
    MONEY,
    Percent(),
    YesNo(),
    Image(),
    Reference("works/list"),
]


@given(st.sampled_from(KINDS).flatmap(lambda k: st.tuples(st.just(k), plans.values(PACK, k))))
def test_that_a_checked_value_stays_as_it_is_and_reads_back_from_its_words(pair):
    kind, value = pair

    assert check_value(PACK, kind, value) == value
    if not isinstance(kind, Image | Narrative | FREE.__class__ | Money | Percent):
        assert read_value(PACK, kind, word(PACK, kind, value)) == value


def test_that_every_kind_can_be_named():
    assert len({describe_kind(kind) for kind in KINDS}) == len(KINDS)
    assert [unit_of(kind) for kind in (FREE, Percent(), Text())] == ["km²", "%", ""]
    assert is_numeric(MONEY)
    assert not is_numeric(Year())


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("2.345", 2, "2.35"),
        ("2.344", 2, "2.34"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("-2.345", 2, "-2.35"),
        ("1.50", 2, "1.50"),
        ("1.5", 2, "1.5"),
        ("100", 2, "100"),
        ("1E+3", 2, "1000"),
        ("-0.001", 2, "0.00"),
        ("-0", 2, "0"),
        ("0.005", 2, "0.01"),
        ("999999999999999999999999999999.995", 2, "1000000000000000000000000000000.00"),
    ],
)
def test_that_figures_are_rounded_half_up_and_never_padded(value, decimals, text):
    assert figure_text(Decimal(value), decimals) == text


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_that_rounding_is_never_off_by_more_than_half_a_digit(units, decimals):
    value = Decimal(units) / 100000
    shown = Decimal(figure_text(value, decimals))

    assert abs(shown - value) <= Decimal(5).scaleb(-decimals - 1)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "是"),
        (YearMonth(2026, 3), "2026年3月"),
        (date(2026, 3, 5), "2026年3月5日"),
        (plans.PICTURE, "平面图.png"),
        (("甲", "乙"), "甲、乙"),
        (Decimal("1.20"), "1.20"),
        (7, "7"),
    ],
)
def test_that_values_are_worded_as_people_write_them(value, text):
    assert plain_words(value) == text


def test_that_options_are_worded_by_their_labels():
    assert word(PACK, Choice("level"), "province") == "省级"
    assert word(PACK, Choice("level"), "gone") == "gone"
    assert word(PACK, Choices("task"), ("layout", "carbon")) == "优化布局、节能降碳"
    assert word(PACK, Choices("task"), "carbon") == "节能降碳"
    assert word(PACK, Integer(), Decimal("2.6")) == "3"
    assert word(PACK, FREE, None) == ""
