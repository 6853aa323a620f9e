"""The spine: upright characters on a strip as thick as the volume, with marks where to cut."""

from __future__ import annotations

import itertools

import pypdfium2
import pytest

from exporters import docx, pdf
from exporters.compose.cover_texts import CoverTexts, cover_texts, draft_marks
from exporters.document import DrawnFigure
from exporters.drawing import Hold, Label, Stroke
from exporters.looks import official_look
from exporters.made import About
from exporters.order import PrintOrder, SpineOrder
from exporters.pdf import FontChoice
from exporters.spine import SpineText, sheets_of, spine_document, spine_look, thickness_mm
from exporters.spine_texts import spine_notices, spine_texts
from forms.view import evaluate
from tests.exporters.docx.reading import WordFile
from tests.forms import plans
from tests.packs.loading import small_pack

LOOK = official_look()
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
EMU_PER_MM, MM_PER_PT = 36_000, 25.4 / 72
TITLE = "青湖园区循环化改造实施方案（2026—2030年）"
TEXTS = CoverTexts(TITLE, "送审稿", "二〇二六年六月", "青湖管委会")


def drawn(thick: float = 8.0, title: str = TITLE) -> DrawnFigure:
    spine = SpineText((title, "送审稿", "二〇二六年六月"), "青湖管委会", thick, "厚 8 mm")
    (figure,) = spine_document("方案", [spine], LOOK).blocks()
    assert isinstance(figure, DrawnFigure)
    return figure


def labels(figure: DrawnFigure) -> list[Label]:
    return list(figure.drawing.labels())


def cut_lines(figure: DrawnFigure) -> list[Stroke]:
    marks = figure.drawing.marks
    return [m for m in marks if isinstance(m, Stroke) and m.points[0][0] == m.points[-1][0]][:4]


def test_that_the_text_runs_down_the_middle_of_the_strip():
    figure = drawn()
    found = labels(figure)

    assert {label.x for label in found} == {figure.drawing.width_mm / 2}
    assert {label.hold for label in found} == {Hold.MIDDLE}
    assert [label.y for label in found] == sorted(label.y for label in found)
    assert "".join(label.text for label in found).startswith("青湖园区循环化改造实施方案2026")
    assert "".join(label.text for label in found).endswith("二〇二六年六月青湖管委会")


def test_that_brackets_and_dashes_are_turned_with_the_line():
    figure = drawn()
    plain = drawn(title="青湖园区")
    texts = {label.text for label in labels(figure)}

    assert not texts & set("（）—")
    assert len(figure.drawing.marks) - len(labels(figure)) == 4 + 3
    assert len(plain.drawing.marks) - len(labels(plain)) == 4


def test_that_the_cut_marks_are_as_far_apart_as_the_volume_is_thick():
    lines = cut_lines(drawn(12.5))
    sides = sorted({line.points[0][0] for line in lines})

    assert len(lines) == 4
    assert sides[1] - sides[0] == pytest.approx(12.5)


@pytest.mark.parametrize("thick", [4.0, 8.0, 30.0])
@pytest.mark.parametrize("length", [5, 40, 90])
def test_that_no_character_leaves_the_strip_or_meets_another(thick, length):
    figure = drawn(thick, "园" * length)
    em = labels(figure)[0].size_pt * 25.4 / 72
    ys = [label.y for label in labels(figure)]

    assert em <= thick
    assert ys[0] - em >= 12  # below the cut marks
    assert ys[-1] <= figure.drawing.height_mm - 12
    assert all(below - above >= em for above, below in itertools.pairwise(ys))


def test_that_the_strip_stands_on_the_sheet_in_its_true_size():
    look, figure = spine_look(LOOK), drawn()

    assert look.page.text_width_mm == figure.drawing.width_mm
    assert figure.drawing.height_mm < look.page.text_height_mm
    assert look.figure_max_height_mm >= figure.drawing.height_mm


def test_that_both_renderers_print_the_strip_on_one_sheet_in_its_true_size():
    spine = SpineText((TITLE,), "青湖管委会", 8.0, "厚 8 mm")
    document, look = spine_document("方案", [spine], LOOK), spine_look(LOOK)
    file = pdf.render(document, look=look, fonts=FontChoice.bundled(look))
    form = docx.FigureForm(pdf.drawing_png)
    word = WordFile(docx.render(document, look=look, figures=form))
    drawing = drawn().drawing
    (extent,) = word.document.iter(f"{{{DRAWING}}}extent")
    marks = sorted({round(x, 1) for x in upright_strokes(file.content)})

    assert file.pages.count == 1
    assert int(extent.get("cx")) == pytest.approx(drawing.width_mm * EMU_PER_MM, rel=1e-3)
    assert int(extent.get("cy")) == pytest.approx(drawing.height_mm * EMU_PER_MM, rel=1e-3)
    assert marks[-1] - marks[0] == pytest.approx(8.0, abs=0.1)


def upright_strokes(content: bytes) -> list[float]:
    """Where the longer upright strokes of the first page stand, in millimetres from the left."""
    document = pypdfium2.PdfDocument(content)
    try:
        boxes = [each.get_bounds() for each in document[0].get_objects(max_depth=4)]
        thin = [box for box in boxes if box[2] - box[0] < 5 and box[3] - box[1] > 25]
        return [(box[0] + box[2]) / 2 * MM_PER_PT for box in thin]
    finally:
        document.close()


def test_that_thickness_comes_from_the_leaves_of_80_g_paper():
    assert sheets_of(137, duplex=True) == 69
    assert thickness_mm(137, duplex=True) == 6.9
    assert thickness_mm(137, duplex=False) == 13.7


def test_that_each_volume_has_a_spine_and_a_thin_one_is_told():
    order = PrintOrder(duplex=True, spine=SpineOrder())
    spines = spine_texts(TEXTS, (("", 138), ("附件册", 40)), order)
    (notice,) = spine_notices(spines)

    assert spines[1].above == (TITLE, "附件册", "送审稿", "二〇二六年六月")
    assert [spine.thickness_mm for spine in spines] == [6.9, 2.0]
    assert "138 页，69 张" in spines[0].remark
    assert notice.about is About.BEFORE_PRINTING
    assert "2 mm" in notice.text


def test_that_a_thickness_that_was_measured_counts():
    order = PrintOrder(spine=SpineOrder(thickness_mm=11))

    assert spine_texts(TEXTS, (("", 138),), order)[0].thickness_mm == 11


def test_that_the_spine_says_what_the_cover_says():
    view = evaluate(small_pack(), plans.sample())

    assert cover_texts(view) == CoverTexts(
        "青湖园区“试点”方案", "省级", "二〇二六年六月", "青湖管委会"
    )
    assert draft_marks(view) == ("省级", "征求意见稿", "送审稿", "草稿")
