"""A window over the sample's own pack, with the real typesetter behind the preview."""

from __future__ import annotations

import time
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop

from forms.address import parse_address
from forms.edits import apply_edits, seed_answers, set_from_text
from storage.library import Library
from ui.application import Packs
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


def wait_until(reached, seconds=30):
    """Let the window live until something is so."""
    until = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < until, "waited in vain"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


@contextmanager
def open_window(folder):
    """A window with a plan of some pages, closed again the way a user closes it."""
    desk = Desk(Library(folder / "plans"), Packs(), "测试员")
    settings = SettingsFile(folder / "settings.json")
    found = MainWindow(
        Parts(desk, settings, Jobs(), export_with_exporters, SectionPage, "0.0", None)
    )
    found.resize(1366, 740)
    found.show()
    pack = desk.packs["ndrc-2021-1004"]
    edits = tuple(set_from_text(pack, parse_address(place), text) for place, text in TYPED.items())
    answers = apply_edits(pack, seed_answers(pack), edits, "准备").answers
    found.open_draft(desk.create(pack, answers))
    yield found
    found.close()
    wait_until(lambda: not found.isVisible())
    found.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module")
def shared(dressed, tmp_path_factory):
    """One window for the tests that only look: setting the pages from nothing takes a while."""
    del dressed
    with open_window(tmp_path_factory.mktemp("preview")) as window:
        bench = window.bench
        assert bench is not None
        bench.show_tab(Tab.PREVIEW)
        wait_until(lambda: bench.proofs.is_current)
        yield window


@pytest.fixture
def fresh(tmp_path, nothing_left):
    """A window whose preview nobody has looked at yet."""
    with open_window(tmp_path) as window:
        yield window
