"""A stranger's file in the window: read in the background, stopped on request, refused in words."""

from __future__ import annotations

import sys
from functools import partial

from importers.reader import read_workbook
from tests.importers.hostile_workbooks import good

ENDLESS = (sys.executable, "-c", "while True: pass")


def opened(make_window, new_draft, qtbot):
    window = make_window()
    window.open_draft(new_draft())
    qtbot.waitUntil(lambda: window.plan is not None)
    return window


def test_that_a_refusal_stands_in_the_bar_with_the_remedy(make_window, new_draft, qtbot, tmp_path):
    window = opened(make_window, new_draft, qtbot)
    file = tmp_path / "台账.xls"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))

    window.plan.session.receiving.read(file, read_workbook, lambda found: None)

    qtbot.waitUntil(lambda: "旧的二进制格式" in window.notice.sentence, timeout=8000)
    assert "台账.xls" in window.notice.sentence
    assert "另存为 .xlsx" in window.notice.sentence


def test_that_reading_can_be_stopped(make_window, new_draft, qtbot, tmp_path):
    window = opened(make_window, new_draft, qtbot)
    file = tmp_path / "台账.xlsx"
    file.write_bytes(good())
    found = []
    slow = partial(read_workbook, command=ENDLESS)

    window.plan.session.receiving.read(file, slow, found.append)
    assert window.notice.sentence == "正在读取“台账.xlsx”…"
    window.notice.take_offer()

    qtbot.waitUntil(lambda: not window.parts.jobs.is_busy, timeout=8000)
    assert found == []
    assert window.notice.sentence == ""


def test_that_the_window_lives_while_a_file_hangs_and_says_so_in_the_end(
    make_window, new_draft, qtbot, tmp_path
):
    window = opened(make_window, new_draft, qtbot)
    file = tmp_path / "台账.xlsx"
    file.write_bytes(good())

    window.plan.session.receiving.read(
        file, partial(read_workbook, command=ENDLESS), lambda found: None
    )

    beats = []
    qtbot.waitUntil(lambda: beats.append(1) or "用时过长" in window.notice.sentence, timeout=8000)
    assert len(beats) > 10  # the window went on meanwhile
