"""F8 alone, pressed as a key, makes an empty plan of the real pack one that can be sealed."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from commands.making import sample_plan
from forms.edits import seed_answers
from forms.loading import open_pack
from forms.stops import place_of
from forms.view import evaluate
from tests.forms.known_answers import taken
from ui.drafting import Desk

pytestmark = pytest.mark.long
MOST = 500


@pytest.fixture(scope="module")
def pack():
    return open_pack("ndrc-2021-1004")


@pytest.fixture
def desk(library, pack):
    return Desk(library, {pack.id: pack}, "测试员")


@pytest.fixture
def opened(window, desk, pack, qtbot):
    """A window with an empty plan."""
    window.open_draft(desk.create(pack, seed_answers(pack)))
    qtbot.waitUntil(lambda: window.plan is not None and window.plan.is_settled, timeout=20_000)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_that_f8_leads_through_an_empty_plan_until_it_can_be_sealed(opened, pack, qtbot):
    source = evaluate(pack, sample_plan().answers)
    bench, session = opened.bench, opened.plan.session
    strip, said, slowest = bench.walk.strip, set[str](), 0.0
    presses = 0
    while presses < MOST:
        presses += 1
        began = time.perf_counter()
        QTest.keyClick(QApplication.focusWidget() or opened, Qt.Key.Key_F8)
        slowest = max(slowest, time.perf_counter() - began)
        qtbot.waitUntil(lambda: not strip.sentence.text().endswith("…"))  # checks come first
        stop = bench.walk.last
        if stop is None:
            break
        place = place_of(session.view, stop)
        assert bench.section.key == place.section
        assert bench.page().isAncestorOf(QApplication.focusWidget()), str(place)
        assert strip.sentence.text().endswith("。"), strip.sentence.text()
        assert strip.rest.text().startswith("还有 ")
        said.add(strip.sentence.text())
        edits = taken(session.view, source, stop)
        if edits:
            session.edit_all(tuple(edits), "补填")

    print(f"F8: {presses} presses, {len(said)} sentences, slowest {slowest * 1000:.0f} ms")
    assert bench.walk.last is None
    assert len(said) > 150
    assert strip.sentence.text().startswith("已经填齐，没有必须改的问题。还有建议改 ")
    assert strip.export.isVisible()
