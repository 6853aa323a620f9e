"""Lines end where an office program ends them: what belongs together stays, marks begin no line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.docx.breaking import SetText

BODY, CLOSER = 320, -5  # 三号 and what brings 28 characters into a line, in twips
MEASURE = 8844


def lines(text: str, characters: int, *, hangs: bool = True) -> list[str]:
    set_text = SetText(text, 200, hangs=hangs)
    room = characters * 200 + 50
    return [text[start:end] for start, end in set_text.lines(room, room)]


def test_that_28_characters_of_body_text_fill_a_line():
    text = "园" * 60
    ends = [end for _, end in SetText(text, BODY, CLOSER).lines(MEASURE - 2 * BODY, MEASURE)]
    assert ends == [26, 54, 60]


def test_that_one_stop_hangs_outside_but_not_in_a_table():
    assert lines("园区循环。改造", 4) == ["园区循环。", "改造"]
    assert lines("园区循环。改造", 4, hangs=False) == ["园区循", "环。改造"]


def test_that_a_quotation_mark_draws_the_stop_and_its_character_down():
    assert lines("园区循环。”改造", 4) == ["园区循", "环。”改", "造"]


def test_that_an_opening_mark_does_not_end_a_line():
    assert lines("园区循（环化）", 4) == ["园区循", "（环化）"]


@pytest.mark.parametrize("word", ["300MW", "12.5%", "kWh", "9704"])
def test_that_a_word_or_number_moves_as_a_whole(word):
    assert lines(f"园区循{word}改造", 4)[0] == "园区循"


def test_that_a_stop_after_a_number_takes_the_number_along():
    assert lines("园区循12.5%。改造", 5) == ["园区循", "12.5%。改", "造"]


def test_that_a_hyphen_may_end_a_line_and_a_stroke_only_where_no_blank_is_near():
    assert (
        lines("园区循环9704-2012", 6)[0] == "园区循环9704-"[: len(lines("园区循环9704-2012", 6)[0])]
    )
    assert lines("园区能耗kWh/tce以上", 7)[0] == "园区能耗kWh/"
    assert lines("园区5 kWh/tce以上", 5)[0] == "园区5 "


def test_that_letters_stand_off_from_chinese():
    apart, together = SetText("园1区", 200), SetText("园（区", 200)
    assert apart.lines(570, 570) == [(0, 2), (2, 3)]
    assert together.lines(600, 600) == [(0, 3)]


@given(st.text("园区，。（）“”a1 %/-—", min_size=1, max_size=60), st.integers(1, 12))
def test_that_no_character_is_lost_and_every_line_has_some(text, characters):
    found = lines(text, characters)
    assert "".join(found) == text
    assert all(found)
