"""Drives the real window in a process of its own; `test_window_journey.py` starts and kills it.

    window_driver.py fill FOLDER      a new plan by the dialog, every place filled; then waits
    window_driver.py resume FOLDER    the plan again: compare, undo, export, save as file, close

Words on standard output are what the test waits for.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from forms.address import Address, parse_address
from forms.edits import AddRow, Edit, SetValue, set_from_text
from forms.plan_json import plan_to_json
from tests.commands.filling import FIRST, assignments
from ui import application
from ui.dialogs.export import ExportDialog
from ui.dialogs.new_plan import NewPlanDialog
from ui.drafting import OpenPlan
from ui.fields.choosing import ChoiceEditor, ChoicesEditor, YesNoEditor
from ui.fields.editors import Editor
from ui.fields.frame import FieldFrame
from ui.fields.lines import LineEditor
from ui.fields.pictures import PictureEditor
from ui.fields.prose import ProseEditor
from ui.main_window import MainWindow
from ui.pages.blocks import FieldsBlock
from ui.workbench import Workbench

_LONGEST_SECONDS = 60


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Let the window work until something holds."""
    flags = QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    deadline = time.monotonic() + _LONGEST_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        QApplication.processEvents(flags, 50)


def write(widget: QWidget, text: str) -> None:
    """Commit text the way a Chinese input method does."""
    widget.setFocus()
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def open_window() -> MainWindow:
    """The window of the program, over the folders of the environment."""
    application.prepare(application.SettingsFile(application.settings_path()).now)
    window = MainWindow(application.wire(None))
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    wait_until(window.isActiveWindow, "the window is active")
    return window


def bench_of(window: MainWindow) -> Workbench:
    """The open plan on screen."""
    assert window.bench is not None
    return window.bench


def plan_of(window: MainWindow) -> OpenPlan:
    """The open plan."""
    assert window.plan is not None
    return window.plan


# -- fill ------------------------------------------------------------------------------------------


def begin_plan(window: MainWindow) -> None:
    """新建: what the dialog asks for, and Return."""
    window.actions_by_id["new"].trigger()
    dialog = window.findChild(NewPlanDialog)
    assert dialog is not None
    write(dialog.park, FIRST["cover/park_name"])
    for line, place in (
        (dialog.base_year, "period/base_year"),
        (dialog.target_year, "period/target_year"),
    ):
        line.selectAll()
        write(line, FIRST[place])
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.complaint, dialog.complaint
    wait_until(lambda: window.bench is not None, "the new plan is open")


def enter(editor: Editor, text: str) -> None:
    """Put a value into an editor as a person does."""
    match editor:
        case LineEditor():
            editor.line.setFocus()
            editor.line.selectAll()
            write(editor.line, text)
            QTest.keyClick(editor.line, Qt.Key.Key_Return)
        case ProseEditor():
            editor.text.setFocus()
            editor.text.selectAll()
            for number, line in enumerate(text.split("\n")):
                if number:
                    QTest.keyClick(editor.text, Qt.Key.Key_Return)
                write(editor.text, line)
        case ChoiceEditor():
            editor.box.setFocus()
            place = next(
                place
                for place in range(editor.box.count())
                if text in (editor.box.itemData(place), editor.box.itemText(place))
            )
            editor.box.setCurrentIndex(place)
            editor.box.activated.emit(place)
        case ChoicesEditor():
            for key, box in editor.boxes().items():
                if {key, box.text()} & set(text.split("、")):
                    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
        case YesNoEditor():
            button = editor.yes if text == "是" else editor.no
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        case PictureEditor():
            editor.take_file(Path(text))
        case _:
            raise AssertionError(f"no way to fill {type(editor).__name__}")


def frames_on(bench: Workbench) -> Iterator[FieldFrame]:
    """The fields of the page on screen that can be filled."""
    page = bench.page()
    assert isinstance(page, application.SectionPage)
    for block in page.blocks:
        if isinstance(block, FieldsBlock):
            yield from (frame for frame in block.frames.values() if frame.isVisible())


def fill_fields(bench: Workbench, wanted: dict[str, str]) -> set[str]:
    """Fill every field of the page through its widget; the addresses filled."""
    filled: set[str] = set()
    for frame in tuple(frames_on(bench)):
        address = str(frame.address)
        if address in wanted and frame.isVisible():
            enter(frame.editor, wanted[address])
            if isinstance(frame.editor, PictureEditor):  # read by a process of its own
                place = frame.address
                wait_until(lambda at=place: bench.session.answers.get(at) is not None, address)
            assert not frame.editor.fault, f"{address}: {frame.editor.fault}"
            filled.add(address)
    bench.commit()
    return filled


def fill_tables(bench: Workbench, wanted: dict[str, str]) -> set[str]:
    """Fill the tables of a section as one pasted block each, through the session."""
    session = bench.session
    assert bench.section is not None
    filled: set[str] = set()
    edits: list[Edit] = []
    for text, value in wanted.items():
        address = parse_address(text)
        if address.section != bench.section.key or not address.row:
            continue
        if value == "+":
            edits.append(AddRow(address.table, address.row))
        elif value.endswith(".png"):
            path = Path(value)
            shown = session.pictures.add_picture(path.read_bytes(), path.name)
            edits.append(SetValue(address, shown))
        else:
            edits.append(set_from_text(session.pack, address, value))
        filled.add(text)
    if edits:
        session.edit_all(tuple(edits), "粘贴表格")
    return filled


def missing(bench: Workbench, wanted: dict[str, str], places: set[str]) -> list[str]:
    """Which of these places do not hold what was wanted."""
    session = bench.session
    found: list[str] = []
    for text in places:
        address, value = parse_address(text), wanted[text]
        stands = session.view.value(address)  # what equals the default need not be typed
        if value == "+":
            holds = address.row in session.answers.order(address)
        elif value.endswith(".png"):
            holds = stands is not None
        else:
            edit = set_from_text(session.pack, address, value)
            holds = stands == edit.value and str(stands) == str(edit.value)
        if not holds:
            found.append(f"{text}: {stands!r}")
    return found


def fill(folder: Path) -> None:
    """A new plan with something at every place; then wait to be killed."""
    window = open_window()
    begin_plan(window)
    bench = bench_of(window)
    pairs = (text.partition("=") for text in assignments(bench.session.pack, folder / "图.png"))
    wanted = {address: value for address, _, value in pairs}
    filled: set[str] = set()
    opened: set[str] = set()
    while fresh := [
        section.key for section in bench.navigator.outline.sections() if section.key not in opened
    ]:
        opened.add(fresh[0])
        bench.open_section(fresh[0])
        filled |= fill_tables(bench, wanted)
        filled |= fill_fields(bench, wanted)
    assert not missing(bench, wanted, filled), missing(bench, wanted, filled)
    plan = plan_of(window)
    plan.autosave.flush()
    wait_until(lambda: plan.is_settled, "everything is saved")
    (folder / "expected.json").write_text(json.dumps(typed_in(bench)), encoding="utf-8")
    print(f"saved {len(filled)} of {len(wanted)} in {len(opened)} sections", flush=True)
    wait_until(lambda: False, "killed")


def typed_in(bench: Workbench) -> object:
    """Everything typed into the plan, as data."""
    return plan_to_json(bench.session.pack, bench.session.answers)["sections"]


# -- resume ----------------------------------------------------------------------------------------


def undo_one(window: MainWindow) -> None:
    """Overwrite a sentence and take that back with Ctrl+Z."""
    bench = bench_of(window)
    home: Address = bench.session.pack.roles.park_name
    before = bench.session.answers
    bench.go_to(home)
    frame = next(frame for frame in frames_on(bench) if frame.address == home)
    enter(frame.editor, "另一个园区")
    bench.commit()
    assert bench.session.view.typed(home) == "另一个园区"
    QTest.keyClick(frame.editor.core, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: bench.session.answers == before, "the edit is undone")
    print("undone", flush=True)


def export(window: MainWindow, folder: Path) -> None:
    """导出: all three formats into the folder, by the dialog."""
    window.actions_by_id["export"].trigger()
    wait_until(lambda: window.findChild(ExportDialog) is not None, "checked, and the dialog there")
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    for box in dialog.choices.formats.values():
        box.setChecked(True)
    dialog.folder.setText(str(folder))
    dialog.name.setText("青湖")
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    wait_until(lambda: len(dialog.written) == 3 or not window.parts.jobs.is_busy, "exported")
    names = sorted(written.path.name for written in dialog.written)
    assert len(names) == 3, dialog.says.text()
    print(f"exported {' '.join(names)}", flush=True)
    dialog.close()


def resume(folder: Path) -> None:
    """Open the plan that was there when the window was killed, and bring it to paper."""
    window = open_window()
    known = window.parts.desk.recents()
    assert len(known) == 1, known
    window.open_draft(known[0].folder)
    wait_until(lambda: window.bench is not None, "the plan is open")
    assert not plan_of(window).recovered.damaged_now
    assert "已恢复到" in window.notice.sentence
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert typed_in(bench_of(window)) == expected
    print("all there", flush=True)
    undo_one(window)
    export(window, folder)
    plan_of(window).save_file(folder / "青湖.yuance", bench_of(window).session.answers)
    wait_until(lambda: not window.parts.jobs.is_busy, "the jobs are done")
    window.close()
    wait_until(lambda: window.bench is None and not window.isVisible(), "the window is closed")
    print("closed", flush=True)


if __name__ == "__main__":
    {"fill": fill, "resume": resume}[sys.argv[1]](Path(sys.argv[2]))
