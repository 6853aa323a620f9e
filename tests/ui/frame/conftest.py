"""A window over a small pack and a library in a temporary folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporters.made import Exported
from forms.address import parse_address
from forms.edits import apply_edits, seed_answers, set_from_text
from forms.loading import load_pack
from storage.draft import Draft
from storage.errors import DiskFull
from storage.library import Library
from ui.drafting import Desk
from ui.jobs import Jobs
from ui.main_window import MainWindow, Parts
from ui.pages.section_page import SectionPage
from ui.settings import SettingsFile

PACK = Path(__file__).parent / "pack"


class FailingDraft(Draft):
    """A draft whose disk is full as long as a test says so."""

    full = False

    def commit(self, changes, **known):
        if FailingDraft.full:
            raise DiskFull(self.folder / "draft.sqlite")
        return super().commit(changes, **known)


class TestLibrary(Library):
    """The real library, over drafts that can be made to fail."""

    __test__ = False

    def open(self, folder, *, person=""):
        return FailingDraft.open(folder, person=person)


def stub_exporter(order, progress):
    """A few bytes for each format that was asked for."""
    formats = order.printed.formats
    for number, _ in enumerate(formats):
        progress.report(number, len(formats), "稿")
    contents = {"pdf": b"%PDF-1.7\n%%EOF\n", "docx": ZIP, "xlsx": ZIP}
    return [Exported(each, contents[each.value]) for each in formats]


ZIP = b"PK\x05\x06" + bytes(18)


@pytest.fixture(scope="session")
def pack():
    return load_pack(PACK)


@pytest.fixture
def at():
    """An address from its text."""
    return parse_address


@pytest.fixture
def library(tmp_path):
    FailingDraft.full = False
    yield TestLibrary(tmp_path / "plans")
    FailingDraft.full = False


@pytest.fixture
def desk(library, pack):
    return Desk(library, {pack.id: pack}, "测试员")


@pytest.fixture
def settings(tmp_path):
    return SettingsFile(tmp_path / "config" / "settings.json")


@pytest.fixture
def new_draft(desk, pack):
    """Make a draft with some values typed; its folder."""

    def make(**texts):
        edits = tuple(
            set_from_text(pack, parse_address(key.replace("__", "/")), text)
            for key, text in texts.items()
        )
        answers = apply_edits(pack, seed_answers(pack), edits, "准备").answers
        return desk.create(pack, answers)

    return make


@pytest.fixture
def make_window(qtbot, desk, settings, nothing_left):
    """Open a window; it is closed after the test, the way a user closes it."""
    windows = []

    def make(exporter=stub_exporter, sample=None):
        parts = Parts(desk, settings, Jobs(), exporter, SectionPage, "0.0", sample)
        window = MainWindow(parts)
        windows.append(window)
        window.resize(1366, 740)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        return window

    yield make
    FailingDraft.full = False
    for window in windows:
        if window.isVisible():
            window.close()
            qtbot.waitUntil(lambda each=window: not each.isVisible(), timeout=5000)
        window.deleteLater()


@pytest.fixture
def window(make_window):
    return make_window()


@pytest.fixture
def opened(window, new_draft, qtbot):
    """A window with a plan open; the park is named."""
    window.open_draft(new_draft(face__park="临江园区"))
    with qtbot.waitSignal(window.plan.snapshot_ended):  # of what was opened
        qtbot.waitUntil(lambda: window.plan.is_settled)
    return window


@pytest.fixture
def full_disk():
    """A switch: from now on the disk is full, or is not."""

    def switch(full):
        FailingDraft.full = full

    return switch


def stored(library, folder):
    """The answers as they lie on the disk, read after closing."""
    with library.open(folder) as draft:
        return draft.load().answers
