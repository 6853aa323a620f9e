"""Footnotes and references on paper: what hangs on which run, and that every label is right."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporters.compose import compose
from exporters.compose.source import Source
from exporters.compose.volume import compose_volumes, numbers_of
from exporters.document import (
    Document,
    DrawnFigure,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Run,
    Table,
    outline,
)
from exporters.order import PrintOrder
from exporters.xlsx import workbook
from forms.inline.references import Reference
from forms.schema import AnnexContent
from forms.targets import named, targets
from forms.view import PlanView, evaluate
from tests.exporters.compose import filling
from tests.forms import plans
from tests.packs.loading import small_pack

PACK = small_pack()
MADE = {f"annex.{annex.key}" for annex in PACK.annexes if annex.content is not AnnexContent.ITEMS}


def view(**typed: str) -> PlanView:
    texts = plans.TYPED | {key.replace("__", "/"): text for key, text in typed.items()}
    return evaluate(PACK, plans.plan(typed=texts))


def made(text: str, **typed: str) -> Document:
    return compose(view(water__note=text, **typed), filling.pictures)


def runs(document: Document) -> list[Run]:
    found: list[Run] = []
    for block in document.blocks():
        if isinstance(block, Paragraph):
            found += block.runs
        elif isinstance(block, ListBlock):
            found += [run for item in block.items for run in item]
    return found


def anchors(document: Document) -> dict[str, str]:
    """What is printed at each anchor."""
    found: dict[str, str] = {}
    for block in document.blocks():
        if isinstance(block, Heading):
            found[block.anchor] = block.number.strip("　")
        elif isinstance(block, Table | Figure | DrawnFigure) and block.caption:
            found[block.caption.anchor] = block.caption.label
    return found


def said(document: Document, words: str) -> str:
    return next(
        block.text
        for block in document.blocks()
        if isinstance(block, Paragraph) and words in block.text
    )


def test_that_a_footnote_hangs_on_the_words_before_it():
    document = made("用水^[面积{{overview/area}}]较多，^[二]用电^[三]。")
    notes = [(run.text, run.note) for run in runs(document) if run.note]

    assert notes == [("用水", "面积12.50 km²"), ("较多，", "二"), ("用电", "三")]
    assert said(document, "较多") == "用水较多，用电。"


def test_that_two_notes_at_one_place_and_one_alone_are_all_printed():
    document = made("甲^[一]^[二]\n^[三]\n- 乙^[四]")

    assert [run.note for run in runs(document) if run.note] == ["一", "二", "三", "四"]


def test_that_a_note_behind_a_live_figure_leaves_its_mark_alone():
    (run,) = [run for run in runs(made("面积{{overview/area}}^[注]。")) if run.note]

    assert (run.text, run.live) == ("12.50 km²", "{{overview/area}}")


def test_that_in_headings_and_tables_a_note_stands_in_brackets():
    document = made("# 用水^[甲]\n| 项^[乙] | 数 |\n| --- | --- |\n| 丙 | 丁 |")

    assert [h.text for h in document.headings() if "用水" in h.text] == ["用水（注：甲）"]
    assert "项（注：乙）" in outline(document)


def test_that_a_reference_prints_the_label_and_leads_to_it_also_forward():
    document = made("见{{@works}}、{{@works/list}}、{{@water/supply}}和{{@chapter.projects}}。")
    linked = [(run.text, run.target) for run in runs(document) if run.target]
    there = anchors(document)

    assert said(document, "见二").startswith("见二、（一）、附表2-1、附表1和第二章。")
    assert {target for _, target in linked} <= set(there)
    assert all(
        there[target] in text or text == "第二章" or text.endswith(there[target])
        for text, target in linked
    )


def test_that_every_label_composed_is_printed_at_its_anchor():
    document = made("无。")
    there = anchors(document)

    for numbered in document.numbered:
        printed = there[numbered.anchor]
        if numbered.name.startswith("chapter.") or numbered.label.startswith("第"):
            continue
        assert numbered.label.endswith(printed.rstrip(".")), numbered


def test_that_a_reference_to_nothing_prints_what_nobody_overlooks():
    assert "见【引用缺失：方案中没有“nowhere”】。" in outline(made("见{{@nowhere}}。"))


def test_that_a_reference_in_a_cell_and_in_a_note_prints_the_label():
    document = made("用水^[见{{@water/supply}}]。", works__list__p1__content="见{{@water}}。")

    assert [run.note for run in runs(document) if run.note] == ["见附表1"]
    assert "见一、（二）。" in outline(document)


def test_that_sentences_on_annexes_lead_to_the_heading_of_the_annex():
    document = made("无。")
    there = anchors(document)
    seen = [run for run in runs(document) if run.target]

    assert seen
    assert all(there[run.target] == run.text for run in seen)


def test_that_the_second_composition_takes_the_labels_of_the_first():
    plan = view(water__note="见{{@works}}。")
    first = compose(plan, filling.pictures)

    assert compose(plan, filling.pictures, before=first) == first


def test_that_annexes_in_another_volume_are_named_with_it_and_not_linked():
    order = PrintOrder(annex_volume=True)
    source = Source(
        view(water__note="见{{@works}}和{{@water/supply}}^[{{@annex.works}}]。"), filling.pictures
    )
    plan, _ = compose_volumes(source, order)
    found = runs(plan.document)

    assert "见二、（一）和附件册附表1" in said(plan.document, "见二")
    assert [run.note for run in found if run.note] == ["附件册附表2"]
    assert {run.target for run in found if run.target} <= set(anchors(plan.document))


def test_that_what_is_left_out_is_named_by_its_title():
    order = PrintOrder(left_out=frozenset(("附表",)))
    source = Source(
        view(water__note="见{{@water/supply}}、{{@annex.works}}和{{@works}}。"), filling.pictures
    )
    (plan,) = compose_volumes(source, order)

    assert said(plan.document, "见《").startswith("见《用水情况》、附表2（本册未附）和二、（一）。")


def test_that_a_workbook_is_made_of_a_document_with_marks():
    assert workbook(made("用水^[甲]见{{@works}}。"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(plans.edits(), max_size=12), st.booleans())
def test_that_what_may_be_named_is_what_is_printed(chain, is_filled):
    """The checks and paper agree on what a reference can lead to, in any plan."""
    start = plans.plan(typed=plans.TYPED) if is_filled else plans.plan(typed={})
    plan = evaluate(PACK, plans.applied(start, chain))
    document = compose(plan, filling.pictures)
    printed = {one.name for one in document.numbered}
    assert {(one.name, one.label) for one in numbers_of(plan)} == {
        (one.name, one.label) for one in document.numbered
    }

    for target in targets(plan):
        assert target.name in printed or target.name in MADE, target
    for name in printed:
        section = PACK.index.sections.get(name.split("/")[0])
        if section is None or section.place.value == "body":
            assert named(plan, Reference(name)).fault == "", name
