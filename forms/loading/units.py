"""Refuses formulas whose units do not go together, and works out what each `to` multiplies by.

tce + 万元 is refused, and so is a formula that gives another unit than the value it fills has.
Where the unit changes from row to row, it is measured once for every option that can be chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product

from forms.formula import Binary, Call, Formula, Negated, Node, Number
from forms.kinds import Choice, unit_of
from forms.loading.agreement import Loose, MismatchError, common, hint, said
from forms.loading.formulas import Complain, key_text
from forms.loading.measures import Measuring, Ratio, choosers
from forms.loading.node import PackError
from forms.loading.possible import Chosen
from forms.schema import GroupKind, Pack, Rule, Summary, Table
from forms.slots import Slot, SlotKey, referenced_slot
from forms.units import UnitError, as_decimals

_Ask = Callable[[Measuring], None]


def with_units(pack: Pack) -> Pack:
    """The pack with its conversions worked out; `PackError` at the first unit that cannot be."""
    _factors(pack)
    for chapter in pack.chapters:
        for section in chapter.sections:
            for item in section.items:
                file, key = f"chapters/{chapter.key}.toml", (section.key, item.key, "")
                if isinstance(item, Table):
                    _totals(item, _complain(file, key))
                if isinstance(item, Summary):
                    _summary(pack, item, _complain(file, key))
    files = _files(pack)
    for slot in tuple(pack.index.slots.values()):
        pack.index.slots[slot.key] = _slot(pack, slot, _complain(files[slot.key[0]], slot.key))
    return replace(pack, rules=tuple(_rule(pack, rule) for rule in pack.rules))


def _files(pack: Pack) -> dict[str, str]:
    return {
        section.key: f"chapters/{chapter.key}.toml"
        for chapter in pack.chapters
        for section in chapter.sections
    }


def _complain(file: str, key: SlotKey) -> Complain:
    return lambda reason: PackError(file, key_text(key), reason)


def _factors(pack: Pack) -> None:
    for factor_set in pack.factor_sets:
        for factor in factor_set.factors:
            try:
                pack.units.parse(factor.unit)
            except UnitError as error:
                key = f"{factor_set.key}/{factor.key}"
                raise PackError("factors.toml", key, str(error)) from None


def _totals(table: Table, complain: Complain) -> None:
    for column in table.columns:
        if column.total and getattr(column.kind, "row_unit", ""):
            raise complain(f"“{column.label}”各行单位不同，不能有合计")


def _summary(pack: Pack, summary: Summary, complain: Complain) -> None:
    """What a summary sets side by side by column or by year is of one unit."""
    if summary.by is GroupKind.CHOICE:
        return
    keys = (*summary.columns, *filter(None, [summary.extra]))
    slots = [pack.index.slots[summary.source.section, summary.source.item, key] for key in keys]
    measuring = Measuring(pack, slots[0].key, {})
    for slot in slots:
        found, wanted = measuring.of_slot(slot), measuring.of_slot(slots[0])
        if found != wanted:
            raise complain(
                f"汇总各列的单位不一：“{slots[0].label}”为 {said(pack.units, wanted)}，"
                f"“{slot.label}”为 {said(pack.units, found)}"
            )


def _slot(pack: Pack, slot: Slot, complain: Complain) -> Slot:
    """The slot with its formula's conversions, refused when formula and slot differ in unit."""

    if slot.formula is None and not getattr(slot.kind, "row_unit", ""):
        try:
            pack.units.parse(unit_of(slot.kind))
        except UnitError as error:
            raise complain(str(error)) from None
        return slot

    def ask(measuring: Measuring) -> None:
        wanted = measuring.of_slot(slot)
        if slot.formula is None or wanted is Loose.TEXT:
            return
        found = measuring.measure(slot.formula.node)
        if common(pack.units, found, wanted) != wanted:
            gives, asked = said(pack.units, found), said(pack.units, wanted)
            remedy = hint(pack.units, found, wanted)
            raise MismatchError(f"公式得出的单位是“{gives}”，而此处应为“{asked}”{remedy}")

    formulas = (slot.formula,) if slot.formula else ()
    resolved = _measured(pack, slot.key, formulas, ask, complain)
    return replace(slot, formula=resolved[0]) if resolved != formulas else slot


def _rule(pack: Pack, rule: Rule) -> Rule:
    """The rule with its formulas' conversions, refused when its sides cannot be compared."""

    def ask(measuring: Measuring) -> None:
        if rule.when is not None:
            measuring.measure(rule.when.node)
        measuring.compared(rule.left.node, rule.right.node)

    def complain(reason: str) -> PackError:
        return PackError("rules.toml", rule.key, reason)

    home = (rule.scope.section, rule.scope.item, "") if rule.scope else ("", "", "")
    formulas = (rule.left, rule.right, *filter(None, [rule.when]))
    resolved = _measured(pack, home, formulas, ask, complain)
    if resolved == formulas:
        return rule
    when = resolved[2] if rule.when is not None else None
    return replace(rule, left=resolved[0], right=resolved[1], when=when)


def _measured(
    pack: Pack, home: SlotKey, formulas: tuple[Formula, ...], ask: _Ask, complain: Complain
) -> tuple[Formula, ...]:
    """Ask for whatever a row can choose; the formulas with the ratios of their conversions."""
    ratios: dict[int, Ratio] = {}
    try:
        for chosen in _choices(pack, home, formulas):
            measuring = Measuring(pack, home, chosen)
            try:
                ask(measuring)
            except MismatchError as error:
                raise MismatchError(f"{_where(pack, chosen)}{error}") from None
            for call, ratio in measuring.ratios.items():
                if ratios.setdefault(call, ratio) != ratio:
                    raise MismatchError("to 要换算的单位各行不同，须先乘以或除以本行的系数")
    except MismatchError as error:
        raise complain("：".join((str(error), *_texts(formulas)))) from None
    return tuple(_resolved(formula, ratios) for formula in formulas)


def _texts(formulas: tuple[Formula, ...]) -> tuple[str, ...]:
    """The formulas as errors end, the two sides of a rule with its condition."""
    return ("；".join(formula.text for formula in formulas),) if formulas else ()


def _choices(pack: Pack, home: SlotKey, formulas: Iterable[Formula]) -> Iterator[Chosen]:
    """What the row of a formula may hold, as far as units depend on it."""
    if not isinstance(pack.index.items.get(home[:2]), Table):
        yield {}
        return
    keys = [home]
    for formula in formulas:
        for reference in formula.references():
            key = referenced_slot(pack, reference, home) if reference.is_local else None
            keys.extend(filter(None, [key]))
    slots = filter(None, map(pack.index.slots.get, keys))
    found = dict.fromkeys(chooser for slot in slots for chooser in choosers(pack, slot))
    options = [_options(pack, chooser) for chooser in found]
    for chosen in product(*options):
        yield dict(zip(found, chosen, strict=True))


def _options(pack: Pack, chooser: SlotKey) -> list[str]:
    kind = pack.index.slots[chooser].kind
    vocabulary = pack.index.vocabularies[kind.vocabulary] if isinstance(kind, Choice) else None
    return [option.key for option in vocabulary.options] if vocabulary else []


def _where(pack: Pack, chosen: Chosen) -> str:
    """The options under which something is wrong, as errors begin."""
    named: list[str] = []
    for key, option in chosen.items():
        kind = pack.index.slots[key].kind
        vocabulary = pack.index.vocabularies[kind.vocabulary] if isinstance(kind, Choice) else None
        named.append(f"“{vocabulary.label(option) if vocabulary else option}”")
    return f"选{'、'.join(named)}时，" if named else ""


def _resolved(formula: Formula, ratios: dict[int, Ratio]) -> Formula:
    return replace(formula, node=_with_ratios(formula.node, ratios)) if ratios else formula


def _with_ratios(node: Node, ratios: dict[int, Ratio]) -> Node:
    """The same expression, each `to` followed by what to multiply and to divide by."""
    match node:
        case Negated():
            return Negated(_with_ratios(node.operand, ratios))
        case Binary():
            left, right = _with_ratios(node.left, ratios), _with_ratios(node.right, ratios)
            return Binary(node.operator, left, right)
        case Call():
            arguments = tuple(_with_ratios(argument, ratios) for argument in node.arguments)
            ratio = ratios.get(id(node))
            if ratio is not None:
                arguments += tuple(map(Number, as_decimals(ratio)))
            return Call(node.name, arguments)
        case _:
            return node
