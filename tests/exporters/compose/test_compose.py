"""How a plan becomes a volume: numbers, captions, annexes, totals, and what is left out."""

from __future__ import annotations

import itertools
import re

import pytest

from exporters.compose import compose
from exporters.compose.numbering import Numbers
from exporters.document import (
    Contents,
    Document,
    Figure,
    Heading,
    Orientation,
    PageMap,
    Paragraph,
    PartRole,
    RowRole,
    Table,
    TextRole,
)
from forms.answers import Answers
from forms.edits import SetValue, apply_edit
from forms.heading_numbers import chinese_number, heading_number
from forms.view import PlanView, evaluate
from tests.exporters.compose import filling, printed
from tests.forms import plans
from tests.forms.plans import PICTURE, at
from tests.packs.loading import small_pack

PACK = small_pack()


def view(**typed: str) -> PlanView:
    texts = plans.TYPED | {key.replace("__", "/"): text for key, text in typed.items()}
    return evaluate(PACK, plans.plan(typed=texts))


def made(**typed: str) -> Document:
    return compose(view(**typed), filling.pictures)


def tables(document: Document) -> dict[str, Table]:
    return {b.caption.text: b for b in document.blocks() if isinstance(b, Table) and b.caption}


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks() if isinstance(block, Paragraph)]


def rows(table: Table, role: RowRole) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.body if row.role is role]


@pytest.mark.parametrize(
    ("level", "number", "text"),
    [
        (1, 1, "一、"),
        (1, 10, "十、"),
        (1, 11, "十一、"),
        (2, 20, "（二十）"),
        (2, 21, "（二十一）"),
        (3, 3, "3."),
        (4, 12, "（12）"),
    ],
)
def test_that_headings_are_numbered_as_official_papers_are(level, number, text):
    assert heading_number(level, number) == text


def test_that_chinese_numbers_are_all_different():
    assert len({chinese_number(number) for number in range(1, 100)}) == 99


def test_that_a_heading_starts_the_count_below_it_anew():
    numbers = Numbers()
    made = [numbers.heading(level, "").number for level in (1, 2, 3, 4, 4, 3, 4, 2, 3, 1, 2)]

    assert made == [
        "一、",
        "（一）",
        "1.",
        "（1）",
        "（2）",
        "2.",
        "（1）",
        "（二）",
        "1.",
        "二、",
        "（一）",
    ]


def test_that_captions_are_counted_by_chapter_and_annex():
    numbers = Numbers()
    assert numbers.table("封面前") is None
    numbers.heading(1, "甲")
    labels = [numbers.table("").label, numbers.figure("").label, numbers.table("").label]  # type: ignore[union-attr]
    numbers.heading(1, "乙")
    labels.append(numbers.table("").label)  # type: ignore[union-attr]
    for annex in ("附表1", "附图1", "附件1"):
        numbers.annex(annex, "")
        labels += [numbers.table("").label, numbers.figure("").label]  # type: ignore[union-attr]

    assert labels == [
        "表1-1",
        "图1-1",
        "表1-2",
        "表2-1",
        "附表1-1",
        "附表1图-1",
        "附图1表-1",
        "附图1-1",
        "附件1表-1",
        "附件1-1",
    ]


def test_that_captions_and_headings_of_a_volume_are_each_met_once():
    document = compose(
        evaluate(PACK, filling.fill(PACK, filling.variants(PACK)[0]).answers), filling.pictures
    )
    blocks = list(document.blocks())
    captions = [b.caption for b in blocks if isinstance(b, Table | Figure) and b.caption]
    anchors = [c.anchor for c in captions] + [h.anchor for h in document.headings()]

    assert len({caption.label for caption in captions}) == len(captions)
    assert len(set(anchors)) == len(anchors)


def test_that_the_volume_is_bound_in_order():
    document = made()

    assert [part.role for part in document.parts] == [
        PartRole.COVER,
        PartRole.FRONT,
        PartRole.FRONT,
        PartRole.BODY,
        PartRole.ANNEX,
        PartRole.ANNEX,
        PartRole.ANNEX,
    ]
    assert [part.orientation for part in document.parts][4:] == [
        Orientation.PORTRAIT,
        Orientation.LANDSCAPE,
        Orientation.PORTRAIT,
    ]
    assert [b.title for b in document.parts[2].blocks if isinstance(b, Contents)] == [
        "目录",
        "表目录",
        "图目录",
    ]
    assert (document.title, document.author) == ("青湖园区“试点”方案", "青湖管委会")


def test_that_annexes_are_numbered_by_their_sort_and_only_when_they_are_printed():
    labels = [h.number.strip() for h in made().headings() if h.number.startswith("附")]
    few = [
        h.number.strip() for h in compose(evaluate(PACK, Answers()), filling.pictures).headings()
    ]

    assert labels == ["附表1", "附表2", "附图1", "附表3"]
    assert [label for label in few if label.startswith("附")] == ["附表1"]


def test_that_the_body_points_to_the_annex_of_what_it_leaves_out():
    assert "《用水情况》见附表1。" in lines(made())
    assert "《项目汇总》《任务归属》见附表2。" in lines(made())
    assert not any(
        "见附表" in line for line in lines(compose(evaluate(PACK, Answers()), filling.pictures))
    )


def test_that_what_is_hidden_on_screen_is_hidden_on_paper():
    shown, hidden = made(), made(period__with_text="否")

    assert "能源" in [h.text for h in shown.headings()]
    assert "能源" not in [h.text for h in hidden.headings()]
    assert "二〇〇三年设立。" in lines(shown)
    assert "二〇〇三年设立。" not in lines(hidden)
    assert "〔2025〕1号" not in "".join(
        t for t, _ in printed.all_texts(made(works__list__p1__approved="否"))
    )


def test_that_a_single_narrative_has_no_heading_of_its_own():
    assert "用水说明" not in [h.text for h in made(water__note="用水平稳。").headings()]
    assert {"区位", "沿革"} <= {h.text for h in made().headings()}


def test_that_totals_and_subtotals_add_up_and_groups_say_how_many():
    summary = tables(made())["项目汇总"]

    assert rows(summary, RowRole.GROUP) == [["高效利用、综合利用（1个）"], ["节能降碳（1个）"]]
    sums = rows(summary, RowRole.TOTAL)
    assert [row[1] for row in sums] == ["小计", "小计", "合计"]
    assert sums[-1][5:10] == ["300", "260", "40", "50", "50"]
    assert summary.body[0].cells[0].colspan == len(summary.columns)


def test_that_rows_without_a_group_are_printed_at_the_end():
    groups = rows(tables(made(works__list__p3__name="未定"))["项目汇总"], RowRole.GROUP)

    assert groups[-1] == ["未归类（1个）"]


def test_that_yearly_columns_stand_under_their_name():
    upper, lower = tables(made())["项目汇总"].head

    assert [(c.text, c.colspan, c.rowspan) for c in upper.cells][-3:] == [
        ("资金来源", 2, 1),
        ("年度投资（万元）", 2, 1),
        ("节能量（tce）", 1, 2),
    ]
    assert [c.text for c in lower.cells] == ["自筹（万元）", "贷款（万元）", "2026年", "2027年"]


def test_that_a_table_is_as_wide_as_its_columns():
    for table in tables(made()).values():
        width = len(table.columns)
        for row in table.body:
            assert sum(cell.colspan for cell in row.cells) == width
        assert sum(cell.colspan for cell in table.head[0].cells) == width


def test_that_long_texts_are_printed_row_by_row_under_the_name_of_the_row():
    document = made(works__list__p1__content="首段\n# 分题\n- 一")
    blocks = list(document.blocks())
    start = next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.text == "中水回用")

    assert (blocks[start].level, blocks[start].number) == (4, "（1）")  # type: ignore[union-attr]
    first, inner = blocks[start + 1 : start + 3]
    assert isinstance(first, Paragraph)
    assert [run.text for run in first.runs] == ["建设内容：", "首段"]
    assert isinstance(inner, Paragraph)
    assert inner.runs[0].strong  # a heading inside a row has no number
    assert "余热利用" not in [h.text for h in document.headings()]  # it has no long text


def test_that_the_numbers_of_rows_start_anew_in_an_annex():
    filled = filling.fill(PACK, filling.variants(PACK)[0])
    headings = list(compose(evaluate(PACK, filled.answers), filling.pictures).headings())
    for before, after in itertools.pairwise(headings):
        if after.level > before.level:
            assert re.sub("[^0-9一]", "", after.number) in ("1", "一"), (before, after)


def test_that_prose_in_a_cell_is_printed_without_its_marks():
    from forms.loading import open_pack
    from tests.packs.loading import REAL

    pack = open_pack(REAL.name)
    variant = filling.variants(pack)[-1]
    document = compose(evaluate(pack, filling.fill(pack, variant).answers), filling.pictures)
    cells = [
        c.text for b in document.blocks() if isinstance(b, Table) for r in b.body for c in r.cells
    ]

    assert not [text for text in cells if "| ---" in text or text.startswith("#") or "\n#" in text]


def test_that_pictures_are_figures_named_by_their_row():
    answers = apply_edit(PACK, plans.plan(), SetValue(at("overview/map"), PICTURE)).answers
    answers = apply_edit(PACK, answers, SetValue(at("maps/pictures/m1/picture"), PICTURE)).answers
    figures = [
        b
        for b in compose(evaluate(PACK, answers), filling.pictures).blocks()
        if isinstance(b, Figure)
    ]

    assert [(f.caption.label, f.caption.text, f.address) for f in figures] == [
        ("图1-1", "区位图", "overview/map"),
        ("附图1-1", "平面图", "maps/pictures/m1/picture"),
    ]
    assert figures[0].picture == filling.PICTURE_BYTES


def test_that_a_picture_still_to_come_is_named_all_the_same():
    assert "平面图（未附图片）　对应项目：中水回用　" in lines(made())


def test_that_a_picture_in_prose_is_drawn_or_said_to_be_missing():
    text = f"见图\n![工艺]({PICTURE.sha256})"
    answers = apply_edit(PACK, plans.plan(), SetValue(at("water/note"), text)).answers
    missing = compose(evaluate(PACK, answers), {}.__getitem__)
    held = apply_edit(PACK, answers, SetValue(at("overview/map"), PICTURE)).answers
    drawn = [
        b for b in compose(evaluate(PACK, held), filling.pictures).blocks() if isinstance(b, Figure)
    ]

    assert "（图片缺失：工艺）" in lines(missing)
    assert [(f.caption.label, f.caption.text) for f in drawn] == [
        ("图1-1", "区位图"),
        ("图1-3", "工艺"),  # behind the diagram of the pack
    ]


def test_that_signatures_are_left_blank_for_signing_by_hand():
    signed = [
        b.text for b in made().blocks() if isinstance(b, Paragraph) and b.role is TextRole.SIGNATURE
    ]
    dated = [
        b.text
        for b in made(pledge__day="2026-06-01", pledge__signer="陈立远").blocks()
        if isinstance(b, Paragraph) and b.role is TextRole.SIGNATURE
    ]

    unit = "编制单位：青湖管委会"
    assert signed == [unit, "负责人（签字）：" + "　" * 8, "日期：　　　年　　月　　日"]
    assert dated == [unit, "负责人（签字）：陈立远", "日期：2026年6月1日"]


def test_that_each_clause_is_answered_with_chapter_sections_and_page():
    seen = view()
    first = compose(seen, filling.pictures)
    pages = PageMap(tuple((h.anchor, str(n)) for n, h in enumerate(first.headings(), 1)), 9)
    document = compose(seen, filling.pictures, pages=pages)
    table = [block for block in document.blocks() if isinstance(block, Table)][-1]

    assert rows(table, RowRole.NORMAL) == [
        ["1", "一", "说明基本情况", "一、园区基本情况（概况、水资源）", "2"],
        ["2", "二", "列出项目", "二、主要项目", _page(first, "重点项目")],
    ]


def _page(document: Document, text: str) -> str:
    return str(next(n for n, h in enumerate(document.headings(), 1) if h.text == text))


def test_that_an_indicator_with_anything_typed_is_printed_even_without_a_target():
    typed = {k: v for k, v in plans.TYPED.items() if "intensity/target" not in k}
    with_note = typed | {"outcomes/indicators/intensity/note": "待定"}
    with_both = with_note | {"outcomes/indicators/intensity/reason": "口径不同"}
    with_reason = typed | {"outcomes/indicators/intensity/reason": "口径不同"}

    def remarks(texts: dict[str, str]) -> list[tuple[str, str]]:
        document = compose(evaluate(PACK, plans.plan(typed=texts)), filling.pictures)
        cells = [row.cells[-1] for row in tables(document)["指标表"].body]
        return [(cell.text, cell.address.rpartition("/")[2]) for cell in cells]

    assert len(remarks(typed)) == 1
    assert remarks(with_note)[1] == ("待定", "note")
    assert remarks(with_both)[1] == ("待定；口径不同", "")  # two values: neither can be read back
    assert remarks(with_reason)[1] == ("口径不同", "reason")


def test_that_a_summary_of_no_rows_is_not_printed():
    empty = compose(evaluate(PACK, Answers()), filling.pictures)

    assert "按任务分投资" not in tables(empty)
    assert "按任务分投资" in tables(made())


def test_that_every_typed_text_of_the_small_pack_is_printed_as_the_pack_says():
    for variant in filling.variants(PACK):
        filled = filling.fill(PACK, variant)
        seen = evaluate(PACK, filled.answers)
        document = compose(seen, filling.pictures)
        found = printed.tokens_of(document)
        contents = printed.tokens_in_contents(document)
        for section, item, address in printed.writable(seen):
            for token in filled.tokens.get(address, ()):
                count = printed.expected(seen, section, item, address)
                assert found.count(token) - contents[token] == count, address
