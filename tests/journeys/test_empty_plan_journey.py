"""A planner with nothing but the papers of the park fills an empty plan by guidance alone."""

from __future__ import annotations

import time

import pytest

from commands.making import sample_plan
from storage import open_plan
from tests.commands.verbs import started
from tests.journeys.drawer import drawer_of
from tests.journeys.papers import words_of
from tests.journeys.planner import Planner
from tests.journeys.told_screen import ToldScreen

PARK = "云泽市清源经济开发区"
SPOKEN = {  # what is written by real pinyin, and what comes of it
    "编制单位": ("guanweihui",),
    "区位与交通": ("yuanqu", "weiyu", "dongbeibu"),
    "管理体制": ("tongyi", "guanli"),
}
WRITTEN = {"编制单位": "管委会", "区位与交通": "园区位于东北部", "管理体制": "统一管理"}
ON_PAPER = (  # of prose, fields, a year table, a table of rows, the projects, those that assure it
    "园区位于东北部",
    "东政复〔2006〕41号",
    "556.8",
    "氯碱化工（C26）",
    "清源热电供热管网南延及分散锅炉替代工程",
    "电石渣（干基）",
    "管委会主要负责人对方案负总责",
)


def plain(text):
    """A text without what lines and thousands are set apart by."""
    return "".join(text.split()).replace(",", "")


def lines(table):
    """The rows of a table, whatever their order: those the pack offers come first."""
    return sorted(line for line in table.splitlines() if line)


def misread(drawer, kept, answered):
    """The answers a plan does not hold as they were given."""
    spoken = {key: WRITTEN[key[1]] for key in answered if key[1] in WRITTEN}
    texts = {key: spoken.get(key, drawer.texts[key]) for key in answered if key in drawer.texts}
    tables = {key: drawer.tables[key] for key in answered if key in drawer.tables}
    wrong = [key for key, text in texts.items() if kept.texts.get(key) != text]
    return wrong + [key for key, rows in tables.items() if lines(kept.tables[key]) != lines(rows)]


@pytest.mark.long
def test_that_an_empty_plan_is_filled_by_guidance_alone_and_comes_to_paper(tmp_path):
    drawer = drawer_of(sample_plan(), tmp_path)
    with ToldScreen(tmp_path, pinyin=True) as screen:
        screen.begin_plan(PARK)
        planner = Planner(screen, drawer, SPOKEN)
        began = time.monotonic()
        planner.fill()
        taken = time.monotonic() - began
        said = screen.now["sentence"]
        screen.picture("ready")
        filled = screen.save_as(tmp_path / "filled.yuance")
        printed = screen.print_all()
        screen.close()
    print(f"{len(planner.way)} stops, {screen.pressed} keys, {taken:.0f} s: {said}")

    assert planner.passed == []  # nothing was said where nobody could settle it
    assert said.startswith("已经填齐")
    assert started("check", filled).code == 0
    assert len(planner.answered) > 100
    kept = drawer_of(open_plan(filled), tmp_path)
    assert misread(drawer, kept, planner.answered) == []
    assert kept.pictures.keys() == drawer.pictures.keys()
    for suffix in (".docx", ".pdf"):
        words = plain(words_of(printed[suffix]))
        assert [each for each in ON_PAPER if plain(each) not in words] == [], suffix
