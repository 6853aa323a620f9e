"""Row hashes and roots: they follow every change and notice every difference."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.address import Address
from forms.changes import ChangeSet, apply_changes, difference
from storage.roots import Root, parse_root, root_over, row_hash
from storage.rows import RowError, order_row, root_of, row_after, row_before, value_row
from tests.storage.plans import random_answers, same

DIGESTS = st.lists(st.binary(max_size=8).map(lambda content: row_hash(content.hex())), max_size=8)


@given(DIGESTS, st.randoms(use_true_random=False))
def test_that_the_order_of_rows_is_no_matter(digests, chance):
    shuffled = chance.sample(digests, len(digests))

    assert root_over(shuffled) == root_over(digests)
    assert parse_root(str(root_over(digests))) == root_over(digests)


@settings(max_examples=50)
@given(random_answers(), random_answers())
def test_that_following_the_changes_gives_the_root_of_the_whole(before, after):
    changes = difference(before, after, "改")
    root = root_of(before)
    for change in changes.changes:
        old, new = row_before(change), row_after(change)
        root = root.minus(old.digest) if old else root
        root = root.plus(new.digest) if new else root

    assert root == root_of(after)
    assert same(apply_changes(before, ChangeSet("改", changes.changes))) == same(after)


@settings(max_examples=50)
@given(random_answers(), random_answers())
def test_that_different_plans_have_different_roots(one, other):
    assert (same(one) == same(other)) == (root_of(one) == root_of(other))


@given(st.lists(st.text(max_size=8), min_size=1, max_size=3))
def test_that_each_text_counts_with_its_length_in_bytes(texts):
    contents = [each.encode("utf-8", "surrogatepass") for each in texts]
    whole = b"".join(str(len(each)).encode() + b":" + each for each in contents)

    assert row_hash(*texts) == sha256(whole).hexdigest()


def test_that_texts_cannot_slide_from_one_column_into_the_next():
    assert row_hash("ab", "c") != row_hash("a", "bc")
    assert row_hash("1:a", "") != row_hash("", "1:a")


@pytest.mark.parametrize("text", ["", "1", "g-" + "0" * 64, "-1-" + "0" * 64, "1-" + "0" * 63])
def test_that_a_text_that_is_no_root_is_refused(text):
    with pytest.raises(ValueError, match="校验根"):
        parse_root(text)


def test_that_a_root_taken_too_far_can_still_be_written():
    assert parse_root(str(Root().minus("1")))


def test_that_an_address_that_reads_as_another_is_refused():
    with pytest.raises(RowError):
        value_row(Address("a", "b", "r", "2024"), "x")
    with pytest.raises(RowError):
        order_row(Address("a", "b", "r"), ("p1",))
