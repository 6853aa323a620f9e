"""Footnotes: on the page of their mark, numbered from ① on each, with the lines making room."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from exporters.document import (
    Heading,
    ListBlock,
    Orientation,
    PageBreak,
    Paragraph,
    Run,
)
from exporters.pdf import PdfFile
from tests.exporters.pdf.reading import (
    MM,
    pages_by_pdfium,
    pages_by_pypdf,
    paragraph,
    rendered,
    rows_of,
    signs_on,
    squashed,
)

HAN = "循环经济园区改造方案"
MARKS = "①②③④⑤⑥⑦⑧⑨⑩"


def noted(text: str, note: str, more: str = "。") -> Paragraph:
    return Paragraph((Run(text, note=note), Run(more)))


def body_and_notes(page: str) -> tuple[str, str]:
    """A page cut where its first note begins."""
    body, mark, notes = page.partition("\n① ")
    return squashed(body), squashed(mark + re.sub("— [0-9]+ —$", "", notes))


def test_that_a_note_stands_at_the_foot_of_the_page_of_its_mark() -> None:
    file = rendered(
        noted("总产值", "按当年价格计。"),
        paragraph("其余。"),
        PageBreak(),
        noted("能耗", "按当量值计。"),
    )
    pages = [body_and_notes(page) for page in pages_by_pdfium(file)]
    assert pages == [
        ("总产值①。其余。", "①按当年价格计。"),
        ("能耗①。", "①按当量值计。"),
    ]


def test_that_notes_are_numbered_anew_on_each_page() -> None:
    file = rendered(*(noted(HAN * 5, f"第{at}条说明") for at in range(40)))
    numbered = []
    for page in pages_by_pdfium(file):
        body, notes = body_and_notes(page)
        found = re.findall("[①-⑩]", body)
        assert found == list(MARKS[: len(found)])
        assert re.findall("[①-⑩]", notes) == found
        numbered += re.findall("第([0-9]+)条", notes)
    assert numbered == [str(at) for at in range(40)]
    assert file.pages.count > 3


@pytest.mark.parametrize("orientation", list(Orientation))
def test_that_notes_stand_in_the_text_area_below_the_last_line(orientation: Orientation) -> None:
    blocks = [noted(HAN * 7, "说明" * 60 if at % 5 == 0 else "短注") for at in range(30)]
    file = rendered(*blocks, orientation=orientation)
    foot = 297 - 35 if orientation is Orientation.PORTRAIT else 210 - 26
    for number in range(file.pages.count):
        rows = rows_of(signs_on(file, number))
        bases = [row[0].base for row in rows if row[0].text not in "—"]
        assert max(bases) <= foot + 0.5
        assert all(later - earlier > 2.0 for earlier, later in pairwise(bases))


def test_that_a_page_without_notes_keeps_its_22_lines() -> None:
    file = rendered(paragraph(HAN * 70), noted("末段", "注"))
    rows = rows_of([sign for sign in signs_on(file, 0) if sign.text in HAN])
    assert len(rows) == 22


def test_that_two_notes_of_one_line_each_cost_a_page_two_lines() -> None:
    marked = Paragraph((Run(HAN, note="甲"), Run(HAN, note="乙"), Run(HAN * 100)))
    file = rendered(marked)
    rows = rows_of([sign for sign in signs_on(file, 0) if sign.text in HAN and sign.base < 250])
    assert len(rows) == 20


def long_note() -> PdfFile:
    note = "".join(f"第{at}句，" for at in range(900))
    return rendered(noted("正文", note, HAN * 150), noted("后文", "另一条"))


def test_that_a_long_note_goes_on_at_the_foot_of_the_next_pages() -> None:
    pages = pages_by_pdfium(long_note())
    text = squashed("".join(pages))
    places = [text.find(f"第{at}句，") for at in range(900)]
    assert places == sorted(places)
    assert all(text.count(f"第{at}句，") == 1 for at in range(900))
    assert text.count(HAN) + text.count("循环经济") >= 150
    assert sum("句，" in page for page in pages) > 1
    last = squashed(pages[-1])
    assert last.index("后文①") < last.index("①另一条")


def test_that_a_note_on_the_last_line_of_a_part_is_never_lost() -> None:
    note = "".join(f"第{at}句，" for at in range(900))
    text = squashed("".join(pages_by_pdfium(rendered(noted("正文", note)))))
    assert all(f"第{at}句，" in text for at in range(900))


def test_that_a_heading_moves_with_the_line_whose_note_does_not_fit() -> None:
    for lines in range(16, 22):
        file = rendered(
            *(paragraph("行") for _ in range(lines)),
            Heading(1, "一、", "总论", "a"),
            noted("正文首行", "注文"),
        )
        (page,) = [at for at, page in enumerate(pages_by_pdfium(file), 1) if "正文首行" in page]
        assert file.pages.page_of("a") == str(page)
        assert "① 注文" in pages_by_pdfium(file)[page - 1]


def test_that_a_mark_never_begins_a_line() -> None:
    for length in range(20, 30):
        file = rendered(noted("字" * length, "注", "尾" * 30))
        for line in pages_by_pdfium(file)[0].split("\n"):
            assert not line.startswith("①") or line.startswith("① 注")


def test_that_the_mark_is_small_and_raised() -> None:
    signs = signs_on(rendered(noted("产值", "注")), 0)
    mark = next(sign for sign in signs if sign.text == "①")
    han = next(sign for sign in signs if sign.text == "产")
    assert (mark.right - mark.left) * MM == pytest.approx(0.62 * 15.79, abs=0.6)
    assert mark.base < han.base


def test_that_items_of_lists_may_carry_notes() -> None:
    file = rendered(ListBlock(((Run("第一项", note="甲注"),), (Run("第二项", note="乙注"),))))
    assert "①甲注②乙注" in squashed(pages_by_pypdf(file)[0])


def test_that_the_fiftieth_note_of_a_page_still_has_a_mark_of_its_own() -> None:
    runs = tuple(Run(f"词{at}", note="注") for at in range(30))
    pages = squashed("".join(pages_by_pypdf(rendered(Paragraph(runs)))))
    assert "㉑注" in pages
    assert rendered(Paragraph(runs)).missing == ()
