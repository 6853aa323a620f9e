"""Copied pictures go into the picture cells of a table with Ctrl+V, as they do into a field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from forms.address import Address
from forms.edits import SetValue
from forms.values import Picture
from tests.forms import samples
from tests.ui.fields.plans import Shelf
from ui.session import PlanSession

MAPS = Address("maps", "pictures")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session():
    made = PlanSession(samples.PACK, samples.sample_answers(), Shelf())
    for row in made.view.rows(MAPS):
        made.edit(SetValue(MAPS.at(row, "picture"), None))
    made.check_now()
    return made


@pytest.fixture
def panel(session, open_sheet):
    return open_sheet(session, "maps", "pictures")


def pictures(session):
    found = (session.answers.get(MAPS.at(row, "picture")) for row in session.view.rows(MAPS))
    return [each.name if isinstance(each, Picture) else "" for each in found]


def at_picture(panel, row):
    keys = [column.key for column in panel.model.sheet_columns]
    panel.view.setCurrentIndex(panel.model.index(row, keys.index("picture")))
    panel.view.setFocus()


def test_that_a_copied_picture_is_pasted_into_the_cell_under_the_cursor(panel, session, keys, png):
    QApplication.clipboard().setImage(QImage.fromData(png))
    at_picture(panel, 1)
    keys(Qt.Key.Key_V, modifier=CTRL)

    assert pictures(session)[:3] == ["", "粘贴的图片.png", ""]


def test_that_files_copied_together_go_down_the_column_and_the_rest_is_told_of(
    panel, session, keys, png, tmp_path
):
    names = [f"图{number}.png" for number in range(4)]
    for name in names:
        (tmp_path / name).write_bytes(png)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
    QApplication.clipboard().setMimeData(data)
    last = len(session.view.rows(MAPS)) - 1
    at_picture(panel, last - 2)
    keys(Qt.Key.Key_V, modifier=CTRL)

    assert pictures(session)[last - 2 :] == names[:3]
    assert panel._foot.text() == "下方只有 3 行，其余 1 张图片没有放入，请先新增行。"


def test_that_a_picture_on_the_clipboard_is_nothing_for_a_column_of_words(
    panel, session, keys, png
):
    QApplication.clipboard().setImage(QImage.fromData(png))
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    panel.view.setFocus()
    keys(Qt.Key.Key_V, modifier=CTRL)

    assert set(pictures(session)) == {""}
    assert panel._foot.text() == "剪贴板中没有可粘贴的表格内容。"
