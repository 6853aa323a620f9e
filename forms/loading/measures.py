"""What a formula's value is measured in: the unit of every expression, or why it has none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias, assert_never

from forms.factors import Factor
from forms.formula import Binary, Call, Literal, Negated, Node, Number, Ref
from forms.kinds import Choice, Quantity, Year, is_numeric, unit_of
from forms.loading.agreement import (
    Loose,
    Measure,
    MismatchError,
    as_unit,
    common,
    hint,
    is_comparable,
    number,
    said,
)
from forms.loading.possible import Chosen, Possible, attribute_of
from forms.row_units import CHOSEN
from forms.schema import Pack
from forms.slots import Slot, SlotKey, referenced_slot
from forms.units import ONE, Unit, UnitError

_VERBS = {"+": "相加", "-": "相减"}

Ratio: TypeAlias = Fraction  # what a conversion multiplies by


def choosers(pack: Pack, slot: Slot) -> tuple[SlotKey, ...]:
    """The choice columns of the row that settle the unit of a value."""
    text = slot.kind.row_unit if isinstance(slot.kind, Quantity) else ""
    section, item, _ = slot.key
    found = tuple((section, item, column) for column, _ in CHOSEN.findall(text)) if text else ()
    for chooser in found:
        column = pack.index.slots.get(chooser)
        if column is None or not isinstance(column.kind, Choice):
            raise MismatchError(f"row_unit 中的“{chooser[2]}”不是本表的单选列")
    return found


class Measuring:
    """Works out units at one place of a pack; `ratios` gathers those of each `to`."""

    def __init__(
        self, pack: Pack, home: SlotKey, chosen: Chosen, among: Chosen | None = None
    ) -> None:
        self._pack = pack
        self._units = pack.units
        self._home = home
        self._possible = Possible(pack, home, chosen, among or {})
        self.ratios: dict[int, Ratio] = {}

    def of_slot(self, slot: Slot, chosen: Chosen | None = None) -> Measure:
        """What the values of a slot are measured in, in rows of these options."""
        kind = slot.kind
        if isinstance(kind, Year):
            return ONE
        if not is_numeric(kind):
            return Loose.TEXT
        if isinstance(kind, Quantity) and kind.row_unit:
            options = self._possible.chosen if chosen is None else chosen
            return self._row_unit(slot, kind.row_unit, options)
        return self.parsed(unit_of(kind))

    def parsed(self, text: str) -> Unit:
        """The unit of a text."""
        try:
            return self._units.parse(text)
        except UnitError as error:
            raise MismatchError(str(error)) from None

    def measure(self, node: Node) -> Measure:
        """What an expression is measured in; `MismatchError` when its parts do not go together."""
        match node:
            case Number():
                return Loose.NUMBER if node.value else Loose.ANY
            case Literal():
                return Loose.TEXT
            case Ref():
                return self._referred(node)
            case Negated():
                return self.measure(node.operand)
            case Binary():
                return self._binary(node)
            case Call():
                return self._call(node)
            case _:
                assert_never(node)

    def alike(self, nodes: Iterable[Node], verb: str) -> Measure:
        """The one unit of parts that are added or chosen between."""
        found: Measure = Loose.ANY
        first: Node | None = None
        for node in nodes:
            measure = self.measure(node)
            both = common(self._units, found, measure)
            if both is None:
                one = self._called(first, found) if first else said(self._units, found)
                remedy = hint(self._units, found, measure)
                raise MismatchError(f"{one}与{self._called(node, measure)}不能{verb}{remedy}")
            if found is Loose.ANY:
                first = node
            found = both
        return found

    def compared(self, left: Node, right: Node) -> None:
        """Refuse a comparison across units; a number written in the formula fits every unit."""
        one, other = self.measure(left), self.measure(right)
        if is_comparable(self._units, one, other):
            return
        raise MismatchError(
            f"{self._called(left, one)}与{self._called(right, other)}不能比较"
            f"{hint(self._units, one, other)}"
        )

    def _referred(self, reference: Ref) -> Measure:
        key = referenced_slot(self._pack, reference, self._home)
        slot = self._pack.index.slots.get(key) if key else None
        return (
            Loose.TEXT if slot is None else self.of_slot(slot, self._possible.seen_from(reference))
        )

    def _row_unit(self, slot: Slot, template: str, chosen: Chosen) -> Unit:
        def put(found: re.Match[str]) -> str:
            column, name = found[1], found[2]
            chooser = (slot.key[0], slot.key[1], column)
            option = chosen.get(chooser)
            if option is None:
                raise MismatchError(
                    f"“{slot.label}”各行单位不同，只能在本行内计算，"
                    f"或在 sum 中用 where 限定“{column}”的一项"
                )
            attribute = attribute_of(self._pack, chooser, option, name)
            if not attribute:
                raise MismatchError(f"选项“{option}”没有属性“{name}”，“{slot.label}”没有单位")
            return attribute

        return self.parsed(CHOSEN.sub(put, template))

    def _binary(self, node: Binary) -> Measure:
        match node.operator:
            case "+" | "-":
                return number(self.alike((node.left, node.right), _VERBS[node.operator]))
            case "*" | "/":
                one = number(self.measure(node.left))
                other = number(self.measure(node.right))
                if Loose.ANY in (one, other):
                    return Loose.ANY  # zero stays zero, and what is missing is missing
                if isinstance(one, Loose) and isinstance(other, Loose):
                    return Loose.NUMBER if Loose.COUNT not in (one, other) else ONE
                left, right = as_unit(one), as_unit(other)
                return left * right if node.operator == "*" else left / right
            case "and" | "or":
                self.measure(node.left)
                self.measure(node.right)
                return Loose.TRUTH
            case _:
                self.compared(node.left, node.right)
                return Loose.TRUTH

    def _call(self, call: Call) -> Measure:
        first = call.arguments[0]
        match call.name:
            case "sum" | "count":
                return self._gathered(call)
            case "min" | "max":
                return self.alike(call.arguments, "比大小")
            case "or_zero" | "abs" | "round":
                return self.measure(first)
            case "if":
                return self._chosen_branch(call)
            case "to":
                return self._converted(call)
            case "quantity":
                return self.parsed(_text(call.arguments[1]))
            case "factor":
                return self._factor(call)
            case "months" | "first_year" | "last_year":
                return ONE
            case "attribute":
                return Loose.TEXT
            case "not":
                return Loose.TRUTH
            case _:
                raise MismatchError(f"不知道函数“{call.name}”给出什么单位")

    def _gathered(self, call: Call) -> Measure:
        *parts, last = call.arguments
        inner = self
        if isinstance(last, Call) and last.name == "where":
            inner = self._among(last)
        else:
            parts.append(last)
        if call.name == "count":
            return Loose.COUNT
        found = number(inner.alike(parts, "相加"))
        self.ratios.update(inner.ratios)
        return found

    def _among(self, where: Call) -> Measuring:
        """The same place, among the rows whose column has one option."""
        column, option = where.arguments
        key = referenced_slot(self._pack, column, self._home) if isinstance(column, Ref) else None
        if key is None or not isinstance(option, Literal):
            return self
        among = {**self._possible.among, key: option.text}
        return Measuring(self._pack, self._home, self._possible.chosen, among)

    def _chosen_branch(self, call: Call) -> Measure:
        condition, yes, no = call.arguments
        self.measure(condition)
        truth = self._possible.truth(condition)
        if truth is not None:
            return self.measure(yes if truth else no)
        return self.alike((yes, no), "作为同一个 if 的两项")

    def _converted(self, call: Call) -> Unit:
        source = self.measure(call.arguments[0])
        text = _text(call.arguments[1])
        target = self.parsed(text)
        if source is Loose.ANY:
            return target
        ratio = as_unit(number(source)).times_to(target)
        if ratio is None:
            raise MismatchError(
                f"{self._called(call.arguments[0], source)}不能换算成 {text}：不是同一种量"
            )
        self.ratios[id(call)] = ratio
        return target

    def _factor(self, call: Call) -> Measure:
        name, keys = _text(call.arguments[0]), call.arguments[1:]
        rows = self._possible.factors(name, keys)
        if not rows and all(isinstance(key, Literal) for key in keys):
            raise MismatchError(f"因子集“{name}”没有“{'|'.join(_text(key) for key in keys)}”一项")
        found: dict[Unit, Factor] = {}
        for factor in rows:
            found.setdefault(self.parsed(factor.unit), factor)
        if len(found) > 1:
            some = "、".join(f"{factor.unit}（{factor.label}）" for factor in found.values())
            raise MismatchError(f"因子集“{name}”中可取的各行单位不一：{some}；请限定到同一单位的行")
        return next(iter(found), Loose.ANY)

    def _called(self, node: Node, measure: Measure) -> str:
        match node:
            case Ref():
                return f"{node}（{self._written(node) or said(self._units, measure)}）"
            case Number():
                return f"{node.value}（{said(self._units, measure)}）"
            case _:
                return f"“{said(self._units, measure)}”"

    def _written(self, reference: Ref) -> str:
        """The unit of a value as the pack writes it there: tce/a, though tce is the same."""
        key = referenced_slot(self._pack, reference, self._home)
        slot = self._pack.index.slots.get(key) if key else None
        return unit_of(slot.kind) if slot else ""


def _text(node: Node) -> str:
    return node.text if isinstance(node, Literal) else ""
