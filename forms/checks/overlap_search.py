"""Searches columns of projects for what looks like one benefit told twice; knows no plan.

Rows are numbers into the columns; an amount that is absent or zero is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

Amounts = Sequence[Decimal | None]
Group = tuple[int, ...]
_LEAST_NAME = 6
_LEAST_PARTS = 2
_PHASE = "期"  # 一期、二期 are projects of their own
_ENDINGS = ("项目", "工程")


def alike(amounts: Amounts) -> tuple[Group, ...]:
    """The sets of rows that have the same amount."""
    groups = _by_value(enumerate(amounts))
    return tuple(tuple(members) for members in groups.values() if len(members) > 1)


def crossed(one: Amounts, other: Amounts) -> tuple[tuple[int, int], ...]:
    """Each two different rows, the first having in one column what the second has in the other."""
    wanted = _by_value(enumerate(other))
    return tuple(
        (row, match)
        for row, amount in enumerate(one)
        if amount is not None
        for match in wanted.get(amount, ())
        if match != row
    )


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
    known = {
        (owner, stem): row
        for row, (owner, stem) in enumerate(zip(owners, stems, strict=True))
        if owner and len(stem) >= _LEAST_NAME
    }
    found: list[tuple[int, int]] = []
    for part, (owner, name, stem) in enumerate(zip(owners, names, stems, strict=True)):
        begins = ((owner, name[:end]) for end in range(_LEAST_NAME, len(stem)))
        whole = next((known[begin] for begin in begins if begin in known), None)
        if whole is not None and _PHASE not in name.removeprefix(names[whole]):
            found.append((whole, part))
    return tuple(found)


def _by_value(amounts: Iterable[tuple[int, Decimal | None]]) -> dict[Decimal, list[int]]:
    groups: dict[Decimal, list[int]] = {}
    for row, amount in amounts:
        if amount is not None:
            groups.setdefault(amount, []).append(row)
    return groups


def _stem(name: str) -> str:
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name
