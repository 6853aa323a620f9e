"""With nothing but keys: a new plan, prose, rows, find, preview, history, paper, and the end."""

from __future__ import annotations

import json

import pytest

from tests.commands.verbs import good, started
from tests.journeys.papers import words_of
from tests.journeys.screen import Screen

PARK, PROSE = "青湖经济开发区", "全部项目分三批实施，先做余热与中水，再做固体废物综合利用。"
PROJECTS = ("余热回收项目", "中水回用项目")


@pytest.mark.long
def test_that_a_plan_is_made_and_printed_with_nothing_but_keys(tmp_path):
    with Screen(tmp_path) as screen:
        screen.begin_plan(PARK)
        screen.go_to("项目总体安排")
        screen.write(PROSE)
        screen.go_to("重点项目", "Down")  # the section comes first, then its table
        screen.keys("Return")
        screen.write(PROJECTS[0])
        screen.keys("ctrl+End", "Tab", "Home")
        screen.write(PROJECTS[1])
        screen.keys("ctrl+shift+f")
        screen.wait_for("查找和替换")
        screen.write("中水")
        screen.keys("Escape")
        screen.wait_for(PARK)
        screen.keys("ctrl+p")
        screen.keys("ctrl+h")
        screen.picture("history")

        printed = screen.print_all()
        plan = screen.save_as(tmp_path / "plan.yuance")
        screen.leave()

        sections = json.loads(good(started("dump", plan)))["sections"]
        words = words_of(printed[".docx"])
    assert sections["cover"]["park_name"] == PARK
    assert sections["projects"]["projects_intro"] == PROSE
    assert [row["name"] for row in sections["projects"]["list"]] == list(PROJECTS)
    assert PROSE in words
