"""Diagrams on a page: they follow the plan, in any look, and say what they need while empty."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel

from exporters.figures.palette import FILLS, INK, PAPER
from forms.answers import Answers
from forms.edits import set_from_text
from forms.schema import Diagram
from tests.forms.samples import PACK, sample_answers
from tests.ui.fields.plans import Shelf
from ui import theme
from ui.diagrams.painter import worn
from ui.diagrams.panel import DiagramPanel
from ui.session import PlanSession
from ui.settings import Look

DIAGRAMS = [
    item for section in PACK.sections() for item in section.items if isinstance(item, Diagram)
]


@pytest.fixture
def sample(qtbot):
    return PlanSession(PACK, sample_answers(), Shelf())


@pytest.fixture
def show(qtbot, sample):
    def made(item: Diagram, session: PlanSession = sample) -> DiagramPanel:
        panel = DiagramPanel(session, item)
        qtbot.addWidget(panel)
        panel.resize(700, 400)
        panel.show()
        QApplication.processEvents()
        return panel

    return made


@pytest.fixture(params=[Look.LIGHT, Look.DARK])
def dressed(request, qapp):
    theme.put_on(qapp, request.param, 100)
    yield request.param
    theme.put_on(qapp, Look.LIGHT, 100)


def colours_of(panel: DiagramPanel) -> set[str]:
    image = panel.view.grab().toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    }


@pytest.mark.parametrize("item", DIAGRAMS, ids=[item.key for item in DIAGRAMS])
def test_that_each_diagram_is_painted_in_either_look(show, dressed, item):
    panel = show(item)

    assert panel.view.isVisible()
    assert len(colours_of(panel)) > 10
    assert panel.view.accessibleName() == item.label
    assert panel.view.accessibleDescription().startswith(item.label)


def test_that_dark_paper_turns_ink_light_and_tints_dark(qapp):
    theme.put_on(qapp, Look.DARK, 100)
    try:
        assert worn(INK).lightnessF() > 0.7
        assert worn(PAPER).lightnessF() < 0.3
        assert worn(FILLS[1].colour).lightnessF() < 0.5
        assert worn(FILLS[0].colour) == QColor(FILLS[0].colour)
    finally:
        theme.put_on(qapp, Look.LIGHT, 100)


def test_that_a_drawing_keeps_its_proportions_in_any_width(show):
    panel = show(DIAGRAMS[0])
    drawing = panel.view.drawing
    assert drawing is not None

    for width in (320, 560):
        panel.resize(width, 400)
        QApplication.processEvents()
        proportion = drawing.height_mm / drawing.width_mm
        assert panel.view.width() == width
        assert panel.view.height() == round(width * proportion)


def test_that_a_diagram_follows_an_edit(qtbot, show, sample):
    item = next(each for each in DIAGRAMS if each.key == "by_task_figure")
    panel = show(item)
    address = PACK.roles.projects.at("p01", "invest_total")
    sample.edit(set_from_text(PACK, address, "99999"))
    panel.follow_soon()

    qtbot.waitUntil(lambda: "147499" in panel.view.accessibleDescription(), timeout=3000)


def test_that_an_empty_diagram_says_what_it_is_made_of(qtbot, show):
    panel = show(DIAGRAMS[0], PlanSession(PACK, Answers(), Shelf()))

    assert not panel.view.isVisible()
    said = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert any(DIAGRAMS[0].guidance.write in text for text in said)
