"""Texts searched as one: every text gives what it would have given alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.joined import JoinedTexts, texts_of

PATTERNS = [
    re.compile(pattern)
    for pattern in (
        "其中",
        "其中|到",
        r"[×÷]\s*([0-9]+)(?![0-9.])",
        r"(?<![0-9])[0-9]+",
        "a[^b]*b",
        "a.{0,3}?[0-9]",
        "[ \n]+其",
    )
]
VALUES = st.lists(
    st.none() | st.integers(0, 9) | st.text("ab其中到×÷ 019.\n", max_size=12), max_size=8
)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern)
@given(values=VALUES)
def test_that_a_pattern_is_found_in_the_same_texts_as_one_by_one(pattern, values):
    texts = texts_of(values)
    assert texts == [value if isinstance(value, str) else "" for value in values]
    assert list(JoinedTexts(texts).holding(pattern)) == [
        number for number, text in enumerate(texts) if pattern.search(text)
    ]


@given(VALUES, st.lists(st.sampled_from(["其中", "到", "a", "中到", "01"]), max_size=3))
def test_that_words_are_found_in_the_same_texts_as_one_by_one(values, words):
    assert JoinedTexts(texts_of(values)).with_any(words) == {
        number
        for number, text in enumerate(texts_of(values))
        if any(word in text for word in words)
    }
