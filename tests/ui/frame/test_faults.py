"""A fault of the program while saving: said, with a report to copy and a way to keep the work."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from tests.ui.frame.conftest import FailingDraft, TestLibrary
from ui.dialogs.texts import FaultDialog


class FaultyDraft(FailingDraft):
    """A draft with a mistake in its code, as long as a test says so."""

    faulty = False

    def commit(self, changes, **known):
        if FaultyDraft.faulty:
            raise TypeError("机密内容")
        return super().commit(changes, **known)


class FaultyLibrary(TestLibrary):
    """The real library, over drafts with a mistake."""

    __test__ = False

    def open(self, folder, *, person=""):
        return FaultyDraft.open(folder, person=person)


@pytest.fixture
def library(tmp_path):
    yield FaultyLibrary(tmp_path / "plans")
    FaultyDraft.faulty = False


def test_that_a_fault_in_the_writer_shows_a_report_and_keeps_the_work(opened, qtbot, at):
    from forms.edits import SetValue

    FaultyDraft.faulty = True
    opened.plan.session.edit(SetValue(at("face/compiler"), "甲"))
    opened.plan.autosave.flush()
    qtbot.waitUntil(lambda: bool(opened.findChildren(FaultDialog)), timeout=5000)
    (dialog,) = opened.findChildren(FaultDialog)
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "复制报告")
    copy.click()

    assert "TypeError" in QGuiApplication.clipboard().text()
    assert "机密内容" not in QGuiApplication.clipboard().text()
    assert "未保存" in opened.status.saved_text
    assert "TypeError" in opened.notice.sentence
    dialog.close()
    FaultyDraft.faulty = False
    opened.flows.retry()
    qtbot.waitUntil(lambda: opened.plan.is_settled, timeout=5000)
