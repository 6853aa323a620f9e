"""Answered findings in the window: counts, undo, the export's first line, the report's files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commands.making import sample_plan
from exporters.made import Exported
from exporters.order import Format, ReportPlace
from forms.address import parse_address
from forms.dismissals import Answer
from forms.edits import apply_edits, set_from_text
from forms.loading import open_pack
from tests.ui.counting import count_words
from tests.ui.frame.conftest import ZIP
from ui.dialogs.export import ExportDialog
from ui.panels.findings_model import Shelf
from ui.panels.side import Tab

GROWN = "pollution/emissions/so2/2025"
WHY = Answer("已核对。", "沈清和", date(2026, 5, 12))


@pytest.fixture(scope="module")
def pack():
    return open_pack("ndrc-2021-1004")


def exporter(order, progress):
    """A few bytes for each file, the report's in its own name."""
    contents = {Format.PDF: b"%PDF-1.7\n%%EOF\n", Format.WORD: ZIP}
    made = [Exported(each, contents[each]) for each in order.printed.paper]
    if order.printed.report is ReportPlace.SEPARATE:
        assert "校验" in order.checked.revision
        made += [replace(each, title="校核报告") for each in made[:1]]
    return made or [Exported(Format.PDF, contents[Format.PDF], title="校核报告")]


@pytest.fixture
def opened(make_window, desk, pack, qtbot):
    def make(*texts):
        edits = tuple(set_from_text(pack, parse_address(place), text) for place, text in texts)
        answers = sample_plan().answers
        answers = answers.with_value(parse_address("overview/location_map"), None)
        folder = desk.create(pack, apply_edits(pack, answers, edits, "改").answers)
        window = make_window(exporter)
        window.open_draft(folder)
        qtbot.waitUntil(lambda: window.plan.is_settled)
        window.plan.session.check_now()
        return window

    return make


def answered(window, rule="PLA-017"):
    session = window.plan.session
    finding = next(f for f in session.findings if f.rule == rule)
    window.bench.panel.findings.answering.answer(finding, WHY)
    session.check_now()
    return finding


def dialog_of(window, tmp_path):
    window.actions_by_id["export"].trigger()
    dialog = window.findChild(ExportDialog)
    dialog.folder.setText(str(tmp_path))
    dialog.name.setText("方案稿")
    return dialog


def test_that_status_line_tab_and_page_count_open_findings_only(opened):
    window = opened((GROWN, "1650"))
    session = window.plan.session
    before = len(session.reviewed.open)
    answered(window)

    should = window.status._findings[
        next(k for k in window.status._findings if k.value == "should")
    ]
    assert len(session.reviewed.open) == before - 1
    assert should.text().endswith(
        f" {sum(f.severity.value == 'should' for f in session.findings) - 1}"
    )
    assert window.bench.panel._buttons[Tab.FINDINGS].text() == f"问题 {before - 1}"


def test_that_undoing_an_answer_shows_the_findings_and_no_page_of_records(opened):
    window = opened((GROWN, "1650"))
    answered(window)
    window.bench.show_tab(Tab.GUIDE)
    section = window.bench.section
    window.actions_by_id["undo"].trigger()

    assert window.bench.panel.tab is Tab.FINDINGS
    assert window.bench.section is section
    assert window.plan.session.reviewed.dismissed == ()


def test_that_a_reason_for_not_mending_is_not_counted_as_words_of_the_plan(opened):
    window = opened((GROWN, "1650"))
    before = count_words(window.plan.session.view)
    answered(window)

    assert window.plan.session.reviewed.dismissed
    assert count_words(window.plan.session.view) == before


def test_that_the_records_have_no_line_in_the_navigator(opened, pack):
    window = opened((GROWN, "1650"))
    answered(window)
    keys = [section.key for section in window.bench.navigator.outline.sections()]

    assert pack.roles.dismissals.table.section not in keys


def test_that_the_next_finding_leaves_the_list_of_answered_ones(opened):
    window = opened((GROWN, "1650"))
    answered(window)
    panel = window.bench.panel.findings
    panel.show_only(Shelf.ANSWERED)
    window.actions_by_id["next_finding"].trigger()

    assert panel.model.only is None


def test_that_an_export_says_first_what_must_still_be_mended(opened, qtbot, tmp_path):
    window = opened(("cover/compiler", ""))
    dialog = dialog_of(window, tmp_path)
    assert "还有必须改 1 项" in dialog.findings.text()
    dialog.start()
    qtbot.waitUntil(lambda: bool(dialog.written), timeout=5000)

    assert dialog.says.text().splitlines()[0] == "方案还有必须改 1 项未改，这一稿只宜征求意见。"
    assert dialog.says.text().splitlines()[1].startswith("已导出")
    dialog.close()


def test_that_an_export_of_a_clean_plan_says_only_what_was_made(opened, qtbot, tmp_path):
    window = opened(("overview/planned_area", "70"))
    window.plan.session.check_now()
    assert window.plan.session.reviewed.count(next(iter(window.status._findings))) == 0
    dialog = dialog_of(window, tmp_path)
    dialog.start()
    qtbot.waitUntil(lambda: bool(dialog.written), timeout=5000)

    assert dialog.says.text().startswith("已导出")
    dialog.close()


def test_that_the_report_is_written_beside_the_plan_in_its_own_name(opened, qtbot, tmp_path):
    window = opened((GROWN, "1650"))
    answered(window)
    dialog = dialog_of(window, tmp_path)
    assert "另有 1 项已说明理由" in dialog.findings.text()
    dialog.choices.reports[ReportPlace.SEPARATE].setChecked(True)
    dialog.start()
    qtbot.waitUntil(lambda: bool(dialog.written), timeout=5000)
    names = sorted(each.path.name for each in dialog.written)

    assert "方案稿_校核报告.docx" in names
    assert "方案稿.docx" in names
    dialog.close()


def test_that_the_panel_opens_the_export_with_the_report_alone(opened, qtbot, tmp_path):
    window = opened((GROWN, "1650"))
    formats = window.parts.settings.now.formats
    window.bench.panel.findings.report.click()
    dialog = window.findChild(ExportDialog)
    assert dialog.choices.report is ReportPlace.SEPARATE
    assert not any(box.isChecked() for box in dialog.choices.formats.values())
    dialog.folder.setText(str(tmp_path))
    dialog.name.setText("方案稿")
    dialog.start()
    qtbot.waitUntil(lambda: bool(dialog.written), timeout=5000)

    assert [each.path.name for each in dialog.written] == ["方案稿_校核报告.pdf"]
    assert window.parts.settings.now.formats == formats  # the usual choice is kept
    dialog.close()
