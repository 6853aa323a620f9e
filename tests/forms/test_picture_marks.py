"""The mark of a picture: what differs from the usual stands in braces, and comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.encoding import EncodingError, decode, encode
from forms.narrative import ProseParagraph, ProsePicture, read_prose
from forms.picture_marks import PictureMark, read_mark, without_marks
from forms.picture_parts import picture_from_parts, picture_parts
from forms.prose_lines import LineKind, read_lines, write_lines
from forms.values import Cut, PaperWidth, Picture

ONE, OTHER = "a" * 64, "b" * 64
_SIDE = st.integers(1, 20_000)
CUTS = st.builds(Cut, st.just(OTHER), st.integers(0, 3), _SIDE, _SIDE, _SIDE, _SIDE)
WIDTHS = st.builds(PaperWidth, st.integers(10, 100), st.booleans())
CAPTIONS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="[]"))
MARKS = st.builds(PictureMark, st.just(ONE), CAPTIONS, st.none() | WIDTHS, st.none() | CUTS)


@given(MARKS)
def test_that_a_mark_reads_as_it_was_written(mark):
    assert read_mark(str(mark)) == mark
    (line,) = read_lines(str(mark))
    assert line.kind is LineKind.PICTURE
    assert write_lines([line]) == str(mark)


@given(st.none() | CUTS, st.none() | WIDTHS)
def test_that_a_picture_of_a_field_is_kept_with_its_original(cut, printed):
    picture = Picture(ONE, "图.png", "image/png", 8, 6, cut, printed)
    assert picture_from_parts(picture_parts(picture)) == picture
    assert decode(*encode(picture)) == picture


def test_that_a_picture_as_it_came_is_stored_as_before():
    """Row hashes of older plans stay what they are."""
    told = encode(Picture(ONE, "图.png", "image/png", 8, 6))[1]
    assert told == (
        '{"height": 6, "media_type": "image/png", "name": "图.png", '
        f'"sha256": "{ONE}", "width": 8}}'
    )
    assert str(PictureMark(ONE, "图")) == f"![图]({ONE})"


@pytest.mark.parametrize(
    "odd",
    [
        "{}",
        "{width=5mm}",
        "{width=101%}",
        "{width=80}",
        "{width=80mm }",
        f"{{from={OTHER} turn=45 crop=0,0,1,1}}",
        f"{{from={OTHER} turn=90 crop=0,0,0,1}}",
        f"{{from={OTHER} turn=90 crop=0,0,1}}",
        f"{{from={OTHER} turn=90 crop=0,0,1,1 x=1}}",
        "{onclick=1}",
        "{{x}}",
    ],
)
def test_that_an_odd_mark_is_text_letter_by_letter(odd):
    text = f"![图]({ONE}){odd}"
    assert read_mark(text) is None
    assert read_prose(text) == (ProseParagraph(text),)


def test_that_a_cut_picture_is_a_picture_of_the_narrative():
    text = f"![图]({ONE}){{width=50% from={OTHER} turn=90 crop=1,2,3,4}}"
    cut = Cut(OTHER, 1, 1, 2, 3, 4)
    mark = PictureMark(ONE, "图", PaperWidth(50, is_percent=True), cut)
    assert read_prose(text) == (ProsePicture(mark),)
    assert without_marks(f"甲{text}乙", "〔图：{0}〕") == "甲〔图：图〕乙"


@pytest.mark.parametrize("parts", ["[]", '{"sha256": 1}', '{"cut": {"turns": 9}}', "7", "nothing"])
def test_that_a_broken_record_is_told(parts):
    with pytest.raises(EncodingError):
        decode("picture", parts)
