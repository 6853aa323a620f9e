"""What copying leaves behind in prose, clauses nobody answered, and papers that are missing."""

from __future__ import annotations

import pytest

from commands.making import sample_plan
from forms.address import parse_address
from forms.answers import Answers
from forms.checks import Finding, run_checks
from forms.edits import RemoveRow, apply_edit, set_from_text
from forms.loading import open_pack
from forms.schema import Severity
from forms.view import evaluate

PACK = open_pack("ndrc-2021-1004")
PROSE = "foundation/foundation_text"
SAMPLE = sample_plan().answers  # 云泽市清源经济开发区, base year 2025, target year 2030


def found(rule: str, *texts: tuple[str, str], answers: Answers = SAMPLE) -> list[Finding]:
    for place, text in texts:
        answers = apply_edit(PACK, answers, set_from_text(PACK, parse_address(place), text)).answers
    return [f for f in run_checks(evaluate(PACK, answers)) if f.rule == rule]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("青湖经济技术开发区位于江北，交通便利。", "青湖经济技术开发区"),
        ("近年来，临港高新区坚持绿色发展。", "临港高新区"),
        ("本方案由东山工业园区管委会组织实施。", "东山工业园区"),
        ("根据总体规划，白云山化工园区分为三个片区。", "白云山化工园区"),
    ],
)
def test_that_the_name_of_another_park_is_found(sentence, name):
    (finding,) = found("LFT-101", (PROSE, sentence))

    assert name in finding.sentence
    assert "云泽市清源经济开发区" in finding.sentence
    assert str(finding.places[0]) == PROSE


@pytest.mark.parametrize(
    "sentence",
    [
        "云泽市清源经济开发区是省级开发区。",
        "清源经开区获评绿色园区，清源工业园为其前身。",
        "对标苏州工业园区的做法，完善管理。",
        "学习借鉴天津经济技术开发区经验。",
        "落实《国家生态工业示范园区标准》和《东山高新区扩区批复》。",
        "我省现有省级开发区四十余家，其中化工园区九家。",
        "园区分为化工产业园、建陶产业园两个片区。",
        "依托循环经济产业园建设静脉产业园。",
        "园区创建国家生态工业示范园区。",
    ],
)
def test_that_own_names_sorts_of_parks_examples_and_cited_papers_stay_silent(sentence):
    assert found("LFT-101", (PROSE, sentence)) == []


def test_that_a_park_the_plan_knows_as_a_partner_is_no_leftover():
    home = parse_address("duties/duty_table")
    row = SAMPLE.order(home)[0]
    known = (f"duties/duty_table/{row}/department", "东山高新区管委会")

    assert found("LFT-101", (PROSE, "与东山高新区共建管廊。"), known) == []


def test_that_a_park_named_in_a_project_is_found_too():
    home = PACK.roles.projects
    row = SAMPLE.order(home)[0]
    place = f"{home}/{row}/content"
    (finding,) = found("LFT-101", (place, "在青湖开发区建设供热管网5公里。"))

    assert str(finding.places[0]) == place


@pytest.mark.parametrize(
    ("rule", "sentence", "years"),
    [
        ("LFT-102", "到2020年，综合能耗强度下降到0.8。", ("2020", "2025")),
        ("LFT-102", "力争到2023年重复利用率达到90%以上。", ("2023", "2025")),
        ("LFT-102", "到2025年底，中水回用率提高到35%。", ("2025", "2025")),
        ("LFT-103", "到2035年，资源产出率提高到现状的2倍。", ("2035", "2030")),
        ("LFT-104", "“十三五”期间，园区将大力推进循环化改造。", ("2020", "2025")),
        ("LFT-104", "十二五时期力争建成再生水厂。", ("2015", "2025")),
    ],
)
def test_that_a_promise_for_a_year_outside_the_period_is_found(rule, sentence, years):
    (finding,) = found(rule, (PROSE, sentence))

    assert finding.severity is Severity.SHOULD
    assert all(year in finding.sentence for year in years)


@pytest.mark.parametrize(
    "sentence",
    [
        "2019年，园区通过省级验收。",
        "至2020年底建成项目13个，完成投资11.6亿元。",
        "到2020年，已建成热电联产机组两台。",
        "“十三五”期间，园区累计完成投资30亿元，已建成再生水厂。",
        "“十三五”期间，园区主要污染物持续下降。",
        "到2030年，水重复利用率提高到95%。",
        "到2028年，供热管网建成投用。",
        "《云泽市“十三五”规划》提出到2020年达到60%的目标。",
        "展望2035年，园区全面建成零碳园区。",
        "国家要求到2060年前实现碳中和。",
        "灰场使用年限由2029年延长到2035年以后。",
        "“十五五”期间，园区将大力推进循环化改造。",
    ],
)
def test_that_history_outlook_and_the_period_itself_stay_silent(sentence):
    rules = ("LFT-102", "LFT-103", "LFT-104")

    assert [f for rule in rules for f in found(rule, (PROSE, sentence))] == []


def test_that_a_clause_whose_only_section_is_empty_is_not_answered():
    emptied = SAMPLE
    for section in PACK.sections():
        if "n2_4" in section.clauses:
            for address, _ in list(emptied.values()):
                if address.section == section.key:
                    emptied = emptied.with_value(address, None)
    (finding,) = found("COV-101", answers=emptied)

    assert finding.severity is Severity.MUST
    assert "二（四）" in finding.sentence
    assert finding.clause == "n2_4"


def test_that_a_task_the_park_is_not_concerned_with_answers_its_clause_by_the_reason():
    reason = ("task_chain/not_involved_reason", "园区只有一家企业，没有产业链接。")

    assert found("COV-101", ("task_chain/not_involved", "是"), reason) == []


def test_that_a_saving_whose_projects_all_say_zero_has_no_project_behind_it():
    home = PACK.roles.projects
    zero = [(f"{home}/{row}/save_water", "0") for row in SAMPLE.order(home)]
    target = ("outcomes/indicators/water_saving/target", "12")
    (finding,) = found("COV-008", *zero, target, ("outcomes/indicators/water_saving/note", ""))

    assert "合计 0" in finding.sentence


def test_that_a_saving_without_project_is_found_until_the_note_says_why():
    home = PACK.roles.projects
    none = [(f"{home}/{row}/cut_voc", "") for row in SAMPLE.order(home)]
    note = ("outcomes/indicators/voc_reduction/note", "园区企业不产生挥发性有机物。")

    assert len(found("COV-015", *none)) == 1
    assert found("COV-015", *none, note) == []


def test_that_enterprises_without_a_source_are_counted():
    home = parse_address("enterprises/key_enterprises")
    rows = SAMPLE.order(home)
    (finding,) = found("EVD-001", (f"{home}/{rows[0]}/data_source", ""))

    assert f"{len(rows)} 家" in finding.sentence
    assert f"{len(rows) - 1} 家" in finding.sentence


def test_that_a_procedure_said_to_be_done_wants_its_paper():
    home = parse_address("scans/documents")
    answers = SAMPLE
    view = evaluate(PACK, SAMPLE)
    for row in SAMPLE.order(home):
        if view.value(home.at(row, "kind")) == "eia":
            answers = apply_edit(PACK, answers, RemoveRow(home.at_row(row))).answers
    (finding,) = found("EVD-004", answers=answers)

    assert "环评" in finding.sentence
    assert "0 份" in finding.sentence


def test_that_a_procedure_paper_names_its_number_and_its_project():
    home = parse_address("scans/documents")
    view = evaluate(PACK, SAMPLE)
    (row,) = [r for r in SAMPLE.order(home) if view.value(home.at(r, "kind")) == "filing"]

    assert len(found("EVD-007", (f"{home}/{row}/number", ""))) == 1
    assert len(found("EVD-008", (f"{home}/{row}/project", ""))) == 1


@pytest.mark.parametrize(
    "name",
    [
        "园区再生水厂扩建和中水管网项目",
        "园区再生水厂（扩建）及中水管网工程建设项目",
    ],
)
def test_that_a_project_entered_twice_under_nearly_the_same_name_is_found(name):
    home = PACK.roles.projects
    (finding,) = found("DBL-107", (f"{home}/{SAMPLE.order(home)[0]}/name", name))

    assert name in finding.sentence
    assert "园区再生水厂扩建及中水管网工程" in finding.sentence


def test_that_two_stages_of_one_project_are_two_projects():
    home = PACK.roles.projects
    first, second, *_ = SAMPLE.order(home)
    stages = [
        (f"{home}/{first}/name", "供热管网一期工程"),
        (f"{home}/{second}/name", "供热管网二期工程"),
    ]

    assert found("DBL-107", *stages) == []


def test_that_a_picture_may_stand_in_two_texts_and_a_paragraph_may_not():
    picture = f"![园区区位图]({'a' * 64}){{width=120mm}}"
    paragraph = "园区坚持减量化、再利用、资源化，" * 5
    twice = "economy/economy_text"

    assert found("LFT-002", (PROSE, picture), (twice, picture)) == []
    both = found("LFT-002", (PROSE, paragraph), (twice, f"{paragraph}\n{picture}"))
    assert [str(place) for place in both[0].places] == [PROSE, twice]
