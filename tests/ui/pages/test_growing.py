"""A page shows what is in sight at once; what stands below follows, and at once when wanted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout

from forms.edits import set_from_text
from ui.fields.choosing import YesNoEditor
from ui.pages.blocks import Block, FieldsBlock, parts_of
from ui.pages.kept import KeptPages
from ui.pages.section_page import SectionPage
from ui.reading_order import InReadingOrder, in_reading_order, is_stop, step

LOW = 160  # pixels: the heading and one block


def made(page):
    return page.findChildren(Block)


def all_parts(page):
    return len(parts_of(page.section))


def fresh(session, pack, qtbot):
    page = SectionPage(session, pack.index.sections["figures"])
    qtbot.addWidget(page)
    page.resize(814, LOW)
    page.show()
    return page


def test_that_only_what_is_in_sight_is_made_at_once_and_the_rest_follows(session, pack, qtbot):
    page = fresh(session, pack, qtbot)
    assert 1 <= len(made(page)) < all_parts(page)
    qtbot.waitUntil(lambda: len(made(page)) == all_parts(page), timeout=3000)
    assert all(block.isVisible() for block in made(page))


def test_that_a_page_as_high_as_the_screen_has_no_gap_at_its_end(session, pack, qtbot):
    page = fresh(session, pack, qtbot)
    page.resize(814, 1200)
    page.grab()
    shown = page.blocks
    bottoms = [block.mapTo(page.widget(), block.rect().bottomLeft()).y() for block in shown]
    assert bottoms == sorted(bottoms)


def test_that_long_texts_have_their_room_when_a_page_is_first_painted(session, pack, qtbot, at):
    text = "项目内容和手续见各表，逐户核实物料、能耗和排放数据。" * 12
    session.edit(set_from_text(pack, at("kinds/idea"), text))
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    stack.addWidget(SectionPage(session, pack.index.sections["figures"]))
    stack.resize(814, 600)
    stack.show()
    page = SectionPage(session, pack.index.sections["kinds"])
    stack.addWidget(page)
    stack.setCurrentWidget(page)
    assert made(page)
    assert all(block.height() >= block.sizeHint().height() for block in made(page))


def in_many_blocks(session, pack, qtbot):
    """A page on which each field is a block of its own."""
    section = pack.index.sections["kinds"]
    apart = tuple(replace(item, group=item.key) for item in section.items)
    page = SectionPage(session, replace(section, items=apart))
    qtbot.addWidget(page)
    page.resize(814, LOW)
    page.show()
    return page


def block_at(page, item):
    return next(block for block in made(page) if block.holds(item))


def test_that_a_field_still_to_come_can_be_gone_to_at_once(session, pack, qtbot, at):
    page = in_many_blocks(session, pack, qtbot)
    assert page.reveal(at("kinds/output"))
    assert (
        page.viewport()
        .rect()
        .contains(block_at(page, "output").mapTo(page.viewport(), QPoint(0, 20)))
    )
    assert len(made(page)) < all_parts(page), "what stands above and below may come later"


def test_that_what_was_gone_to_stays_in_its_place_while_the_page_grows(session, pack, qtbot, at):
    page = in_many_blocks(session, pack, qtbot)
    page.reveal(at("kinds/output"))
    block = block_at(page, "output")
    QApplication.processEvents()
    place = block.mapTo(page.viewport(), QPoint(0, 0)).y()
    before = page.verticalScrollBar().value()

    qtbot.waitUntil(lambda: len(made(page)) == all_parts(page))

    assert block.mapTo(page.viewport(), QPoint(0, 0)).y() == place
    assert page.verticalScrollBar().value() != before, "what stands above is as high as was guessed"


def test_that_what_was_gone_to_has_its_place_before_it_is_painted(session, pack, qtbot, at):
    page = fresh(session, pack, qtbot)
    page.grab()
    page.reveal(at("figures/special"))
    frames = block_at(page, "special").frames.values()
    places = [frame.geometry() for frame in frames if frame.isVisible()]
    for _ in range(9):
        QApplication.processEvents()
    assert places == [frame.geometry() for frame in frames if frame.isVisible()]
    assert places


def test_that_who_scrolls_away_is_not_taken_back(session, pack, qtbot, at):
    page = in_many_blocks(session, pack, qtbot)
    page.reveal(at("kinds/output"))
    QApplication.processEvents()
    page.verticalScrollBar().setValue(0)
    qtbot.waitUntil(lambda: len(made(page)) == all_parts(page))
    assert page.verticalScrollBar().value() == 0


def test_that_scrolling_to_the_end_finds_the_end(session, pack, qtbot):
    page = fresh(session, pack, qtbot)
    bar = page.verticalScrollBar()
    page.grab()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    last = page.section.items[-1].key
    assert any(block.holds(last) for block in made(page))


@pytest.fixture
def window(qtbot):
    """A window somebody works in: only there the keyboard goes anywhere."""
    shown = InReadingOrder()
    qtbot.addWidget(shown)
    QVBoxLayout(shown)
    shown.resize(814, LOW)
    shown.show()
    shown.activateWindow()
    qtbot.waitActive(shown)
    return shown


def put_into(window, session, pack):
    """A page of many blocks that has just been opened there."""
    section = pack.index.sections["kinds"]
    apart = tuple(replace(item, group=item.key) for item in section.items)
    page = SectionPage(session, replace(section, items=apart))
    window.layout().addWidget(page)
    page.show()
    window.setFocus()
    return page


def field_at(page):
    """The field the keyboard is at: its widget is made anew with another page."""
    stop = QApplication.focusWidget()
    assert stop is not None
    frames = (each for block in made(page) for each in block.frames.items())
    return next((item for item, frame in frames if frame.isAncestorOf(stop)), "heading")


def walked(page, *, forward):
    """The fields Tab leads through, all the way round."""
    found = []
    for _ in range(90):
        assert step(page.window(), forward=forward)
        name = field_at(page)
        if len(found) > 1 and name == found[0] != found[-1]:
            return found
        found += [name] if name not in found[-1:] else []
    raise AssertionError(f"Tab never comes round: {found}")


def test_that_tab_makes_no_more_of_a_page_than_the_stop_it_leads_to(window, session, pack):
    page = put_into(window, session, pack)
    seen = made(page)
    for _ in range(30):
        step(window, forward=True)
        if len(made(page)) > len(seen):
            break
    assert len(made(page)) == len(seen) + 1, "one field more, and none of those below it"
    stop = QApplication.focusWidget()
    assert stop is not None
    assert not any(each.isAncestorOf(stop) for each in seen)


@pytest.mark.parametrize("forward", [True, False])
def test_that_tab_leads_through_a_growing_page_as_through_a_whole_one(
    window, session, pack, forward
):
    page = put_into(window, session, pack)
    assert len(made(page)) < all_parts(page)
    way = walked(page, forward=forward)
    window.setFocus()
    page.make_whole()
    assert way == walked(page, forward=forward)
    assert len(way) > 5


def test_that_shift_tab_finds_the_end_of_a_page_and_keeps_it_in_sight(window, session, pack, qtbot):
    page = put_into(window, session, pack)
    step(window, forward=False)
    assert len(made(page)) < all_parts(page), "what stands between may come later"
    stop = QApplication.focusWidget()
    assert stop is not None
    qtbot.waitUntil(lambda: len(made(page)) == all_parts(page), timeout=3000)
    assert stop is [each for each in in_reading_order(page) if is_stop(each)][-1]
    assert page.viewport().rect().contains(stop.mapTo(page.viewport(), stop.rect().center()))


def test_that_a_field_made_late_shows_what_was_changed_before(session, pack, qtbot, at):
    page = fresh(session, pack, qtbot)
    session.edit(set_from_text(pack, at("figures/special"), "是"))
    assert not any(block.holds("special") for block in made(page))
    block = next(block for block in page.blocks if block.holds("special"))
    assert isinstance(block, FieldsBlock)
    editor = block.frames["special"].editor
    assert isinstance(editor, YesNoEditor)
    assert editor.yes.isChecked()


def test_that_pages_nobody_sees_go_before_a_change_of_look(session, pack, qtbot):
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    stack.resize(814, 680)
    stack.show()
    kept = KeptPages(stack, session.receiving)
    for key in ("kinds", "steps", "works"):
        kept.show(key, lambda key=key: SectionPage(session, pack.index.sections[key]))
    shown = stack.currentWidget()
    kept.let_go_unseen()
    assert [stack.widget(place) for place in range(stack.count())] == [shown]
