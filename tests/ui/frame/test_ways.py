"""The ways through a plan: outline, gaps, findings, guide."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from forms.edits import SetValue
from forms.schema import Severity
from ui.dialogs.about import AboutDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.manual import ManualDialog
from ui.dialogs.new_plan import NewPlanDialog
from ui.dialogs.texts import FaultDialog, ShortcutsDialog
from ui.navigation import State
from ui.panels.findings_lines import Row
from ui.panels.guide_words import guide_for
from ui.panels.side import Tab

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


def outline_texts(window, role=Qt.ItemDataRole.DisplayRole):
    outline = window.bench.navigator.outline
    chapters = [outline.index(row, 0) for row in range(outline.rowCount())]
    return [
        outline.data(outline.index(row, 0, chapter), role)
        for chapter in chapters
        for row in range(outline.rowCount(chapter))
    ]


def test_that_f8_leads_from_gap_to_gap_and_around(opened, at):
    found = []
    for _ in range(7):
        opened.actions_by_id["next_gap"].trigger()
        found.append(str(opened.bench.focus))

    assert found == [
        "face/level",
        "face/compiler",
        "story/idea",
        "story/cost",
        "works/list",
        "face/level",
        "face/compiler",
    ]


def test_that_f8_says_so_when_nothing_is_missing(opened, at, pack):
    session = opened.plan.session
    for address, value in (
        ("face/level", "provincial"),
        ("face/compiler", "甲"),
        ("story/idea", "一段话"),
    ):
        session.edit(SetValue(at(address), value))
    from decimal import Decimal

    from forms.edits import AddRow

    session.edit(SetValue(at("story/cost"), Decimal(5)))
    session.edit(AddRow(at("works/list"), "r1", None, ((at("works/list/r1/name"), "项目"),)))
    session.check_now()

    opened.actions_by_id["next_gap"].trigger()

    assert opened.bench.walk.strip.sentence.text().startswith("已经填齐，也没有问题，可以送印了")
    standing = opened.bench.navigator.outline.standing
    assert {standing(key).state for key in ("face", "story", "works")} == {State.DONE}


def test_that_the_outline_says_state_and_gaps_and_hides_what_is_not_asked(opened, at):
    assert outline_texts(opened) == ["封面", "期限", "工作思路", "项目"]
    assert outline_texts(opened, ACCESSIBLE)[0] == "封面，填写中，缺 2 项，必须改 1 项"

    opened.plan.session.edit(SetValue(at("face/level"), "national"))
    opened.plan.session.check_now()

    assert outline_texts(opened) == ["封面", "期限", "工作思路", "补充说明", "项目"]
    assert opened.bench.navigator.outline.parent(QModelIndex()) == QModelIndex()
    assert opened.bench.section.key == "face"


def test_that_page_keys_step_through_the_visible_sections(opened):
    steps = []
    for _ in range(4):
        opened.actions_by_id["next_section"].trigger()
        steps.append(opened.bench.section.key)
    opened.actions_by_id["previous_section"].trigger()

    assert steps == ["span", "story", "works", "works"]
    assert opened.bench.section.key == "story"


def test_that_a_chosen_finding_leads_to_its_place(opened, qtbot, at):
    panel = opened.bench.panel.findings
    opened.bench.show_tab(Tab.FINDINGS)
    panel.show_only(Severity.SHOULD)
    rows = [line for line in panel.model.lines if isinstance(line, Row)]
    assert [row.finding.sentence for row in rows] == [
        "“封面”缺少：园区级别。",
        "“工作思路”缺少：总体思路。",
    ]

    panel.view.setCurrentIndex(panel.model.index(3))
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)

    assert opened.bench.section.key == "story"
    assert opened.bench.focus == at("story/idea")


def test_that_f4_walks_the_findings_and_they_follow_the_plan(opened, at):
    opened.actions_by_id["next_finding"].trigger()
    assert opened.bench.focus == at("face/compiler")
    opened.plan.session.edit(SetValue(at("face/compiler"), "甲"))

    opened.actions_by_id["next_finding"].trigger()

    assert opened.bench.focus in (at("story/cost"), at("face/level"))
    texts = [
        line.finding.sentence
        for line in opened.bench.panel.findings.model.lines
        if isinstance(line, Row)
    ]
    assert "“封面”缺少：编制单位。" not in texts


def test_that_the_count_of_findings_opens_their_list(opened):
    opened.status.findings_wanted.emit(Severity.MUST)

    assert opened.bench.panel.tab is Tab.FINDINGS
    severities = {
        line.finding.severity
        for line in opened.bench.panel.findings.model.lines
        if isinstance(line, Row)
    }
    assert severities == {Severity.MUST}


def test_that_the_guide_follows_the_focus(opened, at, pack):
    opened.bench.go_to(at("face/park"))
    texts = [label.text() for label in opened.bench.panel.guide.findChildren(QLabel)]

    for words in (
        "园区名称",
        "必填（通知要求） · 通知 一",
        "写批复中的全称。",
        "某某经济技术开发区",
        "批复文件",
        "写成简称。",
        "一　总要求\n各园区应当编制方案，逐条写实。",
        "face/park",
    ):
        assert words in texts
    view = opened.bench.session.view
    whole = guide_for(view, pack.index.sections["works"], at("works/list"))
    assert whole.label == "项目清单"
    assert guide_for(view, pack.index.sections["face"], None).section.points == ("名称与批复一致",)


def test_that_the_example_can_be_copied(opened, at):
    opened.bench.go_to(at("face/park"))
    button = next(
        b for b in opened.bench.panel.guide.findChildren(QAbstractButton) if b.isVisible()
    )
    button.click()
    assert QApplication.clipboard().text() == "某某经济技术开发区"


def test_that_the_side_panel_folds_and_is_remembered(opened, settings):
    opened.actions_by_id["panel"].trigger()
    assert not opened.bench.panel.isVisible()
    assert settings.now.panel_shown is False
    opened.actions_by_id["show_guide"].trigger()
    assert opened.bench.panel.isVisible()


def nameless(root):
    """Every widget a keyboard can reach that a screen reader could not name."""
    for widget in root.findChildren(QWidget):
        reachable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(root)
        inner = widget.objectName().startswith("qt_")
        if not reachable or inner or "QComboBoxPrivate" in widget.parent().metaObject().className():
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or text):
            yield f"{type(widget).__name__} {widget.objectName()}"


def test_that_every_widget_the_keyboard_reaches_has_a_name(opened):
    for key in ("face", "span", "story", "works"):
        opened.bench.open_section(key)
        opened.bench.page().make_whole()
        assert list(nameless(opened)) == []
    opened.bench.show_tab(Tab.FINDINGS)
    assert list(nameless(opened)) == []


@pytest.mark.parametrize("name", ["new", "export", "about", "shortcuts", "manual", "fault"])
def test_that_every_widget_of_a_dialog_has_a_name(opened, name):
    opened.show_fault(ValueError("内容")) if name == "fault" else opened.actions_by_id[
        name
    ].trigger()
    kinds = (NewPlanDialog, ExportDialog, AboutDialog, ShortcutsDialog, ManualDialog, FaultDialog)
    dialog = next(d for kind in kinds for d in opened.findChildren(kind))
    assert list(nameless(dialog)) == []
    if isinstance(dialog, FaultDialog):
        assert "内容" not in dialog.text.toPlainText()
    dialog.close()
