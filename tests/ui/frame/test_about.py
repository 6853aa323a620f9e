"""关于园策, and the licences of everything that is bundled."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

import resources
from ui.dialogs.about import AboutDialog, LicencesDialog
from ui.licences import bundled

ROOT = Path(__file__).parents[3]
LOCKED = dict(re.findall(r"^([\w.-]+)==([^ ;\\]+)", (ROOT / "requirements.lock").read_text(), re.M))


def test_that_every_bundled_library_has_its_licence_in_the_version_that_is_locked():
    told = {each.name: each.version for each in bundled()}
    assert LOCKED.items() <= told.items()
    assert set(told) - set(LOCKED) - fonts() == {"园策 Yuance", "Python"}


def fonts():
    return {each.name.partition("-")[0] for each in resources.path("fonts").glob("*.txt")}


def test_that_every_font_comes_with_its_licence():
    families = {
        each.name.partition("-")[0].split(".")[0] for each in resources.path("fonts").glob("*.ttf")
    }
    assert families == fonts()


@pytest.mark.parametrize("licence", bundled(), ids=lambda licence: licence.name)
def test_that_each_licence_is_a_whole_text(licence):
    text = resources.read_text(licence.text)
    assert len(text) > 200
    assert "�" not in text
    assert licence.licence


def test_that_qt_says_what_the_lgpl_asks_for():
    qt = next(each for each in bundled() if each.name == "pyside6-essentials")
    for words in (
        "LGPL-3.0",
        "源代码：https://",
        "可以换成",
        "反向工程",
        "GNU LESSER GENERAL PUBLIC",
    ):
        assert words in qt.whole
    assert "GNU GENERAL PUBLIC LICENSE" in qt.whole, "the LGPL rests on the GPL's text"


def test_that_no_library_is_under_gpl_or_agpl():
    index = json.loads(resources.read_text("licences/index.json"))
    assert [e["name"] for e in index if re.search(r"(?<!L)GPL|Affero", e["licence"])] == []


def test_that_the_versions_can_be_copied_and_every_licence_read(opened, qtbot):
    opened.actions_by_id["about"].trigger()
    about = opened.findChild(AboutDialog)
    about.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("园策 0.0\n")
    assert "Qt 6" in copied
    buttons = {each.text(): each for each in about.findChildren(QPushButton)}
    buttons["开源许可…"].click()
    shown = about.findChild(LicencesDialog)
    for row in range(shown.names.count()):
        shown.names.setCurrentRow(row)
        assert len(shown.text.toPlainText()) > 200
    shown.close()
    about.close()
