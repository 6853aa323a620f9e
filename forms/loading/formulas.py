"""Checks the formulas of a pack: references lead to values, functions have what they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import assert_never

from forms.formula import Binary, Call, Formula, Literal, Negated, Node, Number, Ref
from forms.kinds import Choice, Choices
from forms.loading.node import PackError
from forms.schema import Pack, Table
from forms.slots import Slot, SlotKey, referenced_slot

Complain = Callable[[str], PackError]
_GATHERING = ("sum", "count", "first_year", "last_year")
_YEAR_OF_HOME = ("@year", "@prev")


def check_formula(
    pack: Pack, formula: Formula, home: SlotKey, has_years: bool, complain: Complain
) -> None:
    """Refuse a formula that could never give a figure where it stands."""
    for reference in formula.references():
        slot = referenced(pack, reference, home)
        if slot is None:
            raise complain(f"公式引用了不存在的值 {reference}：{formula.text}")
        if (slot.years is not None) != bool(reference.year):
            raise complain(f"公式中 {reference} 的年份不对：{formula.text}")
        if reference.year in _YEAR_OF_HOME and not has_years:
            raise complain(f"此处没有年份，不能用 {reference}：{formula.text}")
    for reason in _misuses(pack, formula.node, home):
        raise complain(f"{reason}：{formula.text}")


def referenced(pack: Pack, reference: Ref, home: SlotKey) -> Slot | None:
    """The slot a reference means from where it stands, None when it dangles."""
    if reference.is_local and not isinstance(pack.index.items.get(home[:2]), Table):
        return None
    key = referenced_slot(pack, reference, home)
    return None if key is None else pack.index.slots.get(key)


def check_cycles(pack: Pack) -> None:
    """Refuse formulas that rest on themselves, the year before excepted."""
    done: set[SlotKey] = set()
    for key in pack.index.slots:
        _walk(pack, key, (), done)


def key_text(key: SlotKey) -> str:
    """A slot as errors name it."""
    return "/".join(part for part in key if part)


def _walk(pack: Pack, key: SlotKey, path: tuple[SlotKey, ...], done: set[SlotKey]) -> None:
    if key in path:
        chain = " → ".join(key_text(step) for step in (*path[path.index(key) :], key))
        raise PackError("chapters", key_text(key), f"公式循环引用：{chain}")
    if key in done:
        return
    slot = pack.index.slots.get(key)
    references = slot.formula.references() if slot and slot.formula else ()
    for reference in references:
        target = referenced_slot(pack, reference, key)
        if target is not None and not (target == key and reference.year == "@prev"):
            _walk(pack, target, (*path, key), done)
    done.add(key)


def _misuses(pack: Pack, node: Node, home: SlotKey, gathered: bool = False) -> Iterator[str]:
    """What is wrong in an expression; `gathered` where many cells are summed or counted."""
    match node:
        case Ref():
            if node.is_many and not gathered:
                yield f"{node} 是多个值，只能用在 sum 或 count 中"
        case Negated():
            yield from _misuses(pack, node.operand, home)
        case Binary():
            yield from _misuses(pack, node.left, home)
            yield from _misuses(pack, node.right, home)
        case Call():
            yield from _misused_call(pack, node, home, gathered)
        case Number() | Literal():
            return
        case _:
            assert_never(node)


def _misused_call(pack: Pack, call: Call, home: SlotKey, gathered: bool) -> Iterator[str]:
    first, last = call.arguments[0], call.arguments[-1]
    match call.name:
        case "where":
            if not gathered or not isinstance(first, Ref):
                yield "where 只能用在 sum 或 count 的最后，第一项为一列"
        case "to" | "quantity":
            yield from _misused_unit(call)
        case "attribute":
            if not isinstance(first, Ref) or not isinstance(last, Literal):
                yield "attribute 应为一个引用和一个带引号的文字"
            elif not _has_attribute(pack, first, last, home):
                yield f"{first} 的选项没有属性“{last.text}”"
        case "factor":
            if not isinstance(first, Literal) or first.text not in pack.index.factor_sets:
                yield "factor 的第一项应为已有的因子集"
        case "first_year" | "last_year":
            if not isinstance(first, Ref) or first.year != "*":
                yield f"{call.name} 应为一个分年的引用，如 [./column/*]"
        case _:
            pass
    gathers = call.name in _GATHERING or call.name == "where"
    for argument in call.arguments:
        is_where = isinstance(argument, Call) and argument.name == "where"
        if is_where and (argument is not last or call.name not in _GATHERING):
            yield "where 只能用在 sum 或 count 的最后"
        else:
            yield from _misuses(pack, argument, home, gathers)


def _misused_unit(call: Call) -> Iterator[str]:
    number, unit = call.arguments
    if not isinstance(unit, Literal):
        yield f"{call.name} 的第二项应为带引号的单位"
    if call.name == "quantity" and not isinstance(number, Number):
        yield "quantity 的第一项应为一个数"


def _has_attribute(pack: Pack, source: Ref, name: Literal, home: SlotKey) -> bool:
    slot = referenced(pack, source, home)
    if slot is None or not isinstance(slot.kind, Choice | Choices):
        return False
    vocabulary = pack.index.vocabularies.get(slot.kind.vocabulary)
    options = vocabulary.options if vocabulary else ()
    return any(name.text in dict(option.attributes) for option in options)
