"""Addresses: the one name each value of a plan has, in files, windows, findings and documents.

period/base_year              a field
water/supply/surface/2023     a year table: row, year
projects/list/p12/name        a table: row, column
projects/list/p12/invest/2024 a yearly column of a table
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_PART = rf"({_SEGMENT.pattern})"
_WHOLE = re.compile(rf"{_PART}/{_PART}(?:/{_PART})?(?:/{_PART})?(?:/{_PART})?")
_YEAR = re.compile(r"[12][0-9]{3}")


class AddressError(ValueError):
    """The text is not an address; the message says why, in Chinese."""


class Address(NamedTuple):
    """The place of one value (or of a field, table or row as a whole) in any plan.

    A tuple, because checks make and look up tens of thousands of them.
    """

    section: str
    item: str
    row: str = ""
    column: str = ""
    year: int = 0

    def __str__(self) -> str:
        """The address as written in files."""
        section, item, row, column, year = self
        if section and item and row and column:  # a cell, as nearly all are: in a third of the time
            cell = f"{section}/{item}/{row}/{column}"
            return f"{cell}/{year}" if year else cell
        return "/".join(
            part
            for part in (
                self.section,
                self.item,
                self.row,
                self.column,
                str(self.year) if self.year else "",
            )
            if part
        )

    @property
    def table(self) -> Address:
        """The address of the field or table this address stands in."""
        return Address(self.section, self.item)

    @property
    def cell(self) -> Cell:
        """The place inside the row."""
        return (self.column, self.year)

    def at_row(self, row: str) -> Address:
        """The row of this table."""
        return Address(self.section, self.item, row)

    def at(self, row: str, column: str = "", year: int = 0) -> Address:
        """The cell of this table."""
        return Address(self.section, self.item, row, column, year)


Cell = tuple[str, int]  # column key ("" in year tables), year (0 for none)


def is_row_id(text: str) -> bool:
    """Whether a text can name a row in an address."""
    return _SEGMENT.fullmatch(text) is not None


def parse_address(text: str) -> Address:
    """Read an address; `AddressError` when it is malformed."""
    whole = _WHOLE.fullmatch(text.strip())
    if whole is None:
        raise AddressError(_refusal(text))
    parts = [part for part in whole.groups() if part is not None]
    year = 0
    if len(parts) >= 4 and _YEAR.fullmatch(parts[-1]):
        year = int(parts.pop())
    elif len(parts) == 5:
        raise AddressError(f"地址“{text}”的第五段应为年份，例如 2024。")
    section, item, row, column = (*parts, "", "")[:4]
    return Address(section, item, row, column, year)


def _refusal(text: str) -> str:
    """What is wrong with a text that is no address."""
    parts = text.strip().split("/")
    odd = next((part for part in parts if not _SEGMENT.fullmatch(part)), "")
    if not 2 <= len(parts) <= 5:
        return f"地址“{text}”应为 2 至 5 段，用“/”分隔，例如 period/base_year。"
    return f"地址“{text}”中的“{odd}”不合规：只能用字母、数字、_ . -。"
