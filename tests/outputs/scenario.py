"""A working day in a process of its own, watched: what reaches for the network is told.

    scenario.py FOLDER       new plan, edits, checks, all exports, window, faults of every sort

The last line on standard output is JSON: the events of the network that Python saw, and the
fault reports that were shown. `test_privacy.py` starts it, plainly or under strace.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

EVENTS: list[str] = []
WATCHED = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.", "ssl.", "poplib.")


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Note everything about the network; sockets between processes of this machine aside."""
    if event.startswith(WATCHED):
        EVENTS.append(f"{event} {arguments!r}")


sys.addaudithook(watch)

from PySide6.QtCore import QEventLoop, QTimer, qWarning  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from commands import run as run_verb  # noqa: E402
from exporters.order import CopiesOrder, Format, PrintOrder, ReportPlace, SpineOrder  # noqa: E402
from forms.edits import SetValue, apply_edits, seed_answers, set_from_text  # noqa: E402
from forms.schema import Pack  # noqa: E402
from ui import application  # noqa: E402
from ui.dialogs.manual import show_manual  # noqa: E402
from ui.dialogs.texts import FaultDialog  # noqa: E402
from ui.exporting import Checked, Order, export_files, export_with_exporters  # noqa: E402
from ui.jobs import Progress  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402

SECRET = "机密的园区"  # stands in every text of the plan
LONGEST_SECONDS = 60


def wait_until(holds: Callable[[], bool]) -> None:
    """Let the window work, in a loop of Qt's own as when people use it, until something holds."""
    loop, timer = QEventLoop(), QTimer()
    deadline = time.monotonic() + LONGEST_SECONDS
    timer.timeout.connect(lambda: loop.quit() if holds() or time.monotonic() > deadline else None)
    timer.start(20)
    loop.exec()
    assert holds()


def first_answers(pack: Pack):
    roles = pack.roles
    texts = {roles.park_name: SECRET, roles.base_year: "2025", roles.target_year: "2028"}
    edits = tuple(set_from_text(pack, address, text) for address, text in texts.items())
    return apply_edits(pack, seed_answers(pack), edits, "新建").answers


def write_everything(window: MainWindow, folder: Path) -> None:
    """Word, PDF, Excel, report, spine, list and plan file."""
    plan = window.plan
    assert plan is not None
    printed = PrintOrder(
        formats=tuple(Format), report=ReportPlace.SEPARATE, spine=SpineOrder(), copies=CopiesOrder()
    )
    order = Order(
        plan.session.pack,
        plan.session.answers,
        plan.shelf.picture,
        plan.folder.name,
        printed,
        Checked(date(2026, 11, 29), "1", "园策"),
    )
    export_files(export_with_exporters, order, folder / "方案", Progress(lambda step: None))
    plan.save_file(folder / "方案.yuance", plan.session.answers)


def fail_everywhere(window: MainWindow, hook: application.ErrorHook) -> list[str]:
    """A fault in a slot, in a job and in the writer's thread; the reports that are shown."""

    def fail() -> None:
        raise ValueError(f"{SECRET}：12345.67")

    QTimer.singleShot(0, fail)
    wait_until(lambda: len(reports()) == 1)
    window.parts.jobs.start(lambda _: fail(), lambda _: None, window.tell)
    wait_until(lambda: not window.parts.jobs.is_busy)
    window.notice.take_offer()
    wait_until(lambda: len(reports()) == 2)
    plan = window.plan
    assert plan is not None
    plan.writer.run(lambda draft: fail()).add_done_callback(
        lambda done: hook.on_exception(ValueError, done.exception(), None)  # type: ignore[arg-type]
    )
    wait_until(lambda: len(reports()) == 3)
    qWarning(f'Could not load "{SECRET}" from {folder_of_user()}/{SECRET}.png')
    found = reports()
    for dialog in shown():
        dialog.close()
    return found


def shown() -> list[FaultDialog]:
    found = QApplication.topLevelWidgets()
    return [each for each in found if isinstance(each, FaultDialog) and each.isVisible()]


def reports() -> list[str]:
    return [dialog.text.toPlainText() for dialog in shown()]


def folder_of_user() -> str:
    return str(Path.home())


def main(folder: Path) -> None:
    """The day, from the first plan to the closed window."""
    application.start_log()
    app = application.prepare(application.SettingsFile(application.settings_path()).now)
    hook = application.ErrorHook(app)
    hook.install()
    window = MainWindow(application.wire(None))
    hook.windows = window.windows
    window.show()
    pack = next(iter(window.parts.desk.packs.values()))
    window.open_draft(window.parts.desk.create(pack, first_answers(pack)))
    wait_until(lambda: window.bench is not None)
    assert window.bench is not None
    window.plan.session.edit(SetValue(pack.roles.compiler, f"{SECRET}管委会"))  # type: ignore[union-attr]
    for section in list(window.bench.navigator.outline.sections())[:4]:
        window.bench.open_section(section.key)
    window.plan.session.check_now()  # type: ignore[union-attr]
    show_manual(window)
    write_everything(window, folder)
    found = fail_everywhere(window, hook)
    window.close()
    wait_until(lambda: window.bench is None and not window.isVisible())
    assert run_verb(["verify", str(folder / "方案.yuance")]) == 0
    print(json.dumps({"events": EVENTS, "reports": found}, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
