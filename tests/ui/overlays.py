"""Everything that is laid over the window, each with the way to it: for the lists of the tests."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from forms.continuing import Continuation, Part, continue_plan
from forms.edits import SetValue
from forms.factors_in_use import factors_in_use
from forms.values import Picture
from importers.received import Item, Paragraph, Words
from tests.ui.gallery.stage import Stage, at
from ui.dialogs.about import LicencesDialog
from ui.dialogs.confirming import ask_confirmation
from ui.dialogs.continuing import LeftBehindDialog
from ui.dialogs.impact import preview
from ui.dialogs.take_words import TakeWordsDialog
from ui.dialogs.texts import FaultDialog
from ui.dialogs.working import WorkingDialog
from ui.grid.bulk import ask_bulk
from ui.grid.taking import show_block
from ui.history.compare_dialog import CompareDialog
from ui.licences import bundled
from ui.pictures.dialog import PictureDialog, Shown
from ui.printing.flow import _UnderWay
from ui.prose.table_dialog import TableDialog
from ui.tour import Tour

BY_ACTION = (
    "new",
    "name_version",
    "versions",
    "export",
    "sign",
    "find_all",
    "manual",
    "shortcuts",
    "about",
    "next_year",
    "pattern",
)
_HALF_OF_SOME_WORK = range(400, 401)


@dataclass(frozen=True, slots=True)
class Overlay:
    """A window over the plan: what it is called in a test, and how it comes up."""

    name: str
    open: Callable[[Stage], QWidget]
    is_passing: bool = False  # goes when somebody goes on to the window behind it


def _by_action(name: str) -> Overlay:
    def shown(stage: Stage) -> QWidget:
        stage.window.actions_by_id[name].trigger()
        stage.settle()
        windows = (each for each in stage.window.findChildren(QWidget) if each.isWindow())
        (found,) = (each for each in windows if each.isVisible())
        return found

    return Overlay(name, shown)


def _opened(dialog: QWidget | None) -> QWidget:
    assert dialog is not None
    dialog.show()
    return dialog


def _projects(stage: Stage) -> None:
    """The table of projects with the keyboard in its first row."""
    stage.bench.open_section("projects")
    rows = stage.rows
    stage.bench.go_to(at(f"{rows.rows.row_at(1)}/name"))


def _filter(stage: Stage) -> QWidget:
    _projects(stage)
    return _opened(stage.rows.menus.ask_sieve(2))


def _range(stage: Stage) -> QWidget:
    _projects(stage)
    columns = stage.rows.model.sheet_columns
    number = next(n for n, column in enumerate(columns) if column.is_numeric)
    return _opened(stage.rows.menus.ask_sieve(number))


def _columns(stage: Stage) -> QWidget:
    _projects(stage)
    return _opened(stage.rows.menus.choose_columns())


def _bulk(stage: Stage) -> QWidget:
    _projects(stage)
    return _opened(ask_bulk(stage.rows, [0, 1, 2], 2))


def _paste(stage: Stage) -> QWidget:
    _projects(stage)
    block = [["项目名称", "建设单位", "总投资"], ["余热回收", "临江热电", "1850"]]
    return _opened(show_block(stage.rows, [*block, ["屋顶光伏", "园区建投", "约4000"]]))


def _crop(stage: Stage) -> QWidget:
    picture = stage.bench.session.view.value(at("overview/location_map"))
    assert isinstance(picture, Picture)
    dialog = PictureDialog(stage.bench.session, Shown(picture.sha256), stage.window)
    return _opened(dialog)


def _working(stage: Stage) -> QWidget:
    def steps():
        yield from _HALF_OF_SOME_WORK
        while True:
            yield 400

    dialog = WorkingDialog("粘贴到“重点项目”", steps(), lambda: None, stage.window)
    return _opened(dialog)


def _printing(stage: Stage) -> QWidget:
    given_up = threading.Event()

    def work(progress):
        progress.report(3, 150, "页")
        given_up.wait(30)

    job = stage.window.parts.jobs.start(work, lambda _: None, lambda _: None)
    dialog = _UnderWay("正在送往“办公室打印机”…", job, stage.window)
    dialog.rejected.connect(given_up.set)
    return _opened(dialog)


def _confirm(stage: Stage) -> QWidget:
    session = stage.bench.session
    used = max(factors_in_use(session.view), key=lambda each: len(each.factor.note))
    return ask_confirmation(session, used, stage.window)


def _switch(stage: Stage) -> QWidget:
    edit = SetValue(at("scope/elec_basis"), "equivalent")
    return _opened(preview(stage.bench.session, edit, stage.window))


def _table(stage: Stage) -> QWidget:
    return _opened(TableDialog(stage.bench.session, "", stage.window))


def _words(stage: Stage) -> QWidget:
    blocks = (
        Paragraph("园区概况", 1),
        Paragraph("园区位于市区东北部。"),
        Item("集中供热", ordered=False),
    )
    return _opened(TakeWordsDialog("概况（送审稿）.docx", Words(blocks, (), ()), stage.window))


def _fault(stage: Stage) -> QWidget:
    report = "园策 0\nValueError\n  main.py:1"
    return _opened(FaultDialog("程序遇到问题，已写的内容都已保存。", report, stage.window))


def _licences(stage: Stage) -> QWidget:
    return _opened(LicencesDialog(bundled(), stage.window))


def _left_behind(stage: Stage) -> QWidget:
    view = stage.bench.session.view
    continued = continue_plan(view, Continuation(2026, 2031, frozenset({Part.TEXTS})))
    return _opened(LeftBehindDialog(view, continued, stage.window))


def _compare(stage: Stage) -> QWidget:
    bench = stage.bench
    panel = bench.panel.history
    return _opened(CompareDialog(bench.plan, panel.model, panel.restorer, stage.window))


def _tour(stage: Stage) -> QWidget:
    tour = Tour(stage.window)
    tour.begin()
    return tour.bubble


def _progress(stage: Stage) -> QWidget:
    stage.window.actions_by_id["show_progress"].trigger()
    page = stage.bench.page()
    assert page is not None
    return page


OVERLAYS = (
    *map(_by_action, BY_ACTION),
    Overlay("filter", _filter),
    Overlay("filter-range", _range),
    Overlay("columns", _columns),
    Overlay("bulk", _bulk),
    Overlay("paste", _paste),
    Overlay("crop", _crop),
    Overlay("working", _working),
    Overlay("printing", _printing),
    Overlay("confirm", _confirm),
    Overlay("switch", _switch),
    Overlay("table", _table),
    Overlay("words", _words),
    Overlay("fault", _fault),
    Overlay("licences", _licences),
    Overlay("left-behind", _left_behind),
    Overlay("compare", _compare),
    Overlay("tour", _tour, is_passing=True),
    Overlay("progress", _progress),
)
