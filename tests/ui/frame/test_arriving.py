"""A plan that takes long to read: the window says so, goes on working, and lets go of it."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QApplication

from forms.loading import PackError
from storage.draft import Draft
from tests.ui.frame.conftest import TestLibrary
from ui.workbench import Workbench

LONGEST = 5


class SlowLibrary(TestLibrary):
    """The real library on a slow disk: a draft comes when a test says so."""

    __test__ = False

    def __init__(self, root):
        super().__init__(root)
        self.comes = threading.Event()

    def open(self, folder, *, person=""):
        assert self.comes.wait(LONGEST)
        return super().open(folder, person=person)


@pytest.fixture
def library(tmp_path):
    made = SlowLibrary(tmp_path / "plans")
    yield made
    made.comes.set()


@pytest.fixture(autouse=True)
def no_patience(monkeypatch):
    monkeypatch.setattr("ui.opening._AT_ONCE_SECONDS", 0)
    monkeypatch.setattr("ui.opening._TURN_SECONDS", 0)


@pytest.fixture
def folder(new_draft):
    return new_draft(face__park="临江园区")


@pytest.fixture
def waiting(window, folder):
    """A window in which a plan is being opened."""
    window.open_draft(folder)
    return window


def test_that_the_window_says_what_it_opens_and_shows_it_when_it_has_come(
    waiting, library, qtbot, at
):
    assert waiting.bench is None
    assert waiting.stack.currentWidget() is waiting.start
    assert waiting.notice.sentence.startswith("正在打开“")
    library.comes.set()
    qtbot.waitUntil(lambda: waiting.plan is not None)

    assert not waiting.notice.isVisible()
    assert waiting.plan.session.answers.get(at("face/park")) == "临江园区"


def test_that_opening_can_be_given_up_and_the_plan_is_free_again(waiting, library, folder, qtbot):
    waiting.notice.take_offer()
    assert "已取消" in waiting.notice.sentence
    library.comes.set()
    qtbot.waitUntil(lambda: not waiting.opening.holds_back(lambda: None))

    assert waiting.plan is None
    with Draft.open(folder, person="王工") as draft:
        assert draft.load().answers


def benches():
    return [each for each in QApplication.allWidgets() if isinstance(each, Workbench)]


@pytest.mark.parametrize("made", [0, 1])
def test_that_opening_can_be_given_up_when_half_is_made(waiting, library, folder, qtbot, made):
    opening = waiting.opening
    library.comes.set()
    assert opening._arriving.is_here(LONGEST)
    waiting.open_draft(folder)  # as the word that it has come does
    while len(benches()) < made:
        opening._making.go_on()
    assert waiting.bench is None

    waiting.notice.take_offer()

    assert opening.folder is None
    with Draft.open(folder, person="王工") as draft:
        assert draft.load().answers
    waiting.open_draft(folder)
    qtbot.waitUntil(lambda: waiting.plan is not None)
    assert waiting.plan.folder == folder
    assert len(benches()) == 1


def test_that_a_plan_given_up_and_wanted_again_opens(waiting, library, folder, qtbot):
    waiting.notice.take_offer()
    waiting.open_draft(folder)
    library.comes.set()
    qtbot.waitUntil(lambda: waiting.plan is not None)

    assert waiting.plan.folder == folder


def test_that_opening_twice_opens_once(waiting, library, folder, qtbot):
    told = []
    waiting.windows.open(folder, waiting, told.append)
    waiting.filing.open_draft(folder)
    library.comes.set()
    qtbot.waitUntil(lambda: waiting.plan is not None)

    assert waiting.windows.all == [waiting]
    assert told == [waiting]


def test_that_another_plan_opens_beside_the_one_that_is_coming(
    waiting, library, folder, new_draft, qtbot
):
    other = new_draft(face__park="临海园区")
    waiting.filing.open_draft(other)
    library.comes.set()
    first, second = waiting.windows.all
    qtbot.waitUntil(lambda: first.plan is not None and second.plan is not None)

    assert (first.plan.folder, second.plan.folder) == (folder, other)
    second.close()
    qtbot.waitUntil(lambda: waiting.windows.all == [first])


def test_that_closing_the_window_lets_the_plan_go_first(waiting, library, folder, qtbot):
    waiting.close()
    assert waiting.isVisible()
    library.comes.set()
    qtbot.waitUntil(lambda: not waiting.isVisible())

    assert not (folder / "lock.json").exists()


def test_that_a_plan_somebody_else_has_is_told_as_ever(waiting, library, folder, qtbot):
    with Draft.open(folder, person="王工"):
        library.comes.set()
        qtbot.waitUntil(lambda: "王工" in waiting.notice.sentence, timeout=LONGEST * 1000)

    assert waiting.plan is None
    assert waiting.opening.folder is None


def test_that_a_plan_whose_pack_is_broken_is_let_go_and_opens_once_that_is_mended(
    window, folder, library, qtbot, pack, monkeypatch
):
    library.comes.set()

    class Broken(dict):
        def __getitem__(self, key):
            raise PackError(key, "chapters/02.toml", "缺少 title")

    with monkeypatch.context() as broken:
        broken.setattr(window.parts.desk, "packs", Broken({pack.id: pack}))
        window.open_draft(folder)
        qtbot.waitUntil(lambda: "缺少 title" in window.notice.sentence)
    assert window.bench is None

    window.open_draft(folder)

    qtbot.waitUntil(lambda: window.bench is not None)
