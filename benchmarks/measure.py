"""One measurement in a process of its own: prints its rows and its peak of memory as JSON.

A row is what was measured, and the seconds of each run; `run_all.py` starts this file.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from fluency import MEASUREMENTS as FLUENCY
from fluency import Rows, plan_path, rest, settled
from pauses import heavy
from prose import write_long_prose

ROOT = Path(__file__).resolve().parents[1]
MANY, QUARTER, SOME = 5_000, 1_250, 300
RUNS = 9
RATIO = "ratio:"


@contextmanager
def timed(rows: Rows, what: str) -> Iterator[None]:
    """Measure once."""
    began = time.perf_counter()
    yield
    seconds = time.perf_counter() - began
    known = dict(rows)
    if what in known:
        known[what].append(seconds)
    else:
        rows.append((what, [seconds]))


def open_plan(folder: Path, rows: Rows) -> None:
    """From the file to the evaluated and checked view; how that grows with the projects."""
    from commands.making import DEFAULT_PACK
    from forms.checks import run_checks
    from forms.loading import open_pack
    from forms.view import evaluate
    from storage import open_plan as read

    medians: list[float] = []
    with timed(rows, "load the pack"):
        pack = open_pack(DEFAULT_PACK)
    for count in (QUARTER, MANY):
        path = plan_path(count, folder)
        for _ in range(RUNS):
            with timed(rows, f"{count:,} projects: read and verify the file"):
                file = read(path)
            what = f"{count:,} projects: evaluate and run all checks, from nothing"
            with timed(rows, what):
                run_checks(evaluate(pack, file.answers))
        medians.append(statistics.median(dict(rows)[what]))
    rows.append(
        (f"{RATIO} all checks, {MANY:,} to {QUARTER:,} projects", [medians[1] / medians[0]])
    )


def edit(folder: Path, rows: Rows) -> None:
    """One edit end to end: apply, evaluate, check; and to the disk."""
    from forms.address import Address
    from forms.checks import run_checks
    from forms.edits import apply_edit, set_from_text
    from forms.kinds import Integer, Money, Narrative, Quantity, Text
    from forms.loading import open_pack
    from forms.schema import Table
    from forms.view import evaluate
    from storage import Draft
    from storage import open_plan as read

    file = read(plan_path(MANY, folder))
    pack = open_pack(file.meta.pack_id)
    home = pack.roles.projects
    table = pack.index.items[home.section, home.item]
    assert isinstance(table, Table)
    order = file.answers.order(home)
    view = evaluate(pack, file.answers)
    cells = [
        home.at(order[number * 97 % MANY], column.key, view.years(column.years)[0])
        for number, column in enumerate(table.columns)
        if isinstance(column.kind, Integer | Money | Quantity | Text) and not column.computed
    ]
    prose = [
        Address(section.key, item.key)
        for section in pack.sections()
        for item in section.items
        if isinstance(getattr(item, "kind", None), Narrative)
    ]
    draft = Draft.create(folder / "draft", file.meta, file.answers, file.pictures)
    run_checks(view)
    for name, places, text in (
        ("a cell of a project, each column in turn", cells, "12{}"),
        ("a sentence of prose, each section in turn", prose, "第 {} 稿。"),
    ):
        for number in range(3):
            for address in places:
                edit = set_from_text(pack, address, text.format(number))
                with timed(rows, f"{MANY:,} projects: {name}: figures and findings current"):
                    applied = apply_edit(pack, view.answers, edit)
                    view = evaluate(pack, applied.answers, view)
                    run_checks(view)
                with timed(rows, f"{MANY:,} projects: {name}: commit to the draft (fsync)"):
                    draft.commit(applied.changes, who="", source="typed", at=datetime.now(UTC))
    draft.close()


def data(folder: Path, rows: Rows) -> None:
    """Plan data out and in."""
    from commands.plan_data import parse, plan_of
    from commands.plans import read
    from commands.reporting import plan_data

    plan = read(str(plan_path(MANY, folder)))
    for _ in range(3):
        with timed(rows, f"{MANY:,} projects: plan to JSON"):
            text = json.dumps(plan_data(plan), sort_keys=True)
        with timed(rows, f"{MANY:,} projects: JSON to plan"):
            plan_of(parse(text))


def export(suffixes: tuple[str, ...]) -> Callable[[Path, Rows], None]:
    """Some formats of a plan."""

    def measure(folder: Path, rows: Rows) -> None:
        from commands.plans import read
        from exporters.export import Format, PrintOrder, Source, export_plan

        plan = read(str(plan_path(SOME, folder)))
        source = Source(plan.view, plan.file.pictures.__getitem__)
        formats = tuple(Format(suffix) for suffix in suffixes)
        with timed(rows, f"{SOME} projects: {' + '.join(suffixes)}"):
            export_plan(source, PrintOrder(formats))

    return measure


def window(folder: Path, rows: Rows) -> None:
    """The window with a large plan: opening it, its pages, and typing into it."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    from forms.edits import SetValue
    from forms.schema import Table
    from storage import open_plan as read
    from ui import application

    path = plan_path(MANY, folder)
    running = application.prepare(application.SettingsFile(application.settings_path()).now)
    application.Collecting(running)  # as in the program: garbage is looked for between events
    shown = application.MainWindow(application.wire(None))
    shown.resize(1366, 768)
    shown.show()

    def settle() -> None:
        running.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        QCoreApplication.sendPostedEvents()
        running.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)

    settle()
    with timed(rows, f"window, {MANY:,} projects: plan file to draft"):
        draft, _ = shown.parts.desk.take_file(path)
    with timed(rows, f"window, {MANY:,} projects: draft to window"):
        shown.open_draft(draft)
        while shown.bench is None:
            rest(1)
        settle()
    bench = shown.bench
    assert bench is not None
    settled(bench)
    home = bench.session.pack.roles.projects
    slowest: list[tuple[float, str]] = []
    for section in bench.navigator.outline.sections():
        what = (
            f"window, {MANY:,} projects: the page of the projects, first time"
            if section.key == home.section
            else "window: any other page, first time"
        )
        began = time.perf_counter()
        with timed(rows, what):
            bench.open_section(section.key)
            settle()
        slowest.append((time.perf_counter() - began, section.key))
    print(f"slowest pages: {sorted(slowest)[:-4:-1]}", file=sys.stderr)
    for section in bench.navigator.outline.sections():
        with timed(rows, "window: a page that was open before"):
            bench.open_section(section.key)
            settle()
    bench.open_section(home.section)
    settle()
    table = bench.session.pack.index.items[home.section, home.item]
    assert isinstance(table, Table)
    address = home.at(bench.session.answers.order(home)[3], table.naming)
    for number in range(RUNS):
        with timed(rows, f"window, {MANY:,} projects: a project's name typed, painted"):
            bench.session.edit(SetValue(address, f"项目 {number}"))
            settle()
    with timed(rows, f"window, {MANY:,} projects: saved and closed"):
        plan = bench.plan
        plan.prepare_close()
        plan.close()
    assert len(read(path).answers.order(home)) == MANY
    shown.parts.jobs.close()


def grid(folder: Path, rows: Rows) -> None:
    """The sheet of the projects: scrolling by painted frames, sorting, filtering, grouping."""
    from decimal import Decimal

    from PySide6.QtCore import QCoreApplication, QEventLoop

    from forms.edits import SetValue
    from forms.evaluation import as_number
    from forms.kinds import Choice, Money
    from forms.loading import open_pack
    from forms.schema import Table
    from storage import open_plan as read
    from ui import application
    from ui.grid.arranging import Among, Between
    from ui.grid.rows_panel import RowsPanel
    from ui.session import PlanSession

    running = application.prepare(application.SettingsFile(application.settings_path()).now)
    file = read(plan_path(MANY, folder))
    pack = open_pack(file.meta.pack_id)
    home = pack.roles.projects
    table = pack.index.items[home.section, home.item]
    assert isinstance(table, Table)

    class NoPictures:
        def picture(self, sha256: str) -> bytes:
            raise KeyError(sha256)

        def add_picture(self, content: bytes, name: str) -> object:
            raise NotImplementedError

    session = PlanSession(pack, file.answers, NoPictures())  # pyright: ignore[reportArgumentType] -- a shelf nobody asks

    def settle() -> None:
        running.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        QCoreApplication.sendPostedEvents()
        running.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)

    size = f"grid, {MANY:,} rows"
    with timed(rows, f"{size}: the sheet made and painted"):
        panel = RowsPanel(session, home, table)
        panel.fill()
        panel.resize(1400, 800)
        panel.show()
        settle()
    size = f"{size} × {len(panel.rows.sheet_columns)} columns"
    session.check_now()
    settle()
    view, arranger = panel.view, panel.arranger

    def scroll(what: str) -> None:
        for bar, steps in ((view.verticalScrollBar(), 60), (view.horizontalScrollBar(), 30)):
            for step in range(steps):
                bar.setValue(bar.maximum() * (step + 1) // (steps + 1))
                with timed(rows, what):
                    view.viewport().repaint()
                    settle()
            bar.setValue(0)

    scroll(f"{size}: scroll, a painted frame")
    columns = table.columns
    money = next(c for c in columns if isinstance(c.kind, Money) and not c.years)
    choice = next(c for c in columns if isinstance(c.kind, Choice))
    texts = panel.rows.values.texts(session.view, (choice.key, 0))
    some = [
        as_number(v) or Decimal(0) for v in panel.rows.values.values(session.view, (money.key, 0))
    ]
    middle = sorted(some)[MANY // 2]
    for column in (money, choice, table.column(table.naming)):
        for descending in (False, True):
            with timed(rows, f"{size}: sort, painted"):
                arranger.sort((column.key, 0), descending=descending)
                settle()
    arranger.unsort()
    for text in sorted(frozenset(texts)):
        with timed(rows, f"{size}: filter by values, painted"):
            arranger.sieve((choice.key, 0), Among(frozenset((text,))))
            settle()
    with timed(rows, f"{size}: filter by a range, painted"):
        arranger.sieve((money.key, 0), Between(middle, None))
        settle()
    arranger.show_all()
    for column in (table.naming, choice.key, money.key):
        place = next(n for n, c in enumerate(panel.rows.sheet_columns) if c.key == column)
        with timed(rows, f"{size}: the filter of a column opened"):
            dialog = panel.menus.ask_sieve(place)
            settle()
        assert dialog is not None
        dialog.reject()
    arranger.sort((money.key, 0), descending=True)
    for number in range(RUNS):
        cell = home.at(panel.rows.keys[number], money.key)
        with timed(rows, f"{size}: a figure of the sorted column typed, painted"):
            session.edit(SetValue(cell, Decimal(number)))
            panel.follow((cell,))
            settle()
    with timed(rows, f"{size}: whether the order is old"):
        panel.rows.is_stale()
    arranger.unsort()
    for column in panel.rows.sheet_columns:  # as the field does when it gets the keyboard
        with timed(rows, f"{size}: a column read ahead of a search"):
            panel.rows.values.texts(session.view, column.spot)
    for text in ("项目", "1", "12", "热", "余热"):
        with timed(rows, f"{size}: search, painted"):
            panel.search.setText(text)
            settle()
    panel.search.clear()
    with timed(rows, f"{size}: group, painted"):
        arranger.group((choice.key, 0))
        settle()
    scroll(f"{size}: scroll while grouped, a painted frame")
    for closed in (True, False):
        with timed(rows, f"{size}: close or open all groups, painted"):
            arranger.fold_all(closed=closed)
            settle()
    arranger.group(None)
    arranger.sort((money.key, 0), descending=True)
    with timed(rows, f"{size}: make the sorted order the plan's"):
        arranger.keep_order()
        settle()
    panel.close()


def first_window(folder: Path, rows: Rows) -> None:
    """From starting Python to the painted start page; `YUANCE_BEGAN` is when."""
    del folder
    from PySide6.QtCore import QEventLoop

    from ui import application

    running = application.prepare(application.SettingsFile(application.settings_path()).now)
    from commands.making import sample_plan

    shown = application.MainWindow(application.wire(sample_plan))
    shown.show()
    running.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    seconds = time.time() - float(os.environ["YUANCE_BEGAN"])
    rows.append(("start to the painted window", [seconds]))
    shown.parts.jobs.close()


MEASUREMENTS: dict[str, Callable[[Path, Rows], None]] = {
    "first_window": first_window,
    "open_plan": open_plan,
    "edit": edit,
    "data": data,
    "window": window,
    "grid": grid,
    "prose": write_long_prose,
    "pdf": export(("pdf",)),
    "docx": export(("docx",)),
    "xlsx": export(("xlsx",)),
    "all": export(("docx", "pdf", "xlsx")),
    **FLUENCY,
    "pauses": heavy,
}


def main(name: str) -> None:
    """Run one measurement and print it."""
    rows: Rows = []
    with tempfile.TemporaryDirectory(prefix="yuance-bench-") as folder:
        MEASUREMENTS[name](Path(folder), rows)
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak_mb = peak_kb / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(json.dumps({"rows": rows, "peak_mb": round(peak_mb)}))
    sys.stdout.flush()
    os._exit(0)  # what is left of Qt must not spoil a measurement that is done


if __name__ == "__main__":
    main(sys.argv[1])
