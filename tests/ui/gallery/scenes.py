"""The scenes of the gallery: each sets the stage and says what lies over the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from forms.changes import ChangeSet, ValueChange
from forms.edits import SetValue, set_from_text
from importers.received import Cell, Sheet, Sort, Workbook
from storage.exchange import send_out
from storage.library import Imported
from tests.ui.gallery.stage import COLLEAGUE, Stage, at, earlier
from ui.dialogs.export import ExportDialog
from ui.dialogs.versions import VersionsDialog
from ui.fields.contribution_view import ContributionView
from ui.fields.prose import ProseEditor
from ui.grid.taking import show_cells
from ui.merging.dialog import MergeDialog
from ui.panels.side import Tab
from ui.prose.plan_find import PlanFind

Over = QWidget | None


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its file, what it shows, and how it comes about."""

    name: str
    shows: str
    set_up: Callable[[Stage], Over]


def start(stage: Stage) -> Over:
    earlier(stage.window.parts.desk)
    stage.open_sample()
    stage.window.actions_by_id["home"].trigger()
    stage.wait(lambda: stage.window.plan is None)
    return None


def empty_plan(stage: Stage) -> Over:
    stage.open_empty()
    return None


def narrative(stage: Stage) -> Over:
    bench = stage.open_sample()
    bench.go_to(at("goals/goals_text"))
    editor = next(e for e in stage.page.findChildren(ProseEditor) if e.isVisible())
    editor.text.setFocus()
    editor.text.moveCursor(QTextCursor.MoveOperation.End)
    return None


def project_grid(stage: Stage) -> Over:
    bench = stage.open_sample()
    bench.open_section("projects")
    panel = stage.rows
    first = panel.rows.row_at(1)
    bench.go_to(at(f"{first}/name"))
    bench.show_panel(shown=False)
    return None


def project_form(stage: Stage) -> Over:
    bench = stage.open_sample()
    bench.open_section("projects")
    panel = stage.rows
    bench.go_to(at(f"{panel.rows.row_at(2)}/name"))
    return None


def outcomes(stage: Stage) -> Over:
    bench = stage.open_sample()
    bench.go_to(at("outcomes/indicators/energy_saving/target"))
    stage.settle()
    _show_whole(stage, ContributionView)
    return None


def findings(stage: Stage) -> Over:
    bench = stage.open_sample()
    bench.session.edit(SetValue(at("cover/compiled_month"), None))
    emissions = at("pollution/emissions/so2/2025")
    bench.session.edit(set_from_text(bench.session.pack, emissions, "1650"))
    bench.session.check_now()
    bench.show_tab(Tab.FINDINGS)
    bench.next_finding()
    return None


def guide(stage: Stage) -> Over:
    bench = stage.open_sample()
    bench.go_to(at("foundation/problems_text"))
    bench.show_tab(Tab.GUIDE)
    return None


def preview(stage: Stage) -> Over:
    bench = stage.open_sample()
    bench.go_to(at("foundation/problems_text"))
    bench.show_tab(Tab.PREVIEW)
    stage.wait(lambda: bench.proofs.is_current)
    sheets = bench.panel.preview.sheets
    stage.wait(lambda: sheets.shades.marked != ())
    stage.wait(lambda: sheets._images.stand_in(sheets.page) is not None)
    return None


def history(stage: Stage) -> Over:
    bench = stage.open_sample()
    _some_changes(bench.session)
    bench.plan.autosave.flush()
    stage.wait(lambda: bench.plan.is_settled)
    bench.show_tab(Tab.HISTORY)
    panel = bench.panel.history
    stage.wait(lambda: panel.model.is_read and len(panel.model.entries) > 2)
    panel.view.setCurrentIndex(panel.model.index(1))
    stage.wait(lambda: bool(panel.changes.toPlainText()))
    return None


def versions(stage: Stage) -> Over:
    bench = stage.open_sample()
    stage.wait(lambda: bench.plan.is_put_away)  # the copy of what was opened
    for name in ("征求意见稿", "送审稿"):
        with stage.qtbot.waitSignal(bench.plan.snapshot_ended, timeout=10_000):
            stage.window.versions.keep(name)
        _some_changes(bench.session)
    stage.window.notice.hide()
    stage.window.actions_by_id["versions"].trigger()
    return stage.shown(VersionsDialog)


def merging(stage: Stage) -> Over:
    bench = stage.open_sample()
    ours, theirs = stage.folder / "我.yuance", stage.folder / "方案_李工.yuance"
    _write_file(stage, ours)
    found = stage.colleague.import_plan_file(ours, person=COLLEAGUE)
    assert isinstance(found, Imported)
    their_words = {
        "cover/consultant": "省循环经济促进中心",
        "leadership/mechanism": "领导小组办公室每月调度一次，重大事项专题研究。",
        "people/contact_name": "李晓",
    }
    with stage.colleague.open(found.folder, person=COLLEAGUE) as draft:
        answers = draft.load().answers
        changes = tuple(ValueChange(at(k), answers.get(at(k)), v) for k, v in their_words.items())
        typed = ChangeSet("输入", changes)
        draft.commit(typed, who=COLLEAGUE, source="typed", at=datetime.now(UTC))
        send_out(draft, theirs)
    bench.session.edit(SetValue(at("cover/consultant"), "东海循环经济研究院"))
    bench.session.edit(SetValue(at("leadership/mechanism"), "领导小组办公室每季度调度一次。"))
    bench.plan.autosave.flush()
    stage.window.filing.take_file(theirs)
    stage.wait(lambda: "各有修改" in stage.window.notice.sentence)
    stage.window.notice.take_offer()
    stage.wait(lambda: bool(stage.window.findChildren(MergeDialog)))
    return stage.shown(MergeDialog)


def print_station(stage: Stage) -> Over:
    stage.open_sample()
    stage.window.actions_by_id["export"].trigger()
    dialog = stage.shown(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    dialog.folder.setText("文档")
    stage.wait(lambda: "正反面" in dialog.outlook.says.text())
    return dialog


def palette(stage: Stage) -> Over:
    stage.open_sample()
    stage.window.actions_by_id["palette"].trigger()
    stage.write("余热")
    return None


def find_in_plan(stage: Stage) -> Over:
    stage.open_sample()
    stage.window.actions_by_id["find_all"].trigger()
    dialog = stage.shown(PlanFind)
    assert isinstance(dialog, PlanFind)
    dialog.words.setText("余热")
    dialog.by.setText("余热余压")
    dialog.look()
    return dialog


def take_rows(stage: Stage) -> Over:
    bench = stage.open_sample()
    bench.open_section("projects")
    panel = stage.rows
    return show_cells(panel, "项目汇总表（各企业报送）.xlsx", _workbook())


SCENES = (
    Scene("start", "the plans of this machine", start),
    Scene("empty-plan", "a new plan, its first section", empty_plan),
    Scene("narrative", "prose with live figures and its tool bar", narrative),
    Scene("projects", "the project grid over the full width", project_grid),
    Scene("project-form", "the grid with the form of one project and the guide", project_form),
    Scene("outcomes", "indicators, and where a saving comes from", outcomes),
    Scene("findings", "what the checks found, beside the field at fault", findings),
    Scene("guide", "what a section asks for, beside its text", guide),
    Scene("preview", "the printed page beside the text", preview),
    Scene("history", "who changed what, and what it was before", history),
    Scene("versions", "named versions and snapshots", versions),
    Scene("merge", "two versions put together, place by place", merging),
    Scene("print", "the print desk (送印台)", print_station),
    Scene("palette", "any section, field, row or action by name", palette),
    Scene("find", "find and replace in the whole plan", find_in_plan),
    Scene("take-rows", "rows of an Excel file, shown before they are taken", take_rows),
)


def _show_whole(stage: Stage, kind: type[QWidget]) -> None:
    page = stage.page
    found = next(each for each in page.findChildren(kind) if each.isVisible())
    top = found.mapTo(page.widget(), QPoint(0, 0)).y()
    page.verticalScrollBar().setValue(top - page.viewport().height() * 2 // 5)


def _some_changes(session) -> None:
    session.edit(SetValue(at("cover/consultant"), "东海循环经济研究院"))
    place = at("economy/economy_text")
    first, _, rest = str(session.answers.get(place)).partition("。")
    session.edit(SetValue(place, f"{first}，比上年增长6.2%。{rest}"))


def _write_file(stage: Stage, path) -> None:
    stage.window.filing.write_file(path)
    stage.wait(lambda: "已另存为" in stage.window.notice.sentence)
    stage.window.notice.hide()


def _workbook() -> Workbook:
    rows = (
        ("2024年循环化改造项目汇总表",),
        ("序号", "项目名称", "建设单位", "总投资（万元）", "建设内容", "备注"),
        ("1", "印染废水回用改造", "东海纺织有限公司", "3,200", "新建日处理5000吨回用装置", ""),
        ("2", "锅炉烟气余热回收", "临江热电有限公司", "1850", "加装烟气换热器2套", "已备案"),
        ("3", "钢渣微粉生产线", "临江新材料公司", "1.2亿元", "年产60万吨", ""),
        ("4", "屋顶光伏", "园区建投公司", "约4000", "装机10兆瓦", "待定"),
    )
    cells = tuple(
        Cell(row, column, Sort.TEXT, text, hidden=False)
        for row, texts in enumerate(rows, start=1)
        for column, text in enumerate(texts, start=1)
        if text
    )
    return Workbook((Sheet("汇总", cells), Sheet("底稿", (), hidden=True)), ())
