"""Every page, panel and dialog by keyboard and by screen reader."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from tests.ui.gallery.scenes import SCENES
from tests.ui.gallery.stage import stage
from tests.ui.overlays import OVERLAYS
from tests.ui.walking import described, silent_items, unnamed, wrongly_toured
from ui.panels.side import Tab


@pytest.fixture
def here(qtbot, write, tmp_path, nothing_left):
    with stage(qtbot, write, tmp_path) as opened:
        yield opened


@pytest.fixture
def bench(here):
    return here.open_sample()


def trouble(here, root: QWidget) -> list[str]:
    root.window().activateWindow()
    here.wait(root.window().isActiveWindow)
    return unnamed(root) + silent_items(root) + wrongly_toured(root)


@pytest.mark.long
def test_that_every_page_can_be_named_read_in_order_and_left_again(here, bench):
    found = {}
    for section in bench.navigator.outline.sections():
        bench.open_section(section.key)
        here.settle()
        wrong = trouble(here, bench.page().widget())
        if wrong:
            found[section.key] = wrong
    assert found == {}


@pytest.mark.long
def test_that_every_panel_can_be_named_and_read_in_order(here, bench):
    for tab in Tab:
        bench.show_tab(tab)
        here.settle()
        assert trouble(here, bench.panel) == [], tab


@pytest.mark.long
@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda overlay: overlay.name)
def test_that_whatever_is_laid_over_the_plan_can_be_named_and_read_in_order(here, bench, overlay):
    shown = overlay.open(here)
    here.settle()
    assert (unnamed(shown) if overlay.is_passing else trouble(here, shown)) == []
    assert shown.window().windowTitle()


@pytest.mark.long
@pytest.mark.parametrize(
    "scene",
    [each for each in SCENES if each.name in ("merge", "take-rows", "history")],
    ids=lambda scene: scene.name,
)
def test_that_what_is_laid_over_the_plan_can_be_named(here, scene):
    over = scene.set_up(here)
    here.settle()
    assert trouble(here, over or here.window) == []


@pytest.mark.long
def test_that_the_palette_can_be_named(here, bench):
    here.window.actions_by_id["palette"].trigger()
    assert unnamed(here.window) + silent_items(here.window) == []


def test_that_the_whole_window_can_be_named_and_toured_without_a_trap(here):
    here.window.show_start()
    assert trouble(here, here.window) == []
    here.open_empty()
    here.settle()
    assert trouble(here, here.window) == []


class Flashes(QObject):
    """Notes every window that comes up."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.window = window
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = watched if event.type() == QEvent.Type.Show else None
        if isinstance(shown, QWidget) and shown.isWindow() and shown is not self.window:
            self.seen.append(described(shown))
        return False


def test_that_no_window_flashes_up_while_a_plan_opens_and_keeps_the_keyboard(here, qapp):
    flashes = Flashes(here.window)
    qapp.installEventFilter(flashes)
    bench = here.open_sample()
    for section in ("economy", "projects", "outcomes"):
        bench.open_section(section)
    qapp.removeEventFilter(flashes)
    assert flashes.seen == []
    assert here.window.isActiveWindow()
