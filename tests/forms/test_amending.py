"""Several edits at once give the very answers they give one after the other."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.address import Address
from forms.changes import OrderChange, apply_changes
from forms.edits import AddRow, EditError, RemoveRow, apply_edit, apply_edits
from forms.places import UnknownAddressError
from tests.forms import plans
from tests.packs.loading import small_pack

PACK = small_pack()
CHAINS = st.lists(plans.edits(), max_size=20)


def one_by_one(answers, chain):
    """The edits of a chain that are allowed, and the answers after all of them."""
    taken = []
    for edit in chain:
        try:
            answers = apply_edit(PACK, answers, edit).answers
        except (EditError, UnknownAddressError):
            continue
        taken.append(edit)
    return tuple(taken), answers


@settings(max_examples=30)
@given(CHAINS)
def test_that_edits_at_once_are_edits_one_after_the_other(chain):
    start = plans.sample()
    taken, wanted = one_by_one(start, chain)
    applied = apply_edits(PACK, start, taken, "一起")

    assert applied.answers == wanted
    assert apply_changes(start, applied.changes) == wanted
    assert apply_changes(wanted, applied.changes.inverted()) == start
    orders = [c.table for c in applied.changes.changes if isinstance(c, OrderChange)]
    assert len(orders) == len(set(orders))


def test_that_untouched_rows_are_the_same_object_as_before():
    start = plans.sample()
    table = next(table for table, order in start.orders() if len(order) > 1)
    first, second = start.order(table)[:2]
    after = apply_edits(PACK, start, (RemoveRow(table.at_row(first)),), "删除").answers

    assert after.table(table).rows[second] is start.table(table).rows[second]
    assert all(
        after.section(key) is section
        for key, section in start.sections.items()
        if key != table.section
    )


def test_that_a_row_added_may_be_filled_and_removed_in_the_same_action():
    start = plans.sample()
    table = next(table for table, order in start.orders() if order)
    row = Address(table.section, table.item, "x9")
    chain = (AddRow(table, "x9"), RemoveRow(row))

    assert apply_edits(PACK, start, chain, "试").answers == start
    assert not apply_edits(PACK, start, (*chain, *chain), "试").changes
