"""Every class of error is made at random places of the clean sample: what do the checks catch?"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from commands.making import sample_plan
from forms.answers import Answers
from forms.changes import difference
from forms.checks import Finding, run_checks
from forms.schema import Severity
from forms.view import evaluate
from tests.mutation import (
    copied_errors,
    errors,
    evidence_errors,
    live_errors,
    mark_errors,
    overlap_errors,
    text_errors,
    word_errors,
)
from tests.mutation.places import CLASSES, CLEAN, PACK, TELLING

TABLE = Path(__file__).resolve().parents[2] / "docs" / "checks-mutation.md"
SWITCH = "YUANCE_WRITE_TABLES"
FEW, MANY = 6, 50
PROSE = "PRS-001"  # counted apart: it speaks where a text repeats the figure in digits of its own
LEAST = 98
BY_DESIGN = (
    "指标方向：能源消费总量、二氧化碳排放总量可随新增产能上升，不查方向。",
    "两位数字颠倒：数值变动不到两成的，在一年可有的变化之内，只有正文或别处写有同一个数时才能查出。",
    "能源、固体废物删行：表内各数随之重算而自洽，只能靠正文手填的合计数查出；"
    "正文的合计数全部是活数字时查不出。",
    "活数字改回手填：只在指标名称写明处取错；"
    "省去名称的（如“恢复到52.3亿元”）无从判断，示例35处活数字中有6处。",
    "其他园区的名称：写在书名号内的按引用文件看待，不查。",
    "目标年份：引用上级文件或写作展望、远期的句子不查。",
    "指标表的“数据来源”选填，清空不查。",
)
HEAD = """# What the checks catch

Made by `YUANCE_WRITE_TABLES=1 pytest --long tests/mutation`, never edited by hand. Each class of
error is made at up to 50 random places (seeded by its name) of the clean sample plan, one at a
time; a class with fewer places is made at all of them. It is caught when a finding leads to the
section made wrong; a class that has rules of its own, only when one of these speaks. The clean plan
has no finding. Named are the five rules that spoke most, with their number of places. 不计正文:
caught without the check of prose against data (PRS-001), which needs a text that repeats the figure
in typed digits: with 0% there, a plan whose prose is all live figures has no such second witness.

{summary}

| 错误类别 | 可错之处 | 抽查 | 查出 | 不计正文 | 主要规则 |
|---|---:|---:|---:|---:|---|
"""


@dataclass(frozen=True)
class Measured:
    """How often one class of error was caught, and by what."""

    name: str
    places: int
    tried: int
    caught: int
    by_data: int  # caught without the check of prose against data
    rules: Counter[str]
    missed: tuple[str, ...]

    @property
    def percent(self) -> int:
        return self.caught * 100 // self.tried

    @property
    def row(self) -> str:
        rules = sorted(self.rules.items(), key=lambda entry: (-entry[1], entry[0]))[:5]
        said = "、".join(f"{rule}（{count}）" for rule, count in rules)
        by_data = self.by_data * 100 // self.tried
        measured = f"{self.places} | {self.tried} | {self.percent}% | {by_data}%"
        return f"| {self.name} | {measured} | {said} |"


def measure(name: str, most: int) -> Measured:
    places = list(CLASSES[name]())
    random = Random(name)
    tried = random.sample(places, min(most, len(places)))
    rules: Counter[str] = Counter()
    missed: list[str] = []
    by_data = 0
    for place in tried:
        spoken = _spoken_of(place.change(CLEAN.answers, random))
        telling = spoken & set(TELLING[name]) if name in TELLING else spoken
        rules.update(telling)
        by_data += bool(telling - {PROSE})
        if not telling:
            missed.append(place.name)
    caught = len(tried) - len(missed)
    return Measured(name, len(places), len(tried), caught, by_data, rules, tuple(missed))


def _spoken_of(answers: Answers) -> set[str]:
    """The rules whose findings lead to a section that was made wrong."""
    wrong = {place.section for place in difference(CLEAN.answers, answers, "").places}
    found = run_checks(evaluate(PACK, answers, CLEAN))
    return {f.rule for f in found if wrong & {place.section for place in f.places}}


def test_that_the_clean_plan_is_silent():
    assert run_checks(CLEAN) == ()


def test_that_there_are_classes_enough():
    homes = {made.__module__ for made in CLASSES.values()}

    assert len(CLASSES) >= 80
    modules = (errors, overlap_errors, text_errors, word_errors)
    more = (copied_errors, evidence_errors, live_errors, mark_errors)
    assert homes == {module.__name__ for module in (*modules, *more)}


@pytest.mark.parametrize("name", CLASSES)
def test_that_an_error_is_caught_at_a_few_places(name):
    found = measure(name, FEW)

    assert found.tried == FEW
    assert found.missed == ()


@pytest.fixture(scope="module")
def measured() -> list[Measured]:
    return [measure(name, MANY) for name in CLASSES]


@pytest.mark.long
def test_that_nearly_all_errors_are_caught(measured):
    short = {
        found.name: (found.percent, found.missed[:5]) for found in measured if found.percent < LEAST
    }

    assert short == {}


@pytest.mark.long
def test_that_the_table_in_the_docs_promises_no_more_than_is_measured(measured):
    if os.environ.get(SWITCH) == "1":
        TABLE.write_text(_table(measured), encoding="utf-8")
    lines = [line.split("|") for line in TABLE.read_text(encoding="utf-8").split("\n")]
    said = {cells[1].strip(): cells[2:5] for cells in lines if len(cells) > 5}

    for found in measured:
        places, tried, percent = (cell.strip() for cell in said[found.name])
        assert (int(places), int(tried)) == (found.places, found.tried), found.name
        assert int(percent.rstrip("%")) <= found.percent, found.name


def _table(measured: list[Measured]) -> str:
    rows = "".join(f"{found.row}\n" for found in measured)
    notes = "".join(f"- {note}\n" for note in BY_DESIGN)
    least = min(measured, key=lambda found: found.caught / found.tried)
    tried = sum(found.tried for found in measured)
    caught = sum(found.caught for found in measured)
    summary = (
        f"{len(measured)} classes, {tried} errors made, {caught} caught; the worst class: "
        f"{least.name}, {least.percent}%."
    )
    return f"{HEAD.format(summary=summary)}{rows}\n说明：\n\n{notes}"


def test_that_the_table_in_the_docs_has_every_class_and_note():
    text = TABLE.read_text(encoding="utf-8")

    assert [name for name in CLASSES if f"| {name} |" not in text] == []
    assert [note for note in BY_DESIGN if note not in text] == []


def test_that_each_group_of_checks_is_proved_by_two_classes_of_errors():
    """By the rules the table names: one of the group is among them."""
    groups: Counter[str] = Counter()
    for line in TABLE.read_text(encoding="utf-8").split("\n"):
        cells = line.split("|")
        if len(cells) > 5 and cells[1].strip() in CLASSES:
            rules = [rule.partition("（")[0] for rule in cells[6].strip().split("、")]
            groups.update({_group_of(rule) for rule in rules})

    assert {
        group.key: groups[group.key] for group in PACK.rule_groups if groups[group.key] < 2
    } == {}


def _group_of(rule: str) -> str:
    points = ((group, point) for group in PACK.rule_groups for point in group.points)
    return next(group.key for group, point in points if rule.startswith(tuple(point.rules)))


def test_that_the_tables_are_not_being_written():
    """So that the switch is never left on, where every table would agree with anything."""
    assert os.environ.get(SWITCH) != "1", f"{SWITCH} is on: unset it and run again"


# -- What the checks say of plans that are not clean but honest ----------------------------------

TOTALS = ("PRS-011",)  # the prose of the sample adds up its own projects, not more or fewer
NEW = (
    "LFT",
    "RSN",
    "DBL-1",
    "PLA-1",
    "PLA-032",
    "SUM-036",
    "COV-021",
    "IDN-018",
    "TIM-015",
    "TIM-016",
    "PRS-02",
    "PRS-011",
    "TIM-101",
)


@pytest.mark.parametrize("projects", [0, 5, 60])
def test_that_a_scaled_sample_has_no_finding_of_the_checks_that_guess(projects):
    found = run_checks(evaluate(PACK, sample_plan(projects).answers))

    told = [f for f in found if f.rule.startswith(NEW) and f.rule not in TOTALS]
    assert [f"{f.rule} {f.sentence}" for f in told] == []


@pytest.mark.parametrize(
    ("name", "rule", "severity", "words"),
    [
        ("正文留有占位文字", "LFT-001", Severity.MUST, "占位文字"),
        ("整段文字复制到另一节", "LFT-002", Severity.SHOULD, "完全相同"),
        ("同一笔效益在同一单位两个项目各计一次", "DBL-102", Severity.SHOULD, "完全相同"),
        ("同一项目的各项效益在供、用两个单位各计一次", "DBL-103", Severity.SHOULD, "各计了一次"),
        (
            "同一吨固废在一个项目计减量、另一个项目计综合利用",
            "DBL-104",
            Severity.SHOULD,
            "计在两项效益中",
        ),
        ("总项目与其子项目同时计列", "DBL-105", Severity.SHOULD, "总项目与其子项目"),
        (
            "单一能源品种项目的二氧化碳减排按能源和按措施各计一次",
            "DBL-106",
            Severity.SHOULD,
            "各计了一次",
        ),
        ("名称重复的行", "DBL-101", Severity.SHOULD, "都叫"),
        ("分年数据 ×10⁴（单位错位）", "PLA-101", Severity.SHOULD, "相邻两年相差悬殊"),
        ("项目分年投资整体后移一年", "TIM-015", Severity.SHOULD, "晚于完工年"),
        ("单个效益数清空", "COV-021", Severity.SHOULD, "没有写二氧化碳减排量"),
        ("单个效益数清空", "PRS-021", Severity.SHOULD, "没有填"),
        ("项目效益数改动（测算过程未改）", "PRS-022", Severity.SHOULD, "两者不一致"),
        ("指标目标年值单位错位（附理由）", "PLA-104", Severity.SHOULD, "基准年"),
        (
            "分年数据两位数字颠倒（数值变动两成以上）",
            "PLA-105",
            Severity.SHOULD,
            "两位数字颠倒",
        ),
        ("手工改写指标而无理由", "RSN-001", Severity.SHOULD, "没有说明理由"),
    ],
)
def test_that_a_finding_says_what_and_where(name, rule, severity, words):
    finding = _first(name, rule)

    assert finding.severity is severity
    assert words in finding.sentence
    assert finding.sentence.endswith("。")
    assert finding.remedy.endswith("。")
    assert finding.places


def _first(name: str, rule: str) -> Finding:
    random = Random(name)
    for place in CLASSES[name]():
        found = run_checks(evaluate(PACK, place.change(CLEAN.answers, random), CLEAN))
        for finding in found:
            if finding.rule == rule:
                return finding
    raise AssertionError(f"{rule} never spoke")
