"""A session on the sample pack, a shelf for its pictures, and typing as people do it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter, QInputMethodEvent, QTransform
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from forms.address import Address, parse_address
from forms.edits import AddRow, apply_edits, seed_answers, set_from_text
from forms.loading import load_pack
from forms.values import Picture
from storage.errors import PictureRefused
from ui.pages.section_page import SectionPage
from ui.session import PlanSession

PACK = Path(__file__).parents[1] / "sample_pack"


def png_of(image):
    """The bytes of a picture."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())


class Shelf:
    """Keeps pictures in memory; refuses what is none, as the real one does."""

    def __init__(self):
        self.kept = {}

    def add_picture(self, content, name):
        image = QImage.fromData(content)
        if image.isNull():
            raise PictureRefused(name)
        key = hashlib.sha256(content).hexdigest()
        self.kept[key] = content
        return Picture(key, name, "image/png", image.width(), image.height())

    def cut_picture(self, cut, name):
        image = QImage.fromData(self.kept[cut.original])
        image = image.transformed(QTransform().rotate(90 * cut.turns))
        part = image.copy(cut.left, cut.top, cut.width, cut.height)
        return replace(self.add_picture(png_of(part), name), cut=cut)

    def picture(self, sha256):
        return self.kept[sha256]


@pytest.fixture(scope="session")
def pack():
    return load_pack(PACK)


@pytest.fixture
def at():
    return parse_address


@pytest.fixture
def make_session(pack):
    """A session with rows and values: `{address: text}`, rows named before their cells."""

    def make(texts=None, rows=()):
        edits = [AddRow(Address(*row.split("/")[:2]), row.split("/")[2]) for row in rows]
        edits += [
            set_from_text(pack, parse_address(key), text) for key, text in (texts or {}).items()
        ]
        answers = apply_edits(pack, seed_answers(pack), tuple(edits), "准备").answers
        return PlanSession(pack, answers, Shelf())

    return make


@pytest.fixture
def session(make_session):
    return make_session()


@pytest.fixture
def open_page(qtbot, pack):
    """Show the page of a section in a window of the usual size."""

    pages = []  # whoever holds a part of a page must find it alive

    def show(session, section, width=814):
        page = SectionPage(session, pack.index.sections[section])
        qtbot.addWidget(page)
        pages.append(page)
        page.resize(width, 680)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return show


@pytest.fixture
def keys():
    """Press keys wherever the keyboard is."""

    def press(*pressed, modifier=Qt.KeyboardModifier.NoModifier):
        singly = [k for each in pressed for k in (each if isinstance(each, str) else (each,))]
        for key in singly:  # the first letter may open an editor that takes the others
            popup = QApplication.activePopupWidget()
            focus = (popup.focusWidget() or popup) if popup else QApplication.focusWidget()
            assert focus is not None, "nothing has the focus"
            if isinstance(key, str):
                QTest.keyClicks(focus, key)
            else:
                QTest.keyClick(focus, key, modifier)

    return press


@pytest.fixture
def compose():
    """Show half a word of an input method, uncommitted."""

    def preedit(text, widget=None):
        target = widget or QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        QApplication.sendEvent(target, QInputMethodEvent(text, []))

    return preedit


@pytest.fixture
def png():
    """The bytes of a small picture."""
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    return png_of(image)
