"""What a plan lacks, what does not add up, and the overviews drawn from it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.answers import Answers
from forms.checks import Finding, run_checks
from forms.edits import MoveRow, apply_edit
from forms.gaps import asked_in_section, complete_plan, complete_section
from forms.listing import list_rows
from forms.overview import summarise
from forms.schema import Listing, Severity, Summary
from forms.view import PlanView, evaluate
from forms.wording import figure_text
from tests.forms import plans
from tests.forms.plans import at
from tests.packs.loading import small_pack

PACK = small_pack()
WORKS = at("works/list")


def view(**typed: str) -> PlanView:
    return evaluate(
        PACK, plans.plan(typed=plans.TYPED | {k.replace("__", "/"): v for k, v in typed.items()})
    )


def findings(rule: str, seen: PlanView) -> list[Finding]:
    return [finding for finding in run_checks(seen) if finding.rule == rule]


def test_that_a_plan_that_adds_up_has_no_finding():
    assert run_checks(view()) == ()


def test_that_what_the_notice_names_must_be_there_and_what_reviewers_ask_for_should():
    seen = evaluate(PACK, Answers())
    missing = [f for f in run_checks(seen) if f.rule.startswith("REQ")]
    found = {str(f.places[0]): f.severity for f in missing}

    assert found["cover/park_name"] is Severity.MUST
    assert found["cover/plan_title"] is Severity.SHOULD
    assert found["overview/location"] is Severity.SHOULD
    assert found["works/list"] is Severity.SHOULD
    assert found["outcomes/indicators/intensity/base"] is Severity.MUST
    assert found["water/supply/surface/2024"] is Severity.SHOULD
    assert "period/base_year" not in found  # its default counts
    assert all(f.sentence.endswith("。") and f.remedy.endswith("。") for f in run_checks(seen))


def test_that_findings_come_in_the_order_of_the_plan():
    sections = [section.key for section in PACK.sections()]
    places = [sections.index(f.places[0].section) for f in run_checks(evaluate(PACK, Answers()))]

    assert places == sorted(places)


def test_that_a_row_without_a_name_is_one_finding_of_that_row():
    (finding,) = findings("REQ-002", view(works__list__p3__total="1", works__list__p3__own="1"))

    assert finding.sentence == "项目“第3个项目”缺少：项目名称。"
    assert finding.places == (at("works/list/p3/name"),)
    assert finding.clause == "c2"


def test_that_a_sum_that_does_not_add_up_names_both_numbers():
    (finding,) = findings("SUM-001", view(works__list__p1__total="101"))

    assert finding.severity is Severity.MUST
    assert finding.sentence == "“中水回用”资金来源合计 100 万元，与总投资 101 万元不一致。"
    assert finding.places[0] == at("works/list/p1/total")
    assert finding.clause == "c2"


@pytest.mark.parametrize(("total", "count"), [("100.01", 0), ("99.99", 0), ("100.011", 1)])
def test_that_a_difference_within_the_tolerance_is_no_finding(total, count):
    assert len(findings("SUM-001", view(works__list__p1__total=total))) == count


def test_that_a_comparison_with_a_missing_number_is_silent():
    typed = {k: v for k, v in plans.TYPED.items() if not k.startswith("works/list/p2/own")}

    assert findings("SUM-001", evaluate(PACK, plans.plan(typed=typed))) == []


def test_that_a_rule_about_all_years_of_a_row_leads_to_the_cells_of_that_row():
    (finding,) = findings("SUM-002", view(works__list__p1__invest__2026="90"))

    assert finding.severity is Severity.SHOULD
    assert finding.places == (at("works/list/p1/invest/2026"), at("works/list/p1/invest/2027"))


def test_that_a_yearly_rule_names_its_year():
    (finding,) = findings("WAT-001", view(water__supply__surface__2025="900"))

    assert finding.sentence == "2025 年用水 912 万m³，超过上年的三倍（330 万m³）。"
    assert finding.places == (at("water/supply/total/2025"),)


def test_that_a_name_with_braces_stays_a_name():
    (finding,) = findings(
        "SUM-001", view(works__list__p1__total="101", works__list__p1__name="{left}{year}")
    )

    assert finding.sentence.startswith("“{left}{year}”资金来源合计 100")


def test_that_a_stored_value_outside_its_limits_is_found():
    answers = plans.plan().with_value(at("overview/area"), Decimal(2000))
    (finding,) = findings("LIM-001", evaluate(PACK, answers))

    assert finding.severity is Severity.MUST
    assert finding.sentence == "“规划面积”：不能大于 999.5km²。"


def test_that_figures_of_years_the_plan_no_longer_has_are_found_once_a_table():
    found = findings("LIM-002", view(period__base_year="2026", period__target_year="2028"))

    assert {(str(f.places[0]), f.sentence.split("（")[1][:4]) for f in found} == {
        ("water/supply", "2024"),
        ("energy/balance", "2024"),
        ("works/list", "2026"),
    }
    assert all(f.severity is Severity.SHOULD for f in found)


def test_that_a_moved_row_without_a_name_is_called_by_its_new_number():
    seen = view(works__list__p3__total="1", works__list__p3__own="2")
    assert "第3个项目" in findings("SUM-001", seen)[0].sentence
    moved = apply_edit(PACK, seen.answers, MoveRow(WORKS.at_row("p3"), 0)).answers
    again = evaluate(PACK, moved, seen)

    assert "第1个项目" in findings("SUM-001", again)[0].sentence


def test_that_completion_counts_what_is_asked_for():
    empty, full = evaluate(PACK, Answers()), view()
    water = PACK.index.sections["water"]

    assert complete_plan(full).is_complete
    assert complete_plan(full).percent == 100
    assert complete_plan(empty).gaps > 5
    assert complete_section(full, water).asked == 2
    assert complete_section(empty, PACK.index.sections["pledge"]).percent == 100
    assert not complete_plan(empty).is_complete
    assert [entry.label for entry in asked_in_section(full, water)] == [
        "地表水（2024年）",
        "地表水（2025年）",
    ]


# -- Overviews -----------------------------------------------------------------------------------


def summary(key: str, seen: PlanView):
    item = PACK.index.items["works", key]
    assert isinstance(item, Summary)
    return summarise(seen, item)


def test_that_projects_are_summed_by_task():
    made = summary("by_task", view())

    assert made.heads == ("总投资（万元）",)
    assert [(row.label, row.count, row.amounts[0]) for row in made.rows] == [
        ("优化布局", 0, None),
        ("高效利用、综合利用", 1, Decimal(100)),
        ("节能降碳", 1, Decimal(200)),
    ]
    assert (made.total.count, made.total.amounts) == (2, (Decimal(300),))
    assert [figure_text(row.share, 2) for row in made.rows if row.share] == ["33.33", "66.67"]


def test_that_projects_without_a_task_are_not_lost_from_the_summary():
    made = summary("by_task", view(works__list__p3__total="50"))

    assert (made.rows[-1].label, made.rows[-1].count, made.rows[-1].amounts) == (
        "未归类",
        1,
        (Decimal(50),),
    )
    assert sum(row.count for row in made.rows) == made.total.count
    assert sum(row.amounts[0] or 0 for row in made.rows) == made.total.amounts[0]


def test_that_investment_is_summed_by_year_and_by_source():
    years, sources = summary("by_year", view()), summary("by_source", view())

    assert [(row.label, row.amounts[0]) for row in years.rows] == [("2026年", 50), ("2027年", 50)]
    assert [(row.label, row.amounts[0]) for row in sources.rows] == [("自筹", 260), ("贷款", 40)]
    assert not years.counts


def test_that_a_listing_shows_the_rows_that_belong_there():
    item, shown = PACK.index.items["works", "carbon"], PACK.index.items["outcomes", "shown"]
    assert isinstance(item, Listing)
    assert isinstance(shown, Listing)
    made, indicators = list_rows(view(), item), list_rows(view(), shown)

    assert made.heads == ("项目名称", "总投资（万元）")
    assert [(row.address, row.texts) for row in made.rows] == [
        (WORKS.at_row("p2"), ("余热利用", "200"))
    ]
    assert [row.texts for row in indicators.rows] == [
        ("节能量", "tce", "—", "30.5", "—", "—"),
        ("单位产值能耗", "tce/万元", "0.2044", "0.1", "-0.1044", "-51.08"),
    ]


def test_that_totals_leave_out_what_nobody_filled():
    totals = view().totals(WORKS)

    assert totals["total", 0] == 300
    assert totals["loan", 0] == 40
    assert totals["invest", 2027] == 50
    assert ("invest", 2025) not in totals
    assert view().totals(at("water/supply")) == {}
