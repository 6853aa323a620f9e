"""At 100 % and 200 % on a small screen, and on a scaled one, no text is cut off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

from tests.ui.clipped import cut_off, overlapping, sideways
from tests.ui.gallery.scenes import SCENES
from tests.ui.gallery.stage import SMALL, stage
from ui.panels.side import Tab

NORMAL, DOUBLE = 100, 200
SIZES = pytest.mark.parametrize("size", [NORMAL, DOUBLE], ids=["100%", "200%"])
SHOWN = [each for each in SCENES if each.name not in ("preview",)]


@pytest.fixture
def here(qtbot, write, tmp_path, nothing_left):
    with stage(qtbot, write, tmp_path) as opened:
        yield opened
        opened.window.windows.dress(percent=NORMAL)


def wrong(root) -> list[str]:
    return cut_off(root) + overlapping(root) + sideways(root)


@pytest.mark.long
@SIZES
def test_that_no_page_cuts_text_off(here, size):
    here.window.windows.dress(percent=size)
    bench = here.open_sample()
    assert here.window.minimumSizeHint().width() <= SMALL.width()
    found = {}
    for section in bench.navigator.outline.sections():
        bench.open_section(section.key)
        here.settle()
        if faults := wrong(bench.page()):
            found[section.key] = faults
    assert found == {}


@pytest.mark.long
@SIZES
def test_that_no_panel_or_bar_cuts_text_off(here, size):
    here.window.windows.dress(percent=size)
    bench = here.open_sample()
    for tab in Tab:
        bench.show_tab(tab)
        here.settle()
        assert wrong(bench.panel) == [], tab
    for bar in (here.window.top, here.window.status):
        assert wrong(bar) == []


@pytest.mark.long
@SIZES
@pytest.mark.parametrize(
    "action",
    [
        "new",
        "name_version",
        "versions",
        "export",
        "sign",
        "find_all",
        "manual",
        "shortcuts",
        "about",
    ],
)
def test_that_every_dialog_fits_on_the_screen_with_its_text_whole(here, size, action):
    here.window.windows.dress(percent=size)
    here.open_sample()
    here.window.actions_by_id[action].trigger()
    here.settle()
    (dialog,) = (each for each in here.window.findChildren(QDialog) if each.isVisible())
    assert fits(dialog)
    assert wrong(dialog) == []


@pytest.mark.long
@SIZES
@pytest.mark.parametrize("scene", SHOWN, ids=lambda scene: scene.name)
def test_that_no_scene_of_the_gallery_cuts_text_off(here, size, scene):
    here.window.windows.dress(percent=size)
    over = scene.set_up(here)
    here.settle()
    if over is not None:
        assert fits(over)
    assert wrong(over or here.window) == []


def fits(dialog) -> bool:
    return dialog.size() == dialog.size().boundedTo(QSize(SMALL.width(), SMALL.height() - 32))
