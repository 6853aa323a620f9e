"""Evaluates one formula for many rows of a table at once, column by column.

Asking each of five thousand projects thirty rules one by one takes seconds; a whole column at a
time takes a tenth of that. The values are those of `forms.evaluation`, row by row, to the last
digit; why one is absent is not told here. What this cannot do, `evaluate` is asked to do.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, DecimalException, localcontext
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from forms.address import Address
from forms.evaluation import PRECISION, Here, as_number, compare, evaluate
from forms.formula import Binary, Call, Formula, Literal, Negated, Node, Number, Ref
from forms.schema import Period, Table
from forms.values import Value, YearMonth
from forms.wording import rounded_column

if TYPE_CHECKING:
    from forms.figures import Figures

_T = TypeVar("_T")
Column = list[Value | None]
_NOTHING: frozenset[type] = frozenset((NoneType,))
_FIGURES: frozenset[type] = frozenset((Decimal, NoneType))
_NUMBERS: frozenset[type] = frozenset((Decimal, int, NoneType))
_TEXTS: frozenset[type] = frozenset((str, NoneType))


class _CannotError(Exception):
    """This formula, or a value met in it, needs the evaluation row by row."""


@dataclass(slots=True)
class Batch:
    """Some rows of a table of rows, and their columns as far as somebody asked for them."""

    figures: Figures
    table: Address
    rows: Sequence[str]
    year: int = 0  # the year the formula is asked for, when its column has years
    columns: dict[tuple[str, int], Column] = field(default_factory=dict[tuple[str, int], Column])
    faulty: set[str] = field(default_factory=set[str])  # rows whose formula divides by zero
    among: tuple[Batch, Sequence[int]] | None = None  # the batch these rows are taken from
    known: dict[Node, _Result] = field(default_factory=dict[Node, "_Result"])
    sorts: dict[int, tuple[Sequence[object], frozenset[type]]] = field(  # by identity; held for it
        default_factory=dict[int, tuple[Sequence[object], frozenset[type]]]
    )

    def sorts_in(self, column: Sequence[object]) -> frozenset[type]:
        """The types of the values in a column of these rows; at least these."""
        known = self.sorts.get(id(column))
        if known is None:
            sorts = self.figures.columns.sorts_in(column)
            known = self.sorts[id(column)] = (column, sorts)
        return known[1]

    def of_sorts(self, column: list[_T], *sorts: type) -> list[_T]:
        """The same column, known to hold nothing but these types: it need not be looked through."""
        self.sorts[id(column)] = (column, frozenset(sorts))
        return column

    def column(self, key: str, year: int = 0) -> Column:
        """What counts in these rows."""
        found = self.columns.get((key, year))
        if found is None:
            if self.among is None:
                found = self.figures.column_of(self.table, key, year, self.rows)
            else:
                batch, chosen = self.among
                whole = batch.column(key, year)
                found = [whole[number] for number in chosen]
            self.columns[key, year] = found
        return found

    def result(self, node: Node) -> _Result | None:
        """What a node gave for these rows before: rules of one table often ask for the same."""
        known = self.known.get(node)
        if known is None and self.among is not None:
            batch, chosen = self.among
            whole = batch.result(node)
            if whole is not None:
                column, faulty = whole
                ours = faulty.intersection(self.rows) if faulty else faulty
                known = self.known[node] = [column[number] for number in chosen], ours
        return known

    def part(self, chosen: Sequence[int]) -> Batch:
        """Some of these rows, by their number."""
        if len(chosen) == len(self.rows):
            return self
        rows = [self.rows[number] for number in chosen]
        return Batch(
            self.figures, self.table, rows, self.year, faulty=self.faulty, among=(self, chosen)
        )


_Result = tuple[Column, frozenset[str]]  # the values, and the rows in which it divides by zero


def column_of(formula: Formula, batch: Batch) -> Column:
    """The value of a formula in each row of the batch; None where it has none."""
    batch.faulty.clear()
    with localcontext() as context:
        context.prec = PRECISION
        try:
            found = _node(formula.node, batch)
        except (_CannotError, DecimalException):
            return _one_by_one(formula, batch)
    if batch.faulty:
        pairs = zip(batch.rows, found, strict=True)
        return [None if row in batch.faulty else value for row, value in pairs]
    return found


def _one_by_one(formula: Formula, batch: Batch) -> Column:
    figures, table = batch.figures, batch.table
    return [evaluate(figures, formula, Here(table, row, batch.year)).value for row in batch.rows]


def _node(node: Node, batch: Batch) -> Column:
    match node:
        case Number():
            return batch.of_sorts([node.value] * len(batch.rows), Decimal)
        case Literal():
            return batch.of_sorts([node.text] * len(batch.rows), str)
        case Ref():
            return _reference(node, batch)
        case Negated():
            return [None if n is None else -n for n in _numbers(_node(node.operand, batch), batch)]
        case Binary() | Call():
            return _once(node, batch)


def _once(node: Binary | Call, batch: Batch) -> Column:
    known = batch.result(node)
    if known is None:
        before = frozenset(batch.faulty)
        batch.faulty.clear()
        found = _binary(node, batch) if isinstance(node, Binary) else _call(node, batch)
        known = batch.known[node] = found, frozenset(batch.faulty)
        batch.faulty.update(before)
    column, faulty = known
    batch.faulty.update(faulty)
    return column


def _call(node: Call, batch: Batch) -> Column:
    call = _CALLS.get(node.name)
    if call is None:
        raise _CannotError
    return call(node.arguments, batch)


def _reference(node: Ref, batch: Batch) -> Column:
    if node.is_many:
        raise _CannotError
    if node.is_local:
        return batch.column(node.item, batch.figures.calendar.resolve(node.year, batch.year))
    address = next(batch.figures.cells(node, Here(batch.table, "", batch.year)), None)
    value = None if address is None else batch.figures.value(address)
    return batch.of_sorts([value] * len(batch.rows), type(value))


def _numbers(column: Column, batch: Batch) -> list[Decimal | None]:
    """The column as figures; what is there and no figure is a fault the other evaluation tells."""
    numbers = _figures(column, batch)
    if numbers is not column and _empty(numbers) != _empty(column):
        raise _CannotError
    return numbers


def _empty(column: Sequence[object]) -> int:
    # figures are slow to compare themselves with None
    return list(map(type, column)).count(NoneType)


def _binary(node: Binary, batch: Batch) -> Column:
    left, right = _node(node.left, batch), _node(node.right, batch)
    if node.operator in _COMPARISONS:
        return compared_columns(left, node.operator, right, batch)
    if node.operator in ("and", "or"):
        return _joined(left, node.operator == "and", right)
    ones, others = _numbers(left, batch), _numbers(right, batch)
    if node.operator == "/":
        return _divided(ones, others, batch)
    return _applied(_ARITHMETIC[node.operator], ones, others, batch, Decimal)


def _joined(left: Column, both: bool, right: Column) -> Column:
    return [
        None
        if a is None or b is None
        else (a is True and b is True if both else a is True or b is True)
        for a, b in zip(left, right, strict=True)
    ]


def _applied(
    apply: Callable[[Any, Any], _T],
    left: Sequence[Value | None],
    right: Sequence[Value | None],
    batch: Batch,
    gives: type,
) -> list[_T | None]:
    """What stands in both columns taken together, row by row; None where one of them is empty."""
    if NoneType not in batch.sorts_in(left) and NoneType not in batch.sorts_in(right):
        return batch.of_sorts([*map(apply, left, right)], gives)
    pairs = zip(left, right, strict=True)
    found = [None if a is None or b is None else apply(a, b) for a, b in pairs]
    return batch.of_sorts(found, gives, NoneType)


def compared_columns(left: Column, sign: str, right: Column, batch: Batch) -> Column:
    """Amounts are compared as they are; anything else as the other evaluation compares it."""
    sorts = batch.sorts_in(left) | batch.sorts_in(right)
    if sorts <= _NUMBERS or (sign in ("=", "!=") and sorts <= _TEXTS):
        return cast("Column", _applied(_COMPARISONS[sign], left, right, batch, bool))
    return [
        None if a is None or b is None else compare(a, sign, b)
        for a, b in zip(left, right, strict=True)
    ]


def _divided(
    ones: list[Decimal | None], others: list[Decimal | None], batch: Batch
) -> list[Value | None]:
    found: list[Value | None] = []
    for row, one, other in zip(batch.rows, ones, others, strict=True):
        if one is None or other is None:
            found.append(None)
        elif other == 0:
            batch.faulty.add(row)
            found.append(None)
        else:
            found.append(one / other)
    return found


_ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_Arguments = tuple[Node, ...]


def _columns(arguments: _Arguments, batch: Batch) -> list[Column]:
    """The columns of all arguments, those of a yearly column one by one."""
    columns: list[Column] = []
    for argument in arguments:
        if isinstance(argument, Ref) and argument.is_local and argument.year == "*":
            columns += [batch.column(argument.item, year) for year in _years(argument, batch)]
        else:
            columns.append(_node(argument, batch))
    return columns


def _figures(column: Column, batch: Batch) -> list[Decimal | None]:
    """The column as figures, None for what is no figure."""
    if batch.sorts_in(column) <= _FIGURES:
        return cast("list[Decimal | None]", column)
    return [as_number(value) for value in column]


def _years(reference: Ref, batch: Batch) -> tuple[int, ...]:
    item = batch.figures.pack.index.items.get((batch.table.section, batch.table.item))
    period = item.column(reference.item).years if isinstance(item, Table) else None
    return batch.figures.calendar.years(period or Period.HISTORY)


def _sum(arguments: _Arguments, batch: Batch) -> Column:
    """The first figure is added to zero, as in the other evaluation, and so rounded as there."""
    sums = [Decimal(0)] * len(batch.rows)
    added: list[list[Decimal | None]] = []
    for column in _columns(arguments, batch):
        if batch.sorts_in(column) <= _NOTHING:
            continue
        numbers = _figures(column, batch)
        added.append(numbers)
        if NoneType in batch.sorts_in(numbers):
            sums = [one if n is None else one + n for one, n in zip(sums, numbers, strict=True)]
        else:
            sums = [*map(operator.add, sums, cast("list[Decimal]", numbers))]
    if not added:
        return [None] * len(batch.rows)
    if any(NoneType not in batch.sorts_in(numbers) for numbers in added):
        return [*sums]
    told = zip(sums, *added, strict=True)
    return [None if all(n is None for n in numbers) else one for one, *numbers in told]


def _count(arguments: _Arguments, batch: Batch) -> Column:
    counts = [0] * len(batch.rows)
    for column in _columns(arguments, batch):
        pairs = zip(counts, column, strict=True)
        counts = [count if value is None else count + 1 for count, value in pairs]
    return [Decimal(count) for count in counts]


def _or_zero(arguments: _Arguments, batch: Batch) -> Column:
    column, zero = _node(arguments[0], batch), Decimal(0)
    if NoneType not in batch.sorts_in(column):
        return column
    return [zero if value is None else value for value in column]


def _if(arguments: _Arguments, batch: Batch) -> Column:
    """Each branch is asked for its own rows only: what is not chosen cannot fail."""
    condition = _node(arguments[0], batch)
    found: Column = [None] * len(condition)
    chosen = [number for number, value in enumerate(condition) if value is True]
    other = [n for n, value in enumerate(condition) if value is not True and value is not None]
    for numbers, branch in ((chosen, arguments[1]), (other, arguments[2])):
        if numbers:
            for number, value in zip(numbers, _node(branch, batch.part(numbers)), strict=True):
                found[number] = value
    return found


def _months(arguments: _Arguments, batch: Batch) -> Column:
    return [
        Decimal(value.year * 12 + value.month) if isinstance(value, YearMonth) else None
        for value in _node(arguments[0], batch)
    ]


def _year_of(is_last: bool) -> Callable[[_Arguments, Batch], Column]:
    def call(arguments: _Arguments, batch: Batch) -> Column:
        reference = arguments[0]
        if not isinstance(reference, Ref) or not reference.is_local:
            raise _CannotError
        zero = Decimal(0)
        found: Column = [None] * len(batch.rows)
        columns = zip(_years(reference, batch), _columns(arguments, batch), strict=True)
        for year, column in sorted(columns, key=lambda entry: entry[0], reverse=not is_last):
            told, pairs = Decimal(year), zip(found, _figures(column, batch), strict=True)
            found = [told if n is not None and n > zero else other for other, n in pairs]
        return found

    return call


def _of_numbers(
    combine: Callable[[list[Decimal]], Decimal],
) -> Callable[[_Arguments, Batch], Column]:
    def call(arguments: _Arguments, batch: Batch) -> Column:
        columns = [_numbers(_node(argument, batch), batch) for argument in arguments]
        rows = zip(*columns, strict=True)
        told = [[number for number in row if number is not None] for row in rows]
        return [combine(row) if len(row) == len(columns) else None for row in told]

    return call


def _round(arguments: _Arguments, batch: Batch) -> Column:
    places = arguments[1]
    if not isinstance(places, Number):
        raise _CannotError
    numbers = _numbers(_node(arguments[0], batch), batch)
    return [*rounded_column(numbers, int(places.value))]


def _quantity(arguments: _Arguments, batch: Batch) -> Column:
    return _node(arguments[0], batch)


def _to(arguments: _Arguments, batch: Batch) -> Column:
    match arguments[2:]:
        case (Number(value=multiply), Number(value=divide)):
            numbers = _numbers(_node(arguments[0], batch), batch)
        case _:
            raise _CannotError
    if multiply == divide:
        return [*numbers]
    scaled = [None if n is None else n * multiply for n in numbers]
    return [*scaled] if divide == 1 else [None if n is None else n / divide for n in scaled]


def _not(arguments: _Arguments, batch: Batch) -> Column:
    return [not v if isinstance(v, bool) else v for v in _node(arguments[0], batch)]


_CALLS: dict[str, Callable[[_Arguments, Batch], Column]] = {
    "sum": _sum,
    "count": _count,
    "or_zero": _or_zero,
    "if": _if,
    "quantity": _quantity,
    "to": _to,
    "months": _months,
    "first_year": _year_of(is_last=False),
    "last_year": _year_of(is_last=True),
    "abs": _of_numbers(lambda numbers: abs(numbers[0])),
    "min": _of_numbers(min),
    "max": _of_numbers(max),
    "round": _round,
    "not": _not,
}
