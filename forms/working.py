"""测算过程: the formula behind a figure in words, and the same formula with the numbers put in.

What a reviewer needs to compute a figure again by hand; the window traces cell by cell instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from forms.address import Address
from forms.conditions import plain_text
from forms.evaluation import Here, as_number, evaluate, without_padding
from forms.formula import Binary, Call, Formula, Literal, Negated, Node, Number, Ref
from forms.kinds import YesNo
from forms.places import slot_at
from forms.row_units import unit_at
from forms.schema import Table
from forms.slots import Slot, referenced_slot
from forms.tracing import summed_cells
from forms.values import Value
from forms.view import PlanView
from forms.wording import figure_text, word

_SIGNS = {"*": "×", "/": "÷", "+": "＋", "-": "－"}
_LEVELS = {"+": 1, "-": 1, "*": 2, "/": 2}
_SHOWN_DECIMALS = 4
_EXACT_DECIMALS = 8  # a coefficient such as 0.70016 is shown whole, else nobody gets the result
_TIGHTEST = 3


@dataclass(frozen=True, slots=True)
class Working:
    """One figure worked out: the formula in words and with its numbers, and the result."""

    words: str
    numbers: str
    result: str


def work_out(view: PlanView, address: Address) -> Working | None:
    """The working of a computed figure; None when there is no formula or no result."""
    slot = slot_at(view.pack, address)
    if slot is None or slot.formula is None:
        return None
    result = word(view.pack, slot.kind, view.figure(address).value)
    if not result:
        return None
    here = Here(address.table, address.row, address.year)
    spelled = _Spelling(view, here)
    return Working(
        spelled.text(slot.formula.node, by_name=True),
        spelled.text(slot.formula.node, by_name=False),
        f"{result} {unit_at(view, address)}".strip(),
    )


def only_names(view: PlanView, address: Address) -> bool:
    """Whether the formula, by the branch that counts, does no more than name another value."""
    slot = slot_at(view.pack, address)
    if slot is None or slot.formula is None:
        return False
    node, spelled = slot.formula.node, _Spelling(view, Here(address.table, address.row))
    while isinstance(node, Call) and node.name == "if":
        node = spelled.branch(node)
    return isinstance(node, Ref)


def words_of(view: PlanView, node: Node, here: Here) -> str:
    """An expression by the names of its values."""
    return _Spelling(view, here).text(node, by_name=True)


@dataclass(frozen=True, slots=True)
class _Spelling:
    """Writes one formula out, seen from one place of one plan."""

    view: PlanView
    here: Here

    def text(self, node: Node, *, by_name: bool, level: int = 0) -> str:
        """An expression by the names of its values, or by the values themselves."""
        match node:
            case Number():
                return figure_text(node.value, _EXACT_DECIMALS)
            case Literal():
                return node.text
            case Ref():
                return self._name(node) if by_name else self._value(node)
            case Negated():
                return f"－{self.text(node.operand, by_name=by_name, level=_TIGHTEST)}"
            case Binary():
                return self._binary(node, by_name=by_name, level=level)
            case Call():
                return self._call(node, by_name=by_name, level=level)
            case _:
                assert_never(node)

    def _binary(self, node: Binary, *, by_name: bool, level: int) -> str:
        own = _LEVELS.get(node.operator, 0)
        left = self.text(node.left, by_name=by_name, level=own)
        right = self.text(node.right, by_name=by_name, level=own + 1)
        spelled = f"{left} {_SIGNS.get(node.operator, node.operator)} {right}"
        return f"（{spelled}）" if own < level else spelled

    def _call(self, node: Call, *, by_name: bool, level: int) -> str:
        first = node.arguments[0]
        match node.name:
            case "or_zero":
                return self.text(first, by_name=by_name, level=level)
            case "if":
                return self._chosen(node, by_name=by_name, level=level)
            case "quantity":
                return f"{self.text(first, by_name=by_name)} {_unit_named(node)}"
            case "to" if not isinstance(first, Ref):
                return self._scaled(node, by_name=by_name, level=level)
            case "to" if by_name:
                return self.text(first, by_name=True, level=level)
            case "to":
                return self._with_unit(node, _unit_named(node))
            case "sum" if by_name:
                names = [self.text(a, by_name=True) for a in node.arguments if not _is_where(a)]
                return f"∑（{'＋'.join(names)}{self._counted(node)}）"
            case "factor" if by_name:
                return self._factor(node)
            case _ if by_name:
                conditions = "".join(self._condition(a) for a in node.arguments if _is_where(a))
                inner = "，".join(
                    self.text(a, by_name=True) for a in node.arguments if not _is_where(a)
                )
                return f"{_FUNCTION_WORDS.get(node.name, node.name)}（{conditions}{inner}）"
            case _:
                return self._result(node)

    def _condition(self, node: Node) -> str:
        """Which rows count: 计入目标年成效为“是”的."""
        assert isinstance(node, Call)  # asked for `where` alone
        column, option = node.arguments
        assert isinstance(column, Ref)  # the loader has checked this
        key = referenced_slot(self.view.pack, column, ("", "", ""))
        slot = self.view.pack.index.slots.get(key) if key else None
        wanted = self._evaluated(option)
        if slot is None or wanted is None:
            return ""
        if isinstance(slot.kind, YesNo):
            shown = _YES_NO.get(plain_text(wanted), plain_text(wanted))
        else:
            shown = word(self.view.pack, slot.kind, wanted)
        return f"{slot.label}为“{shown}”的"

    def _factor(self, node: Call) -> str:
        """The very factor that is taken, with the edition it comes from."""
        name, *keys = (plain_text(self._evaluated(part)) for part in node.arguments)
        known = self.view.pack.index.factor_sets.get(name)
        factor = known.factor("|".join(keys)) if known else None
        if known is None or factor is None:
            return known.title if known else "系数"
        return f"{known.title}（{factor.label}，{factor.edition}）"

    def _scaled(self, node: Call, *, by_name: bool, level: int) -> str:
        """A worked-out value in another unit, as planners write it: a ÷ b × 100%."""
        first, _, *ratio = node.arguments
        sign = "%" if _unit_named(node) == "%" else ""
        spelled = self.text(first, by_name=by_name, level=_LEVELS["*"])
        for operator, factor in zip("×÷", ratio, strict=False):
            if isinstance(factor, Number) and factor.value != 1:
                spelled = f"{spelled} {operator} {_exact(factor)}{sign}"
                sign = ""
        return f"（{spelled}）" if level > _LEVELS["*"] else spelled

    def _chosen(self, node: Call, *, by_name: bool, level: int) -> str:
        """Of a choice only the branch that counted is part of the working."""
        return self.text(self.branch(node), by_name=by_name, level=level)

    def branch(self, node: Call) -> Node:
        """The branch of a choice that counts."""
        return node.arguments[1 if self._evaluated(node.arguments[0]) is True else 2]

    def _counted(self, node: Call) -> str:
        """How many rows of a table a sum adds up."""
        many = next((a for a in node.arguments if isinstance(a, Ref) and a.row == "*"), None)
        item = self.view.pack.index.items.get((many.section, many.item)) if many else None
        if not isinstance(item, Table) or not item.row_name:
            return ""
        rows = {cell.row for cell in summed_cells(self.view, node, self.here)}
        return f"，{len(rows)}个{item.row_name}"

    def _name(self, reference: Ref) -> str:
        address = next(self.view.figures.cells(reference, self.here), None)
        slot = slot_at(self.view.pack, address) if address else None
        if address is None or slot is None:
            item = self.view.pack.index.items.get((reference.section, reference.item))
            return item.label if item else str(reference)
        year = f"（{address.year}年）" if address.year and not reference.is_many else ""
        return f"{self._home(slot)}{slot.label}{year}"

    def _home(self, slot: Slot) -> str:
        """The section of a value that bears the name of the very figure it is put into."""
        section = self.view.pack.index.sections.get(slot.key[0])
        row = self.here.table.at_row(self.here.row)
        if section is None or self.here.table.section == slot.key[0] or not self.here.row:
            return ""
        own = self.view.row_name(row).partition("（")[0]
        return f"{section.title}·" if own == slot.label else ""

    def _value(self, reference: Ref) -> str:
        address = next(self.view.figures.cells(reference, self.here), None)
        return self._with_unit(reference, unit_at(self.view, address) if address else "")

    def _with_unit(self, node: Node, unit: str) -> str:
        return f"{self._result(node)} {unit}".strip()

    def _result(self, node: Node) -> str:
        value = without_padding(as_number(self._evaluated(node)))
        if not isinstance(value, Decimal):
            return "0" if value is None else str(value)
        shown = figure_text(value, _EXACT_DECIMALS)
        if Decimal(shown) != value:  # it goes on: what is left out changes no printed result
            shown = figure_text(value, _SHOWN_DECIMALS)
        return f"（{shown}）" if value < 0 else shown

    def _evaluated(self, node: Node) -> Value | None:
        return evaluate(self.view.figures, Formula("", node), self.here).value


_YES_NO = {"yes": "是", "no": "否"}
_FUNCTION_WORDS = {"min": "取小值", "max": "取大值", "abs": "绝对值", "count": "个数"}


def _unit_named(call: Call) -> str:
    """The unit that `to` or `quantity` names."""
    unit = call.arguments[1]
    return unit.text if isinstance(unit, Literal) else ""


def _exact(number: Number) -> str:
    return f"{number.value:f}"


def _is_where(node: Node) -> bool:
    return isinstance(node, Call) and node.name == "where"
