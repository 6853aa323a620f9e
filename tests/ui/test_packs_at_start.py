"""The packs are read after the window has appeared, and only then does a broken one matter."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from forms.answers import Answers
from forms.loading import PackError, open_pack, pack_ids
from storage.library import Library
from ui import application
from ui.application import Packs, read_ahead
from ui.drafting import Desk, OpenPlan
from ui.jobs import Jobs


@pytest.fixture
def read(monkeypatch):
    """The ids of the packs that were read, in order."""
    ids = []

    def reading(key):
        ids.append(key)
        return open_pack(key)

    monkeypatch.setattr(application, "open_pack", reading)
    return ids


@pytest.fixture
def jobs(qapp, nothing_left):
    made = Jobs()
    yield made
    made.close()


def test_that_no_pack_is_read_before_one_is_wanted(read):
    packs = Packs()
    assert tuple(packs) == pack_ids()
    assert len(packs) == len(pack_ids())
    assert pack_ids()[0] in packs
    assert read == []

    first = packs[pack_ids()[0]]

    assert packs.get(pack_ids()[0]) is first
    assert read == [pack_ids()[0]]
    assert packs.get("of-another-program") is None


def test_that_a_plan_opened_at_once_has_its_pack_read_by_a_worker(
    jobs, qtbot, monkeypatch, tmp_path
):
    readers = []

    def reading(key):
        readers.append(threading.get_ident())
        return open_pack(key)

    monkeypatch.setattr(application, "open_pack", reading)
    desk = Desk(Library(tmp_path / "plans"), Packs(), "测试员")
    pack = open_pack(pack_ids()[0])
    arriving = desk.begin(desk.create(pack, Answers()))
    with qtbot.waitSignal(arriving.ended):
        pass

    plan = OpenPlan(arriving)

    assert plan.session.pack.id == pack.id
    assert len(readers) == 1
    assert threading.get_ident() not in readers
    plan.close()


def test_that_packs_are_read_while_somebody_looks_at_the_list(read, jobs, qtbot):
    read_ahead(Packs(), jobs)
    qtbot.waitUntil(lambda: not jobs.is_busy)

    assert read == list(pack_ids())


def test_that_a_program_with_a_broken_pack_says_so_and_ends(jobs, qtbot, monkeypatch):
    told, ended = [], []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    monkeypatch.setattr(QApplication, "exit", ended.append)

    def broken(key):
        raise PackError(key, "chapters/02.toml", "缺少 title")

    monkeypatch.setattr(application, "open_pack", broken)
    read_ahead(Packs(), jobs)
    qtbot.waitUntil(lambda: bool(ended))

    assert ended == [1]
    assert "缺少 title" in told[0]
