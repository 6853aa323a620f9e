"""Prose: a few marks at the start of a line mean something; every other character is printed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.narrative import (
    ProseHeading,
    ProseList,
    ProseParagraph,
    ProsePicture,
    ProseTable,
    plain_prose,
    prose_length,
    read_prose,
)
from forms.picture_marks import PictureMark

SHA = "ab" * 32


def kept(text: str) -> str:
    """All characters of the blocks."""
    return "".join(plain_prose(text).split())


@pytest.mark.parametrize(
    "line",
    [
        "<b>粗</b>",
        "*强调*",
        "* 星号开头",
        "_下划线_",
        "2023年用水",
        "2023. 年初",
        "3. 单独的第三条",
        "1)右括号",
        "1) 右括号",
        "1.没有空格",
        "- ",
        "-没有空格",
        "#没有空格",
        "#",
        "> 引用",
        "```",
        "---",
        "===",
        "&amp;",
        "\\*",
        "[a](b)",
        "[a]: http://b",
        "![图](abc)",
        "a|b",
        "-|-",
        "| 没有横线",
        "<!-- 注 -->",
        "$x$",
        "{{water/supply|万m³}}",
        "~~删~~",
        "+ 加号",
        "http://a.b",
        "1.5. 节",
    ],
)
def test_that_a_line_without_a_mark_is_a_paragraph_as_it_stands(line):
    assert read_prose(line) == (ProseParagraph(line.strip()),)


def test_that_each_line_is_a_paragraph_of_its_own():
    assert read_prose("　　第一段\n第二段\n\n  第三段") == tuple(
        ProseParagraph(text) for text in ("第一段", "第二段", "第三段")
    )


def test_that_marks_at_the_start_of_a_line_mean_headings_and_lists():
    text = "# 总论\n## 细节 #\n### 更细\n- 一\n- 二\n说明\n1. 甲\n2. 乙"

    assert read_prose(text) == (
        ProseHeading(1, "总论"),
        ProseHeading(2, "细节 #"),
        ProseHeading(2, "更细"),
        ProseList(("一", "二"), ordered=False),
        ProseParagraph("说明"),
        ProseList(("甲", "乙"), ordered=True),
    )


def test_that_a_number_that_does_not_count_on_stays_as_typed():
    assert read_prose("1. 甲\n说明\n2. 乙") == (
        ProseList(("甲",), ordered=True),
        ProseParagraph("说明"),
        ProseParagraph("2. 乙"),
    )
    assert read_prose("1. 甲\n\n2. 乙") == (ProseList(("甲", "乙"), ordered=True),)
    assert read_prose("1. 甲\n1. 乙")[1] == ProseList(("乙",), ordered=True)


def test_that_a_table_keeps_every_cell_even_those_too_many():
    text = "| 年 | 量 |\n|---|:-:|\n| 2023 | 1 | 多 |\n| a\\|b |\n说明"

    assert read_prose(text) == (
        ProseTable((("年", "量"), ("2023", "1", "多"), ("a|b",))),
        ProseParagraph("说明"),
    )


def test_that_a_picture_standing_alone_is_a_picture():
    assert read_prose(f"见下图\n![工艺流程]({SHA})\n完") == (
        ProseParagraph("见下图"),
        ProsePicture(PictureMark(SHA, "工艺流程")),
        ProseParagraph("完"),
    )
    assert read_prose(f"文中![图]({SHA})") == (ProseParagraph(f"文中![图]({SHA})"),)


def test_that_prose_in_a_cell_reads_without_marks():
    text = f"# 题\n段\n- 一\n\n1. 甲\n2. 乙\n\n| a | b |\n|---|---|\n| c | d |\n![图]({SHA})"

    assert plain_prose(text) == "题\n段\n- 一\n1. 甲\n2. 乙\na，b\nc，d\n（图：图）"
    assert plain_prose("") == ""


MARKS = re.compile(r"^\s*#{1,6}\s|^\s*\|?[\s:|-]+\|?\s*$|[|\\]", re.MULTILINE)
LINES = st.lists(
    st.text(st.sampled_from("甲乙#-*_<>|1.2 )(\\`&+~=[]!　"), max_size=12) | st.text(max_size=12),
    max_size=8,
).map("\n".join)


@given(LINES)
def test_that_every_character_typed_is_printed(text):
    printed = kept(text)
    for char in set(text):
        if not char.isspace() and char not in "#|-\\:":
            assert printed.count(char) >= text.count(char)


@given(LINES)
def test_that_any_text_at_all_can_be_read(text):
    for block in read_prose(text):
        assert block != ProseParagraph("")


def test_that_length_is_counted_without_blanks():
    assert prose_length("一 二\n　三") == 3
