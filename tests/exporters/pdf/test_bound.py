"""What a volume needs to be bound and sealed: lists, links, blank versos, seal, watermark."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pypdfium2
import pytest

from exporters.document import (
    Caption,
    Cell,
    Column,
    Contents,
    Document,
    Heading,
    Listed,
    Orientation,
    PageBreak,
    Paragraph,
    Part,
    PartRole,
    PartStart,
    Run,
    SealBox,
    Table,
    TableRow,
    TextRole,
)
from exporters.pdf import FontChoice, PdfFile, render
from tests.exporters.pdf.reading import (
    MM,
    pages_by_pdfium,
    pages_by_pypdf,
    paragraph,
    rendered,
    signs_on,
    squashed,
    without_replacement_text,
)
from tests.exporters.volume import figure

HAN = "循环经济园区改造方案"


def table(number: int) -> Table:
    caption = Caption(f"表1-{number}", f"第{number}张表", f"t{number}")
    return Table((Column(1),), (), (TableRow((Cell("格"),)),), caption)


def volume(watermark: str = "") -> Document:
    blocks = [Heading(1, "一、", "总论", "h")]
    for number in range(1, 5):
        blocks += [paragraph(HAN * 60), table(number), figure(_caption(number), 300, 100)]
    reference = Paragraph((Run("详见"), Run("表1-3", target="t3"), Run("和图1-1。", target="f1")))
    return Document(
        "方案",
        (
            Part(PartRole.COVER, (paragraph("封面", TextRole.COVER_TITLE),)),
            Part(
                PartRole.FRONT,
                (
                    Contents(),
                    Contents("表目录", listed=Listed.TABLES),
                    Contents("图目录", listed=Listed.FIGURES),
                ),
                start=PartStart.ODD,
            ),
            Part(PartRole.BODY, (reference, *blocks), start=PartStart.ODD),
            Part(PartRole.ANNEX, (paragraph("附件"),), Orientation.LANDSCAPE, PartStart.ODD),
        ),
        watermark=watermark,
    )


def _caption(number: int) -> Caption:
    return Caption(f"图1-{number}", f"第{number}张图", f"f{number}")


@pytest.fixture(scope="module")
def bound() -> PdfFile:
    return render(volume(), fonts=FontChoice.bundled())


def test_that_lists_of_tables_and_figures_name_the_page_of_each(bound: PdfFile) -> None:
    front = squashed(pages_by_pdfium(bound)[2]).replace("…", "")
    for sign, anchor in (("表", "t"), ("图", "f")):
        entries = "".join(
            f"{sign}1-{number}第{number}张{sign}{bound.pages.page_of(f'{anchor}{number}')}"
            for number in range(1, 5)
        )
        assert f"{sign}目录{entries}" in front


def test_that_each_caption_stands_on_the_page_the_map_says(bound: PdfFile) -> None:
    labels = pypdf.PdfReader(io.BytesIO(bound.content)).page_labels
    for number in range(1, 5):
        for sign, anchor in (("表", "t"), ("图", "f")):
            at = labels.index(bound.pages.page_of(f"{anchor}{number}"))
            assert f"{sign}1-{number} 第{number}张{sign}" in pages_by_pdfium(bound)[at]


def test_that_entries_and_references_lead_to_the_page_of_what_they_name(bound: PdfFile) -> None:
    reader = pypdf.PdfReader(io.BytesIO(bound.content))
    pages = {page.indirect_reference: number for number, page in enumerate(reader.pages)}

    def led_to(number: int) -> list[str]:
        found = [link.get_object() for link in reader.pages[number].get("/Annots", ())]
        return [reader.page_labels[pages[list.__getitem__(each["/Dest"], 0)]] for each in found]

    page_of = bound.pages.page_of
    listed = [page_of("h"), *(page_of(f"{each}{at}") for each in "tf" for at in range(1, 5))]
    assert led_to(2) == listed
    assert led_to(4) == [page_of("t3"), page_of("f1")]


def test_that_a_reference_is_live_just_where_it_is_printed(bound: PdfFile) -> None:
    page: Any = pypdf.PdfReader(io.BytesIO(bound.content)).pages[4]
    left, bottom, right, top = (float(edge) / MM for edge in page["/Annots"][0]["/Rect"])
    inside = [
        sign.text
        for sign in signs_on(without_replacement_text(bound), 4)
        if left < (sign.left + sign.right) / 2 < right and 297 - top < sign.base < 297 - bottom
    ]
    assert "".join(inside) == "表1-3"


def test_that_a_part_that_starts_odd_does_so_after_a_counted_blank(bound: PdfFile) -> None:
    reader = pypdf.PdfReader(io.BytesIO(bound.content))
    texts = [squashed(page) for page in pages_by_pdfium(bound)]
    firsts = [
        next(at for at, text in enumerate(texts) if word in text)
        for word in ("目录", "详见", "附件")
    ]
    assert [at % 2 for at in firsts] == [0, 0, 0]
    blanks = [at for at, text in enumerate(texts) if not text]
    assert blanks[:2] == [1, 3]
    assert reader.page_labels[:5] == ["", "", "i", "ii", "1"]
    assert [int(label) for label in reader.page_labels[4:]] == list(range(1, len(texts) - 3))
    assert bound.pages.count == len(texts)


def test_that_no_blank_is_put_in_where_a_part_starts_odd_anyway() -> None:
    parts = (
        Part(PartRole.BODY, (paragraph("一"), PageBreak(), paragraph("二"))),
        Part(PartRole.BODY, (paragraph("三"),), start=PartStart.ODD),
    )
    assert render(Document("", parts), fonts=FontChoice.bundled()).pages.count == 3
    first = Part(PartRole.BODY, (paragraph("一"),), start=PartStart.ODD)
    assert render(Document("", (first,)), fonts=FontChoice.bundled()).pages.count == 1


def test_that_the_place_for_the_seal_stands_right_and_whole() -> None:
    for lines in (0, 17, 20):
        file = rendered(*(paragraph("行") for _ in range(lines)), SealBox("（公章）", 60, 45))
        number = file.pages.count - 1
        words = [sign for sign in signs_on(file, number) if sign.text in "（公章）"]
        middle = (words[0].left + words[-1].right) / 2
        assert middle == pytest.approx(184 - 30, abs=2)
        page = pypdfium2.PdfDocument(file.content)[number]
        edges = [
            tuple(round(edge / MM, 1) for edge in each.get_bounds())
            for each in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])
        ]
        assert min(left for left, *_ in edges) == pytest.approx(124, abs=0.5)
        assert max(right for *_, right, _ in edges) == pytest.approx(184, abs=0.5)
        assert min(bottom for _, bottom, *_ in edges) >= 35 - 0.5


def test_that_a_seal_is_not_parted_from_who_signs() -> None:
    for lines in range(10, 22):
        signed = paragraph("编制单位：某园区", TextRole.SIGNATURE)
        file = rendered(*(paragraph("行") for _ in range(lines)), signed, SealBox("（公章）"))
        (page,) = [page for page in pages_by_pdfium(file) if "编制单位" in page]
        assert "公章" in page


def test_that_the_watermark_is_seen_on_every_page_but_not_read() -> None:
    file = render(volume(watermark="征求意见稿"), fonts=FontChoice.bundled())
    plain = render(volume(), fonts=FontChoice.bundled())
    for read in (pages_by_pdfium, pages_by_pypdf):
        assert read(file) == read(plain)
    marked, bare = pypdfium2.PdfDocument(file.content), pypdfium2.PdfDocument(plain.content)
    for number in range(len(marked)):
        with_mark, without = (
            each[number].render().to_pil().convert("L") for each in (marked, bare)
        )
        pairs = list(zip(with_mark.tobytes(), without.tobytes(), strict=True))
        darker = sum(a < b for a, b in pairs) / len(pairs)
        assert 0.02 < darker < 0.15


def test_that_the_watermark_never_hides_a_sign_of_the_text() -> None:
    file = render(volume(watermark="征求意见稿"), fonts=FontChoice.bundled())
    plain = render(volume(), fonts=FontChoice.bundled())
    pages = [
        pypdfium2.PdfDocument(each.content)[5].render().to_pil().convert("L")
        for each in (file, plain)
    ]
    dark = zip(*(page.tobytes() for page in pages), strict=True)
    assert all(marked < 60 for marked, bare in dark if bare < 40)


def test_that_the_keywords_are_in_the_file() -> None:
    document = Document("", (Part(PartRole.BODY, ()),), keywords=("循环化改造", "园区"))
    content = render(document, fonts=FontChoice.bundled()).content
    metadata = pypdf.PdfReader(io.BytesIO(content)).metadata
    assert metadata is not None
    assert re.split("[;；,] ?", str(metadata["/Keywords"])) == ["循环化改造", "园区"]
