"""Diagrams on a page: they follow the plan, in any look, and say what they need while empty."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from exporters.figures.palette import FILLS, INK, PAPER
from forms.address import Address, parse_address
from forms.answers import Answers
from forms.drawn_from import diagrams_from
from forms.edits import set_from_text
from forms.schema import Diagram, IndicatorTable, Table, YearTable
from tests.forms.samples import PACK, sample_answers
from tests.ui.fields.plans import Shelf
from ui import theme
from ui.diagrams.elsewhere import DrawnElsewhere
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


def test_that_a_diagram_is_copied_as_paper_has_it(show):
    panel = show(DIAGRAMS[0])
    QApplication.clipboard().clear()
    panel.tools.copy.click()
    image = QApplication.clipboard().image()
    assert panel.tools.said.text() == "已复制，可粘贴到 Word 或 WPS"
    assert image.width() == pytest.approx(panel.view.drawing.width_mm / 25.4 * 300, abs=2)
    assert image.pixelColor(1, 1).lightness() > 250  # paper, in any look


@pytest.mark.parametrize(
    ("chosen", "name", "begins"),
    [
        ("PNG 图片 (*.png)", "图.png", b"\x89PNG"),
        ("SVG 矢量图 (*.svg)", "图.svg", b"<?xml"),
        ("SVG 矢量图 (*.svg)", "图", b"<?xml"),
    ],
)
def test_that_a_diagram_is_saved_by_the_ending_chosen(
    show, tmp_path, monkeypatch, chosen, name, begins
):
    panel = show(DIAGRAMS[0])
    asked = (str(tmp_path / name), chosen)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: asked)
    panel.tools.save.click()
    (written,) = tmp_path.iterdir()
    assert written.read_bytes().startswith(begins)
    assert panel.tools.said.text() == f"已存为“{written.name}”"


def test_that_nothing_can_be_copied_where_nothing_is_drawn(show, qtbot):
    panel = show(DIAGRAMS[0], PlanSession(PACK, Answers(), Shelf()))
    assert panel.view.drawing is None
    assert not panel.tools.isVisible()


def test_that_a_table_leads_to_the_diagrams_drawn_from_it_on_other_pages(sample, qtbot):
    """Those on its own page are in sight anyway; one with nothing to draw rests."""
    home = parse_address("projects/list")
    projects = DrawnElsewhere(sample, home, "重点项目")
    qtbot.addWidget(projects)
    asked = []
    projects.jump_requested.connect(asked.append)
    menu = projects.menu()
    names = {action.text().partition("\t")[0]: action for action in menu.actions()}
    named = {
        item.label: place for place, item in diagrams_from(PACK, parse_address("projects/list"))
    }
    assert set(names) == set(named)
    assert len(names) >= 4
    label = next(name for name, action in names.items() if action.isEnabled())
    names[label].trigger()
    assert asked == [named[label]]

    links = DrawnElsewhere(sample, parse_address("industry/chain_links"), "产业链环节")
    qtbot.addWidget(links)
    assert links.isHidden()


def test_that_every_diagram_is_reached_from_some_table():
    homes = [
        Address(section.key, item.key)
        for section in PACK.sections()
        for item in section.items
        if isinstance(item, Table | YearTable | IndicatorTable)
    ]
    reached = {item.key for home in homes for _, item in diagrams_from(PACK, home)}
    assert reached == {item.key for item in DIAGRAMS}
