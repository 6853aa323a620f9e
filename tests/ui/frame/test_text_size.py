"""The size of the text: everything goes along, and a small screen stays usable."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QWidget

from forms.edits import AddRow
from ui import theme
from ui.dialogs.continuing import ContinueDialog
from ui.grid.grid_view import SheetView
from ui.panels.findings_view import FindingsView
from ui.panels.side import Tab
from ui.settings import SettingsFile

SMALL_SCREEN = QSize(1366, 740)


@pytest.fixture
def sized(opened):
    """The opened window; text is of the ordinary size again afterwards."""
    yield opened
    opened.windows.dressing.put_on(percent=100)


def test_that_keys_make_text_larger_and_smaller_step_by_step(sized, settings, qtbot):
    sized.activateWindow()
    qtbot.waitUntil(sized.isActiveWindow)
    for key, expected in (
        (Qt.Key.Key_Plus, 110),
        (Qt.Key.Key_Equal, 125),
        (Qt.Key.Key_Minus, 110),
        (Qt.Key.Key_0, 100),
    ):
        QTest.keyClick(sized, key, Qt.KeyboardModifier.ControlModifier)
        assert settings.now.text_percent == expected
        qtbot.waitUntil(sized.actions_by_id[f"text_{expected}"].isChecked)


def test_that_there_is_an_end_to_larger_and_smaller():
    assert theme.next_size(200, 1) == 200
    assert theme.next_size(80, -1) == 80
    assert theme.next_size(105, 1) == 110  # a size no longer on offer


def test_that_all_goes_along_with_the_text_and_the_side_panel_folds_for_want_of_room(
    sized, settings, qtbot
):
    navigator, export = sized.bench.navigator, sized.top.export

    def measured():
        row = navigator.sizeHintForRow(0)
        return (row, export.iconSize().width(), sized.top.height(), export.height())

    before = measured()
    sized.resize(SMALL_SCREEN)
    sized.windows.dressing.put_on(percent=200)
    qtbot.waitUntil(lambda: sized.top.height() == 2 * before[2])
    for small, large in zip(before, measured(), strict=True):
        assert 1.8 * small <= large <= 2.2 * small
    qtbot.waitUntil(lambda: sized.minimumSizeHint().width() <= SMALL_SCREEN.width())

    panel, fold = sized.bench.panel, sized.actions_by_id["panel"]
    qtbot.waitUntil(lambda: not panel.isVisible())
    assert settings.now.panel_shown, "folded for want of room is no wish of the user"
    fold.trigger()
    assert panel.isVisible()
    sized.windows.dressing.put_on(percent=100)
    assert panel.isVisible()


def test_that_the_rows_of_an_open_sheet_have_room_for_their_text_at_any_size(sized, at, qtbot):
    session = sized.plan.session
    session.edit(AddRow(at("works/list"), "r1"))
    sized.bench.go_to(at("works/list/r1/name"))
    view = next(iter(sized.bench.page().findChildren(SheetView)))

    def is_roomy():
        rows = view.verticalHeader()
        inside = view.viewport().height() >= rows.length()
        return inside and view.rowHeight(0) >= rows.defaultSectionSize() == wanted

    for percent in (200, 80, 100):
        sized.windows.dressing.put_on(percent=percent)
        wanted = max(30, view.fontMetrics().lineSpacing() + 12)
        qtbot.waitUntil(is_roomy)


def test_that_panes_that_had_to_be_narrow_are_as_wide_again_as_somebody_made_them(
    sized, settings, qtbot
):
    sized.resize(SMALL_SCREEN)
    bench, wished = sized.bench, settings.now
    bench.show_tab(Tab.GUIDE)
    splitter = bench.panel.parentWidget()
    qtbot.waitUntil(lambda: splitter.sizes()[2] == wished.panel_width)
    before = splitter.sizes()

    sized.windows.dressing.put_on(percent=200)
    for tab in (Tab.PREVIEW, Tab.GUIDE):
        bench.show_tab(tab)
    sized.windows.dressing.put_on(percent=100)

    qtbot.waitUntil(lambda: splitter.sizes() == before)
    assert settings.now.navigator_width == wished.navigator_width
    assert settings.now.preview_width == wished.preview_width


def test_that_numbers_of_the_tabs_give_way_where_there_is_no_room_for_them(sized, qtbot):
    panel = sized.bench.panel
    tab = panel._buttons[Tab.FINDINGS]
    sized.plan.session.check_now()
    qtbot.waitUntil(lambda: tab.text().startswith("问题 "))
    numbered, least = tab.text(), panel.minimumSizeHint().width()

    panel.setFixedWidth(least)
    qtbot.waitUntil(lambda: tab.text() == "问题")
    assert abs(panel.minimumSizeHint().width() - least) <= 2
    assert tab.accessibleName().startswith("问题，共 ")
    panel.setFixedWidth(least + 100)
    qtbot.waitUntil(lambda: tab.text() == numbered)


@pytest.fixture
def findings_list(opened, qtbot):
    """A list of findings that can be hidden behind something else."""
    opened.plan.session.check_now()
    stack, view = QStackedWidget(), FindingsView(opened.bench.panel.findings.model)
    qtbot.addWidget(stack)
    stack.addWidget(view)
    stack.addWidget(QWidget())
    stack.show()
    return stack, view


def index(view, row):
    return view.model().index(row, 0)


def boxes(view):
    return [view.visualRect(view.model().index(row, 0)) for row in range(view.model().rowCount())]


def test_that_the_signs_of_findings_grow_with_their_words(findings_list):
    _, view = findings_list
    rows = [
        row for row in range(view.model().rowCount()) if view.findings.item_at(index(view, row))
    ]
    assert rows

    def shown():
        QApplication.processEvents()
        box = view.visualRect(index(view, rows[0]))
        picture = view.viewport().grab(box).toImage()
        must = {theme.colour("must").rgb(), theme.colour("should").rgb()}
        across, down = range(picture.width()), range(picture.height())
        signed = [x for x in across for y in down if picture.pixel(x, y) in must]
        return max(signed) - min(signed) + 1

    before = shown()
    view.setStyleSheet("font-size: 21pt")
    assert 1.8 * before <= shown() <= 2.2 * before


def fits_its_words(view, qtbot):
    """Whether its lines stand as those of a list that is made anew."""
    anew = FindingsView(view.findings)
    qtbot.addWidget(anew)
    anew.setStyleSheet(view.styleSheet())
    anew.resize(view.size())
    anew.show()
    return bool(boxes(view)) and boxes(view) == boxes(anew)


def test_that_the_list_of_findings_fits_words_that_grew_while_it_was_hidden(findings_list, qtbot):
    stack, view = findings_list
    assert fits_its_words(view, qtbot)
    stack.setCurrentIndex(1)
    view.setStyleSheet("font-size: 21pt")
    stack.setCurrentIndex(0)
    assert fits_its_words(view, qtbot)


def test_that_the_list_of_findings_fits_words_that_grew_unpainted(findings_list, qtbot):
    stack, view = findings_list
    stack.setUpdatesEnabled(False)
    view.setStyleSheet("font-size: 21pt")
    QApplication.processEvents()
    stack.setUpdatesEnabled(True)
    qtbot.waitUntil(lambda: fits_its_words(view, qtbot))


@pytest.mark.long
def test_that_the_window_fits_a_small_screen_at_every_size(sized):
    for percent in theme.SIZES:
        sized.windows.dressing.put_on(percent=percent)
        QApplication.processEvents()
        assert sized.minimumSizeHint().width() <= SMALL_SCREEN.width(), percent
        assert sized.minimumSizeHint().height() <= SMALL_SCREEN.height(), percent


@pytest.mark.long
def test_that_a_dialog_larger_than_the_screen_scrolls_and_keeps_its_buttons_in_sight(sized, qtbot):
    sized.windows.dressing.put_on(percent=200)
    sized.actions_by_id["next_year"].trigger()
    dialog = sized.findChild(ContinueDialog)
    room = dialog.screen().availableGeometry()
    qtbot.waitUntil(lambda: dialog.height() <= room.height())
    assert dialog.width() <= room.width()
    for button in dialog.findChildren(QPushButton):
        corner = button.mapTo(dialog, button.rect().bottomRight())
        assert dialog.rect().contains(corner), button.text()
    dialog.reject()


def test_that_the_focus_moves_nothing_at_any_size(qtbot):
    sheet = theme._scaled_rule
    for percent in theme.SIZES:
        for plain, focused in ((5, 4), (3, 2), (14, 13), (8, 7)):
            rules = [
                theme._RULE.sub(lambda rule, by=percent / 100: sheet(rule, by), text)
                for text in (
                    f"A {{ border: 1px; padding: {plain}px; }}",
                    f"A:focus {{ border: 2px; padding: {focused}px; }}",
                )
            ]
            outside = [sum(map(int, theme._PIXELS.findall(rule))) for rule in rules]
            assert outside[0] == outside[1], (percent, plain)


def test_that_the_size_of_a_former_version_is_taken_over(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"text_size": 120}')
    assert SettingsFile(path).now.text_percent == 110
