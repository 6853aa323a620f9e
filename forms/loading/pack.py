"""Reads a whole pack folder and fills its index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias, TypeVar

from forms.address import Address
from forms.factors import ConfirmationTable, FactorSet
from forms.formula import Formula
from forms.loading.factor_files import read_factor_set
from forms.loading.items import read_section
from forms.loading.node import Node, PackError, read_toml
from forms.loading.shapes import read_address
from forms.loading.unit_table import conversions_between, read_units
from forms.loading.units import with_units
from forms.loading.validation import validate
from forms.roles import DismissalRoles, DoubleCounting, DutyRoles, NoteRoles, Roles, TickRoles
from forms.schema import (
    Annex,
    AnnexContent,
    Chapter,
    Clause,
    Option,
    Pack,
    PackIndex,
    Period,
    Place,
    Rule,
    RuleGroup,
    RulePoint,
    Severity,
    Vocabulary,
)
from forms.slots import fill_slots

_K = TypeVar("_K")
_V = TypeVar("_V")
_OPERATORS = ("=", "!=", "<", "<=", ">", ">=")
_Record: TypeAlias = DismissalRoles | ConfirmationTable | NoteRoles | DutyRoles | TickRoles
_RECORDS: dict[str, Callable[..., _Record]] = {
    "dismissals": DismissalRoles,
    "confirmations": ConfirmationTable,
    "notes": NoteRoles,
    "duties": DutyRoles,
    "ticks": TickRoles,
}


def load_pack(folder: Path) -> Pack:
    """The pack in a folder; `PackError` names file, key and reason when it must not be used."""
    top = read_toml(folder / "pack.toml", "pack.toml")
    factor_sets = tuple(
        factor_set
        for node in _files(folder, ["factors.toml"])
        for factor_set in node.children("factor_sets", lambda n: read_factor_set(n, folder))
    )
    units, spoken = read_units(top)
    chapters = tuple(_read_chapter(folder, key) for key in top.texts("chapters"))
    pack = Pack(
        id=top.text("id"),
        version=top.integer("version", 1),
        title=top.text("title"),
        notice=top.text("notice"),
        variables=top.pairs("variables"),
        chapters=chapters,
        vocabularies=tuple(_read_vocabularies(folder, {f.key: f for f in factor_sets})),
        clauses=tuple(_read_list(folder, "clauses*.toml", "clauses", _read_clause)),
        annexes=top.children("annexes", _read_annex),
        factor_sets=factor_sets,
        units=units,
        conversions=top.children("conversions", _read_conversion),
        synonyms=top.children("synonyms", lambda n: n.texts("words")),
        rules=tuple(_read_list(folder, "rules*.toml", "rules", _read_rule)),
        roles=_read_roles(top),
        retired=top.children("retired", lambda n: (n.text("address"), n.text("became"))),
        rule_groups=tuple(_read_list(folder, "rule_groups*.toml", "rule_groups", _read_group)),
        index=PackIndex(),
        double_counting=_read_double_counting(top),
    )
    top.done()
    _fill_index(pack)
    validate(pack)
    pack = with_units(pack)
    for source, target, factor in conversions_between(pack, spoken):
        pack.index.conversions.setdefault((source, target), factor)
    return pack


def _fill_index(pack: Pack) -> None:
    index = pack.index
    for chapter in pack.chapters:
        file = f"chapters/{chapter.key}.toml"
        for section in chapter.sections:
            _once(index.sections, section.key, section, file, "章节键重复")
            for item in section.items:
                place = (section.key, item.key)
                _once(index.items, place, item, file, "项目键重复")
    for vocabulary in pack.vocabularies:
        _once(index.vocabularies, vocabulary.key, vocabulary, "vocabularies.toml", "词表键重复")
    for factor_set in pack.factor_sets:
        _once(index.factor_sets, factor_set.key, factor_set, "factors.toml", "因子集键重复")
    for clause in pack.clauses:
        _once(index.clauses, clause.key, clause, "clauses.toml", "条款键重复")
    for source, target, factor in pack.conversions:
        _once(index.conversions, (source, target), factor, "pack.toml", "换算重复")
    index.slots.update(fill_slots(pack))


def _once(table: dict[_K, _V], key: _K, value: _V, file: str, reason: str) -> None:
    if key in table:
        raise PackError(file, str(key), reason)
    table[key] = value


def _files(folder: Path, names: Iterable[str]) -> Iterator[Node]:
    for name in names:
        node = read_toml(folder / name, name)
        yield node
        node.done()


def _read_list(folder: Path, pattern: str, key: str, read: Callable[[Node], _V]) -> Iterator[_V]:
    for node in _files(folder, sorted(path.name for path in folder.glob(pattern))):
        yield from node.children(key, read)


def _read_chapter(folder: Path, key: str) -> Chapter:
    name = f"chapters/{key}.toml"
    node = read_toml(folder / name, name)
    place = node.one_of("place", Place, Place.BODY)
    chapter = Chapter(
        key, node.text("title"), node.children("sections", lambda n: read_section(n, place)), place
    )
    node.done()
    return chapter


def _read_vocabularies(folder: Path, factor_sets: dict[str, FactorSet]) -> Iterator[Vocabulary]:
    def option(node: Node) -> Option:
        return Option(node.text("key"), node.text("label"), node.pairs("attributes"))

    def vocabulary(node: Node) -> Vocabulary:
        key, title, source = node.key(), node.text("title"), node.text("factor_set", "")
        options = node.children("options", option)
        if source:
            if source not in factor_sets:
                raise node.fail(f"没有因子集“{source}”", "factor_set")
            options = tuple(
                Option(f.key, f.label, (("unit", f.unit),)) for f in factor_sets[source].factors
            )
        if node.flag("all_factors", default=False):
            options = tuple(_every_factor(factor_sets.values()))
        if not options:
            raise node.fail("词表没有选项", "options")
        keys = [entry.key for entry in options]
        if len(set(keys)) < len(keys):
            raise node.fail("选项键重复", "options")
        return Vocabulary(key, title, options)

    yield from _read_list(folder, "vocabularies*.toml", "vocabularies", vocabulary)


def _every_factor(factor_sets: Iterable[FactorSet]) -> Iterator[Option]:
    """The factors of all sets, so that a plan can name any one of them; no two read alike."""
    for found in factor_sets:
        labels = [factor.label for factor in found.factors]
        for factor in found.factors:
            edition = f"（{factor.edition}）" if labels.count(factor.label) > 1 else ""
            yield Option(found.option(factor), f"{found.title}：{factor.label}{edition}")


def _read_clause(node: Node) -> Clause:
    return Clause(node.key(), node.text("number"), node.text("title"), node.text("text"))


def _read_annex(node: Node) -> Annex:
    return Annex(
        node.key(),
        node.text("title"),
        node.text("kind"),
        node.flag("landscape", default=False),
        node.one_of("content", AnnexContent, AnnexContent.ITEMS),
        node.text("workbook", ""),
    )


def _read_conversion(node: Node) -> tuple[str, str, str]:
    factor = node.decimal("multiply")
    if factor is None or factor <= 0:
        raise node.fail("换算系数应为正数", "multiply")
    return (node.text("from"), node.text("to"), str(factor))


def _read_rule(node: Node) -> Rule:
    operator = node.text("operator")
    if operator not in _OPERATORS:
        raise node.fail(f"没有比较“{operator}”", "operator")
    return Rule(
        key=node.text("key"),
        severity=node.one_of("severity", Severity),
        sentence=node.text("sentence"),
        remedy=node.text("remedy"),
        left=_formula(node, "left"),
        operator=operator,
        right=_formula(node, "right"),
        scope=read_address(node, "scope") if node.has("scope") else None,
        years=node.one_of("years", Period) if node.has("years") else None,
        tolerance=str(node.decimal("tolerance", Decimal(0))),
        places=node.texts("places"),
        clause=node.text("clause", ""),
        when=node.formula("when"),
    )


def _formula(node: Node, key: str) -> Formula:
    formula = node.formula(key)
    if formula is None:
        raise node.fail("缺少公式", key)
    return formula


def _read_double_counting(top: Node) -> DoubleCounting | None:
    node = top.child("double_counting")
    if node is None:
        return None
    found = DoubleCounting(
        table=read_address(node, "table"),
        owner=node.text("owner"),
        benefits=node.texts("benefits"),
        once=node.children("once", lambda n: (n.text("one"), n.text("other"))),
        energy=node.text("energy"),
        carbon=node.text("carbon"),
        fuels=read_address(node, "fuels"),
        fuel_energy=node.text("fuel_energy"),
        fuel_carbon=node.text("fuel_carbon"),
    )
    node.done()
    return found


def _read_roles(top: Node) -> Roles:
    node = top.child("roles")
    if node is None:
        raise top.fail("缺少 roles")
    addresses: dict[str, Address] = {
        role.name: read_address(node, role.name)
        for role in fields(Roles)
        if role.name not in _RECORDS
    }
    records = {
        name: _read_record(child, kind)
        for name, kind in _RECORDS.items()
        if (child := node.child(name)) is not None
    }
    node.done()
    return Roles(**addresses, **records)  # pyright: ignore[reportArgumentType] -- types by _RECORDS


def _read_record(node: Node, kind: Callable[..., _Record]) -> _Record:
    """A table the program writes to: its address and the names of its columns."""
    columns: dict[str, str] = {}
    for each in fields(kind)[1:]:  # pyright: ignore[reportArgumentType] -- a dataclass, by _RECORDS
        columns[each.name] = node.text(each.name, None if each.default is MISSING else "")
    found = kind(read_address(node, "table"), **columns)
    node.done()
    return found


def _read_group(node: Node) -> RuleGroup:
    def point(child: Node) -> RulePoint:
        return RulePoint(child.text("says"), child.texts("rules"))

    return RuleGroup(node.key(), node.text("title"), node.children("points", point))
