"""A long text changes by a splice: forwards and backwards it gives what there was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from forms.address import Address
from forms.answers import answers_of
from forms.changes import ChangeSet, ValueChange
from forms.splices import LONG, Splice, is_long, spliced

AT, OTHER = Address("energy", "text"), Address("energy", "sum")
TEXTS = st.text("甲乙。\n a", max_size=30)


@given(TEXTS, TEXTS)
def test_that_a_splice_leads_both_ways(before, after):
    changes = ChangeSet("写", (ValueChange(AT, before, after), ValueChange(OTHER, None, 7)))
    kept = spliced(changes)
    was, now = (answers_of([(AT, text)], []) for text in (before, after))
    assert kept.told(was, is_done=False) == changes
    assert kept.told(now, is_done=True) == changes


@given(st.integers(0, LONG), TEXTS)
def test_that_only_what_differs_is_kept(place, written):
    before = "能源" * LONG
    after = before[:place] + written + before[place:]
    (part,) = spliced(ChangeSet("写", (ValueChange(AT, before, after),))).parts
    assert isinstance(part, Splice)
    assert len(part.added) <= len(written)
    assert part.removed == ""


def test_that_short_texts_and_moved_rows_are_kept_whole():
    assert not is_long(ChangeSet("写", (ValueChange(AT, "甲", "乙"),)))
    assert not is_long(ChangeSet("填", (ValueChange(AT, None, "乙" * LONG),)))
    assert is_long(ChangeSet("写", (ValueChange(AT, "甲", "乙" * LONG),)))
