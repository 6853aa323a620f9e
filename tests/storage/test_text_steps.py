"""Steps from one text to another: they lead there, are few, and distant edits stay apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storage.text_steps import text_steps

TEXTS = st.text(st.sampled_from("园区。；\nabc"), max_size=900)


@given(TEXTS, TEXTS, st.integers(1, 4))
def test_that_the_steps_lead_from_one_text_to_the_other(before, after, most):
    steps = text_steps(before, after, most)

    assert (steps[0], steps[-1]) == (before, after)
    assert 2 <= len(steps) <= most + 1


def test_that_two_distant_edits_are_a_step_each():
    text = "".join(f"第{n}句写园区的现状。" for n in range(200))
    after = text.replace("第3句", "第三句").replace("第190句", "第一百九十句")

    steps = text_steps(text, after, 5)

    assert steps == [text, text.replace("第3句", "第三句"), after]
    assert text_steps(text, after, 1) == [text, after]


def test_that_near_edits_are_one_step():
    text = "".join(f"第{n}句写园区的现状。" for n in range(200))

    assert len(text_steps(text, text.replace("第3句", "三").replace("第5句", "五"), 5)) == 2
