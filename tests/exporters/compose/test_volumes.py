"""Print orders: pieces, volumes, sides of the leaf; nothing is printed twice and nothing lost."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.making import sample_plan
from exporters.compose.pieces import pieces, workbook_names
from exporters.compose.source import Source
from exporters.compose.volume import ANNEX_VOLUME, Volume, compose_volumes
from exporters.document import (
    Contents,
    Document,
    Heading,
    ListBlock,
    PageBreak,
    PageMap,
    Paragraph,
    PartRole,
    PartStart,
    Run,
    SealBox,
    Table,
    TextRole,
)
from exporters.errors import ExportError
from exporters.order import PrintOrder
from forms.answers import Answers
from forms.loading import open_pack
from forms.view import evaluate
from tests.exporters.compose import filling, printed
from tests.forms import plans
from tests.packs.loading import REAL, small_pack

PACK = small_pack()
VIEW = evaluate(PACK, plans.sample())
FULL = evaluate(PACK, filling.fill(PACK, filling.variants(PACK)[0]).answers)
PIECES = ("封面与扉页", "承诺与编制说明", "正文", "附表", "附图")


def volumes(view=VIEW, pages=None, **order) -> tuple[Volume, ...]:
    return compose_volumes(Source(view, filling.pictures), PrintOrder(**order), pages)


def main(view=VIEW, **order) -> Document:
    return volumes(view, **order)[0].document


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks() if isinstance(block, Paragraph)]


def runs(document: Document) -> list[Run]:
    found = []
    for block in document.blocks():
        if isinstance(block, Paragraph):
            found += block.runs
        elif isinstance(block, ListBlock):
            found += [run for item in block.items for run in item]
    return found


def chapters(document: Document) -> list[str]:
    return [h.number + h.text for h in document.headings() if h.level == 1]


def tokens(made: tuple[Volume, ...]) -> Counter[str]:
    """How often each filled value stands in the volumes, contents and lists left out."""
    found: Counter[str] = Counter()
    for volume in made:
        found += Counter(printed.tokens_of(volume.document))
        found -= printed.tokens_in_contents(volume.document)
    return found


ALONE = {
    name: tokens(volumes(FULL, left_out=frozenset(each for each in PIECES if each != name)))
    for name in PIECES
}
COVER = Counter(
    token
    for block in main(FULL).parts[0].blocks
    if isinstance(block, Paragraph)
    for token in printed.TOKEN.findall(block.text)
)

ORDERS = st.builds(
    PrintOrder,
    left_out=st.frozensets(st.sampled_from(PIECES)).filter(lambda left: len(left) < len(PIECES)),
    watermark=st.sampled_from(("", "送审稿")),
    duplex=st.booleans(),
    annex_volume=st.booleans(),
    charts_as_pictures=st.booleans(),
)


def test_that_a_plan_offers_the_pieces_it_has():
    assert pieces(FULL) == PIECES
    assert "附图" not in pieces(evaluate(PACK, Answers()))


def test_that_a_pack_says_which_workbooks_there_are():
    pack = open_pack(REAL.name)
    view = evaluate(pack, filling.fill(pack, filling.variants(pack)[0]).answers)

    assert workbook_names(view) == ("重点项目", "预期成效指标")
    assert workbook_names(VIEW) == ()


@given(ORDERS)
@settings(max_examples=60, deadline=None)
def test_that_every_filled_field_is_printed_as_often_as_its_pieces_say(order):
    made = compose_volumes(Source(FULL, filling.pictures), order)
    expected: Counter[str] = Counter()
    for name in PIECES:
        if name not in order.left_out:
            expected += ALONE[name]
    if len(made) > 1 and "封面与扉页" not in order.left_out:
        expected += COVER  # the second volume has the cover too

    assert tokens(made) == expected


@given(ORDERS)
@settings(max_examples=60, deadline=None)
def test_that_no_reference_leads_out_of_its_volume(order):
    for volume in compose_volumes(Source(FULL, filling.pictures), order):
        document = volume.document
        known = {heading.anchor for heading in document.headings()}
        known |= {caption.anchor for _, caption in document.captions()}

        assert {run.target for run in runs(document)} - {""} <= known
        assert document.watermark == order.watermark


@given(ORDERS)
@settings(max_examples=40, deadline=None)
def test_that_the_volumes_of_an_order_share_no_anchor(order):
    made = compose_volumes(Source(FULL, filling.pictures), order)
    anchors = [
        anchor
        for volume in made
        for anchor in (
            *(heading.anchor for heading in volume.document.headings()),
            *(caption.anchor for _, caption in volume.document.captions()),
        )
    ]

    assert len(anchors) == len(set(anchors))


def test_that_a_piece_left_out_is_out_of_the_contents_too():
    kept = main(left_out=frozenset({"附表"}))
    listed = [
        entry
        for block in kept.blocks()
        if isinstance(block, Contents)
        for entry in printed.entries(block, kept)
    ]

    assert not any(entry.startswith("附表") for entry in listed)
    assert any(entry.startswith("附图1") for entry in listed)
    assert "《用水情况》见附表1（本册未附）。" in lines(kept)


def test_that_annexes_printed_without_the_chapters_leave_the_pages_of_these_open():
    counted = PageMap((("s1", "1"),))
    alone = volumes(pages=counted, left_out=frozenset(PIECES) - {"附表"})[0].document
    (answers,) = (
        block
        for block in alone.blocks()
        if isinstance(block, Table) and block.head[0].cells[1].text == "条款"
    )

    assert answers.body
    assert {row.cells[-1].text for row in answers.body} == {""}


def test_that_labels_stay_whatever_is_left_out():
    assert chapters(main(left_out=frozenset({"正文", "附表"}))) == ["附图1　附图"]
    assert chapters(main(left_out=frozenset(PIECES) - {"附表"})) == [
        "附表1　水平衡表",
        "附表2　项目汇总表",
        "附表3　条文响应表",
    ]


def test_that_an_order_of_nothing_says_what_to_do():
    with pytest.raises(ExportError, match="至少选一项"):
        volumes(left_out=frozenset(PIECES))


def test_that_a_reference_leads_to_its_annex():
    targets = {run.text: run.target for run in runs(main()) if run.target}
    anchors = {h.number.strip(): h.anchor for h in main().headings()}

    assert targets == {label: anchors[label] for label in ("附表1", "附表2")}


def test_that_the_annexes_can_be_bound_apart():
    first, second = volumes(annex_volume=True)

    assert (first.title, second.title) == ("", ANNEX_VOLUME)
    assert chapters(first.document) == ["一、园区基本情况", "二、主要项目", "三、预期成效"]
    assert chapters(second.document)[0] == "附表1　水平衡表"
    assert "《用水情况》见附件册附表1。" in lines(first.document)
    assert "附表、附图另册装订，见附件册。" in lines(first.document)
    assert second.document.title == "青湖园区“试点”方案附件册"
    cover = second.document.parts[0]
    assert cover.role is PartRole.COVER
    assert [b.text for b in cover.blocks if isinstance(b, Paragraph)] == [
        "青湖园区“试点”方案",
        "附件册（省级）",
        "青湖管委会",
        "2026年6月",
    ]
    assert isinstance(second.document.parts[1].blocks[0], Contents)


def test_that_chapters_and_annexes_start_on_odd_pages_of_a_volume_printed_on_both_sides():
    document = main(duplex=True)

    assert {part.start for part in document.parts} == {PartStart.ODD}
    for part in document.parts:
        firsts = [b for b in part.blocks if isinstance(b, Heading) and b.level == 1]
        if part.role in (PartRole.BODY, PartRole.ANNEX):
            assert firsts == [part.blocks[0]]
    assert {part.start for part in main().parts} == {PartStart.NEXT}


def test_that_duplex_changes_nothing_but_where_things_start():
    def flat(document: Document) -> list[object]:
        return [b for b in document.blocks() if not isinstance(b, PageBreak)]

    assert flat(main(duplex=True)) == flat(main())


def test_that_clauses_of_the_annex_volume_name_pages_of_the_body():
    first, _ = volumes(annex_volume=True)
    pages = PageMap(
        tuple((h.anchor, str(n)) for n, h in enumerate(first.document.headings(), 10)), 9
    )
    _, second = volumes(pages=pages, annex_volume=True)
    table = [block for block in second.document.blocks() if isinstance(block, Table)][-1]

    assert table.head[0].cells[-1].text == "正文页码"
    assert [row.cells[-1].text for row in table.body] == ["11", _page(first.document, "重点项目")]


def _page(document: Document, text: str) -> str:
    return str(next(n for n, h in enumerate(document.headings(), 10) if h.text == text))


def test_that_the_real_pack_has_a_title_page_a_sealed_pledge_and_lists():
    pack = open_pack(REAL.name)
    view = evaluate(pack, filling.fill(pack, filling.variants(pack)[0]).answers)
    document = main(view)
    covers = [part for part in document.parts if part.role is PartRole.COVER]
    title_page = [b.text for b in covers[1].blocks if isinstance(b, Paragraph)]

    assert covers[1].blocks[0].role is TextRole.FRONT_TITLE  # type: ignore[union-attr]
    assert [line.partition("：")[0] for line in title_page[1:]] == [
        "编制单位",
        "咨询单位",
        "编制年月",
        "项目负责人",
        "联系人",
        "联系电话",
        "编制人员",
    ]
    assert any(isinstance(block, Table) for block in covers[1].blocks)
    front = [part for part in document.parts if part.role is PartRole.FRONT]
    assert sum(isinstance(block, SealBox) for part in front for block in part.blocks) == 1
    assert [b.title for b in front[-1].blocks if isinstance(b, Contents)] == [
        "目录",
        "表目录",
        "图目录",
    ]
    assert not any(isinstance(block, Heading) for part in front for block in part.blocks)


def test_that_a_seal_stands_between_who_signs_and_the_lines_to_sign():
    pledge = main().parts[1].blocks
    at = next(n for n, block in enumerate(pledge) if isinstance(block, SealBox))

    assert [b.text for b in pledge[at - 1 : at + 3] if isinstance(b, Paragraph)] == [
        "编制单位：青湖管委会",
        "负责人（签字）：" + "　" * 8,
        "日期：　　　年　　月　　日",
    ]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("青湖园区循环化改造实施方案", ["青湖园区循环化改造实施方案"]),
        ("青湖园区国家级循环化改造试点实施方案", ["青湖园区", "国家级循环化改造试点实施方案"]),
        (
            "青湖园区国家级循环化改造实施方案（2026—2030年）",
            ["青湖园区", "国家级循环化改造实施方案", "（2026—2030年）"],
        ),
        ("某某省国家级园区循环化改造试点实施方案", ["某某省国家级园区循环化改造试点实施方案"]),
    ],
)
def test_that_a_long_title_is_broken_where_it_makes_sense(title, lines):
    typed = plans.TYPED | {"cover/plan_title": title}
    cover = main(evaluate(PACK, plans.plan(typed=typed))).parts[0].blocks[0]

    assert isinstance(cover, Paragraph)
    assert cover.text.split("\n") == lines


def test_that_a_project_has_one_number_in_all_tables_of_projects():
    pack = open_pack(REAL.name)
    document = main(evaluate(pack, sample_plan().answers))
    numbers: dict[str, set[str]] = {}
    tables = [block for block in document.blocks() if isinstance(block, Table)]
    projects = [t for t in tables if any(row.key.startswith("p") for row in t.body)]
    for table in projects:
        if table.head[0].cells[0].text == "序号":
            for row in table.body:
                if row.key:
                    numbers.setdefault(row.key, set()).add(row.cells[0].text)

    assert len(numbers) > 10
    assert {key: found for key, found in numbers.items() if len(found) > 1} == {}
