"""The pictures of the guide and README, taken from the real window with the sample plan.

They are compared with nothing (fonts differ between machines); the tests say that each shows
something. `YUANCE_SCREENSHOTS=resources/guide/images` writes them there, the page of paper too
where pdftoppm is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from commands import run
from commands.making import sample_plan
from forms.address import parse_address
from forms.dismissals import Answer
from forms.edits import SetValue, set_from_text
from forms.loading import open_pack
from storage.library import Library
from ui.dialogs import base
from ui.dialogs.export import ExportDialog
from ui.dialogs.impact import preview
from ui.dialogs.new_plan import NewPlanDialog
from ui.drafting import Desk
from ui.exporting import export_with_exporters, look_ahead_with_exporters
from ui.fields.contribution_view import ContributionView
from ui.fields.factor_panel import FactorPanel
from ui.fields.prose import ProseEditor
from ui.grid.sheet_trace import SheetTrace
from ui.jobs import Jobs
from ui.main_window import MainWindow, Parts
from ui.pages.section_page import SectionPage
from ui.panels.side import Tab
from ui.prose.text import chips
from ui.settings import Look, Settings, SettingsFile
from ui.signing import Signing

SIZE = QSize(1366, 728)  # 1366 × 768 less a task bar
MANY_COLOURS = 40
PERSON, DAY = "沈清和", date(2026, 5, 20)
WHY = "已与统计部门核对，统计口径调整所致。"


@pytest.fixture
def window(qtbot, tmp_path, nothing_left, monkeypatch):
    monkeypatch.setattr(base, "room_for", lambda _: SIZE)  # without a screen there is less
    plan = sample_plan()
    pack = open_pack(plan.meta.pack_id)
    desk = Desk(Library(tmp_path / "plans"), {pack.id: pack}, PERSON)
    settings = SettingsFile(tmp_path / "settings.json")
    jobs = Jobs()
    parts = (desk, settings, jobs, export_with_exporters, SectionPage, "0", sample_plan)
    window = MainWindow(Parts(*parts, look_ahead_with_exporters))
    window.resize(SIZE)
    window.show()
    yield window
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    window.deleteLater()


@pytest.fixture
def bench(window, qtbot):
    """The sample plan on screen."""
    window.start.sample_wanted.emit()
    qtbot.waitUntil(lambda: window.plan is not None, timeout=10_000)
    session = window.bench.session
    session.signing = Signing(PERSON, lambda _: None, lambda: DAY)
    qtbot.waitUntil(lambda: session.numbers.label("projects/list") != "", timeout=10_000)
    qtbot.waitUntil(lambda: window.status.pages.text() != "", timeout=10_000)
    return window.bench


@pytest.fixture
def folder(tmp_path):
    """Where the pictures go."""
    return Path(os.environ.get("YUANCE_SCREENSHOTS") or tmp_path)


@pytest.fixture
def picture(qtbot, folder):
    """Takes a picture of a widget and says when it shows next to nothing."""

    def take(widget, name):
        qtbot.wait(50)  # let the layout settle
        image = widget.grab().toImage()
        across, down = range(0, image.width(), 7), range(0, image.height(), 7)
        colours = {image.pixel(x, y) for x in across for y in down}
        assert len(colours) > MANY_COLOURS, f"{name} shows next to nothing"
        assert image.save(str(folder / f"{name}.png"))

    return take


@pytest.fixture
def drawn_report(tmp_path, folder):
    """Draws the first page of a check report in which one finding has its reason."""

    def draw(answered):
        plan, report = tmp_path / "plan.yuance", tmp_path / "report.pdf"
        row = "review_notes/dismissals/r1"
        cells = {
            "rule": answered.rule,
            "place": answered.places[0],
            "sentence": answered.sentence,
            "reason": WHY,
            "person": PERSON,
            "day": DAY,
        }
        assert run(["sample", str(plan)]) == 0
        texts = [f"{row}=+", *(f"{row}/{key}={value}" for key, value in cells.items())]
        assert run(["set", str(plan), "pollution/emissions/so2/2025=1650", *texts]) == 0
        assert run(["check", str(plan), "--report", str(report)]) == 1
        drawing = shutil.which("pdftoppm")
        if drawing is not None:
            page = str(folder / "report")
            command = [drawing, "-r", "80", "-png", "-singlefile", str(report), page]
            subprocess.run(command, check=True)
            assert (folder / "report.png").stat().st_size > 0

    return draw


def dialog_of(window, kind):
    return next(each for each in window.findChildren(kind) if each.isVisible())


def show_whole(bench, kind, qtbot):
    """Scroll the page so that the visible widget of this kind stands in its lower part."""
    page = bench.page()
    page.make_whole()
    qtbot.wait(50)  # the page itself scrolls once more when its heights are known
    found = next(each for each in page.findChildren(kind) if each.isVisible())
    top = found.mapTo(page.widget(), found.rect().topLeft()).y()
    page.verticalScrollBar().setValue(top - page.viewport().height() * 2 // 5)


def test_that_the_first_steps_can_be_seen(window, picture, qtbot):
    picture(window, "start")
    window.actions_by_id["new"].trigger()
    dialog = dialog_of(window, NewPlanDialog)
    picture(dialog, "new-plan")
    dialog.close()


def test_that_every_page_of_the_manual_shows_the_sample_plan(window, bench, picture):
    projects = bench.session.pack.roles.projects
    bench.open_section("economy")
    picture(window, "window")
    bench.open_section(projects.section)
    picture(window, "projects")
    bench.open_section("outcomes")
    picture(window, "indicators")
    window.windows.dressing.put_on(look=Look.DARK)
    picture(window, "dark")
    window.windows.dressing.put_on(look=Look(Settings().look))


def test_that_computed_figures_show_where_they_come_from(window, bench, picture, qtbot):
    gas = bench.session.view.rows(parse_address("energy/balance"))[1]
    bench.go_to(parse_address(f"energy/balance/{gas}/tce/2025"))
    show_whole(bench, SheetTrace, qtbot)
    picture(window, "trace")
    bench.go_to(parse_address("outcomes/indicators/energy_saving/target"))
    show_whole(bench, ContributionView, qtbot)
    picture(window, "contributions")


def test_that_factors_and_the_effect_of_a_switch_can_be_seen(window, bench, picture):
    bench.open_section("scope")
    page = bench.page()
    page.make_whole()
    panel = page.findChild(FactorPanel)
    page.verticalScrollBar().setValue(panel.mapTo(page.widget(), panel.rect().topLeft()).y() - 20)
    picture(window, "factors")
    switch = SetValue(parse_address("scope/elec_basis"), "equivalent")
    dialog = preview(bench.session, switch, page)
    assert dialog is not None
    picture(dialog, "switch")
    dialog.reject()


def test_that_figures_live_in_prose(window, bench, picture, write):
    bench.go_to(parse_address("goals/goals_text"))
    text = next(e for e in bench.page().findChildren(ProseEditor) if e.text.hasFocus() or True).text
    text.setFocus()
    text.moveCursor(QTextCursor.MoveOperation.End)
    write("基准年综合能源消费量为", text)
    QTest.keyClick(text, Qt.Key.Key_Equal)
    write("综合能源", text)
    picture(window, "figures")
    QTest.keyClick(text, Qt.Key.Key_Escape)


def test_that_what_was_done_can_be_seen_and_brought_back(window, bench, picture, qtbot):
    session = bench.session
    session.edit(SetValue(parse_address("cover/consultant"), "东海循环经济研究院"))
    place = parse_address("economy/economy_text")
    old = str(session.answers.get(place))
    first, _, rest = old.partition("。")
    session.edit(SetValue(place, f"{first}，比上年增长6.2%。{rest}"))
    bench.plan.autosave.flush()
    qtbot.waitUntil(lambda: bench.plan.is_settled)
    bench.show_tab(Tab.HISTORY)
    panel = bench.panel.history
    qtbot.waitUntil(lambda: panel.model.is_read and len(panel.model.entries) == 3)
    panel.view.setCurrentIndex(panel.model.index(1))
    qtbot.waitUntil(lambda: bool(panel.changes.toPlainText()))
    picture(window, "history")


def test_that_the_printed_page_stands_beside_the_text(window, bench, picture, qtbot):
    bench.go_to(parse_address("foundation/problems_text"))
    bench.show_tab(Tab.PREVIEW)
    qtbot.waitUntil(lambda: bench.proofs.is_current, timeout=60_000)
    sheets = bench.panel.preview.sheets
    qtbot.waitUntil(lambda: sheets.shades.marked != (), timeout=5_000)
    qtbot.waitUntil(lambda: sheets._images.stand_in(sheets.page) is not None, timeout=5_000)
    picture(window, "preview")


def test_that_references_and_notes_stand_in_prose(window, bench, picture, write, qtbot):
    bench.go_to(parse_address("energy/energy_text"))
    editor = next(each for each in bench.page().findChildren(ProseEditor) if each.isVisible())
    text = editor.text
    text.setFocus()
    qtbot.waitUntil(
        lambda: "附表3" in [chip.label for chip in chips(text.document())], timeout=10_000
    )
    text.moveCursor(QTextCursor.MoveOperation.End)
    editor.tools.refer.click()
    write("投资", text)
    picture(window, "references")
    QTest.keyClick(text, Qt.Key.Key_Escape)


def test_that_findings_and_their_reasons_can_be_seen(
    window, bench, picture, write, drawn_report, qtbot
):
    session = bench.session
    emissions = parse_address("pollution/emissions/so2/2025")
    session.edit(set_from_text(session.pack, emissions, "1650"))
    session.check_now()
    answered = next(each for each in session.findings if each.rule == "PLA-017")
    bench.panel.findings.answering.answer(answered, Answer(WHY, PERSON, DAY))
    session.check_now()
    bench.show_tab(Tab.FINDINGS)
    assert bench.next_finding()
    picture(window, "findings")
    bench.panel.findings.answering.ask(session.reviewed.open[-1])
    write("引用已批复文件的原文和原数，不作改动。")
    picture(bench.panel, "reason")
    bench.panel.findings.answering.form.close_form()
    window.actions_by_id["export"].trigger()
    dialog = dialog_of(window, ExportDialog)
    dialog.folder.setText("文档")
    qtbot.waitUntil(lambda: "正反面" in dialog.outlook.says.text(), timeout=60_000)
    picture(dialog, "export")
    dialog.close()
    drawn_report(answered)
