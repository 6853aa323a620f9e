"""使用说明 in the window: F1 opens it, chapters lead on, nothing outside is read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument, QTextFormat
from PySide6.QtTest import QTest

import resources
from ui.dialogs.base import PlainDialog
from ui.dialogs.manual import ManualDialog, chapters
from ui.dialogs.naming import NamingDialog
from ui.guide_places import PLACES
from ui.panels.side import Tab
from ui.prose.plan_find import PlanFind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
IMAGE = QTextDocument.ResourceType.ImageResource.value


def manual_of(window):
    (dialog,) = window.findChildren(ManualDialog)
    return dialog


def opened_manual(window):
    window.actions_by_id["manual"].trigger()
    return manual_of(window)


def test_that_f1_opens_the_guide_once_and_a_plan_can_be_written_beside_it(opened, qtbot):
    opened.bench.panel.setFocus()
    QTest.keyClick(opened, Qt.Key.Key_F1)
    dialog = manual_of(opened)
    QTest.keyClick(opened, Qt.Key.Key_F1)

    assert manual_of(opened) is dialog
    assert not dialog.isModal()
    assert "使用说明" in dialog.text.toPlainText()
    dialog.close()


def test_that_f1_opens_the_guide_where_it_speaks_of_the_place_one_is_at(opened, at):
    for address, chapter, heading in (
        ("story/idea", "填表", "正文"),
        ("face/park", "填表", "各种栏目"),
    ):
        opened.bench.go_to(at(address))
        dialog = opened_manual(opened)
        first = dialog.text.cursorForPosition(QPoint(40, 40)).block().text()

        assert (dialog.list.currentItem().text(), first) == (chapter, heading)
    opened.bench.show_tab(Tab.FINDINGS)
    opened.bench.focus_panel()

    assert opened_manual(opened).list.currentItem().text() == "问题与校核"
    manual_of(opened).close()


@pytest.mark.parametrize("place", [place for _, place in PLACES])
def test_that_the_guide_has_each_place_f1_leads_to(place):
    text = resources.read_text(f"guide/{place.file}")

    assert not place.heading or f"\n## {place.heading}\n" in text


def test_that_each_chapter_opens_from_the_list_and_a_link_marks_its_chapter(opened):
    dialog = opened_manual(opened)
    for row, (name, title) in enumerate(chapters()):
        dialog.list.setCurrentRow(row)
        assert dialog.text.source().fileName() == name
        assert title in dialog.text.toPlainText()
    dialog.list.setCurrentRow(0)
    dialog.text.setSource(QUrl("04-filling.md"))

    assert dialog.list.currentItem().text() == "填表"
    assert "分年表" in dialog.text.toPlainText()
    dialog.close()


def large_words(text):
    """The words set larger than running text, each once."""
    block, found = text.document().begin(), []
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            form = pieces.fragment().charFormat()
            if form.property(QTextFormat.Property.FontSizeAdjustment):
                found.append(pieces.fragment().text())
            pieces += 1
        block = block.next()
    return list(dict.fromkeys(found))


def test_that_headings_and_nothing_else_look_like_headings(opened):
    dialog = opened_manual(opened)
    for row, (name, _) in enumerate(chapters()):
        dialog.list.setCurrentRow(row)
        lines = resources.read_text(f"guide/{name}").splitlines()
        headings = [line.lstrip("# ") for line in lines if line.startswith("#")]
        assert large_words(dialog.text) == headings
    dialog.close()


def test_that_pictures_fit_the_text(opened):
    dialog = opened_manual(opened)
    dialog.list.setCurrentRow(3)
    picture = dialog.text.loadResource(IMAGE, QUrl("images/window.png"))

    assert isinstance(picture, QImage)
    assert not picture.isNull()
    assert picture.deviceIndependentSize().width() <= dialog.text.viewport().width()
    dialog.close()


def test_that_nothing_outside_the_guide_is_read(opened, tmp_path):
    dialog = opened_manual(opened)
    secret = tmp_path / "secret.md"
    secret.write_text("# 别处的内容", encoding="utf-8")
    before = dialog.text.source()
    for address in (QUrl.fromLocalFile(str(secret)), QUrl("https://example.org/x.md")):
        dialog.text.setSource(address)
        assert dialog.text.source() == before
        assert dialog.text.loadResource(IMAGE, address) is None
    assert "别处" not in dialog.text.toPlainText()
    dialog.close()


def kinds_of(kind):
    for each in kind.__subclasses__():
        yield each
        yield from kinds_of(each)


def test_that_the_guide_has_each_place_a_dialog_leads_to(opened):
    kinds = [kind for kind in kinds_of(PlainDialog) if kind.guide]
    assert len(kinds) > 20

    for kind in kinds:
        file, _, heading = kind.guide.partition("#")
        text = resources.read_text(f"guide/{file}")
        assert not heading or f"\n## {heading}\n" in text, kind


def test_that_f1_in_a_dialog_opens_the_guide_over_it_where_it_speaks_of_it(opened, qtbot):
    opened.actions_by_id["name_version"].trigger()
    (asking,) = opened.findChildren(NamingDialog)
    assert asking.isModal()
    asking.activateWindow()
    qtbot.waitUntil(asking.isActiveWindow)

    QTest.keyClick(asking, Qt.Key.Key_F1)
    dialog = manual_of(asking)

    assert dialog.list.currentItem().text() == "保存、恢复和带走"
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    assert manual_of(asking) is dialog
    dialog.close()
    asking.reject()


def test_that_a_search_beside_the_plan_shares_the_guide_of_its_window(opened, qtbot):
    opened.actions_by_id["find_all"].trigger()
    (find,) = opened.findChildren(PlanFind)
    find.activateWindow()
    qtbot.waitUntil(find.isActiveWindow)

    QTest.keyClick(find, Qt.Key.Key_F1)

    assert manual_of(opened).parent() is opened
    manual_of(opened).close()
    find.close()
