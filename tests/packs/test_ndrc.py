"""The pack of notice 1004 (2021) says what the notice says, and keeps what it once released."""

from __future__ import annotations

import csv
import os
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from commands.making import sample_plan
from forms.address import Address, parse_address
from forms.answers import Answers
from forms.checks import run_checks
from forms.edits import AddRow, apply_edit, seed_answers, set_from_text
from forms.kinds import Narrative, Percent, unit_of
from forms.listing import indicator_text
from forms.loading import open_pack
from forms.places import slot_at
from forms.schema import (
    Column,
    Field,
    Guidance,
    IndicatorTable,
    Mark,
    Pack,
    Place,
    Section,
    Table,
    YearTable,
)
from forms.view import PlanView, evaluate
from tests.packs.loading import REAL

PACK = open_pack(REAL.name)
NOTICE = Path(__file__).with_name("notice.md").read_text(encoding="utf-8")
RELEASED = Path(__file__).with_name("released_keys.txt")
REGENERATE = "YUANCE_RELEASE_KEYS"
ASKED = "节能量、节水量、二氧化碳减排量、固体废物减排量、废水减排量"
TASKS = re.findall(r"\([一二三四五]\)(.+?)。", NOTICE.split("## 二、")[1].split("## 三、")[0])


@pytest.fixture(scope="module")
def sample() -> PlanView:
    return evaluate(PACK, sample_plan().answers)


def plain(text: str) -> str:
    """Text without blanks, its punctuation in one width."""
    narrow = str.maketrans({"（": "(", "）": ")", "，": ",", "：": ":", "；": ";"})
    return "".join(text.translate(narrow).split())


def indicators() -> IndicatorTable:
    found = [item for item in PACK.index.items.values() if isinstance(item, IndicatorTable)]
    assert len(found) == 1
    return found[0]


def test_that_the_chapters_are_those_of_the_notice():
    chapters = [chapter.title for chapter in PACK.chapters if chapter.place is Place.BODY]

    assert chapters == [
        "园区基本情况",
        "总体要求",
        "主要任务",
        "主要项目",
        "预期成效",
        "组织实施",
        "保障措施",
    ]
    wanted = re.search("实施方案包括园区的(.+?)等。", plain(NOTICE))
    assert wanted is not None
    assert re.sub(r"[(].+?[)]", "", wanted[1]) == (
        "基本情况、改造的主要任务、实施的主要项目、预期成效、组织实施和保障措施"
    )


def test_that_the_five_tasks_have_the_titles_of_the_notice():
    chapter = next(chapter for chapter in PACK.chapters if chapter.title == "主要任务")

    assert len(TASKS) == 5
    assert [section.title for section in chapter.sections] == TASKS
    assert [option.label for option in PACK.index.vocabularies["task"].options] == TASKS


def test_that_every_indicator_the_notice_names_must_be_stated():
    labels = {row.label: row.mark for row in indicators().rows}
    pollutants = [label for label in labels if label.startswith("主要大气污染物减排量（")]
    named = [
        *ASKED.split("、"),
        "园区单位生产总值能耗",
        "园区单位生产总值用水量",
        "固体废物综合利用率",
    ]

    assert len(named) + 1 == 9  # and the pollutants, a row each
    assert [labels[label] for label in (*named, *pollutants)] == [Mark.NOTICE] * (
        8 + len(pollutants)
    )
    assert len(pollutants) >= 4


def test_that_savings_have_no_base_and_are_drawn_from_the_projects():
    for row in indicators().rows[:9]:
        assert not row.has_base
        assert row.target is not None


@pytest.mark.parametrize("clause", PACK.clauses, ids=lambda clause: clause.number)
def test_that_a_clause_is_the_wording_of_the_notice(clause):
    assert plain(clause.text) in plain(NOTICE)
    assert plain(clause.title).removesuffix("的内容") in plain(NOTICE)


def test_that_every_clause_is_answered_somewhere():
    answered = {clause for section in PACK.sections() for clause in section.clauses}

    assert answered == {clause.key for clause in PACK.clauses}


def test_that_every_value_has_advice_and_an_example():
    for item in PACK.index.items.values():
        parts = item.columns if isinstance(item, Table) else ()
        parts = item.rows if isinstance(item, YearTable | IndicatorTable) else parts
        for part in (item, *parts):
            assert part.guidance.write.strip(), part.key
            assert part.guidance.example.strip(), part.key


def texts_and_tables() -> list[tuple[Section, str, Guidance]]:
    """Every narrative and every table of the plan that a person fills, with its guidance."""
    found: list[tuple[Section, str, Guidance]] = []
    for section in PACK.sections():
        for item in section.items if section.place is not Place.NOWHERE else ():
            if isinstance(item, Table | YearTable | IndicatorTable) or is_prose(item):
                found.append((section, f"{section.key}/{item.key}", item.guidance))
            for column in item.columns if isinstance(item, Table) else ():
                if is_prose(column):
                    place = f"{section.key}/{item.key}/{column.key}"
                    found.append((section, place, column.guidance))
    return found


def is_prose(part: object) -> bool:
    """Whether prose is written here."""
    return isinstance(part, Field | Column) and isinstance(part.kind, Narrative)


def test_that_every_text_and_table_has_all_five_kinds_of_guidance():
    lacking = [
        (place, kind)
        for section, place, guide in texts_and_tables()
        for kind, said in (
            ("clause", guide.clauses or section.clauses),
            ("what to write", guide.write),
            ("example", guide.example),
            ("usual mistakes", guide.mistakes),
            ("source", guide.source),
        )
        if not said
    ]

    assert len(texts_and_tables()) > 90
    assert lacking == []


def test_that_every_section_names_the_points_a_reviewer_looks_for():
    sections = [section for section in PACK.sections() if section.place is not Place.NOWHERE]
    points = [point for section in sections for point in section.points]

    assert [section.key for section in sections if not section.points] == []
    for section in sections:
        assert len(set(section.points)) == len(section.points), section.key
    assert not [point for point in points if len(point) > 40 or point.endswith("。")]


def test_that_headings_offered_for_a_text_hold_no_figure():
    """A structure to be written out; what it says of the park, only the planner can."""
    offered = [line for _, _, guide in texts_and_tables() for line in guide.outline]

    assert len(offered) > 50
    assert [line for line in offered if re.search("[0-9０-９]|[，。]", line)] == []


def released(pack: Pack) -> list[str]:
    """One address pattern for each value, "*" for any row."""
    found: list[str] = []
    for (section, key), item in pack.index.items.items():
        home = f"{section}/{key}"
        if isinstance(item, Table):
            found += [f"{home}/*/{column.key}" for column in item.columns]
        elif isinstance(item, YearTable | IndicatorTable):
            found += [f"{home}/{row.key}" for row in item.rows]
        else:
            found.append(home)
    return sorted(found)


def test_that_no_released_key_is_lost():
    if os.environ.get(REGENERATE):
        RELEASED.write_text("\n".join(released(PACK)) + "\n", encoding="utf-8")
        pytest.fail(f"released keys were written anew; run again without {REGENERATE}")
    retired = {address for address, _ in PACK.retired}
    lost = set(RELEASED.read_text(encoding="utf-8").split()) - set(released(PACK)) - retired

    assert sorted(lost) == []


def test_that_every_new_key_is_on_the_list_of_released_keys():
    added = set(released(PACK)) - set(RELEASED.read_text(encoding="utf-8").split())

    assert sorted(added) == [], f"run once with {REGENERATE}=1"


FILES = {
    "energy_tce": ("energy_to_tce.csv", ("code",), "tce_per_plan_unit_low"),
    "fuel_co2": ("fuel_co2.csv", ("factor_set", "fuel"), "ef_per_unit"),
    "grid_co2": ("grid_electricity_co2.csv", ("data_year", "area", "caliber"), "factor"),
    "heat": ("heat_and_misc.csv", ("code",), "value"),
}


@pytest.mark.parametrize("key", FILES)
def test_that_every_published_factor_is_carried_with_its_mark(key):
    name, keys, value = FILES[key]
    with (REAL / "factors" / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    factors = PACK.index.factor_sets[key]
    carried = 0
    for row in rows:
        try:
            figure = Decimal(row[value])
        except InvalidOperation:
            continue
        factor = factors.factor("|".join(row[part] for part in keys))
        assert factor is not None
        assert (factor.value, factor.verified) == (figure, row["verified"])
        assert factor.source
        carried += 1

    assert carried == len(factors.factors) > 5
    assert {path.name for path in (REAL / "factors").glob("*.csv")} == {
        f for f, _, _ in FILES.values()
    }


def test_that_no_factor_is_trusted_that_no_copy_confirms():
    marks = {f.verified: f.is_confirmed for s in PACK.factor_sets for f in s.factors}

    assert marks["found-multi"]
    assert not marks["found-1"]


def test_that_conversions_go_both_ways_and_cancel_out():
    for (source, target), factor in PACK.index.conversions.items():
        back = PACK.index.conversions.get((target, source))
        assert back is not None, (source, target)
        assert abs(Decimal(factor) * Decimal(back) - 1) < Decimal("0.0001"), (source, target)


def with_projects(*rows: tuple[str, str, str]) -> PlanView:
    """A plan with projects: name, 达产年, 节能量, and 1 t less and 2 t more used of waste each."""
    projects = PACK.roles.projects
    target = set_from_text(PACK, PACK.roles.target_year, "2030")
    answers = apply_edit(PACK, Answers(), target).answers
    columns = ("name", "full_year", "save_energy", "cut_waste", "use_waste")
    for row in rows:
        answers = apply_edit(PACK, answers, AddRow(projects, row[0])).answers
        for column, text in zip(columns, (*row[:3], "1", "2"), strict=True):
            if text:
                edit = set_from_text(PACK, projects.at(row[0], column), text)
                answers = apply_edit(PACK, answers, edit).answers
    return evaluate(PACK, answers)


def promised(view: PlanView) -> dict[str, str]:
    table = next(Address(*key) for key, item in PACK.index.items.items() if item is indicators())
    return {row.label: view.text(table.at(row.key, "target")) for row in indicators().rows}


def test_that_what_projects_save_rolls_up_into_the_indicators():
    targets = promised(with_projects(("p1", "2029", "120.5"), ("p2", "2030", "79.5")))

    assert targets["节能量"] == "200"
    assert targets["固体废物减排量"] == "6"
    assert targets["节水量"] == "0"  # projects there are, and none of them saves water
    assert promised(evaluate(PACK, Answers()))["节能量"] == ""


def test_that_a_project_not_in_full_output_by_the_target_year_does_not_count():
    view = with_projects(("p1", "2030", "120.5"), ("p2", "2031", "79.5"), ("p3", "", "40"))

    assert promised(view)["节能量"] == "120.5"
    assert promised(view)["固体废物减排量"] == "3"
    counted = [view.text(PACK.roles.projects.at(row, "counts")) for row in ("p1", "p2", "p3")]
    assert counted == ["是", "否", ""]
    summary = [f"benefit_summary/{key}" for key in ("counted_projects", "late_projects")]
    assert [view.text(parse_address(address)) for address in summary] == ["1", "1"]
    assert view.text(parse_address("benefit_summary/undated_projects")) == "1"
    said = [finding.sentence for finding in run_checks(view) if finding.rule.startswith("TIM-0")]
    assert "“p2”达产年 2031 年晚于目标年 2030 年，效益没有计入目标年成效。" in said
    assert "“p3”填了 3 项效益而没有填达产年，效益没有计入目标年成效。" in said


def test_that_savings_are_unknown_while_no_project_says_when_it_runs():
    assert promised(with_projects(("p1", "", "120.5")))["节能量"] == ""


def test_that_the_method_chosen_for_savings_decides_where_they_come_from(sample):
    intensity = set_from_text(
        PACK, parse_address("scope/saving_method"), "强度法（基准年与目标年单耗之差×目标年产出）"
    )
    changed = evaluate(PACK, apply_edit(PACK, sample.answers, intensity).answers)

    base, target = (
        changed.number(parse_address(f"outcomes/indicators/energy_intensity/{side}"))
        for side in ("base", "target")
    )
    output = changed.number(parse_address("targets/target_gdp"))
    assert base is not None
    assert target is not None
    assert output is not None
    by_intensity = (base - target) * output * 10000
    saving = changed.number(parse_address("outcomes/indicators/energy_saving/target"))
    assert saving is not None
    assert abs(saving - by_intensity) < Decimal("0.01")
    assert promised(sample)["节能量"] != promised(changed)["节能量"]


def test_that_a_percentage_moves_in_points_and_has_no_rate(sample):
    table = next(Address(*key) for key, item in PACK.index.items.items() if item is indicators())
    for row in indicators().rows:
        if row.has_base and isinstance(row.kind, Percent):
            change = slot_at(PACK, table.at(row.key, "change"))
            assert change is not None
            assert unit_of(change.kind) == "个百分点"
            assert slot_at(PACK, table.at(row.key, "rate")) is None
    assert indicator_text(sample, table.at("solid_waste_util_rate", "change")) == "7.87个百分点"


def test_that_a_new_plan_starts_with_the_rows_its_tables_offer():
    answers = seed_answers(PACK)
    seeded = {
        key for key, item in PACK.index.items.items() if isinstance(item, Table) and item.seeds
    }

    assert {(table.section, table.item) for table, _ in answers.orders()} == seeded
    assert seeded


def test_that_every_default_that_rests_on_nothing_counts_at_once():
    view = evaluate(PACK, Answers())
    for (section, key), item in PACK.index.items.items():
        if isinstance(item, Field) and item.default and "{" not in item.default:
            assert view.value(Address(section, key)) is not None, key
