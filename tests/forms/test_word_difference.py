"""Two texts compared by words, as somebody who reads them would mark the changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.word_difference import Fate, word_difference, words_of

TEXTS = st.text(st.sampled_from("园区循环化改造2023年12.5万元。；\nGDP %a"), max_size=60)


def marked(before: str, after: str) -> str:
    """The difference as text: [-went-] {+came+}."""
    signs = {Fate.SAME: "{}", Fate.REMOVED: "[-{}-]", Fate.ADDED: "{{+{}+}}"}
    return "".join(signs[each.fate].format(each.text) for each in word_difference(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("园区循环化改造", "园区绿色循环化改造", "园区{+绿色+}循环化改造"),
        ("投资1200万元。", "投资1250万元。", "投资[-1200万元-]{+1250万元+}。"),
        ("能耗 0.9 tce", "能耗 0.85 tce", "能耗 [-0.9 tce-]{+0.85 tce+}"),
        ("比例为85%，", "比例为91%，", "比例为[-85%-]{+91%+}，"),
        ("the plant runs", "the plants run", "the [-plant runs-]{+plants run+}"),
        ("一。二。三。", "一。三。", "一。[-二。-]三。"),
        ("第一段\n第二段", "第一段\n\n第二段", "第一段\n{+\n+}第二段"),
        ("", "新写的", "{+新写的+}"),
        ("旧的", "", "[-旧的-]"),
        ("相同", "相同", "相同"),
    ],
)
def test_that_changes_are_marked_by_words(before, after, expected):
    assert marked(before, after) == expected


def test_that_a_lone_character_both_texts_share_is_no_island():
    assert marked("甲的乙丙丁", "戊的己丙丁") == "[-甲的乙-]{+戊的己+}丙丁"


def test_that_numbers_keep_their_units_and_han_stands_alone():
    words = words_of("总投资12.5亿元，GDP增3.2个百分点")
    assert words == ["总", "投", "资", "12.5亿元", "，", "GDP", "增", "3.2个百分点"]


@given(TEXTS, TEXTS)
def test_that_both_texts_can_be_read_out_of_the_pieces(before, after):
    pieces = word_difference(before, after)

    assert "".join(p.text for p in pieces if p.fate is not Fate.ADDED) == before
    assert "".join(p.text for p in pieces if p.fate is not Fate.REMOVED) == after
    assert before != after or all(each.fate is Fate.SAME for each in pieces)
    assert all(each.text for each in pieces)


def test_that_long_texts_are_compared_too():
    long = "".join(f"第{n}句说明园区的现状。" for n in range(5000))
    changed = long.replace("第2500句", "第二千五百句")

    assert marked(long, changed).count("[-") == 1
    assert marked("甲" * 9000, "乙" * 9000) == f"[-{'甲' * 9000}-]{{+{'乙' * 9000}+}}"
