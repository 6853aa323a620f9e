"""At 100 % and 200 % on a small screen, and on a large one at 150 %, no text is cut off."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize

from tests.ui.clipped import cut_off, overlapping, sideways
from tests.ui.gallery.scenes import SCENES
from tests.ui.gallery.stage import LARGE, SMALL, stage
from tests.ui.overlays import OVERLAYS
from ui.fields.frame import FieldFrame
from ui.panels.side import Tab

NORMAL, DOUBLE = 100, 200
SCALE = "QT_SCALE_FACTOR"  # read when the application starts: another one needs its own process
SCREEN = LARGE if os.environ.get(SCALE) == "1.5" else SMALL
SIZES = pytest.mark.parametrize("size", [NORMAL, DOUBLE], ids=["100%", "200%"])
SHOWN = [each for each in SCENES if each.name not in ("preview",)]


@pytest.fixture
def here(qtbot, write, tmp_path, nothing_left):
    with stage(qtbot, write, tmp_path, SCREEN) as opened:
        assert opened.window.devicePixelRatio() == (1.5 if SCREEN is LARGE else 1)
        yield opened
        opened.window.windows.dressing.put_on(percent=NORMAL)


def wrong(root) -> list[str]:
    # a text told in the last turn has its room in the next one
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    return cut_off(root) + overlapping(root) + sideways(root)


@pytest.mark.long
@SIZES
def test_that_no_page_cuts_text_off(here, size):
    here.window.windows.dressing.put_on(percent=size)
    bench = here.open_sample()
    assert here.window.minimumSizeHint().width() <= SCREEN.width()
    found = {}
    for section in bench.navigator.outline.sections():
        bench.open_section(section.key)
        here.settle()
        if faults := wrong(bench.page()):
            found[section.key] = faults
    assert found == {}


@pytest.mark.long
@pytest.mark.parametrize("size", [NORMAL, 125, 150, 175, DOUBLE], ids="{}%".format)
def test_that_no_page_is_wider_than_its_room_even_where_it_says_its_reasons(here, size):
    here.window.windows.dressing.put_on(percent=size)
    bench = here.open_sample()
    found = {}
    for is_open in (True, False):
        bench.panel.setVisible(is_open)
        here.settle()
        for section in bench.navigator.outline.sections():
            bench.open_section(section.key)
            page = here.page
            for frame in page.findChildren(FieldFrame):
                frame.show_trace()
            for _ in range(3):  # what wraps asks for its height after it has its width
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
                QCoreApplication.processEvents()
            if faults := sideways(page):
                found[section.key, is_open] = faults
    assert found == {}


@pytest.mark.long
@SIZES
def test_that_no_panel_or_bar_cuts_text_off(here, size):
    here.window.windows.dressing.put_on(percent=size)
    bench = here.open_sample()
    for tab in Tab:
        bench.show_tab(tab)
        here.settle()
        assert wrong(bench.panel) == [], tab
    for bar in (here.window.top, here.window.status):
        assert wrong(bar) == []


@pytest.mark.long
@SIZES
@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda overlay: overlay.name)
def test_that_what_is_laid_over_the_plan_fits_on_the_screen_with_its_text_whole(
    here, size, overlay
):
    here.window.windows.dressing.put_on(percent=size)
    here.open_sample()
    shown = overlay.open(here)
    here.settle()
    assert fits(shown)
    assert wrong(shown) == []


@pytest.mark.long
@SIZES
@pytest.mark.parametrize("scene", SHOWN, ids=lambda scene: scene.name)
def test_that_no_scene_of_the_gallery_cuts_text_off(here, size, scene):
    here.window.windows.dressing.put_on(percent=size)
    over = scene.set_up(here)
    here.settle()
    if over is not None:
        assert fits(over)
    assert wrong(over or here.window) == []


def fits(dialog) -> bool:
    return dialog.size() == dialog.size().boundedTo(QSize(SCREEN.width(), SCREEN.height() - 32))


@pytest.mark.long
@pytest.mark.skipif(SCREEN is LARGE, reason="this is that process")
def test_that_nothing_is_cut_off_on_a_large_screen_at_150_percent():
    command = [sys.executable, "-m", "pytest", __file__, "--long", "-q", "-n", "0", "-k", "not 200"]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider"],
        env={**os.environ, SCALE: "1.5"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    assert " passed" in done.stdout
