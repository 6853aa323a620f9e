"""S3 on screen: whatever a plan is called, the whole window shows it as it was typed."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import Qt as Guess
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from forms.address import parse_address
from forms.edits import AddRow, SetValue, set_from_text
from tests.exporters.volume import png
from tests.outputs import hostile
from tests.outputs.watching import linux_only, watched
from tests.packs.loading import small_pack
from tests.reliability.counts import record
from ui.dialogs.export import ExportDialog
from ui.dialogs.texts import FaultDialog
from ui.fields.small import plain_label
from ui.pages.start_page import Recents
from ui.panels.side import Tab
from ui.plain import plain_box, plain_caption, plain_tip, plain_title

BEGIN, END = "始", "终"
MARKED = re.compile(f"{BEGIN}(.*?){END}", re.DOTALL)
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole)


@pytest.fixture(scope="session")
def pack():
    return small_pack()


@pytest.fixture
def traps():
    with tempfile.TemporaryDirectory(prefix="y", ignore_cleanup_errors=True) as folder:
        picture, notes = Path(folder) / "p", Path(folder) / "n"
        picture.write_bytes(png())
        notes.write_text("CANARY", encoding="utf-8")
        yield picture, notes


@pytest.fixture
def names(traps):
    """Every hostile text between two signs, as it stands in a field of one line."""
    texts = (hostile.filled(text, *map(str, traps)) for text in hostile.TEXTS.values())
    return [f"{BEGIN}{hostile.in_one_line(text)[:56]}{END}" for text in texts]


@pytest.fixture
def window(make_window, new_draft, qtbot, names):
    """The window over a plan that is called by one text and has a project for each of them."""
    made = make_window()
    made.open_draft(new_draft(cover__park_name=names[0], cover__compiler=names[1]))
    session = made.plan.session
    edits = []
    for number, name in enumerate(names):
        row = parse_address(f"works/list/r{number}")
        edits.append(AddRow(row.table, row.row))
        for column, text in (("name", name), ("approved", "是"), ("number", name), ("total", "1")):
            edits.append(set_from_text(session.pack, parse_address(f"{row}/{column}"), text))
    picture = parse_address("maps/pictures/m1")
    edits.append(AddRow(picture.table, picture.row))
    for place, text in (("title", names[2]), ("project", "r2")):
        edits.append(set_from_text(session.pack, parse_address(f"{picture}/{place}"), text))
    session.edit_all(tuple(edits), "准备")
    qtbot.waitUntil(lambda: made.plan.is_settled, timeout=5000)
    return made


# -- What a person sees --------------------------------------------------------------------------


def guessed(text: str) -> str:
    """What is seen of a text where Qt guesses whether it is HTML."""
    return as_html(text) if Guess.mightBeRichText(text) else text


def as_html(text: str) -> str:
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


def without_shortcuts(text: str) -> str:
    """What is seen of the text of a button or menu entry: && is &, & alone is a line below."""
    return re.sub("&(.)", r"\1", text.partition("\t")[0], flags=re.DOTALL)


def seen(root: QWidget) -> Iterator[tuple[str, str]]:
    """Everything the widgets below a window say, as it reads, with the sort of widget."""
    for widget in (root, *root.findChildren(QWidget)):
        yield f"tip of {type(widget).__name__}", guessed(widget.toolTip())
        if widget.isWindow():
            handle = widget.windowHandle()
            yield "title", handle.title() if handle else ""
        match widget:
            case QLabel():
                yield "label", label_text(widget)
            case QAbstractButton():
                yield "button", without_shortcuts(widget.text())
            case QComboBox():
                yield from (("list", widget.itemText(n)) for n in range(widget.count()))
            case QLineEdit():
                yield "line", widget.text()
                yield "line", widget.placeholderText()
            case QPlainTextEdit() | QTextEdit():
                yield "text", widget.toPlainText()
            case QMenu():
                yield from (("menu", without_shortcuts(a.text())) for a in widget.actions())
            case QAbstractItemView() if widget.model() is not None:
                yield from (("item", said) for said in items(widget.model()))
        yield from (("action", without_shortcuts(a.text())) for a in widget.actions())
        yield from (("tip of action", guessed(a.toolTip())) for a in widget.actions())


def label_text(label: QLabel) -> str:
    match label.textFormat():
        case Qt.TextFormat.PlainText:
            return without_shortcuts(label.text()) if label.buddy() else label.text()
        case Qt.TextFormat.AutoText:
            return guessed(label.text())
        case _:
            return as_html(label.text())


def items(model, parent=None) -> Iterator[str]:
    parent = parent or QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            for role in ROLES:
                said = model.data(index, role)
                if isinstance(said, str):
                    yield guessed(said) if role == Qt.ItemDataRole.ToolTipRole else said
        yield from items(model, model.index(row, 0, parent))


def wrong_texts(roots, names) -> tuple[list[str], set[str], set[str]]:
    """What is seen otherwise than it was typed; which were seen, and in which widgets."""
    wanted = {name[1:-1] for name in names}
    wrong: list[str] = []
    known: set[str] = set()
    sorts: set[str] = set()
    for root in roots:
        for sort, text in seen(root):
            for found in MARKED.findall(text):
                if found in wanted:
                    known.add(found)
                    sorts.add(sort)
                elif "…" not in found:
                    wrong.append(f"{sort}: {found!r}")
    return wrong, known, sorts


def windows() -> list[QWidget]:
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]


# -- The window ----------------------------------------------------------------------------------


@linux_only
def test_that_every_widget_shows_every_text_as_it_was_typed(window, names, traps, qtbot):
    bench, known, sorts = window.bench, set(), set()
    with watched(*traps) as opened:
        for section in bench.navigator.outline.sections():
            bench.open_section(section.key)
            bench.page().make_whole()
            bench.show_tab(Tab.FINDINGS)
            window.plan.session.check_now()
            QApplication.processEvents()
            window.grab()
            wrong, found, where = wrong_texts(windows(), names)
            assert wrong == [], section.key
            known |= found
            sorts |= where
    assert opened == []
    assert known == {name[1:-1] for name in names}
    record("S3", f"{len(known)} texts identical, 0 files opened", part="window")
    assert {"item", "label", "line", "tip of QLabel", "title"} <= sorts


def test_that_title_bar_and_notice_show_any_name(window, names, traps):
    park = window.plan.session.pack.roles.park_name
    with watched(*traps) as opened:
        for name in names:
            window.plan.session.edit(SetValue(park, name))
            window.notice.say(f"“{name}”已移到回收站。", offer=(name, lambda: None))
            QApplication.processEvents()
            assert name in window.windowHandle().title()
            assert name in guessed(window.top._name.toolTip())
            assert wrong_texts(windows(), names)[0] == []
            window.grab()
    assert opened == []


def test_that_the_list_of_plans_shows_any_name(window, names, qtbot, desk, new_draft):
    window.actions_by_id["home"].trigger()
    qtbot.waitUntil(lambda: window.plan is None, timeout=5000)
    for name in names[1:6]:
        new_draft(cover__park_name=name)
    window.show_start()
    recents = window.findChild(Recents)
    shown = list(items(recents.model()))

    assert len(shown) == 6
    assert all(any(name in text for text in shown) for name in names[:6])
    assert wrong_texts(windows(), names)[0] == []


def test_that_the_print_desk_and_the_fault_report_show_any_name(window, names):
    window.actions_by_id["export"].trigger()
    dialog = window.findChild(ExportDialog)
    dialog.folder.setText(names[3])
    dialog.start()
    assert names[3] in dialog.says.text()
    report = FaultDialog(names[4], names[5], window)
    report.show()

    assert wrong_texts(windows(), names)[0] == []
    report.close()
    dialog.close()


# -- The look at the window bites ----------------------------------------------------------------


def test_that_a_careless_widget_would_be_noticed(qapp, names):
    """What Qt makes of a bold name, of R&D and of a title with [*], unless it is told."""
    from PySide6.QtWidgets import QPushButton, QVBoxLayout

    bold, ampersand = f"{BEGIN}<b>重点</b>{END}", f"{BEGIN}R&D{END}"
    careless = [QLabel(bold), QPushButton(ampersand)]
    careful = [plain_label(bold), QPushButton(plain_caption(ampersand))]
    for widgets, faults in ((careless, 2), (careful, 0)):
        root = QWidget()
        column = QVBoxLayout(root)
        for widget in widgets:
            column.addWidget(widget)
        assert len(wrong_texts([root], [bold, ampersand])[0]) == faults


def test_that_each_text_comes_through_each_plain_way(qapp, names):
    for name in names:
        assert guessed(plain_tip(name)) == name
        assert without_shortcuts(plain_caption(name)) == name.replace("\t", " ")
        assert plain_title(name).replace("[*][*]", "[*]") == name
        box = plain_box(QMessageBox.Icon.NoIcon, name, name, None)
        box.setInformativeText(name)
        assert [label_text(each) for each in box.findChildren(QLabel) if each.text()] == [
            name,
            name,
        ]
        box.deleteLater()
