"""With nothing but keys: a new plan, prose, rows, find, preview, history, paper, and the end."""

from __future__ import annotations

import json

import pytest

from tests.commands.verbs import good, started
from tests.journeys.papers import words_of
from tests.journeys.screen import Screen

PARK, PROSE = "青湖经济开发区", "全部项目分三批实施，先做余热与中水，再做固体废物综合利用。"
PROJECTS = ("余热回收项目", "中水回用项目")


def go_to(screen, place, *more):
    """Ctrl+K, the name of a place, Return."""
    screen.keys("ctrl+k")
    screen.write(place)
    screen.keys(*more, "Return")


@pytest.mark.long
def test_that_a_plan_is_made_and_printed_with_nothing_but_keys(tmp_path):
    with Screen(tmp_path) as screen:
        screen.open()
        screen.keys("ctrl+n")
        screen.wait_for("新建")
        screen.write(PARK)
        screen.keys("Return")
        screen.wait_for(PARK)
        screen.keys("Escape")  # the tour

        go_to(screen, "项目总体安排")
        screen.write(PROSE)
        go_to(screen, "重点项目", "Down")  # the section comes first, then its table
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

        screen.keys("ctrl+e")
        screen.wait_for("送印台")
        screen.keys("Return")
        printed = lambda suffix: list(screen.home.glob(f"*.{suffix}"))  # noqa: E731
        screen.wait_until(
            lambda: all(printed(each) for each in ("docx", "pdf", "xlsx")), "three files"
        )
        screen.rest()
        screen.keys("Escape")
        screen.wait_for(PARK)
        screen.keys("ctrl+shift+s")
        screen.wait_for("另存为文件")
        screen.keys("ctrl+a")
        screen.write(str(tmp_path / "plan.yuance"))
        screen.keys("Return")
        screen.wait_until((tmp_path / "plan.yuance").exists, "the plan file")
        screen.rest()
        screen.leave()

        sections = json.loads(good(started("dump", tmp_path / "plan.yuance")))["sections"]
        words = words_of(printed("docx")[0])
    assert sections["cover"]["park_name"] == PARK
    assert sections["projects"]["projects_intro"] == PROSE
    assert [row["name"] for row in sections["projects"]["list"]] == list(PROJECTS)
    assert PROSE in words
