"""Searches columns of projects for what looks like one benefit told twice; knows no plan.

Rows are numbers into the columns; an amount that is absent or zero is None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Amounts = Sequence[Decimal | None]
Group = tuple[int, ...]
_LEAST_NAME = 6
_LEAST_PARTS = 2
_PHASE = "期"  # 一期、二期 are projects of their own
_ENDINGS = ("项目", "工程")


@dataclass(frozen=True, slots=True)
class ByAmount:
    """The rows that have each amount; nearly all have it alone, and need no list of their own."""

    last: Mapping[Decimal, int]
    several: Mapping[Decimal, Group]

    def __getitem__(self, amount: Decimal) -> Group:
        return self.several.get(amount) or (self.last[amount],)


def by_amount(amounts: Amounts) -> ByAmount:
    """The rows that have each amount."""
    held = [row for row, amount in enumerate(amounts) if amount is not None]
    told = [amount for amount in amounts if amount is not None]
    last = dict(zip(told, held, strict=True))
    before: dict[Decimal, list[int]] = {}
    if len(last) < len(held):
        for row, amount in zip(held, told, strict=True):
            if last[amount] != row:
                before.setdefault(amount, []).append(row)
    return ByAmount(last, {amount: (*rows, last[amount]) for amount, rows in before.items()})


def alike(rows: ByAmount) -> tuple[Group, ...]:
    """The sets of rows that have the same amount."""
    return tuple(rows.several.values())


def crossed(one: ByAmount, other: ByAmount) -> tuple[tuple[int, int], ...]:
    """Each two different rows, the first having in one column what the second has in the other."""
    pairs = (
        (row, match)
        for amount in one.last.keys() & other.last.keys()
        for row in one[amount]
        for match in other[amount]
        if match != row
    )
    return tuple(sorted(pairs))


def of_one_owner(owners: Sequence[str]) -> tuple[Group, ...]:
    """The rows of each owner that has several."""
    groups: dict[str, list[int]] = {}
    for row, owner in enumerate(owners):
        if owner:
            groups.setdefault(owner, []).append(row)
    return tuple(tuple(rows) for rows in groups.values() if len(rows) > _LEAST_PARTS)


def sums_of_parts(groups: tuple[Group, ...], amounts: Amounts) -> tuple[tuple[int, Group], ...]:
    """Each row whose amount is the sum of all others of its group, with these."""
    found: list[tuple[int, Group]] = []
    for group in groups:
        held = [(amount, row) for row in group if (amount := amounts[row]) is not None]
        if len(held) > _LEAST_PARTS:
            largest, whole = max(held)
            if sum((amount for amount, _ in held), Decimal(0)) == 2 * largest:
                found.append((whole, tuple(row for _, row in sorted(held) if row != whole)))
    return tuple(found)


def named_after(owners: Sequence[str], names: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Each row whose name begins with that of another of its owner: that one, then the row.

    A later phase (二期) is a project of its own.
    """
    stems = [_stem(name) for name in names]
    groups: dict[str, list[int]] = {}
    for row, owner in enumerate(owners):
        groups.setdefault(owner, []).append(row)
    groups.pop("", None)
    found = [pair for rows in groups.values() if len(rows) > 1 for pair in _begun(rows, stems)]
    return tuple(
        (whole, part)
        for whole, part in sorted(found, key=lambda pair: pair[1])
        if _PHASE not in names[part].removeprefix(names[whole])
    )


def _begun(rows: Sequence[int], stems: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The row with the shortest stem that another one begins with, then that; in order of stems."""
    whole, stem = -1, ""
    for row in sorted(rows, key=lambda row: (stems[row], row)):
        begins = bool(stem) and stems[row].startswith(stem)
        if begins and stems[row] != stem:
            yield whole, row
        else:
            whole, stem = row, stems[row] if len(stems[row]) >= _LEAST_NAME else ""


def _stem(name: str) -> str:
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name
