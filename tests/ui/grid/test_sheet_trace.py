"""Below the indicators: from what the value under the cursor comes, project by project."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from commands.making import sample_plan
from forms.address import parse_address
from forms.edits import set_from_text
from forms.loading import open_pack
from tests.ui.fields.plans import Shelf
from ui.fields.contribution_view import ContributionView, ShareBar
from ui.pages.section_page import SectionPage
from ui.session import PlanSession

HOME = "outcomes/indicators"


@pytest.fixture
def session():
    plan = sample_plan()
    return PlanSession(open_pack(plan.meta.pack_id), plan.answers, Shelf())


@pytest.fixture
def page(session, qtbot):
    page = SectionPage(session, session.pack.index.sections["outcomes"])
    qtbot.addWidget(page)
    page.resize(1000, 720)
    page.show()
    return page


def block_of(page):
    return next(block for block in page.blocks if block.holds("indicators"))


def told(page):
    """Everything the trace says, without what is on its way out."""
    labels = block_of(page).trace.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisibleTo(page)]


@pytest.fixture
def says(page, qtbot):
    """Waits until the trace says a sentence: new lines show with the next round of events."""

    def wait(sentence):
        qtbot.waitUntil(lambda: any(said.startswith(sentence) for said in told(page)))

    return wait


def bars(page):
    found = block_of(page).trace.findChildren(ShareBar)
    return [bar.per_mille for bar in found if bar.isVisibleTo(page)]


def test_that_a_saving_shows_its_projects_largest_first_with_bars(page, says):
    assert told(page) == ["ƒ 选中由公式算出的数，这里说明它从何而来。"]

    page.reveal(parse_address(f"{HOME}/energy_saving/target"))

    says("ƒ 节能量（目标年值）：93685.39 tce/a")
    says("各项目的贡献：计入 11 个项目，合计 93685.39 tce/a")
    says("其余 1 个项目")
    assert bars(page)[:3] == [254, 139, 130]
    assert bars(page)[:10] == sorted(bars(page)[:10], reverse=True)


def test_that_a_click_on_a_project_leads_there(page, qtbot):
    page.reveal(parse_address(f"{HOME}/energy_saving/target"))
    shares = block_of(page).trace.findChild(ContributionView)
    button = shares.findChild(QPushButton)

    with qtbot.waitSignal(page.jump_requested) as caught:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert caught.args == [parse_address("projects/list/p13")]
    assert button.accessibleName() == "转到清源热电机组背压化与能量梯级利用改造项目"


def test_that_a_project_moved_behind_the_target_year_is_named_as_left_out(page, session, says):
    page.reveal(parse_address(f"{HOME}/energy_saving/target"))
    late = set_from_text(session.pack, parse_address("projects/list/p13/full_year"), "2031")
    session.edit(late)

    says("各项目的贡献：计入 10 个项目，合计 69879.95 tce/a")
    assert "有此项效益而未计入：清源热电机组背压化与能量梯级利用改造项目（达产年2031）" in told(
        page
    )


def test_that_an_override_shows_both_numbers_the_difference_and_the_reason(page, session, says):
    for column, text in (("target", "95000"), ("reason", "节能审查核定")):
        address = parse_address(f"{HOME}/energy_saving/{column}")
        session.edit(set_from_text(session.pack, address, text))
    page.reveal(parse_address(f"{HOME}/energy_saving/target"))

    says(
        "节能量（目标年值）：计算值 93685.39 tce/a，采用填报值 95000 tce/a，"
        "相差 +1314.61 tce/a（+1.40%）；理由：节能审查核定。"
    )
    assert "节能量（目标年值）：填报值与计算值之差" in " ".join(
        button.toolTip() for button in block_of(page).trace.findChildren(QPushButton)
    )


def test_that_a_typed_cell_and_a_ratio_have_no_projects(page, says):
    page.reveal(parse_address(f"{HOME}/energy_intensity/target"))
    says("计算式：目标年综合能源消费量")
    assert bars(page) == []

    page.reveal(parse_address(f"{HOME}/energy_intensity/note"))
    assert told(page) == ["ƒ 选中由公式算出的数，这里说明它从何而来。"]


def test_that_the_change_of_a_percentage_reads_in_points(page):
    model = block_of(page).panel.model
    address = parse_address(f"{HOME}/solid_waste_util_rate/change")
    assert model.place_of(address).data() == "7.87个百分点"
    rate = parse_address(f"{HOME}/solid_waste_util_rate/rate")
    assert model.place_of(rate).data() == "—"
