"""A column at a time gives what row by row gives; quick tests of values never say yes wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.making import sample_plan
from forms.accepting import accepting
from forms.columnwise import Batch, column_of
from forms.dependence import rule_inputs
from forms.edits import SetValue, apply_edits
from forms.evaluation import Here
from forms.evaluation import evaluate as evaluate_formula
from forms.formula import Call, Formula, Literal, Number, parse_formula
from forms.kinds import Kind, Percent, Quantity, Reference, Text
from forms.loading import open_pack
from forms.reading import ReadingError, check_value
from forms.schema import Table
from forms.values import Value
from forms.view import PlanView, evaluate
from tests.forms import plans
from tests.forms.plans import at
from tests.packs.loading import small_pack

PACK = small_pack()
WORKS = at("works/list")
REAL = open_pack("ndrc-2021-1004")

CELLS = st.sampled_from(
    ["[./total]", "[./own]", "[./loan]", "[./saving]", "[./invest/2026]", "[outcomes/output]"]
)
NUMBERS = st.sampled_from(["0", "1", "2.5", "100", 'quantity(30, "tce/万元")'])
TEXT_TESTS = st.sampled_from(
    ['[./task] = "carbon"', '[./name] != "余热利用"', '[./approved] = "yes"', "[./total] > 50"]
)


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        inner.map(lambda a: f"or_zero({a})"),
        inner.map(lambda a: f"abs(-{a})"),
        inner.map(lambda a: f"round({a}, 2)"),
        pairs.map(lambda p: f"sum({p[0]}, {p[1]}, [./invest/*])"),
        pairs.map(lambda p: f"count({p[0]}, {p[1]})"),
        pairs.map(lambda p: f"max({p[0]}, {p[1]})"),
        st.tuples(TEXT_TESTS, inner, inner).map(lambda p: f"if({p[0]}, {p[1]}, {p[2]})"),
        st.tuples(inner, TEXT_TESTS, inner, inner).map(
            lambda p: f"if({p[0]} >= 1 and not({p[1]}), {p[2]}, {p[3]})"
        ),
        st.just("months([./start]) + last_year([./invest/*])"),
    )


FORMULAS = st.recursive(CELLS | NUMBERS, wrapped, max_leaves=8)
SOME_CELLS = ("name", "task", "approved", "total", "own", "loan", "saving", "invest/2026", "start")


def row_by_row(seen: PlanView, formula: Formula, table=WORKS) -> list[Value | None]:
    return [
        evaluate_formula(seen.figures, formula, Here(table, row)).value for row in seen.rows(table)
    ]


@st.composite
def works(draw: st.DrawFn) -> PlanView:
    """Four projects, each cell filled or not."""
    typed = {f"works/list/p{n}/total": "7" for n in range(4)}
    for number in range(4):
        for cell in SOME_CELLS:
            text = f"works/list/p{number}/{cell}"
            slot = PACK.index.slots[("works", "list", cell.partition("/")[0])]
            if not isinstance(slot.kind, Text) and draw(st.booleans()):
                typed.pop(text, None)
            elif isinstance(slot.kind, Quantity | Percent) or cell in ("total", "own", "loan"):
                typed[text] = draw(st.sampled_from(["0", "1", "50", "100.25"]))
            else:
                typed[text] = plans.TYPED.get(f"works/list/p1/{cell}", "5")
    return evaluate(PACK, plans.plan(typed=plans.TYPED | typed))


@settings(max_examples=150)
@given(works(), FORMULAS)
def test_that_a_formula_gives_each_row_the_same_value_column_by_column(seen, text):
    formula = parse_formula(text)
    batch = Batch(seen.figures, WORKS, seen.rows(WORKS))

    assert column_of(formula, batch) == row_by_row(seen, formula)
    some = seen.rows(WORKS)[1:3]
    assert column_of(formula, Batch(seen.figures, WORKS, some)) == [
        evaluate_formula(seen.figures, formula, Here(WORKS, row)).value for row in some
    ]


@pytest.mark.parametrize(("multiply", "divide"), [("0.0001", "1"), ("2", "3"), ("1", "1")])
def test_that_a_conversion_gives_each_row_the_same_value_column_by_column(multiply, divide):
    seen = evaluate(PACK, plans.plan(typed=plans.TYPED | {"works/list/p3/own": "8"}))
    amount = parse_formula("[./total] + [./own]").node
    ratio = (Number(Decimal(multiply)), Number(Decimal(divide)))
    formula = Formula("", Call("to", (amount, Literal("亿元"), *ratio)))

    found = column_of(formula, Batch(seen.figures, WORKS, seen.rows(WORKS)))

    assert found == row_by_row(seen, formula)
    assert isinstance(found[0], Decimal)
    assert found[-1] is None
    assert round(found[0], 20) == round(160 * Decimal(multiply) / Decimal(divide), 20)


def test_that_only_the_row_that_divides_by_zero_is_without_a_value():
    typed = {"works/list/p1/own": "0", "works/list/p2/own": "4", "works/list/p2/total": "2"}
    seen = evaluate(PACK, plans.plan(typed=plans.TYPED | typed))
    batch = Batch(seen.figures, WORKS, seen.rows(WORKS))

    assert column_of(parse_formula("or_zero([./total] / [./own])"), batch) == [None, Decimal("0.5")]
    unharmed = parse_formula("if([./own] = 0, 1, [./total] / [./own])")
    assert column_of(unharmed, batch) == [Decimal(1), Decimal("0.5")]


ROW_RULES = [rule for rule in REAL.rules if rule_inputs(REAL, rule).are_rows]


@pytest.mark.parametrize("rule", ROW_RULES, ids=lambda rule: rule.key)
def test_that_the_rules_of_the_real_pack_ask_rows_alike_both_ways(rule):
    table = rule.scope
    item = REAL.index.items[table.section, table.item]
    assert isinstance(item, Table)
    answers = sample_plan().answers
    order = answers.order(table)
    emptied = [
        SetValue(table.at(row, column.key), None)
        for number, row in enumerate(order)
        for place, column in enumerate(item.columns)
        if (number + place) % 5 == 0
        and not column.years
        and REAL.index.slots[(table.section, table.item, column.key)].overridable
    ]
    changed = apply_edits(REAL, answers, tuple(emptied), "清空").answers
    for seen in (evaluate(REAL, answers), evaluate(REAL, changed)):
        batch = Batch(seen.figures, table, seen.rows(table))
        for formula in filter(None, (rule.when, rule.left, rule.right)):
            assert column_of(formula, batch) == row_by_row(seen, formula, table)


def kinds() -> list[Kind]:
    found = {repr(slot.kind): slot.kind for slot in (*PACK.index.slots.values(),)}
    return list(found.values())


ANYTHING: st.SearchStrategy[Value] = st.one_of(
    st.text(max_size=30),
    st.integers(),
    st.decimals(),
    st.booleans(),
    st.dates(),
    st.tuples(st.text(max_size=5)),
    st.sampled_from(["carbon", "yes", "\x00", " ", "省级"]),
    st.sampled_from([Decimal("1E+35"), Decimal("1E-39"), Decimal("0.10"), Decimal("-0")]),
)


def sorts_of(values: Sequence[Value]) -> frozenset[type]:
    return frozenset(map(type, values))


@settings(max_examples=300)
@given(st.sampled_from(kinds()), st.lists(ANYTHING, max_size=3))
def test_that_what_is_accepted_at_once_fits_its_kind(kind, values):
    if accepting(PACK, kind)(values, sorts_of(values)):
        for value in values:
            assert check_value(PACK, kind, value) is not None


@pytest.mark.parametrize("odd", ["0E+100", "1E-60", "1E+60", "-1E+60", "NaN", "-Infinity"])
def test_that_one_figure_that_cannot_be_kept_is_seen_among_ordinary_ones(odd):
    figures = (Decimal(3), Decimal("0.5"), Decimal(odd), Decimal(0), Decimal("1200.25"))
    assert not accepting(PACK, Quantity("t", 2))(figures, sorts_of(figures))


@settings(max_examples=200)
@given(st.data(), st.sampled_from(kinds()))
def test_that_ordinary_values_are_accepted_without_a_second_look(data, kind):
    value = data.draw(plans.values(PACK, kind))
    try:
        check_value(PACK, kind, value)
    except ReadingError:
        return
    is_odd = isinstance(value, str) and (value[0].isspace() or not value[0].isprintable())
    assert (
        is_odd or isinstance(kind, Reference) or accepting(PACK, kind)([value], sorts_of([value]))
    )
