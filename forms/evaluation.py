"""Evaluates one formula in `Decimal`, carrying what is missing instead of guessing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from functools import partial
from typing import Protocol, assert_never, cast

from forms.address import Address
from forms.formula import Binary, Call, Formula, Literal, Negated, Node, Number, Ref
from forms.kinds import unit_of
from forms.places import slot_at
from forms.schema import Pack
from forms.units import as_decimals
from forms.values import Value, YearMonth
from forms.wording import rounded_half_up

PRECISION = 34
_FIGURES: frozenset[type] = frozenset((Decimal,))


@dataclass(frozen=True, slots=True)
class Figure:
    """The result of a formula: a value, or what is missing for it, or why it cannot be computed."""

    value: Value | None
    missing: tuple[Address, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Here:
    """Where a formula is being evaluated: its table and row, and the year."""

    table: Address
    row: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class Where:
    """The rows a sum or count takes in: those whose cell in a column is, or has, an option."""

    column: Ref
    option: Value


class Source(Protocol):
    """What a formula is evaluated against."""

    pack: Pack

    def value(self, address: Address) -> Value | None:
        """The value that counts at an address."""
        ...

    def cells(self, reference: Ref, here: Here) -> Iterator[Address]:
        """Every address a reference means, seen from here."""
        ...

    def filled(self, reference: Ref, here: Here, where: Where | None) -> list[Value]:
        """What is filled at these addresses, in the same order; of some rows where so told.

        Not to be changed.
        """
        ...

    def rows_with(self, reference: Ref, option: Value, here: Here) -> frozenset[str]:
        """The rows whose cell in this column is, or has among its choices, an option."""
        ...


NOTHING = Figure(None)


def evaluate(source: Source, formula: Formula, here: Here) -> Figure:
    """The figure a formula gives; faults such as a zero divisor are said, never raised."""
    with localcontext() as context:
        context.prec = PRECISION
        try:
            return _node(source, formula.node, here)
        except DivisionByZero:
            return Figure(None, fault="除数为零")
        except (InvalidOperation, Overflow):
            return Figure(None, fault="数值无法计算")


def movement(
    base: Value | None, target: Value | None, places: tuple[Address, Address], is_change: bool
) -> Figure:
    """The change from base to target, or its rate in percent of the base."""
    start, end = as_number(base), as_number(target)
    if start is None or end is None:
        pairs = zip((start, end), places, strict=True)
        return Figure(None, tuple(place for number, place in pairs if number is None))
    if is_change:
        return Figure(without_padding(end - start))
    if start == 0:
        return Figure(None, fault="基准年值为零")
    with localcontext() as context:
        context.prec = PRECISION
        return Figure(without_padding((end - start) / start * 100))


def without_padding(value: Value | None) -> Value | None:
    """A computed figure without the zeros that multiplication leaves behind: 2.0000 is 2."""
    if not isinstance(value, Decimal) or not value.is_finite():
        return value
    with localcontext() as context:
        context.prec = 60
        if value == value.to_integral_value():
            return value.quantize(Decimal(1))
        return value.normalize()


def _node(source: Source, node: Node, here: Here) -> Figure:
    match node:
        case Number():
            return Figure(node.value)
        case Literal():
            return Figure(node.text)
        case Ref():
            return _reference(source, node, here)
        case Negated():
            inner = _node(source, node.operand, here)
            number = as_number(inner.value)
            return inner if number is None else Figure(-number)
        case Binary():
            return _binary(source, node, here)
        case Call():
            return _CALLS[node.name](source, node.arguments, here)
        case _:
            assert_never(node)


def _reference(source: Source, node: Ref, here: Here) -> Figure:
    address = next(source.cells(node, here), None)
    if address is None:
        return NOTHING
    value = source.value(address)
    return Figure(None, (address,)) if value is None else Figure(value)


def _binary(source: Source, node: Binary, here: Here) -> Figure:
    left, right = _node(source, node.left, here), _node(source, node.right, here)
    if left.value is None or right.value is None:
        return _lacking((left, right))
    if node.operator in _COMPARISONS:
        return Figure(compare(left.value, node.operator, right.value))
    if node.operator in ("and", "or"):
        both, either = left.value is True and right.value is True, True in (left.value, right.value)
        return Figure(both if node.operator == "and" else either)
    one, other = as_number(left.value), as_number(right.value)
    if one is None or other is None:
        return Figure(None, fault="不是数值")
    return Figure(_ARITHMETIC[node.operator](one, other))


def compare(left: Value, operator: str, right: Value) -> bool:
    """Whether two values stand in this relation; figures by amount, all else by text."""
    one, other = as_number(left), as_number(right)
    if one is None or other is None:
        same = as_text(left) == as_text(right)
        return same if operator == "=" else operator == "!=" and not same
    return _COMPARISONS[operator](one, other)


def _divided(one: Decimal, other: Decimal) -> Decimal:
    if other == 0:
        raise DivisionByZero  # 0/0 too, which Decimal calls an invalid operation
    return one / other


_ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": _divided,
}
_COMPARISONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


def as_number(value: Value | None) -> Decimal | None:
    """A value as a figure; None when it is empty or no figure (是/否 is none)."""
    if type(value) is Decimal:
        return value
    return Decimal(value) if type(value) is int else None


def as_text(value: Value) -> str:
    """A value that is no figure, as formulas compare it."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


ByOption = Mapping[str, Sequence[int]]
_Arguments = tuple[Node, ...]


def _gathered(
    source: Source, arguments: _Arguments, here: Here
) -> tuple[list[Value], Callable[[], Figure]]:
    """What all arguments hold, many-references cell by cell, `where` applied; and what they lack.

    The second part is asked only when nothing at all was found: it may name every cell.
    """
    arguments, where = _told_rows(source, arguments, here)
    found: list[Value] = []
    alone: dict[int, Figure] = {}
    for number, argument in enumerate(arguments):
        if isinstance(argument, Ref):
            found += source.filled(argument, here, where)
            continue
        figure = alone[number] = _node(source, argument, here)
        if figure.value is not None:
            found.append(figure.value)
    return found, partial(_lacked, source, arguments, here, where, alone)


def _lacked(
    source: Source,
    arguments: _Arguments,
    here: Here,
    where: Where | None,
    alone: Mapping[int, Figure],
) -> Figure:
    """The empty cells among many, and what the other arguments lack; they are in `alone`."""
    lacking: list[Figure] = []
    for number, argument in enumerate(arguments):
        if number in alone:
            lacking.append(alone[number])
        elif isinstance(argument, Ref):
            cells = source.cells(argument, here)
            keep = source.rows_with(where.column, where.option, here) if where else None
            kept = tuple(cell for cell in cells if keep is None or cell.row in keep)
            lacking.append(Figure(None, kept))
    return _lacking(lacking)


def _told_rows(
    source: Source, arguments: _Arguments, here: Here
) -> tuple[_Arguments, Where | None]:
    """The arguments without `where`, and what that says; no cells when it has nothing to go by."""
    match arguments:
        case (*others, Call(name="where", arguments=(column, wanted))):
            option = _node(source, wanted, here).value
            if not isinstance(column, Ref) or option is None:
                return tuple(other for other in others if not isinstance(other, Ref)), None
            return tuple(others), Where(column, option)
        case _:
            return arguments, None


def by_option(values: Iterable[Value | None]) -> ByOption:
    """The places of the values that are an option, or have it among their choices, by its text."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, value in enumerate(values):
        if type(value) is str:  # nearly always
            found[value].append(place)
        elif isinstance(value, tuple):
            for option in dict.fromkeys(value):
                found[option].append(place)
        elif value is not None:
            found[as_text(value)].append(place)
    return found


def _sum(source: Source, arguments: _Arguments, here: Here) -> Figure:
    found, lacking = _gathered(source, arguments, here)
    if frozenset(map(type, found)) <= _FIGURES:
        numbers = cast("list[Decimal]", found)
    else:
        numbers = [number for number in map(as_number, found) if number is not None]
    return Figure(sum(numbers, Decimal(0))) if numbers else lacking()


def _lacking(figures: Iterable[Figure]) -> Figure:
    """An absent figure with everything these figures miss, and the first thing they fault."""
    parts = tuple(figures)
    missing = dict.fromkeys(address for part in parts for address in part.missing)
    return Figure(None, tuple(missing), next((part.fault for part in parts if part.fault), ""))


def _count(source: Source, arguments: _Arguments, here: Here) -> Figure:
    found, _ = _gathered(source, arguments, here)
    return Figure(Decimal(len(found)))


def _where(source: Source, arguments: _Arguments, here: Here) -> Figure:
    del source, arguments, here
    return Figure(None, fault="where 只能用在 sum 或 count 中")


def _or_zero(source: Source, arguments: _Arguments, here: Here) -> Figure:
    inner = _node(source, arguments[0], here)
    return Figure(Decimal(0)) if inner.value is None and not inner.fault else inner


def _if(source: Source, arguments: _Arguments, here: Here) -> Figure:
    condition = _node(source, arguments[0], here)
    if condition.value is None:
        return condition
    return _node(source, arguments[1 if condition.value is True else 2], here)


def _to(source: Source, arguments: _Arguments, here: Here) -> Figure:
    """Converts by the ratio the loader put behind the unit, see `forms.loading.units`."""
    inner = _node(source, arguments[0], here)
    number = as_number(inner.value)
    if number is None:
        return inner
    multiply, divide = arguments[2:] or _ratio(source, arguments, here)
    if not isinstance(multiply, Number) or not isinstance(divide, Number):
        return Figure(None, fault="没有这种单位换算")
    if multiply.value == divide.value:
        return inner
    scaled = number * multiply.value
    return Figure(scaled if divide.value == 1 else scaled / divide.value)


def _ratio(source: Source, arguments: _Arguments, here: Here) -> tuple[Node | None, Node | None]:
    """The ratio for one value, in a formula that no pack holds."""
    first, wanted = arguments
    if not isinstance(first, Ref) or not isinstance(wanted, Literal):
        return None, None
    slot = slot_at(source.pack, next(source.cells(first, here)))
    units = source.pack.units
    unit = units.parse(unit_of(slot.kind) if slot else "")
    ratio = unit.times_to(units.parse(wanted.text))
    if ratio is None:
        return None, None
    multiply, divide = as_decimals(ratio)
    return Number(multiply), Number(divide)


def _quantity(source: Source, arguments: _Arguments, here: Here) -> Figure:
    return _node(source, arguments[0], here)


def _factor(source: Source, arguments: _Arguments, here: Here) -> Figure:
    parts = [_node(source, argument, here) for argument in arguments]
    if any(part.value is None for part in parts):
        return _lacking(parts)
    name, *keys = (as_text(part.value) for part in parts if part.value is not None)
    factor_set = source.pack.index.factor_sets.get(name)
    factor = factor_set.factor("|".join(keys)) if factor_set else None
    return (
        Figure(None, fault="因子集中没有此项，请按标准填写")
        if factor is None
        else Figure(factor.value)
    )


def _attribute(source: Source, arguments: _Arguments, here: Here) -> Figure:
    chosen = _node(source, arguments[0], here)
    name = _node(source, arguments[1], here).value
    if chosen.value is None or not isinstance(arguments[0], Ref):
        return chosen
    address = next(source.cells(arguments[0], here))
    slot = slot_at(source.pack, address)
    vocabulary = source.pack.index.vocabularies.get(getattr(slot and slot.kind, "vocabulary", ""))
    option = vocabulary.option(str(chosen.value)) if vocabulary else None
    text = dict(option.attributes).get(str(name), "") if option else ""
    return Figure(text or None)


def _months(source: Source, arguments: _Arguments, here: Here) -> Figure:
    inner = _node(source, arguments[0], here)
    if isinstance(inner.value, YearMonth):
        return Figure(Decimal(inner.value.year * 12 + inner.value.month))
    return _lacking((inner,))


def _year_of(
    choose: Callable[[list[int]], int],
) -> Callable[[Source, _Arguments, Here], Figure]:
    """The first or last year of those whose cell holds more than zero."""

    def call(source: Source, arguments: _Arguments, here: Here) -> Figure:
        if not isinstance(arguments[0], Ref):
            return Figure(None, fault="不是分年的值")
        cells = tuple(source.cells(arguments[0], here))
        filled = [cell.year for cell in cells if (as_number(source.value(cell)) or 0) > 0]
        return Figure(Decimal(choose(filled))) if filled else Figure(None, cells)

    return call


def _of_numbers(
    combine: Callable[[list[Decimal]], Decimal],
) -> Callable[[Source, _Arguments, Here], Figure]:
    def call(source: Source, arguments: _Arguments, here: Here) -> Figure:
        parts = [_node(source, argument, here) for argument in arguments]
        numbers = [n for part in parts if (n := as_number(part.value)) is not None]
        if len(numbers) < len(parts):
            return _lacking(parts)
        return Figure(combine(numbers))

    return call


def _not(source: Source, arguments: _Arguments, here: Here) -> Figure:
    inner = _node(source, arguments[0], here)
    return Figure(not inner.value) if isinstance(inner.value, bool) else inner


_CALLS: dict[str, Callable[[Source, _Arguments, Here], Figure]] = {
    "sum": _sum,
    "count": _count,
    "where": _where,
    "or_zero": _or_zero,
    "if": _if,
    "to": _to,
    "quantity": _quantity,
    "factor": _factor,
    "attribute": _attribute,
    "months": _months,
    "first_year": _year_of(min),
    "last_year": _year_of(max),
    "abs": _of_numbers(lambda numbers: abs(numbers[0])),
    "min": _of_numbers(min),
    "max": _of_numbers(max),
    "round": _of_numbers(lambda numbers: rounded_half_up(numbers[0], int(numbers[1]))),
    "not": _not,
}
