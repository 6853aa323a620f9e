"""The preview leads from a value to the page that prints it, and from a point of a page back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from commands.making import sample_plan
from exporters.compose import compose
from exporters.document import (
    Caption,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Orientation,
    Paragraph,
    Part,
    PartRole,
    PartStart,
    Run,
    Table,
    TableRow,
    TextRole,
)
from exporters.pdf import FontChoice, PdfFile, render
from exporters.preview import Preview
from forms.loading import open_pack
from forms.view import evaluate
from tests.exporters import volume
from tests.exporters.pdf.reading import MM, signs_on, without_replacement_text

FONTS = FontChoice.bundled()
LONG = "".join(f"第{at}句说明园区循环化改造的进展，" for at in range(400))


def plan() -> Document:
    rows = tuple(
        TableRow(
            (
                Cell(f"企业{at}", address=f"firms/list/f{at}/name"),
                Cell(f"{at}.5", address=f"firms/list/f{at}/water"),
            ),
            key=f"f{at}",
        )
        for at in range(120)
    )
    picture = Figure(
        volume.png(200, 100), "image/png", 200, 100, Caption("图1-1", "区位", "f"), "", "park/map"
    )
    cover = Part(PartRole.COVER, (volume.paragraph("封面", TextRole.COVER_TITLE),))
    body = Part(
        PartRole.BODY,
        (
            Heading(1, "一、", "总论", "h"),
            Paragraph(
                (
                    Run("园区位于"),
                    Run("青石市东部", address="park/seat"),
                    Run("，面积"),
                    Run("12.50", strong=True, address="park/area"),
                    Run("平方公里。"),
                )
            ),
            Paragraph((Run(LONG, address="tasks/t3/text"), Run("末句。", address="tasks/t3/end"))),
            picture,
            Table((Column(3), Column(1)), (), rows, Caption("表1-1", "企业", "t")),
        ),
        start=PartStart.ODD,
    )
    last = Part(
        PartRole.ANNEX,
        (Paragraph((Run("Green Park 名录", address="annex/a"),)),),
        Orientation.LANDSCAPE,
    )
    return Document("方案", (cover, body, last))


@pytest.fixture(scope="module")
def file() -> PdfFile:
    return render(plan(), fonts=FONTS)


@pytest.fixture(scope="module")
def preview(file: PdfFile):
    with Preview(file) as opened:
        yield opened


def printed_in(file: PdfFile, page: int, box) -> str:
    """What stands inside a rectangle, read by pdfium."""
    document = pypdfium2.PdfDocument(file.content)
    sheet = document[page]
    height = sheet.get_height()
    text = sheet.get_textpage()
    found = []
    for at in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(at)
        middle = (left + right) / 2, height - (bottom + top) / 2
        if right > left and box.holds(*middle):
            found.append(text.get_text_range(at, 1))
    return "".join("".join(found).split())


@pytest.fixture(scope="module")
def bare(file: PdfFile) -> PdfFile:
    return without_replacement_text(file)


def test_that_each_value_is_where_its_rectangle_says(preview: Preview, bare: PdfFile) -> None:
    for address, printed in (
        ("park/seat", "青石市东部"),
        ("park/area", "12.50"),
        ("firms/list/f7/name", "企业7"),
        ("firms/list/f119/water", "119.5"),
        ("tasks/t3/end", "末句。"),
        ("annex/a", "GreenPark名录"),
    ):
        spots = preview.spots_of(address)
        assert "".join(printed_in(bare, spot.page, spot.box) for spot in spots) == printed


def test_that_a_long_narrative_is_known_line_by_line(preview: Preview, bare: PdfFile) -> None:
    spots = preview.spots_of("tasks/t3/text")
    assert "".join(printed_in(bare, spot.page, spot.box) for spot in spots) == LONG
    pages = preview.pages_of("tasks/t3/text")
    assert len(pages) > 5
    assert list(pages) == list(range(pages[0], pages[-1] + 1))


def test_that_a_click_on_a_value_leads_to_it(preview: Preview) -> None:
    for address in ("park/seat", "firms/list/f80/name", "park/map", "tasks/t3/text"):
        for spot in preview.spots_of(address):
            x = (spot.box.left + spot.box.right) / 2
            y = (spot.box.top + spot.box.bottom) / 2
            assert preview.address_at(spot.page, x, y) == address
    assert preview.address_at(0, 5, 5) == ""


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("总论", "park/seat"),  # a heading: what stands below it
        ("园区位于", "park/seat"),  # words beside a value
        ("表1-1", "firms/list/f0/name"),
        ("封面", ""),
    ],
)
def test_that_a_click_on_other_words_leads_to_the_value_they_speak_of(
    preview: Preview, words: str, address: str
) -> None:
    hit = preview.find(words)[0]
    box = hit.boxes[0]
    found = preview.address_at(hit.page, (box.left + box.right) / 2, (box.top + box.bottom) / 2)
    assert found == address


def test_that_a_row_or_table_is_on_all_pages_that_print_anything_of_it(preview: Preview) -> None:
    whole = preview.pages_of("firms/list")
    assert len(whole) > 2
    assert preview.pages_of("firms/list/f0") == (whole[0],)
    assert preview.pages_of("firms/list/f119") == (whole[-1],)
    assert preview.pages_of("firms/list/f1199") == ()
    assert preview.pages_of("nowhere") == ()


def test_that_the_values_of_a_page_are_all_those_it_prints(preview: Preview) -> None:
    (page,) = preview.pages_of("firms/list/f119")
    names = [spot.address for spot in preview.spots_on(page)]
    assert names[-1] == "firms/list/f119/water"
    assert all(spot.page == page for spot in preview.spots_on(page))
    assert preview.spots_on(0) == ()


def test_that_labels_are_those_printed(preview: Preview, file: PdfFile) -> None:
    labels = [preview.label(page) for page in range(preview.page_count)]
    assert labels == ["", "", *(str(number) for number in range(1, len(labels) - 1))]
    assert preview.page_labelled("1") == 2
    assert preview.page_labelled("999") is None
    assert preview.page_labelled("") is None
    assert (
        preview.label(preview.pages_of("firms/list/f119/name")[0])
        == dict(file.pages.values)["firms/list/f119/name"]
    )


def test_that_pages_come_as_images_of_the_size_asked_for(preview: Preview) -> None:
    image = preview.image(2, 96)
    assert (image.width, image.height) == (794, 1123)
    assert len(image.pixels) == image.width * image.height * 4
    opened = Image.open(BytesIO(image.png()))
    assert opened.size == (794, 1123)
    assert opened.getextrema() == ((0, 255),) * 3
    turned = preview.image(preview.page_count - 1, 48)
    assert turned.width > turned.height
    assert preview.size(0) == pytest.approx((210 * MM, 297 * MM))


def test_that_an_odd_width_leaves_no_gap_at_the_end_of_rows(preview: Preview) -> None:
    for dpi in (33, 51.7, 97.3):
        image = preview.image(2, dpi)
        assert len(image.pixels) == image.width * image.height * 4


@pytest.mark.parametrize(
    ("wanted", "count"),
    [("青石市", 1), ("位于青石市东部，面积12.50", 1), ("green park", 1), ("greenpark", 1)],
)
def test_that_a_text_is_found_whatever_its_faces_blanks_and_case(
    preview: Preview, wanted: str, count: int
) -> None:
    assert len(preview.find(wanted)) == count


def test_that_a_text_is_found_over_the_end_of_a_line(preview: Preview, bare: PdfFile) -> None:
    hits = [preview.find(f"第{at}句说明园区循环化改造的进展") for at in range(400)]
    found = [hit for some in hits for hit in some]
    assert sum(len(hit.boxes) == 2 for hit in found) > 50
    assert len(found) > 370  # the rest goes over the end of a page
    two = next(hit for hit in found if len(hit.boxes) == 2)
    read = "".join(printed_in(bare, two.page, box) for box in two.boxes)
    assert read.startswith("第")
    assert read.endswith("句说明园区循环化改造的进展")


def test_that_nothing_is_found_of_nothing(preview: Preview) -> None:
    assert preview.find("") == preview.find("  ") == preview.find("查无此文") == ()


def test_that_found_rectangles_lie_in_the_text_area(preview: Preview) -> None:
    for hit in preview.find("循环化"):
        for box in hit.boxes:
            assert 28 * MM - 1 <= box.left < box.right <= 184 * MM + 8
            assert 37 * MM - 1 <= box.top < box.bottom <= 262 * MM + 1


def test_that_jobs_may_ask_at_the_same_time(preview: Preview) -> None:
    with ThreadPoolExecutor(4) as pool:
        images = list(pool.map(lambda at: preview.image(at % 4, 40).pixels, range(24)))
    assert images[0:4] == images[4:8] == images[20:24]


def test_that_every_value_of_the_sample_that_is_printed_has_a_page() -> None:
    sample = sample_plan()
    view = evaluate(open_pack("ndrc-2021-1004"), sample.answers)
    document = compose(view, lambda sha256: sample.pictures[sha256])
    made = render(document, fonts=FONTS)
    wanted: set[str] = set()
    for block in document.blocks():
        match block:
            case Paragraph():
                wanted |= {run.address for run in block.runs if run.text and run.address}
            case Table():
                wanted |= {cell.address for row in block.body for cell in row.cells}
            case Figure():
                wanted |= {block.address}
            case _:
                continue
    with Preview(made) as preview:
        assert [each for each in wanted - {""} if not preview.pages_of(each)] == []
        labels = {preview.label(page) for page in range(preview.page_count)}
    assert {label for _, label in made.pages.values} <= labels
    assert signs_on(made, 5)


def test_that_a_preview_that_is_closed_keeps_nothing_of_its_pages(file: PdfFile) -> None:
    """The places of 2,000 projects are hundreds of thousands of things."""
    places = (preview := Preview(file))._places
    assert preview.spots_of("firms/list/f1/water")

    preview.close()

    assert not places.of("firms/list/f1/water")
    assert not places.find("循环化")
    assert not any((places._lines, places._of_page, places._of_address, places._sorted))
