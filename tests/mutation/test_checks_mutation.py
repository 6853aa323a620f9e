"""Every class of error is made at random places of the clean sample: what do the checks catch?"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from commands.making import sample_plan
from forms.checks import Finding, run_checks
from forms.schema import Severity
from forms.view import evaluate
from tests.mutation import errors, overlap_errors, word_errors
from tests.mutation.places import CLASSES, CLEAN, PACK

TABLE = Path(__file__).resolve().parents[2] / "docs" / "checks-mutation.md"
SWITCH = "YUANCE_WRITE_TABLES"
FEW, MANY = 6, 50
PROSE = "PRS-001"  # speaks only where a text happens to repeat the figure: left out
LEAST = 98
LIMITS = {  # class: at least so many percent are caught, and why not more
    "单个效益数清空": (20, "其余项目合计仍自洽；正文写有合计数时才由正文核对（PRS-001）查出"),
    "分年数据两位数字颠倒": (
        20,
        "数值仍在合理范围内；正文写有同一个数时才由正文核对（PRS-001）查出",
    ),
    "能源品种删去一行": (20, "能耗合计随表重算；正文写有合计数时才由正文核对（PRS-001）查出"),
}
BY_DESIGN = "指标方向：能源消费总量、二氧化碳排放总量可随新增产能上升，不查方向。"
HEAD = """# What the checks catch

Made by `YUANCE_WRITE_TABLES=1 pytest --long tests/mutation`, never edited by hand. Each class of
error is made at up to 50 random places (seeded by its name) of the clean sample plan, one at a
time. It is caught when the checks say anything at all: the clean plan has no finding. Rules are
named with the number of places they spoke at, the five most frequent only. The check of prose
against data (PRS-001) is left out: it speaks only where a text happens to repeat the figure.

| 错误类别 | 可错之处 | 抽查 | 查出 | 主要规则 |
|---|---:|---:|---:|---|
"""


@dataclass(frozen=True)
class Measured:
    """How often one class of error was caught, and by what."""

    name: str
    places: int
    tried: int
    caught: int
    rules: Counter[str]
    missed: tuple[str, ...]

    @property
    def percent(self) -> int:
        return self.caught * 100 // self.tried

    @property
    def row(self) -> str:
        rules = sorted(self.rules.items(), key=lambda entry: (-entry[1], entry[0]))[:5]
        said = "、".join(f"{rule}（{count}）" for rule, count in rules)
        return f"| {self.name} | {self.places} | {self.tried} | {self.percent}% | {said} |"


def measure(name: str, most: int) -> Measured:
    places = list(CLASSES[name]())
    random = Random(name)
    tried = random.sample(places, min(most, len(places)))
    rules: Counter[str] = Counter()
    missed: list[str] = []
    for place in tried:
        said = run_checks(evaluate(PACK, place.change(CLEAN.answers, random), CLEAN))
        found = [finding for finding in said if finding.rule != PROSE]
        rules.update({finding.rule for finding in found})
        if not found:
            missed.append(place.name)
    caught = len(tried) - len(missed)
    return Measured(name, len(places), len(tried), caught, rules, tuple(missed))


def test_that_the_clean_plan_is_silent():
    assert run_checks(CLEAN) == ()


def test_that_there_are_classes_enough():
    homes = {made.__module__ for made in CLASSES.values()}

    assert len(CLASSES) >= 24
    assert homes == {errors.__name__, overlap_errors.__name__, word_errors.__name__}
    assert set(LIMITS) <= set(CLASSES)


@pytest.mark.parametrize("name", CLASSES)
def test_that_an_error_is_caught_at_a_few_places(name):
    found = measure(name, FEW)

    assert found.tried == FEW
    if name not in LIMITS:
        assert found.missed == ()


@pytest.fixture(scope="module")
def measured() -> list[Measured]:
    return [measure(name, MANY) for name in CLASSES]


@pytest.mark.long
def test_that_nearly_all_errors_are_caught(measured):
    short = {
        found.name: (found.percent, found.missed[:5])
        for found in measured
        if found.percent < LIMITS.get(found.name, (LEAST, ""))[0]
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
    limits = "".join(f"- {name}：{why}。\n" for name, (_, why) in LIMITS.items())
    return f"{HEAD}{rows}\n查不全，或视正文而定的：\n\n{limits}- {BY_DESIGN}\n"


def test_that_the_table_in_the_docs_has_every_class_and_limit():
    text = TABLE.read_text(encoding="utf-8")

    assert [name for name in CLASSES if f"| {name} |" not in text] == []
    assert [why for _, why in LIMITS.values() if why not in text] == []


def test_that_the_tables_are_not_being_written():
    """So that the switch is never left on, where every table would agree with anything."""
    assert os.environ.get(SWITCH) != "1", f"{SWITCH} is on: unset it and run again"


# -- What the checks say of plans that are not clean but honest ----------------------------------

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
)


@pytest.mark.parametrize("projects", [0, 5, 60])
def test_that_a_scaled_sample_has_no_finding_of_the_checks_that_guess(projects):
    found = run_checks(evaluate(PACK, sample_plan(projects).answers))

    assert [f"{f.rule} {f.sentence}" for f in found if f.rule.startswith(NEW)] == []


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
