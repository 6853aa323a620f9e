"""Tidying changes what is untidy and nothing that means something."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.prose.tidying import tidy_line, tidy_prose


@pytest.mark.parametrize(
    ("untidy", "tidy"),
    [
        ("园区,产业;能源:水.", "园区，产业；能源：水。"),
        ("园区 循环化　改造", "园区循环化改造"),
        ("２０２５年ＧＤＰ达到１２．５％", "2025年GDP达到12.5%"),
        ("投资1,234.5万元,其中", "投资1,234.5万元，其中"),
        ("改造(一期)工程", "改造（一期）工程"),
        ("提高!为何?", "提高！为何？"),
        ("下设经发局, 规建局. GDP达到100亿元", "下设经发局，规建局。GDP达到100亿元"),
        ("成立于2012年,2021年升级;级别:A级", "成立于2012年，2021年升级；级别：A级"),
        ("共5户,其中规上3户,占60%.同比持平", "共5户，其中规上3户，占60%。同比持平"),
        ("产值{{kinds/output}},其中", "产值{{kinds/output}}，其中"),
        ("执行苏发改〔2021〕12号.", "执行苏发改〔2021〕12号。"),
    ],
)
def test_that_what_is_untidy_is_tidied(untidy, tidy):
    assert tidy_line(untidy) == tidy


@pytest.mark.parametrize(
    "text",
    [
        "投资1,234.5万元，其中",
        "见http://www.example.cn/a,b?c=1。",
        "联系a.b@park.cn",
        "发改环资〔2021〕1004号",
        "30 m³/d，CO2 与 pH 7.5",
        "产值{{kinds/output|亿元,2}}",
        "能耗^[注,释 文]",
        "Excel, Word",
        "时间8:30",
        "比例1:2",
        "见附件.docx和第3.2节",
        "2.园区概况",
    ],
)
def test_that_numbers_addresses_marks_and_latin_words_stay(text):
    assert tidy_line(text) == text


def test_that_shapes_and_tables_stay():
    text = "# 概况,甲\n1. 甲;乙\n| 甲,乙 |\n|---|\n| 1,2 |\n![图,一](" + "0" * 64 + ")"

    assert tidy_prose(text) == text.replace("概况,甲", "概况，甲").replace("甲;乙", "甲；乙")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="园区,.;: （）()12１　 a{}^[]〔〕#-|\n", max_size=40))
def test_that_tidying_twice_changes_nothing_more(text):
    once = tidy_prose(text)

    assert tidy_prose(once) == once


def test_that_tidying_is_one_step_of_undo(edit, write, stored, session):
    write("园区,一 期")
    edit.tidy_wanted.emit()
    assert stored() == "园区，一期"
    session.undo_stack.undo()

    assert stored() == "园区,一 期"
