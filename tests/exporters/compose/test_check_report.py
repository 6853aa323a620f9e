"""The check report on paper: counts first, each finding with place and page, what was looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commands.making import sample_plan
from exporters import docx, pdf
from exporters.compose import compose
from exporters.compose.check_report import ReportFacts, compose_report
from exporters.compose.whereabouts import address_pages, page_of
from exporters.document import (
    Cell,
    Column,
    Document,
    Heading,
    Orientation,
    PageBreak,
    Paragraph,
    Part,
    PartRole,
    Run,
    Table,
    TableRow,
)
from exporters.pdf import FontChoice
from forms.address import parse_address
from forms.checks import run_checks
from forms.checks.catalogue import all_rules
from forms.dismissals import Answer, dismiss
from forms.edits import apply_edits, set_from_text
from forms.loading import open_pack
from forms.view import PlanView, evaluate
from tests.exporters.docx.reading import WordFile
from tests.exporters.pdf.reading import pages_by_pdfium, squashed

PACK = open_pack("ndrc-2021-1004")
GROWN = "pollution/emissions/so2/2025"
FACTS = ReportFacts(date(2026, 5, 12), "7（校验 ab12）", "园策 0.1.0")
WHY = Answer("氯碱二期投产，已与企业核对。", "沈清和", date(2026, 5, 11))
SAMPLE = sample_plan()
FONTS = FontChoice.bundled()


def picture(sha256: str) -> bytes:
    return SAMPLE.pictures[sha256]


def changed(*texts: tuple[str, str]) -> PlanView:
    edits = tuple(set_from_text(PACK, parse_address(place), text) for place, text in texts)
    return evaluate(PACK, apply_edits(PACK, SAMPLE.answers, edits, "改").answers)


@pytest.fixture(scope="module")
def view() -> PlanView:
    """One 必须改, one 建议改 still open, one answered."""
    grown = changed((GROWN, "1650"), ("projects/list/p03/invest_total", "99999"))
    (leap,) = [f for f in run_checks(grown) if f.rule == "PLA-017"]
    edits = dismiss(grown, leap, WHY)
    return evaluate(PACK, apply_edits(PACK, grown.answers, edits, "说明").answers)


@pytest.fixture(scope="module")
def pages(view):
    volume = compose(view, picture)
    return address_pages(pdf.paginate(volume, fonts=FONTS))


@pytest.fixture(scope="module")
def report(view, pages) -> Document:
    return compose_report(view, run_checks(view), replace(FACTS, pages=pages))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks() if isinstance(block, Table)]


def table_under(document: Document, title: str) -> Table:
    blocks = list(document.blocks())
    at = next(
        n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.text.startswith(title)
    )
    found = blocks[at + 1]
    assert isinstance(found, Table), found
    return found


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.body]


def test_that_the_first_line_says_how_many_findings_there_are(view, report):
    _, first, *_ = report.blocks()
    findings = run_checks(view)
    must = sum(f.severity.value == "must" for f in findings)

    assert isinstance(first, Paragraph)
    assert first.text == f"必须改 {must} 项、建议改 {len(findings) - must - 1} 项、已说明 1 项。"


def test_that_the_report_says_which_plan_it_is_about(report):
    facts = dict(texts(tables(report)[0]))

    assert facts["园区名称"] == "云泽市清源经济开发区"
    assert facts["方案版次"] == "7（校验 ab12）"
    assert facts["校核日期"] == "2026年5月12日"
    assert facts["校核程序"] == "园策 0.1.0"
    assert "1004" in facts["校核依据"]


def test_that_every_open_finding_stands_under_its_severity(view, report):
    grave = texts(table_under(report, "必须改"))
    rules = [row[1] for row in grave]
    wanted = [f.rule for f in run_checks(view) if f.severity.value == "must"]

    assert rules == wanted
    assert [row[0] for row in grave] == [str(n) for n in range(1, len(grave) + 1)]
    assert "PLA-017" not in [row[1] for row in texts(table_under(report, "建议改"))]


def test_that_a_finding_names_chapter_section_row_and_clause(report):
    (row,) = [row for row in texts(table_under(report, "必须改")) if row[1] == "SUM-001"]

    assert "99999" in row[2]
    assert row[3].startswith("主要项目 › ")
    assert "城南低效用地" in row[3]
    assert row[3].endswith("总投资")
    assert "核对" in row[5]
    assert row[6] == "三（三）第二款"


def test_that_an_answered_finding_stands_apart_with_reason_person_and_day(report):
    (row,) = texts(table_under(report, "已说明理由"))

    assert row[1] == "PLA-017"
    assert row[-3:] == ["氯碱二期投产，已与企业核对。", "沈清和", "2026年5月11日"]


def test_that_a_finding_whose_number_changed_tells_the_reason_it_had(view):
    edit = set_from_text(PACK, parse_address(GROWN), "1700")
    now = evaluate(PACK, apply_edits(PACK, view.answers, (edit,), "改").answers)
    made = compose_report(now, run_checks(now), FACTS)
    (row,) = [row for row in texts(table_under(made, "建议改")) if row[1] == "PLA-017"]

    assert "数据已变化，须重新核对；此前说明：氯碱二期投产" in row[2]


def test_that_silence_is_shown_to_be_checked(report):
    rows = texts(table_under(report, "核对内容"))

    assert len(rows) == len(PACK.rule_groups)
    assert sum(int(row[3]) for row in rows) == len(list(all_rules(PACK)))
    assert any(row[4] == "0" for row in rows)


def test_that_a_plan_without_findings_says_so_and_still_shows_what_was_checked():
    clean = evaluate(PACK, SAMPLE.answers)
    made = compose_report(clean, run_checks(clean), FACTS)
    said = [block.text for block in made.blocks() if isinstance(block, Paragraph)]

    assert "必须改 0 项、建议改 0 项、已说明 0 项。" in said
    assert "没有必须改的问题。" in said
    assert len(tables(made)) == 2


def test_that_the_page_of_a_finding_is_where_the_pdf_prints_the_value(view, pages):
    made = pdf.render(compose(view, picture), fonts=FONTS)
    sheets = pages_by_pdfium(made)
    for place, words in (
        ("economy/economy_text", "地区生产总值"),
        ("task_layout/goal", "集中供热"),
        ("benefits_text/social_benefit", "就业"),
    ):
        label = page_of(pages, parse_address(place))
        sheet = next(s for s in sheets if f"—{label}—" in squashed(s) and words in s)
        assert sheet


def test_that_a_value_printed_twice_and_its_table_have_the_first_page():
    def printed(*addresses: str) -> tuple[Paragraph, PageBreak]:
        return Paragraph(tuple(Run(address, address=address) for address in addresses)), PageBreak()

    blocks = (
        *printed("works/list/p1/name"),
        *printed("works/list/p1/name"),
        *printed("works/list/p2/name", "works/list/p2/total"),
    )
    document = Document("", (Part(PartRole.BODY, blocks),))
    pages = address_pages(pdf.paginate(document, fonts=FONTS))

    assert pages["works/list/p1/name"] == "1"
    assert pages["works/list/p2"] == "3"
    assert pages["works/list"] == "1"
    assert page_of(pages, parse_address("works/list/p2/never")) == "3"


def test_that_what_is_printed_pages_after_its_heading_has_its_own_page():
    long = tuple(Paragraph((Run("园区循环化改造" * 100),)) for _ in range(6))
    table = Table(
        (Column(1),),
        (),
        tuple(TableRow((Cell(f"行{at}", address=f"t/r{at}/name"),)) for at in range(80)),
    )
    last = Paragraph((Run("甲" * 700, address="s/text"), Run("末", address="s/end")))
    document = Document(
        "", (Part(PartRole.BODY, (Heading(1, "", "总论", "h"), *long, table, last)),)
    )
    pages = address_pages(pdf.paginate(document, fonts=FONTS))

    assert int(pages["t/r0/name"]) > 5
    assert int(pages["t/r79/name"]) > int(pages["t/r0/name"])
    assert int(pages["s/end"]) > int(pages["s/text"])


def test_that_a_missing_value_has_the_page_of_its_row_or_section(pages):
    assert pages["overview"]
    assert page_of(pages, parse_address("overview/never_printed")) == pages["overview"]
    assert page_of(pages, parse_address("projects/list/p03/never")) == pages["projects/list/p03"]
    assert page_of(pages, parse_address("nowhere/at_all")) == ""


def test_that_both_renderers_print_the_same_report(report):
    assert {part.orientation for part in report.parts} == {Orientation.LANDSCAPE}
    laid_out = pdf.render(report, fonts=FONTS)
    printed = squashed("".join(pages_by_pdfium(laid_out)))
    word = WordFile(docx.render(report, laid_out.pages))
    written = squashed("".join(line.text for line in word.lines))

    for words in ("校核报告", "必须改", "已说明1项", "氯碱二期投产", "SUM-001", "校核人"):
        assert words in printed, words
        assert words in written, words
    assert len(word.tables) == len(tables(report))
