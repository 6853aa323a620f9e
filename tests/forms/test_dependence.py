"""What an edit leaves alone keeps its mark; what a rule takes in is known whole."""

from __future__ import annotations

from commands.making import DEFAULT_PACK
from forms.dependence import changed_slots, rule_inputs
from forms.edits import SetValue, apply_edit
from forms.loading import open_pack
from forms.view import evaluate
from tests.forms.plans import at, sample
from tests.packs.loading import small_pack

PACK = small_pack()
NAME, CONTENT = ("works", "list", "name"), ("works", "list", "content")


def test_that_a_column_keeps_its_mark_while_another_one_is_typed():
    before = evaluate(PACK, sample())
    marks = [before.figures.stamps.of(key) for key in (NAME, CONTENT, "works")]

    answers = apply_edit(PACK, before.answers, SetValue(at("works/list/p1/name"), "新名")).answers
    after = evaluate(PACK, answers, before)

    kept = [after.figures.stamps.of(key) for key in (NAME, CONTENT, "works")]
    assert [one is other for one, other in zip(marks, kept, strict=True)] == [False, True, False]


def test_that_every_rule_knows_which_values_it_takes_in():
    pack = open_pack(DEFAULT_PACK)
    for rule in pack.rules:
        slots = rule_inputs(pack, rule).slots
        assert slots, rule.key
        assert set(slots) <= set(pack.index.slots), rule.key


def test_that_a_change_of_very_many_rows_is_told_by_its_columns_alone():
    answers = sample()
    home = at("works/list")
    many = tuple(f"m{number}" for number in range(1_200))
    filled = answers.with_order(home, many)
    for row in many:
        filled = filled.with_value(home.at(row, "name"), row)
    named = filled
    for row in many[:-1]:
        named = named.with_value(home.at(row, "name"), "新名")

    assert changed_slots(PACK, filled, named) == {NAME: None}
    assert changed_slots(PACK, named, named.with_value(home.at("m3", "name"), "甲")) == {
        NAME: frozenset({"m3"})
    }
