"""Words are found in every text of the plan as people read them, and replaced where they may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.address import parse_address
from forms.edits import AddRow, apply_edits, seed_answers, set_from_text
from forms.loading import load_pack
from forms.searching import Wanted, find_in_plan, replacing
from forms.view import evaluate

PACK = load_pack(Path(__file__).parents[1] / "ui" / "sample_pack")
IDEA = "kinds/idea"


def plan(**texts):
    given = {key.replace("__", "/"): text for key, text in texts.items()}
    rows = [AddRow(parse_address("works/list"), "p1")] if any("p1" in key for key in given) else []
    edits = [set_from_text(PACK, parse_address(key), text) for key, text in given.items()]
    return evaluate(PACK, apply_edits(PACK, seed_answers(PACK), (*rows, *edits), "准备").answers)


def found(view, words, **options):
    return find_in_plan(view, Wanted(words, **options), lambda mark: "12.3亿元")


def replaced(view, words, by):
    return [edit.value for edit in replacing(view, found(view, words), by)]


def test_that_fields_prose_and_rows_are_searched_in_the_order_of_the_plan():
    view = plan(
        works__list__p1__name="青湖", kinds__idea="青湖园区\n- 青湖", kinds__title="青湖方案"
    )
    places = [str(hit.address) for hit in found(view, "青湖")]

    assert sorted(set(places)) == ["kinds/idea", "kinds/title", "works/list/p1/name"]
    assert len(places) == 4
    sections = [place.split("/")[0] for place in places]
    assert sections == sorted(sections, key=[s.key for s in PACK.sections()].index)


def test_that_each_place_is_told_with_the_words_around_it():
    (hit,) = found(plan(kinds__idea="前\n# 甲乙丙丁\n后"), "乙丙")

    assert (hit.before, hit.words, hit.after) == ("甲", "乙丙", "丁")


@pytest.mark.parametrize("words", ["#", "-", "|", "1.", "0000"])
def test_that_marks_of_shapes_are_no_words(words):
    text = "# 甲\n- 乙\n1. 丙\n| 丁 | 戊 |\n|---|---|\n![图](" + "0" * 64 + ")"

    assert found(plan(kinds__idea=text), words) == ()


def test_that_case_and_width_are_alike_unless_they_are_minded():
    view = plan(kinds__idea="CO2和ｃｏ２和co2")

    assert len(found(view, "co2")) == 3
    assert len(found(view, "co2", minds_width=True)) == 2
    assert len(found(view, "co2", minds_case=True)) == 2
    assert len(found(view, "co2", minds_case=True, minds_width=True)) == 1


def test_that_what_a_figure_shows_is_found_and_never_replaced():
    view = plan(kinds__idea="产值{{kinds/output|亿元,1}}，共12.3亿元")

    assert [hit.fixed for hit in found(view, "12.3")] == [True, False]
    assert replaced(view, "12.3", "9") == ["产值{{kinds/output|亿元,1}}，共9亿元"]


def test_that_replacing_keeps_every_shape():
    text = (
        " #  甲园\n- 园甲\n| 园 | a |\n|---|---|\n| 园园 | {{kinds/area|亩}} |\n![园]("
        + "0" * 64
        + ")"
    )
    (new,) = replaced(plan(kinds__idea=text), "园", "[|]")
    assert new == text.replace("| 园 |", "| [\\|] |").replace("园园", "[\\|][\\|]").replace(
        "![园]", "![【|】]"
    ).replace("甲园", "甲[|]").replace("园甲", "[|]甲")


def test_that_a_text_replaced_by_nothing_is_empty():
    assert replaced(plan(kinds__idea="园"), "园", "") == [None]
