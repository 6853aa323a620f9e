"""A window over the sample's own pack, with the real typesetter behind the preview."""

from __future__ import annotations

import pytest

from forms.address import parse_address
from forms.edits import apply_edits, seed_answers, set_from_text
from storage.library import Library
from ui.application import packs
from ui.drafting import Desk
from ui.exporting import export_with_exporters
from ui.jobs import Jobs
from ui.main_window import MainWindow, Parts
from ui.pages.section_page import SectionPage
from ui.panels.side import Tab
from ui.settings import SettingsFile

TYPED = {
    "cover/park_name": "临江化工园区",
    "cover/plan_title": "临江化工园区循环化改造实施方案",
    "overview/history": "园区始建于二〇〇三年。\n\n" + "沿江布局化工与建材两类企业。\n\n" * 60,
    "economy/economy_text": "二〇二三年园区经济总体平稳，化工占比最高。",
}


@pytest.fixture
def window(qtbot, tmp_path, nothing_left):
    desk = Desk(Library(tmp_path / "plans"), packs(), "测试员")
    settings = SettingsFile(tmp_path / "settings.json")
    found = MainWindow(
        Parts(desk, settings, Jobs(), export_with_exporters, SectionPage, "0.0", None)
    )
    found.resize(1366, 740)
    found.show()
    qtbot.waitExposed(found)
    yield found
    found.close()
    qtbot.waitUntil(lambda: not found.isVisible(), timeout=8000)
    found.deleteLater()


@pytest.fixture
def opened(window, qtbot):
    """The window with a plan of some pages open."""
    desk = window.parts.desk
    pack = desk.packs["ndrc-2021-1004"]
    edits = tuple(set_from_text(pack, parse_address(place), text) for place, text in TYPED.items())
    window.open_draft(
        desk.create(pack, apply_edits(pack, seed_answers(pack), edits, "准备").answers)
    )
    return window


@pytest.fixture
def panel(opened, qtbot):
    """The preview of that plan, with its first pages made."""
    opened.bench.show_tab(Tab.PREVIEW)
    found = opened.bench.panel.preview
    qtbot.waitUntil(lambda: opened.bench.proofs.is_current, timeout=30_000)
    return found
