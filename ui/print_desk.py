"""Opens 送印台 once what was just typed is checked: it says what is still to be mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from exporters.order import PrintOrder
from ui.dialogs.export import ExportDialog, Printable
from ui.exporting import Checked, Order, offers
from ui.text import tr
from ui.turns import MANY

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.workbench import Workbench


def open_desk(window: MainWindow, *, report_only: bool = False) -> None:
    """Show the export dialog; `report_only` chooses nothing but the check report."""
    bench = window.bench
    if bench is not None:
        show = partial(_show, window, bench, report_only=report_only)
        words = tr("正在检查刚才的修改，随后打开送印台…")
        bench.walk.when_checked(lambda: _after_checks(bench, show), words)


def _after_checks(bench: Workbench, show: Callable[[], object]) -> None:
    """Of a large plan, checks and desk are work for a turn each."""
    session = bench.session
    if len(session.view.rows(session.pack.roles.projects)) > MANY:
        QTimer.singleShot(0, bench, show)
    else:
        show()


def _show(window: MainWindow, bench: Workbench, *, report_only: bool) -> None:
    plan, parts = bench.plan, window.parts
    plan.autosave.flush()
    session = plan.session
    session.remind()

    def order(printed: PrintOrder) -> Order:
        shelf = plan.shelf.picture
        day = datetime.now().astimezone().date()
        program = tr("园策 {0}").format(parts.version)
        checked = Checked(day, _revision(window, plan.folder), program)
        order = (session.pack, session.answers, shelf, plan.folder.name, printed)
        return Order(*order, checked)

    told = Printable(order, plan.summary.title, session.reviewed, offers(session.view))
    dialog = ExportDialog(told, parts.jobs, parts.settings, parts.exporter, window)
    dialog.fault_told.connect(window.tell)
    if report_only:
        dialog.choose_report()
    dialog.open()
    if parts.foresight is not None:
        dialog.foresee(parts.foresight)


def _revision(window: MainWindow, folder: Path) -> str:
    info = window.parts.desk.library.info(folder)
    return tr("{0}（校验 {1}）").format(info.revision, info.root[:16])
