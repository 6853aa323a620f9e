"""The pages of the Word file before it is written: what stays together, and what is counted."""

from __future__ import annotations

from exporters.document import (
    Caption,
    Cell,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    PartRole,
    PartStart,
    Run,
    Table,
    TableRow,
)
from exporters.docx import lay_out
from tests.exporters import volume


def body(*blocks, start: PartStart = PartStart.NEXT, role: PartRole = PartRole.BODY) -> Part:
    return Part(role, blocks, start=start)


def heading(anchor: str) -> Heading:
    return Heading(1, "一、", "概况", anchor)


def text(lines: int, note: str = "") -> Paragraph:
    return Paragraph((Run("园" * (26 + 28 * (lines - 1)), note=note),))


def pages(*parts: Part) -> dict[str, str]:
    return dict(lay_out(Document("题", parts)).pages.pages)


def test_that_a_page_holds_22_lines():
    assert pages(body(text(21), text(1), heading("next")))["next"] == "2"


def test_that_a_heading_needs_a_line_of_text_below_it():
    assert pages(body(text(20), heading("h"), text(2)))["h"] == "1"
    assert pages(body(text(21), heading("h"), text(2)))["h"] == "2"


def test_that_a_footnote_takes_its_room_from_the_page():
    note = "统计年鉴。"
    assert pages(body(text(20), heading("h"), text(1)))["h"] == "1"
    assert pages(body(text(1, note), text(19), heading("h"), text(1)))["h"] == "2"


def test_that_a_caption_goes_with_head_and_first_row_of_its_table():
    table = Table(
        (Column(1),),
        (TableRow((Cell("项目"),)),),
        (TableRow((Cell("甲"),)),),
        Caption("表1-1", "清单", "t"),
    )
    assert pages(body(text(19), table))["t"] == "1"
    assert pages(body(text(20), table))["t"] == "2"


def test_that_a_table_carries_its_head_to_every_page():
    def after(head_lines: int) -> str:
        head = (TableRow((Cell("\n".join("项" * head_lines)),)),)
        rows = tuple(TableRow((Cell("甲"),)) for _ in range(120))
        return pages(body(Table((Column(1),), head, rows), heading("h")))["h"]

    assert (after(1), after(8)) == ("5", "6")


def test_that_a_page_break_by_the_author_starts_a_page_once():
    assert pages(body(text(3), PageBreak(), heading("h")))["h"] == "2"
    assert pages(body(PageBreak(), heading("h")))["h"] == "1"


def test_that_a_blank_side_before_an_odd_page_is_counted():
    first = body(heading("a"))
    found = pages(first, body(heading("b"), start=PartStart.ODD, role=PartRole.ANNEX))
    assert found == {"a": "1", "b": "3"}


def test_that_front_matter_counts_in_roman_and_the_cover_not_at_all():
    cover = Part(PartRole.COVER, (heading("cover"),))
    front = Part(PartRole.FRONT, (heading("front"), PageBreak(), heading("second")))
    assert pages(cover, front, body(heading("body"))) == {
        "cover": "",
        "front": "i",
        "second": "ii",
        "body": "1",
    }


def test_that_everything_in_the_sample_volume_has_a_page():
    document = volume.document()
    found = dict(lay_out(document).pages.pages)
    assert all(each.anchor in found for each in document.headings())
    assert all(caption.anchor in found for _, caption in document.captions())
