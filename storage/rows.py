"""Rows: the values and row orders of a plan as addressed texts, the form drafts and files share.

A figure is decimal text here, never a number of the storage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from forms.address import Address, AddressError, parse_address
from forms.answers import Answers
from forms.breathing import breathe
from forms.changes import Change, OrderChange, ValueChange
from forms.encoding import EncodingError, decode, encode
from forms.values import Value
from storage.codec import LooseError, dump, load_texts, mended
from storage.roots import Root, root_over, row_hash

ORDER = "order"  # the tag of a row order; no value has it
_SHOWN = re.compile(r'"sha256": "([0-9a-f]{64})"')
_PICTURE_NAME = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


class RowError(ValueError):
    """A row that is no value and no order; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Row:
    """One value, or the row order of one table, as text."""

    address: str
    tag: str
    text: str
    _digest: list[str] = field(default_factory=list[str], init=False, repr=False, compare=False)

    @property
    def digest(self) -> str:
        """The hash of the row, in hex; worked out once for all who ask."""
        if not self._digest:
            self._digest.append(row_hash(self.address, self.tag, self.text))
        return self._digest[0]

    @property
    def kind(self) -> str:
        """Which table the row stands in: order or value."""
        return ORDER if self.tag == ORDER else "value"


def value_row(address: Address, value: Value) -> Row:
    """The row of a value; `RowError` when it could not be read back."""
    breathe()
    tag, text = encode(value)
    row = Row(str(address), tag, mended(text))
    try:
        decode(row.tag, row.text)
        is_clear = parse_address(row.address) == address
    except (AddressError, EncodingError) as error:
        raise RowError(str(error)) from error
    if not is_clear:
        raise RowError(f"地址“{row.address}”有歧义")
    return row


def order_row(table: Address, order: tuple[str, ...]) -> Row:
    """The row of a row order."""
    row = Row(str(table), ORDER, dump(list(order)).decode())
    if read_order(row)[0] != table:
        raise RowError(f"地址“{row.address}”有歧义")
    return row


def row_before(change: Change) -> Row | None:
    """The row before a change, None where it was empty."""
    if isinstance(change, OrderChange):
        return order_row(change.table, change.before) if change.before else None
    return None if change.before is None else value_row(change.address, change.before)


def row_after(change: Change) -> Row | None:
    """The row after a change, None where it is empty."""
    if isinstance(change, OrderChange):
        return order_row(change.table, change.after) if change.after else None
    return None if change.after is None else value_row(change.address, change.after)


def change_between(before: Row | None, after: Row | None) -> Change:
    """The change from one row to another of the same address; one of them at least is given."""
    some = before or after
    if some is None:
        raise RowError("前后均为空")
    if some.tag == ORDER:
        return OrderChange(
            parse_address(some.address),
            read_order(before)[1] if before else (),
            read_order(after)[1] if after else (),
        )
    return ValueChange(
        parse_address(some.address),
        read_value(before)[1] if before else None,
        read_value(after)[1] if after else None,
    )


def read_value(row: Row) -> tuple[Address, Value]:
    """The address and value of a row; `RowError` when it holds none."""
    breathe()
    try:
        return _address(row.address), decode(row.tag, row.text)
    except (AddressError, EncodingError) as error:
        raise RowError(str(error)) from error


def read_order(row: Row) -> tuple[Address, tuple[str, ...]]:
    """The table and row order of a row; `RowError` when it holds none or names a row twice."""
    try:
        table, order = _address(row.address), load_texts(row.text)
        for name in order:
            _address(f"{table}/{name}")
    except (AddressError, LooseError) as error:
        raise RowError(str(error)) from error
    if table.row or not order or len(set(order)) != len(order):
        raise RowError(f"“{row.address}”的行序不规范")
    return table, order


def rows_of(answers: Answers) -> Iterator[Row]:
    """Every row of a plan, in no particular order."""
    for address, value in answers.values():
        yield value_row(address, value)
    for table, order in answers.orders():
        yield order_row(table, order)


def root_of(answers: Answers) -> Root:
    """The root of everything typed into a plan."""
    return root_over(row.digest for row in rows_of(answers))


def picture_names(rows: Iterable[Row]) -> set[str]:
    """Every SHA-256 the rows mention: pictures of fields and pictures inside prose."""
    return {name for row in rows for name in _PICTURE_NAME.findall(row.text)}


def shown_pictures(rows: Iterable[Row]) -> set[str]:
    """The SHA-256 of what picture fields show, without what it may have been cut from."""
    told = (row.text for row in rows if row.tag == "picture")
    return {name for text in told for name in _SHOWN.findall(text)}


def _address(text: str) -> Address:
    address = parse_address(text)
    if str(address) != text:
        raise AddressError(f"地址“{text}”写法不规范")
    return address
