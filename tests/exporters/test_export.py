"""The one door: which files an order makes, what they say of each other, and their notices."""

from __future__ import annotations

import gc
import io
import itertools
from dataclasses import replace
from datetime import date

import openpyxl
import pypdfium2
import pytest

from exporters import pdf
from exporters.compose.check_report import ReportFacts
from exporters.compose.source import Source
from exporters.compose.volume import compose_volumes
from exporters.export import export_plan, export_report, look_ahead
from exporters.looks import look_from_toml, official_look
from exporters.made import About, Exported, by_subject
from exporters.order import CopiesOrder, Format, PrintOrder, ReportPlace
from exporters.pdf import FontChoice
from forms.view import evaluate
from tests.exporters.compose import filling
from tests.exporters.pdf.reading import squashed
from tests.forms import plans
from tests.packs.loading import small_pack

PACK = small_pack()
FACTS = ReportFacts(date(2026, 5, 12), "7（校验 ab12）", "园策 0.1.0")
SOURCE = Source(evaluate(PACK, plans.sample()), filling.pictures, "p", "e", FACTS)
PDF = (Format.PDF,)


LOSSY = {key: text for key, text in plans.TYPED.items() if key != "works/list/p1/loan"}
WRONG = replace(SOURCE, view=evaluate(PACK, plans.plan(typed=LOSSY)))  # sources add up to less


class GivenUp(Exception):
    """Raised by who no longer waits."""


def made(**order: object) -> dict[tuple[str, str], Exported]:
    files = export_plan(SOURCE, PrintOrder(**{"formats": PDF, **order}))  # type: ignore[arg-type]
    return {(file.title, file.format.value): file for file in files}


def pages(file: Exported) -> list[str]:
    document = pypdfium2.PdfDocument(file.content)
    try:
        return [squashed(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def number_on(page: str) -> str:
    """The page number printed at the foot, "" where there is none."""
    foot = page.rpartition("—")[0].rpartition("—")
    return foot[2] if page.endswith("—") and foot[1] else ""


def told(files: dict[tuple[str, str], Exported], about: About) -> tuple[str, ...]:
    notices = (notice for file in files.values() for notice in file.notices)
    return dict(by_subject(notices)).get(about, ())


@pytest.mark.parametrize(
    ("order", "files"),
    [
        ({}, [("", "pdf")]),
        ({"annex_volume": True}, [("", "pdf"), ("附件册", "pdf")]),
        (
            {"formats": (Format.PDF, Format.EXCEL), "report": ReportPlace.SEPARATE},
            [("", "pdf"), ("", "xlsx"), ("校核报告", "pdf")],
        ),
        ({"report": ReportPlace.BOUND}, [("", "pdf")]),
        (
            {"formats": (), "report": ReportPlace.SEPARATE, "report_formats": PDF},
            [("校核报告", "pdf")],
        ),
        (
            {"formats": (), "copies": CopiesOrder(formats=PDF)},
            [("报送清单", "pdf")],
        ),
        ({"formats": (Format.EXCEL,)}, [("", "xlsx")]),
    ],
)
def test_that_an_order_makes_the_files_it_names(order, files):
    assert list(made(**order)) == files


def test_that_the_report_alone_is_made_in_the_format_asked_for():
    (report,) = export_report(SOURCE, FACTS, PDF)

    assert (report.title, report.format) == ("校核报告", Format.PDF)
    assert "7（校验ab12）" in "".join(pages(report))


@pytest.mark.parametrize(
    ("duplex", "annex_volume"), list(itertools.product((False, True), repeat=2))
)
def test_that_each_volume_names_the_pages_where_things_stand(duplex, annex_volume):
    order = PrintOrder(PDF, duplex=duplex, annex_volume=annex_volume)
    for volume in compose_volumes(SOURCE, order):
        file = pdf.render(volume.document, fonts=FontChoice.bundled())
        printed = pages(Exported(Format.PDF, file.content))
        front = max(n for n, page in enumerate(printed) if number_on(page).islower())
        for heading in volume.document.headings():
            label = file.pages.page_of(heading.anchor)
            text = squashed(f"{heading.number}{heading.text}")
            on = [n for n, page in enumerate(printed) if text in page and n > front]

            assert label in [number_on(printed[n]) for n in on], heading
            assert f"{text}" in "".join(printed[: front + 1]) or heading.level > 3
            is_first = heading.level == 1 and duplex
            assert not is_first or int(label) % 2 == 1, heading


def test_that_a_chapter_begins_on_the_front_of_a_leaf_and_the_blank_back_is_counted():
    (volume,) = compose_volumes(SOURCE, PrintOrder(PDF, duplex=True))
    file = pdf.render(volume.document, fonts=FontChoice.bundled())
    printed = pages(Exported(Format.PDF, file.content))
    heads = [squashed(h.number + h.text) for h in volume.document.headings() if h.level == 1]
    front = max(n for n, page in enumerate(printed) if number_on(page).islower())

    for head in heads:
        at = next(n for n, page in enumerate(printed) if n > front and page.startswith(head))
        assert at % 2 == 0  # counted from 0: the right-hand side
    assert any(page == "" for page in printed)


def test_that_the_draft_mark_is_on_every_page_with_text():
    plain, marked = made()["", "pdf"], made(watermark="征求意见稿")["", "pdf"]

    assert len(pages(plain)) == len(pages(marked))
    assert plain.content != marked.content


def test_that_the_report_bound_in_front_moves_no_page_number():
    plain, bound = pages(made()["", "pdf"]), pages(made(report=ReportPlace.BOUND)["", "pdf"])
    added = len(bound) - len(plain)

    assert added > 0
    assert bound[0].startswith("校核报告")
    assert [number_on(page) for page in bound[:added]] == [""] * added
    assert bound[added:] == plain


def test_that_the_report_names_the_volume_of_a_page_in_the_annexes():
    order = PrintOrder((), report=ReportPlace.SEPARATE, report_formats=PDF)
    (bound,) = export_plan(WRONG, order)
    (apart,) = export_plan(WRONG, replace(order, annex_volume=True))

    assert "附件册" not in "".join(pages(bound))
    assert "附件册" in "".join(pages(apart))


def test_that_what_is_left_out_is_said_once():
    files = made(left_out=frozenset({"附图"}), annex_volume=True)

    assert told(files, About.LEFT_OUT) == (
        "附图没有印入，不列入目录；引用到的附件注明“本册未附”。",
    )


def test_that_the_word_file_says_which_fonts_this_machine_lacks(monkeypatch):
    from exporters.paper import Press

    monkeypatch.setattr(
        pdf.FontChoice, "of_this_machine", lambda look=None: FontChoice.bundled(look)
    )
    press = Press.of(PrintOrder(), lambda *_: None)
    order = PrintOrder(left_out=frozenset({"承诺与编制说明"}))
    (volume,) = compose_volumes(SOURCE, order)
    word, paper = press.made(volume.document, (Format.WORD, Format.PDF))

    (notice,) = word.notices
    assert notice.about is About.FONTS
    assert "“方正小标宋简体”" in notice.text
    assert {each.about for each in paper.notices} == {About.FONTS}


def test_that_the_copies_list_names_what_is_handed_over():
    order = CopiesOrder(("青湖县发展和改革局", "临江市工业和信息化局"), 6, PDF)
    files = made(
        formats=(Format.PDF, Format.EXCEL),
        annex_volume=True,
        duplex=True,
        report=ReportPlace.SEPARATE,
        copies=order,
    )
    sheets = pages(files["报送清单", "pdf"])
    first, second = files["", "pdf"].pages, files["附件册", "pdf"].pages

    assert len(sheets) == 2
    assert "青湖县发展和改革局" in sheets[0]
    assert "临江市工业和信息化局" in sheets[1]
    assert f"1实施方案纸质6{first}双面，{-(-first // 2)}张" in sheets[0]
    assert f"2附件册纸质6{second}双面，{-(-second // 2)}张" in sheets[0]
    assert f"3校核报告纸质1{files['校核报告', 'pdf'].pages}" in sheets[0]
    assert "实施方案Excel附表电子（光盘）1—" in sheets[0]
    assert "经办人" in sheets[0]


def test_that_pages_are_known_before_anything_is_printed():
    order = PrintOrder(PDF, duplex=True, annex_volume=True)
    ahead = look_ahead(SOURCE, order)
    files = export_plan(SOURCE, order)

    assert ahead.sizes == tuple((file.title, file.pages) for file in files)


WORD = (Format.WORD,)


@pytest.mark.parametrize(
    ("act", "formats", "wanted"),
    [
        (look_ahead, PDF, "内容"),
        (look_ahead, PDF, "排版"),
        (export_plan, WORD, "内容"),
        (export_plan, WORD, "排版"),
        (export_plan, WORD, "方案 Word"),
        (export_plan, PDF, "方案 PDF"),
    ],
)
def test_that_every_part_of_the_work_tells_how_far_it_is_and_can_be_given_up_on_its_way(
    act, formats, wanted
):
    told = []

    def some_way(what, done, total):
        told.append((what, done, total))
        if what == wanted and 3 * done >= total:
            raise GivenUp

    with pytest.raises(GivenUp):
        act(SOURCE, PrintOrder(formats), some_way)
    steps = [(done, total) for what, done, total in told if what == wanted]
    assert told[-1][0] == wanted
    assert len({done for done, _ in steps}) > 2
    assert steps[-2][0] < steps[-1][0] < steps[-1][1]


def test_that_the_steps_of_a_word_file_are_told_from_the_first_to_the_last():
    told = {}
    export_plan(
        SOURCE, PrintOrder(WORD), lambda what, *step: told.setdefault(what, []).append(step)
    )

    assert list(told) == ["内容", "排版", "方案 Word"]
    done, total = zip(*told["方案 Word"], strict=True)
    assert list(done) == list(range(1, len(done) + 1)), "laid out, then written"
    assert set(total) == {len(done)}
    assert all(0 <= done <= total for steps in told.values() for done, total in steps)


def test_that_a_character_no_font_has_is_told_with_its_place_before_printing():
    typed = plans.TYPED | {"overview/history": "二〇〇三年设立\U00013000园。"}
    source = replace(SOURCE, view=evaluate(PACK, plans.plan(typed=typed)))
    (notice,) = look_ahead(source, PrintOrder(PDF)).notices

    assert notice.about is About.BEFORE_PRINTING
    assert notice.text.startswith("“\U00013000”字（第 1 页，2.沿革）")
    assert look_ahead(SOURCE, PrintOrder(PDF)).notices == ()


def test_that_a_house_style_reaches_the_paper():
    look = look_from_toml('name = "矮"\nbased_on = "gb-9704"\n[page]\ntop_mm = 180', "矮.toml")

    assert made(look=look)["", "pdf"].pages > made()["", "pdf"].pages
    assert made(look=official_look())["", "pdf"].content == made()["", "pdf"].content


def test_that_the_same_order_gives_the_same_bytes():
    order = {
        "formats": (Format.PDF, Format.EXCEL),
        "annex_volume": True,
        "duplex": True,
        "watermark": "送审稿",
        "copies": CopiesOrder(formats=PDF),
    }
    first, second = made(**order), made(**order)

    assert {key: file.content for key, file in first.items()} == {
        key: file.content for key, file in second.items()
    }


def test_that_the_workbook_has_the_tables_of_both_volumes():
    def sheets(**order: object) -> list[str]:
        file = made(formats=(Format.EXCEL,), **order)["", "xlsx"]
        return openpyxl.load_workbook(io.BytesIO(file.content)).sheetnames

    assert sheets(annex_volume=True) == sheets()
    assert not any(name.startswith("附表") for name in sheets(left_out=frozenset({"附表"})))


class Cancelled(Exception):
    pass


def test_that_memory_is_tidied_again_after_an_export_that_was_cancelled() -> None:
    tidied: list[bool] = []

    def cancel(what: str, done: int, total: int) -> None:
        tidied.append(gc.isenabled())
        raise Cancelled

    with pytest.raises(Cancelled):
        export_plan(SOURCE, PrintOrder(formats=PDF), cancel)
    assert tidied == [False]
    assert gc.isenabled()
