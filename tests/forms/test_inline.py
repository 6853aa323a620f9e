"""Footnotes and references in prose: how they are stored, what is read, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.inline.footnotes import Footnote, notes_in
from forms.inline.marks import apart, marks_in, pieces_of, without_notes
from forms.inline.reading import filled, filled_prose
from forms.inline.references import Reference, references_in
from forms.live_figures import LiveFigure
from forms.narrative import ProseList, ProseParagraph, ProseTable, read_prose
from forms.view import evaluate
from tests.forms.plans import TEXTS, at, sample
from tests.packs.loading import small_pack

VIEW = evaluate(small_pack(), sample())
AREA = str(LiveFigure(at("overview/area")))
SIGNS = st.sampled_from([*"[]^\\{}@|#a、。 字", "\n", "{{", "}}", "^[", "𬭸"])
HOSTILE = st.lists(SIGNS, max_size=30).map("".join)
PLAIN = st.text(st.sampled_from([*"]\\a、。 字@{}^", "𬭸"]), max_size=12).filter(
    lambda text: "{{" not in text and not text.endswith(("{", "^", "\\"))
)
NAMES = st.sampled_from(
    [
        "energy",
        "energy/balance",
        "works/list#项目表",
        "maps/list/r1",
        "annex.works",
        "chapter.park",
    ]
)


@given(PLAIN, HOSTILE, PLAIN)
def test_that_a_footnote_comes_back_with_every_sign_of_its_text(before, text, after):
    stored = f"{before}{Footnote(text)}{after}"

    (found,) = notes_in(stored)
    assert found.note.text == " ".join(text.splitlines())
    assert (found.start, found.end) == (len(before), len(stored) - len(after))


@given(PLAIN, NAMES, PLAIN)
def test_that_a_reference_comes_back_as_it_was_written(before, name, after):
    stored = f"{before}{Reference(name)}{after}"

    (found,) = references_in(stored)
    assert found.reference == Reference(name)
    assert stored[found.start : found.end] == str(Reference(name))


@given(HOSTILE | TEXTS)
def test_that_nothing_of_a_text_is_lost_between_its_marks(text):
    pieces = [piece if isinstance(piece, str) else piece.source for piece in pieces_of(text)]

    assert "".join(pieces) == text


@given(HOSTILE | TEXTS)
def test_that_any_prose_can_be_read_and_every_place_is_stored_somewhere(text):
    prose = filled_prose(VIEW, text)

    filled(VIEW, text)
    read_prose(text)
    for place in range(len(prose.text)):
        start, end = prose.stored_span(place, place + 1)
        assert 0 <= start <= end <= len(text)
        touched = prose.touched(place, place + 1)
        if not touched and start + 1 == end:
            assert text[start:end] == prose.text[place]


@pytest.mark.parametrize(
    "text",
    [
        "^[没有写完",
        "单独的^和[方括号]",
        "^ [隔开]",
        "一行^[写到\n下一行]",
        "{{@没写完",
        "{@energy}",
    ],
)
def test_that_what_only_looks_like_a_mark_is_text(text):
    assert marks_in(text) == ()
    assert filled(VIEW, text) == text


def test_that_a_note_may_hold_brackets_a_figure_and_a_reference():
    stored = f"面积^[见〔2021〕[附件]，共{AREA}，见{{{{@water}}}}]如下。"

    (note,) = notes_in(stored)
    assert note.note.text == f"见〔2021〕[附件]，共{AREA}，见{{{{@water}}}}"
    assert filled(VIEW, stored) == "面积（注：见〔2021〕[附件]，共12.50 km²，见《水资源》）如下。"


def test_that_what_stands_in_a_note_belongs_to_the_note_alone():
    (mark,) = marks_in(f"用地^[共{AREA}]")

    assert mark.source == f"^[共{AREA}]"


def test_that_checks_read_a_note_as_a_line_of_its_own():
    stored = f"面积^[共{AREA}\\]]很大。\n下一段。"
    prose = filled_prose(VIEW, stored)

    assert prose.text == "面积很大。\n共12.50 km²]\n下一段。"
    start = prose.text.index("下一段")
    assert stored[slice(*prose.stored_span(start, start + 3))] == "下一段"
    start = prose.text.index("12.50")
    assert stored[slice(*prose.stored_span(start, start + 2))] == AREA
    start = prose.text.index("]")
    assert stored[slice(*prose.stored_span(start, start + 1))] == "\\]"


def test_that_the_words_around_a_note_are_one_sentence():
    assert without_notes("能耗^[2025年]下降^[含电力]。\n二^[三]") == "能耗下降。\n二"
    assert apart("能耗^[2025年]下降^[含电力]。\n二") == "能耗下降。\n2025年\n含电力\n二"


def test_that_marks_leave_the_shape_of_prose_alone():
    text = "- 甲^[一|二]\n- 乙\n| 项 | 数 |\n| --- | --- |\n| 丙^[三|四] | {{@water}} |\n^[独自]"

    assert read_prose(text) == (
        ProseList(("甲^[一|二]", "乙"), ordered=False),
        ProseTable((("项", "数"), ("丙^[三|四]", "{{@water}}"))),
        ProseParagraph("^[独自]"),
    )


def test_that_many_open_brackets_are_read_quickly():
    assert notes_in("^[" * 50_000) == ()
