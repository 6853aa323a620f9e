"""Formulas and figures: exact, traced, and the same however they were arrived at."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.address import Address
from forms.answers import Answers
from forms.calendar import Calendar
from forms.checks import run_checks
from forms.conditions import All, AnyOf, Filled, Is, Not, OneOf, addresses_in, holds, plain_text
from forms.edits import EditError, SetValue, apply_edit, set_from_text
from forms.evaluation import Here, without_padding
from forms.formula import FormulaError, parse_formula, parse_reference
from forms.gaps import asked_in_section, complete_plan
from forms.loading import load_pack
from forms.schema import Period
from forms.standing import standing
from forms.view import PlanView, evaluate
from tests.forms import plans
from tests.forms.plans import at
from tests.packs.loading import changed, small_pack

PACK = small_pack()
WORKS = at("works/list")


def view(typed: dict[str, str] | None = None) -> PlanView:
    return evaluate(PACK, plans.plan(typed=typed))


def ask(text: str, here: Here | None = None, typed: dict[str, str] | None = None):
    return view(typed).figures.ask(parse_formula(text), here or Here(WORKS, "p1", 2025))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("8 / 2 / 2", "2"),
        ("5 - 2 - 1", "2"),
        ("-2 * 3", "-6"),
        ("12 / -2 * 3", "-18"),
        ("2 - -2", "4"),
        ("-(1 + 2)", "-3"),
        ("abs(1 - 4)", "3"),
        ("min(3, 1, 2)", "1"),
        ("max(3, 1, 2)", "3"),
        ("round(2.345, 2)", "2.35"),
        ("round(-2.5, 0)", "-3"),
        ("if(1 < 2, 10, 20)", "10"),
        ("if(not(1 < 2), 10, 20)", "20"),
        ('factor("energy", "coal")', "0.7143"),
        ('months("x") + 1', None),
        ("months([works/list/p1/start])", str(2026 * 12 + 3)),
        ("sum([works/list/*/saving])", "30.5"),
        ('sum([works/list/*/saving], where([works/list/*/task], "carbon"))', "20.5"),
        ('sum([works/list/*/saving], where([works/list/*/task], "layout"))', None),
        ("count([works/list/*/name])", "2"),
        ("count([works/list/*/number])", "1"),
        ('count([works/list/*/name], where([works/list/*/task], "carbon"))', "1"),
        ("sum([works/list/*/invest/*])", "100"),
        ("sum([works/list/*/invest/2026])", "50"),
        ("sum([./invest/*], [./total])", "200"),
        ("[./total] - [./own]", "40"),
        ("or_zero([works/list/p2/loan]) + 1", "1"),
        ('to([outcomes/output], "万元")', "120000"),
        ('to([outcomes/output], "亿元")', "12"),
        ("[water/supply/total/@base]", "132.5"),
        ("[water/supply/surface/@prev]", "110"),
        ("[water/supply/surface/@year]", "120.5"),
        ("[water/supply/surface/@first]", "110"),
        ("[water/supply/surface/2024]", "110"),
        ("[works/list/p1/invest/@target]", "50"),
        ("[outcomes/indicators/saving/target]", "30.5"),
    ],
)
def test_that_a_formula_gives_the_figure_a_planner_would_work_out(text, value):
    figure = ask(text)

    assert without_padding(figure.value) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("1 < 2 and 2 < 3", True),
        ("1 < 2 and 3 < 2", False),
        ("3 < 2 or 1 < 2 and 2 < 3", True),
        ("1 + 1 = 2", True),
        ("1 != 1.0", False),
        ("2 >= 2", True),
        ("2 <= 1", False),
        ("2 > 1", True),
        ('[cover/level] = "province"', True),
        ('[works/list/p1/approved] = "yes"', True),
        ('[cover/level] != "national"', True),
        ('attribute([cover/level], "rank") = "2"', True),
    ],
)
def test_that_a_comparison_is_true_or_not(text, truth):
    assert ask(text).value is truth


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("[works/list/p2/loan] + 1", ["works/list/p2/loan"]),
        (
            "[works/list/p2/loan] * [works/list/p2/number]",
            ["works/list/p2/loan", "works/list/p2/number"],
        ),
        ("abs([works/list/p2/loan])", ["works/list/p2/loan"]),
        (
            "sum([works/list/p2/loan], [works/list/p2/invest/2026])",
            ["works/list/p2/loan", "works/list/p2/invest/2026"],
        ),
        ("if([works/list/p2/loan] > 1, 1, 2)", ["works/list/p2/loan"]),
        ("-[works/list/p2/loan]", ["works/list/p2/loan"]),
        ("months([works/list/p2/start])", ["works/list/p2/start"]),
        ('to([works/list/p2/loan], "亿元")', ["works/list/p2/loan"]),
        ('factor("energy", [works/list/p2/number])', ["works/list/p2/number"]),
        ("not([works/list/p2/approved])", ["works/list/p2/approved"]),
    ],
)
def test_that_what_is_missing_is_named_and_never_zero(text, missing):
    figure = ask(text)

    assert figure.value is None
    assert [str(address) for address in figure.missing] == missing


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1 / 0", "除数为零"),
        ("0 / 0", "除数为零"),
        ("1 / ([works/list/p1/total] - 100)", "除数为零"),
        ("or_zero(1 / 0)", "除数为零"),
        ("sum(1 / 0, 5)", "除数为零"),
        ('"a" + 1', "不是数值"),
        ('factor("energy", "steam")', "因子集中没有此项"),
        ('round(factor("energy", "steam"), 2)', "因子集中没有此项"),
        ('sum(factor("energy", "steam"))', "因子集中没有此项"),
        ("where([works/list/*/task], 1)", "where 只能用在"),
        ("round(1.5, -10000000)", "数值无法计算"),
    ],
)
def test_that_a_fault_is_said_and_never_raised(text, fault):
    figure = ask(text)

    assert figure.value is None
    assert fault in figure.fault


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 +",
        "(1",
        "1)",
        "1 2",
        "foo(1)",
        "sum()",
        "if(1, 2)",
        "[a]",
        "[a/b/c/d/e]",
        "[a/b c]",
        "1 $ 2",
        "abs(1, 2)",
        '"open',
        "[a/b/c/d/e/f]",
        "round(1)",
    ],
)
def test_that_what_is_no_formula_is_refused(text):
    with pytest.raises(FormulaError):
        parse_formula(text)


def test_that_a_reference_is_printed_as_it_is_written():
    for text in ("[./invest/*]", "[a/b/*/c/@year]", "[a/b]", "[a/b/c/2024]"):
        assert str(parse_reference(text)) == text
    with pytest.raises(FormulaError, match="不是引用"):
        parse_reference("1 + 1")


def test_that_typed_values_replace_what_a_formula_gives_where_that_is_allowed():
    overriding = plans.TYPED | {"energy/balance/gas/coefficient": "12.9"}
    seen = view(overriding)
    place = at("energy/balance/gas/coefficient")

    assert seen.number(place) == Decimal("12.9")
    assert seen.figure(place).value == Decimal("13.3")
    assert seen.is_overridden(place)
    assert not view().is_overridden(place)
    assert seen.number(at("energy/balance/gas/tce/2025")) == Decimal(129)


def test_that_figures_rest_on_one_another():
    seen = view()

    assert seen.text(at("energy/balance/coal/tce/2025")) == "71.43"
    assert seen.text(at("energy/total")) == "204.43"
    assert seen.text(at("outcomes/indicators/intensity/base")) == "0.2044"
    assert seen.text(at("outcomes/indicators/intensity/change")) == "-0.1044"
    assert seen.text(at("outcomes/indicators/intensity/rate")) == "-51.08"
    assert seen.text(at("overview/rank")) == "2"


def test_that_defaults_count_until_something_is_typed():
    seen = view()

    assert seen.text(at("cover/plan_title")) == "青湖园区“试点”方案"
    assert seen.text(at("pledge/text")) == "《青湖园区“试点”方案》数据真实。"
    assert seen.value(at("period/base_year")) == 2025
    assert view({}).text(at("cover/plan_title")) == ""
    assert view(plans.TYPED | {"cover/plan_title": "别名"}).text(at("cover/plan_title")) == "别名"


def test_that_a_row_is_called_by_its_name_or_its_number():
    seen = view(plans.TYPED | {"works/list/p3/total": "1"})

    assert seen.row_name(WORKS.at_row("p1")) == "中水回用"
    assert seen.row_name(WORKS.at_row("p3")) == "第3个项目"
    assert seen.row_name(at("water/supply").at_row("ground")) == "地下水"
    assert seen.row_name(at("outcomes/indicators").at_row("saving")).startswith("节能量")
    assert seen.text(at("maps/pictures/m1/project")) == "中水回用"


def test_that_a_reference_to_a_removed_row_reads_as_empty():
    assert (
        view(plans.TYPED | {"maps/pictures/m1/project": "gone"}).text(
            at("maps/pictures/m1/project")
        )
        == ""
    )


def test_that_nothing_is_computed_for_years_the_plan_does_not_have(tmp_path):
    old = 'formula = "[water/supply/surface/@year] + or_zero([water/supply/ground/@year])"'
    new = "formula = '[water/supply/total/@prev] + quantity(1, \"万m³\")'"
    pack = load_pack(changed(tmp_path, "chapters/park.toml", old, new))
    seen = evaluate(pack, plans.plan(pack))

    assert seen.figure(at("water/supply/total/1900")).value is None
    assert seen.figure(at("water/supply/total/2025")).value is None


@settings(max_examples=40)
@given(st.lists(plans.edits(), min_size=1, max_size=12))
def test_that_figures_kept_from_before_are_the_same_as_figures_made_afresh(chain):
    answers = plans.sample()
    seen = evaluate(PACK, answers)
    places = [*plans.writable(PACK), *computed()]
    for edit in chain:
        try:
            answers = apply_edit(PACK, answers, edit).answers
        except EditError:
            continue
        seen = evaluate(PACK, answers, seen)
        fresh = evaluate(PACK, answers)
        assert {p: seen.value(p) for p in places} == {p: fresh.value(p) for p in places}
        assert {p: seen.figure(p) for p in places} == {p: fresh.figure(p) for p in places}
        assert run_checks(seen) == run_checks(fresh)
        assert complete_plan(seen) == complete_plan(fresh)


def computed() -> list[Address]:
    texts = (
        "energy/total",
        "overview/rank",
        "outcomes/output_small",
        "water/supply/total/2024",
        "water/supply/total/2025",
        "energy/balance/coal/tce/2025",
        "energy/balance/r1/tce/2025",
        "outcomes/indicators/saving/target",
        "outcomes/indicators/intensity/base",
        "outcomes/indicators/intensity/change",
        "outcomes/indicators/intensity/rate",
    )
    return [at(text) for text in texts]


def test_that_an_edit_keeps_the_figures_it_does_not_touch():
    before = view()
    known = before.figure(at("energy/total"))
    answers = apply_edit(
        PACK, before.answers, SetValue(at("works/list/p1/total"), Decimal(1))
    ).answers
    after = evaluate(PACK, answers, before)

    assert after.figure(at("energy/total")) is known


# -- Years and conditions ------------------------------------------------------------------------


def test_that_the_years_of_a_plan_follow_its_base_and_target():
    calendar = Calendar(2025, 2030, 3)

    assert calendar.years(Period.HISTORY) == (2023, 2024, 2025)
    assert calendar.years(Period.PLAN) == (2026, 2027, 2028, 2029, 2030)
    assert [
        calendar.resolve(t, 2024)
        for t in ("", "@base", "@target", "@year", "@prev", "@first", "2001")
    ] == [
        0,
        2025,
        2030,
        2024,
        2023,
        2023,
        2001,
    ]
    assert calendar.resolve("@prev", 0) == 0


def test_that_unknown_years_are_no_years():
    assert Calendar(0, 2030, 3).years(Period.HISTORY) == ()
    assert Calendar(0, 2030, 3).years(Period.PLAN) == ()
    assert Calendar(2025, 0, 3).years(Period.PLAN) == ()
    assert Calendar(2025, 2020, 0).years(Period.PLAN) == ()
    assert Calendar(2025, 2030, 0).years(Period.HISTORY) == (2025,)
    assert len(Calendar(2025, 9999, 999).years(Period.PLAN)) == 30
    assert Calendar(0, 0, 0).resolve("@first", 0) == 0


def test_that_conditions_hold_as_they_read():
    values = {"a": "x", "b": True, "c": None, "d": ("x", "y"), "e": 7}
    yes = [
        Is("a", "x"),
        Is("b", "yes"),
        OneOf("a", ("x", "y")),
        Filled("a"),
        Not(Filled("c")),
        Is("e", "7"),
        All((Is("a", "x"), Filled("b"))),
        AnyOf((Is("a", "z"), Filled("b"))),
        Is("c", ""),
        Is("d", "x、y"),
    ]
    no = [
        Is("a", "z"),
        OneOf("a", ("z",)),
        Filled("c"),
        Not(Is("a", "x")),
        All((Filled("c"), Filled("a"))),
    ]

    assert all(holds(condition, values.get) for condition in yes)
    assert not any(holds(condition, values.get) for condition in no)
    assert list(addresses_in(All((Not(Is("a", "x")), AnyOf((Filled("b"),)))))) == ["a", "b"]
    assert plain_text(False) == "no"


def test_that_what_is_hidden_is_not_asked_for():
    hidden = view(plans.TYPED | {"period/with_text": "否"})
    energy, overview = PACK.index.sections["energy"], PACK.index.sections["overview"]

    assert not hidden.shows_section(energy)
    assert list(asked_in_section(hidden, energy)) == []
    assert not hidden.shows_item(overview.item("history"))
    assert view().shows_item(overview.item("history"))


def test_that_a_column_is_asked_for_row_by_row():
    works = PACK.index.items["works", "list"]
    number = works.column("number")  # type: ignore[union-attr]

    assert view().shows_cell(number, WORKS.at_row("p1"))
    assert not view().shows_cell(number, WORKS.at_row("p2"))


def test_that_a_section_stands_until_something_in_it_or_behind_it_changes():
    before = view()
    known = standing(before, "energy")
    beside = evaluate(PACK, typed_into(before, "cover/compiler", "青湖园区管理委员会"), before)
    assert standing(beside, "energy") == known
    cover = standing(beside, "cover")
    more = evaluate(PACK, typed_into(beside, "energy/balance/coal/amount/2025", "101"), beside)
    assert standing(more, "energy") != known  # it adds up the coal
    assert standing(more, "cover") == cover


def typed_into(view: PlanView, place: str, text: str) -> Answers:
    return apply_edit(PACK, view.answers, set_from_text(PACK, at(place), text)).answers
