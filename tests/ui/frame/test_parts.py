"""The parts below the window: jobs, settings, errors, theme, input method, autosave."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from exporters.errors import ExportError
from forms.address import parse_address
from forms.changes import ChangeSet, ValueChange
from storage.draft import Saved
from storage.errors import DiskFull
from ui import icons, theme
from ui.actions import all_specs
from ui.application import ErrorHook, choose_input_method
from ui.autosave import Autosave, Unsaved, Waiting
from ui.errors import explain, report
from ui.jobs import Cancelled, Jobs
from ui.session import Change
from ui.settings import Look, Settings, SettingsFile


@pytest.fixture
def jobs():
    found = Jobs()
    yield found
    found.close()


def test_that_results_faults_and_progress_come_back_in_the_windows_thread(jobs, qtbot):
    threads, results, steps = [], [], []

    def work(progress):
        threads.append(threading.current_thread().name)
        progress.report(1, 2, "一半")
        return 42

    job = jobs.start(work, lambda value: results.append((value, threading.current_thread())), None)
    job.progressed.connect(steps.append)
    jobs.start(lambda _: 1 / 0, None, results.append)
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=3000)

    assert threads[0].startswith("yuance-job")
    assert results[0] == (42, threading.main_thread())
    assert isinstance(results[1], ZeroDivisionError)
    assert [step.text for step in steps] == ["一半"]


def test_that_cancelled_work_ends_as_cancelled_and_abandoned_work_calls_nobody(jobs, qtbot):
    seen, gate = [], threading.Event()

    def work(progress):
        gate.wait(2)
        progress.check()

    jobs.start(work, seen.append, seen.append).cancel()
    gate.set()
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=3000)
    assert isinstance(seen[0], Cancelled)

    jobs.start(lambda _: "x", seen.append, seen.append).abandon()
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=3000)
    assert len(seen) == 1


def test_that_only_changed_settings_are_written_and_odd_ones_ignored(tmp_path):
    path = tmp_path / "a" / "settings.json"
    SettingsFile(path).change(look=Look.DARK.value, text_percent=100)
    assert json.loads(path.read_text()) == {"look": "dark"}

    path.write_text('{"look": 5, "text_percent": 125, "unknown": 1}')
    assert SettingsFile(path).now == Settings(text_percent=125)
    path.write_text("nonsense")
    assert SettingsFile(path).now == Settings()


def test_that_known_troubles_have_a_remedy_and_faults_a_report_without_content(tmp_path):
    full = explain(DiskFull(tmp_path / "a"))
    assert "磁盘空间不足" in full.sentence
    assert full.remedy
    assert explain(ExportError("缺图。")).sentence == "缺图。"
    with pytest.raises(ValueError, match="机密") as caught:
        raise ValueError("某园区机密")
    assert explain(caught.value).is_fault
    text = report(caught.value, "1.0")
    assert "某园区机密" not in text
    assert "test_parts:" in text


def test_that_the_error_hook_shows_a_fault_and_saves(opened, qtbot):
    hook = ErrorHook(opened)
    hook.windows = opened.windows
    try:
        raise RuntimeError("x")
    except RuntimeError as error:
        hook.on_exception(type(error), error, error.__traceback__)

    def shown():
        return [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not opened]

    qtbot.waitUntil(lambda: len(shown()) == 1)
    shown()[0].close()


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK])
def test_that_words_are_readable_in_both_looks(dressed, look):
    theme.put_on(dressed, look, 100)
    found = theme.colours()
    theme.put_on(dressed, Look.LIGHT, 100)
    for role in ("ink", "soft", "accent", "should", "must"):
        for ground in ("paper", "canvas"):
            assert contrast(getattr(found, role), getattr(found, ground)) >= 4.5, (role, ground)
    assert contrast(found.on_accent, found.accent) >= 4.5
    assert contrast(found.must, found.must_soft) >= 4.5
    assert contrast(found.should, found.should_soft) >= 4.5


def contrast(one, other):
    def light(colour):
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_that_looks_and_sizes_are_changed_and_remembered(opened, settings, qtbot):
    opened.actions_by_id["look_dark"].trigger()
    qtbot.waitUntil(lambda: theme.colours() is theme.DARK)
    opened.actions_by_id["text_125"].trigger()
    qtbot.waitUntil(lambda: opened.font().pointSizeF() == 13.125)
    assert (settings.now.look, settings.now.text_percent) == ("dark", 125)
    opened.windows.dressing.put_on(look=Look.LIGHT, percent=100)


def test_that_every_action_has_its_icon_and_its_own_shortcut(dressed):
    keys = [spec.shortcut for spec in all_specs() if spec.shortcut]
    assert len(keys) == len(set(keys))
    for spec in all_specs():
        if spec.icon:
            assert not icons.icon(spec.icon).isNull()


@pytest.mark.parametrize(
    ("before", "after"), [("fcitx", "ibus"), ("fcitx5", "ibus"), ("xim", "xim")]
)
def test_that_fcitx_is_reached_by_the_protocol_of_ibus(before, after):
    environment = {"QT_IM_MODULE": before}
    choose_input_method(environment)
    assert environment["QT_IM_MODULE"] == after


def test_that_han_characters_have_glyphs(qtbot):
    assert theme.has_chinese(QApplication.font())
    widget = QWidget()
    qtbot.addWidget(widget)


class RecordingWriter:
    """Takes what autosave hands over; each landing is told by hand."""

    def __init__(self):
        self.given = []
        self.retries = 0

    def submit(self, changes, *, who, source="typed"):
        from concurrent.futures import Future

        landing = Future()
        self.given.append((changes, source, landing))
        return landing

    def retry(self):
        self.retries += 1


def typed(address, before, after, *, joins=False):
    changes = ChangeSet("修改", (ValueChange(parse_address(address), before, after),))
    return Change(changes, "typed", joins=joins)


def test_that_typing_without_pause_is_handed_over_now_and_then_as_one_action(qtbot):
    writer, saver = RecordingWriter(), Autosave("我", quiet_ms=60, longest_ms=150)
    saver._writer = writer
    for number in range(20):
        saver.take(typed("face/park", str(number), str(number + 1), joins=number > 0))
        qtbot.wait(20)
    qtbot.waitUntil(lambda: sum(1 for _ in writer.given) >= 3)
    first, source, _ = writer.given[0]
    assert source == "typed"
    assert len(first.changes) == 1
    assert first.changes[0].before == "0"
    qtbot.waitUntil(lambda: writer.given[-1][0].changes[-1].after == "20")


def test_that_saved_is_said_only_when_everything_has_landed(qtbot):
    writer, saver = RecordingWriter(), Autosave("我", quiet_ms=1)
    saver._writer = writer
    saver.on_state(Saved(1, "root", datetime.now(UTC)))
    qtbot.waitUntil(lambda: saver.is_settled)
    saver.take(typed("face/park", None, "甲"))
    assert isinstance(saver.state, Waiting)
    qtbot.waitUntil(lambda: len(writer.given) == 1)
    saver.on_state(Saved(2, "root", datetime.now(UTC)))
    qtbot.wait(30)
    assert isinstance(saver.state, Waiting)

    writer.given[0][2].set_result(None)

    qtbot.waitUntil(lambda: saver.is_settled)


def test_that_a_refused_value_stays_unsaved_until_it_is_put_right(qtbot):
    writer, saver = RecordingWriter(), Autosave("我", quiet_ms=1)
    saver._writer = writer
    saver.take(typed("face/park", None, "\ud800"))
    qtbot.waitUntil(lambda: len(writer.given) == 1)
    writer.given[0][2].set_exception(DiskFull(Path("a")))
    saver.on_state(Saved(2, "root", datetime.now(UTC)))
    qtbot.waitUntil(lambda: isinstance(saver.state, Unsaved))

    saver.take(typed("face/park", "\ud800", "甲"))
    qtbot.waitUntil(lambda: len(writer.given) == 2)
    writer.given[1][2].set_result(None)

    qtbot.waitUntil(lambda: saver.is_settled)
