"""The pictures of the manual and README, taken from the real window with the sample plan.

They are compared with nothing (fonts differ between machines); the test says that each page shows
something. `YUANCE_SCREENSHOTS=docs/images` writes them there.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QSize

from commands.making import sample_plan
from forms.loading import open_pack
from storage.library import Library
from ui.drafting import Desk
from ui.exporting import export_with_exporters
from ui.jobs import Jobs
from ui.main_window import MainWindow, Parts
from ui.pages.section_page import SectionPage
from ui.settings import Look, Settings, SettingsFile

SIZE = QSize(1366, 728)  # 1366 × 768 less a task bar
MANY_COLOURS = 40


@pytest.fixture
def window(qtbot, tmp_path, nothing_left):
    plan = sample_plan()
    pack = open_pack(plan.meta.pack_id)
    desk = Desk(Library(tmp_path / "plans"), {pack.id: pack}, "测试员")
    settings = SettingsFile(tmp_path / "settings.json")
    jobs = Jobs()
    window = MainWindow(
        Parts(desk, settings, jobs, export_with_exporters, SectionPage, "0", sample_plan)
    )
    window.resize(SIZE)
    window.show()
    yield window
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    window.deleteLater()


def picture(window, qtbot, name, folder):
    qtbot.wait(50)  # let the layout settle
    image = window.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, 700, 7)}
    assert len(colours) > MANY_COLOURS, f"{name} shows next to nothing"
    assert image.save(str(folder / f"{name}.png"))


def test_that_every_page_of_the_manual_shows_the_sample_plan(window, qtbot, tmp_path):
    folder = Path(os.environ.get("YUANCE_SCREENSHOTS") or tmp_path)
    window.start.sample_wanted.emit()
    qtbot.waitUntil(lambda: window.plan is not None, timeout=10_000)
    bench = window.bench
    projects = bench.session.pack.roles.projects
    indicators = next(
        section.key
        for section in bench.session.pack.sections()
        for item in section.items
        if type(item).__name__ == "IndicatorTable"
    )
    bench.open_section("economy")
    picture(window, qtbot, "window", folder)
    bench.open_section(projects.section)
    picture(window, qtbot, "projects", folder)
    bench.open_section(indicators)
    picture(window, qtbot, "indicators", folder)
    window.dress(look=Look.DARK)
    picture(window, qtbot, "dark", folder)
    window.dress(look=Look(Settings().look))
