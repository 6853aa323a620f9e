"""Answers, changes and edits: nothing typed is altered in place, everything can be taken back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.answers import Answers
from forms.changes import ChangeSet, OrderChange, ValueChange, apply_changes, difference, same_value
from forms.edits import (
    AddRow,
    EditError,
    MoveRow,
    RemoveRow,
    SetValue,
    apply_edit,
    apply_edits,
    has_row,
    new_row_id,
    seed_answers,
    set_from_text,
)
from forms.encoding import EncodingError, decode, encode
from forms.places import UnknownAddressError, locate
from forms.schema import Mark
from forms.values import Picture, YearMonth
from tests.forms import plans
from tests.forms.plans import at
from tests.packs.loading import small_pack

PACK = small_pack()
CHAINS = st.lists(plans.edits(), max_size=25)
WORKS = at("works/list")


def exact(answers: Answers) -> object:
    """Answers to the last digit: Decimal 1.0 and 1.00 are equal in Python, not here."""
    return (
        {str(a): encode(v) for a, v in answers.values()},
        {str(a): order for a, order in answers.orders()},
    )


@given(CHAINS)
def test_that_undo_brings_back_exactly_what_was_there(chain):
    answers, done = plans.sample(), []
    for edit in chain:
        try:
            step = apply_edit(PACK, answers, edit)
        except EditError:
            continue
        done.append((answers, step.changes))
        answers = step.answers
    for before, changes in reversed(done):
        answers = apply_changes(answers, changes.inverted())
        assert exact(answers) == exact(before)
        assert answers == before


@given(CHAINS)
def test_that_redo_brings_back_exactly_what_was_undone(chain):
    before = plans.sample()
    for edit in chain:
        try:
            step = apply_edit(PACK, before, edit)
        except EditError:
            continue
        undone = apply_changes(step.answers, step.changes.inverted())
        assert exact(apply_changes(undone, step.changes)) == exact(step.answers)
        before = step.answers


@given(CHAINS)
def test_that_no_edit_alters_the_answers_it_started_from(chain):
    answers = plans.sample()
    picture = exact(answers)
    plans.applied(answers, chain)

    assert exact(answers) == picture


@given(CHAINS, CHAINS)
def test_that_a_difference_leads_from_one_plan_to_the_other(one, other):
    before, after = (plans.applied(plans.sample(), chain) for chain in (one, other))
    changes = difference(before, after, "比较")

    assert exact(apply_changes(before, changes)) == exact(after)
    assert exact(apply_changes(after, changes.inverted())) == exact(before)
    assert not difference(after, after, "比较")


@given(CHAINS)
def test_that_merged_changes_do_what_they_do_one_by_one(chain):
    before = answers = plans.sample()
    total = ChangeSet("")
    for edit in chain:
        try:
            step = apply_edit(PACK, answers, edit)
        except EditError:
            continue
        answers, total = step.answers, total.merged(step.changes)

    assert exact(apply_changes(before, total)) == exact(answers)
    assert exact(apply_changes(answers, total.inverted())) == exact(before)
    assert all(
        (isinstance(c, ValueChange) and c.address) or c.before != c.after for c in total.changes
    )


def test_that_a_typed_zero_at_the_end_is_a_change():
    one = ChangeSet("", (ValueChange(at("overview/area"), Decimal("1.0"), Decimal("2")),))
    two = ChangeSet("", (ValueChange(at("overview/area"), Decimal("2"), Decimal("1.00")),))

    assert one.merged(two).changes
    assert not same_value(Decimal("1.0"), Decimal("1.00"))
    assert not same_value(1, True)


def test_that_untouched_sections_are_shared_between_versions():
    before = plans.sample()
    after = apply_edit(PACK, before, SetValue(at("overview/area"), Decimal(3))).answers

    assert after.sections["works"] is before.sections["works"]
    assert after.sections["overview"].tables is before.sections["overview"].tables
    assert after.sections["overview"] is not before.sections["overview"]


def test_that_a_cleared_plan_holds_nothing_at_all():
    answers = plans.sample()
    for address, _ in list(answers.values()):
        answers = answers.with_value(address, None)
    for table, _ in list(answers.orders()):
        answers = answers.with_order(table, ())

    assert answers == Answers()
    assert not answers.sections


def test_that_setting_what_stands_there_is_no_change():
    same = apply_edit(PACK, plans.sample(), SetValue(at("overview/area"), Decimal("12.50")))

    assert not same.changes
    assert apply_edit(PACK, plans.sample(), SetValue(at("overview/area"), Decimal("12.5"))).changes


def test_that_rows_are_added_moved_and_removed_with_their_cells():
    answers = plans.sample()
    cells = ((WORKS.at("p3", "name"), "第三个"),)
    added = apply_edit(PACK, answers, AddRow(WORKS, "p3", 0, cells))
    moved = apply_edit(PACK, added.answers, MoveRow(WORKS.at_row("p3"), 99))
    removed = apply_edit(PACK, moved.answers, RemoveRow(WORKS.at_row("p3")))

    assert added.answers.order(WORKS) == ("p3", "p1", "p2")
    assert added.changes.label == "新增项目"
    assert moved.answers.order(WORKS) == ("p1", "p2", "p3")
    assert removed.answers == answers
    assert not apply_edit(PACK, answers, MoveRow(WORKS.at_row("p2"), 7)).changes


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (SetValue(at("energy/total"), Decimal(1)), "由系统计算"),
        (SetValue(at("water/supply/total/2025"), Decimal(1)), "由系统计算"),
        (SetValue(at("outcomes/indicators/intensity/rate"), Decimal(1)), "由系统计算"),
        (SetValue(at("works/list/p9/name"), "无此行"), "没有行“p9”"),
        (SetValue(at("overview/area"), "12"), "规划面积：数值不能是“12”"),
        (SetValue(at("overview/area"), 12), "数值不能是"),
        (SetValue(at("overview/area"), Decimal(-1)), "不能小于 0km²"),
        (SetValue(at("overview/area"), Decimal("1000")), "不能大于 999.5km²"),
        (SetValue(at("overview/area"), Decimal("NaN")), "有限数"),
        (SetValue(at("overview/area"), Decimal("1E-90")), "位数过多"),
        (SetValue(at("cover/level"), "town"), "可选：国家级、省级"),
        (SetValue(at("period/with_text"), "yes"), "是或否不能是"),
        (SetValue(at("period/base_year"), True), "年份不能是"),
        (SetValue(at("overview/map"), "a.png"), "图片不能是"),
        (SetValue(at("cover/park_name"), "  "), "内容为空"),
        (SetValue(at("cover/park_name"), "园" * 61), "最多 60 字"),
        (AddRow(WORKS, "p1"), "已有行“p1”"),
        (AddRow(WORKS, "a/b"), "行号“a/b”不合规"),
        (AddRow(WORKS, "p3", None, ((WORKS.at("p1", "name"), "别行"),)), "不是新增行的可填项"),
        (AddRow(at("water/supply"), "rain"), "行是固定的"),
        (RemoveRow(WORKS.at_row("p9")), "没有行“p9”"),
        (MoveRow(WORKS.at_row("p9"), 0), "没有行“p9”"),
    ],
    ids=str,
)
def test_that_what_the_pack_does_not_allow_is_refused_in_words(edit, sentence):
    with pytest.raises(EditError, match=sentence):
        apply_edit(PACK, plans.sample(), edit)


@pytest.mark.parametrize(
    "text",
    [
        "overview/none",
        "none/none",
        "overview/area/r1",
        "works/list/p1",
        "works/by_task",
        "works/list/p1/name/2024",
        "works/list/p1/invest",
        "water/supply/surface",
        "outcomes/shown",
    ],
)
def test_that_an_address_without_a_value_is_unknown(text):
    with pytest.raises(UnknownAddressError, match=r"。$"):
        apply_edit(PACK, plans.sample(), SetValue(at(text), "x"))


def test_that_several_edits_are_one_action():
    chain = (AddRow(WORKS, "p3"), SetValue(WORKS.at("p3", "name"), "第三个"))
    applied = apply_edits(PACK, plans.sample(), chain, "粘贴")

    assert applied.changes.label == "粘贴"
    assert apply_changes(applied.answers, applied.changes.inverted()) == plans.sample()
    assert WORKS.at("p3", "name") in applied.changes.places


def test_that_many_new_rows_change_the_order_of_their_table_once():
    edits = tuple(
        edit
        for name in ("n1", "n2", "n3")
        for edit in (AddRow(WORKS, name), SetValue(WORKS.at(name, "name"), name))
    )

    applied = apply_edits(PACK, Answers(), edits, "粘贴")

    orders = [change for change in applied.changes.changes if isinstance(change, OrderChange)]
    assert orders == [OrderChange(WORKS, (), ("n1", "n2", "n3"))]
    assert apply_changes(Answers(), applied.changes) == applied.answers
    assert apply_changes(applied.answers, applied.changes.inverted()) == Answers()


def test_that_typed_text_is_read_by_the_kind_that_stands_there():
    assert set_from_text(PACK, at("overview/area"), "１２．５").value == Decimal("12.5")
    with pytest.raises(EditError, match="规划面积：“很大”不是数字"):
        set_from_text(PACK, at("overview/area"), "很大")


def test_that_a_new_plan_has_the_rows_its_tables_offer():
    answers = seed_answers(PACK)
    balance = at("energy/balance")

    assert answers.order(balance) == ("s1", "s2")
    assert answers.get(balance.at("s2", "fuel")) == "gas"
    assert has_row(PACK, answers, balance.at_row("s1"))
    assert not has_row(PACK, answers, balance.at_row("s9"))
    assert has_row(PACK, answers, at("water/supply/surface/2025"))


def test_that_row_names_are_fresh_and_easy_to_read():
    names = {new_row_id() for _ in range(200)}

    assert len(names) == 200
    assert not any(set(name) & set("il01o") for name in names)


def test_that_a_place_says_who_asks_for_it():
    assert locate(PACK, at("outcomes/indicators/saving/target")).mark is Mark.NOTICE
    assert locate(PACK, at("outcomes/indicators/saving/note")).mark is Mark.OPTIONAL
    assert locate(PACK, at("water/supply/surface/2025")).mark is Mark.REVIEW
    assert locate(PACK, at("works/list/p1/name")).guidance.write == "填名称。"
    assert locate(PACK, at("energy/total")).formula is not None


VALUES = (
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.integers(-(10**30), 10**30)
    | st.booleans()
    | st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=20
    )
    | st.dates()
    | st.builds(YearMonth, st.integers(0, 9999), st.integers(1, 12))
    | st.lists(st.text(max_size=5).filter(lambda t: t.isprintable()), max_size=4).map(tuple)
    | st.builds(
        Picture,
        st.just("ab" * 32),
        st.text(max_size=9),
        st.just("image/png"),
        st.integers(1, 9),
        st.integers(1, 9),
    )
)


@given(VALUES)
def test_that_every_value_reads_back_from_its_stored_text(value):
    tag, text = encode(value)
    again = decode(tag, text)

    assert same_value(again, value) or repr(again) == repr(value)


@pytest.mark.parametrize("text", ["1.50", "0.00", "-0.10", "100", "1" * 40, "0." + "1" * 40])
def test_that_a_figure_keeps_every_digit_that_was_typed(text):
    tag, stored = encode(Decimal(text))

    assert stored == text
    assert str(decode(tag, stored)) == text


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("decimal", "1e5"),
        ("decimal", "NaN"),
        ("integer", "1.5"),
        ("yes-no", "maybe"),
        ("month", "2024-13"),
        ("date", "2024-02-30"),
        ("choices", "{}"),
        ("picture", "{}"),
        ("picture", "[]"),
        ("poem", "x"),
    ],
)
def test_that_damaged_stored_text_is_refused(tag, text):
    with pytest.raises(EncodingError):
        decode(tag, text)


def test_that_what_is_no_finite_number_is_never_stored():
    with pytest.raises(EncodingError):
        encode(Decimal("Infinity"))
