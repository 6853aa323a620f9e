"""Checks a loaded pack as a whole: every reference leads somewhere, no formula circles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from forms.address import Address, AddressError, parse_address
from forms.conditions import Condition, addresses_in
from forms.factors import ConfirmationTable
from forms.formula import FormulaError, parse_reference
from forms.kinds import (
    Choice,
    Choices,
    Date,
    Kind,
    Narrative,
    Quantity,
    Reference,
    Text,
    is_numeric,
)
from forms.loading.constants import (
    INDICATOR_COLUMNS,
    check_condition,
    check_default,
    check_limits,
    check_option,
    check_seed,
    check_summary,
)
from forms.loading.diagrams import check_diagram
from forms.loading.formulas import (
    Complain,
    check_cycles,
    check_formula,
    key_text,
    referenced,
)
from forms.loading.node import PackError
from forms.loading.records import check_records
from forms.places import slot_at
from forms.schema import (
    Diagram,
    Field,
    IndicatorTable,
    Item,
    Listing,
    Pack,
    Place,
    Section,
    Summary,
    Table,
    YearTable,
)
from forms.slots import Slot, SlotKey


def validate(pack: Pack) -> None:
    """Raise `PackError` at the first thing that cannot be right."""
    _keys_once([chapter.key for chapter in pack.chapters], "chapters")
    _keys_once([annex.key for annex in pack.annexes], "annexes")
    for chapter in pack.chapters:
        file = f"chapters/{chapter.key}.toml"
        for section in chapter.sections:
            if section.place is Place.BODY and chapter.place is not Place.BODY:
                raise PackError(file, section.key, "正文的节应在正文的章内，否则不会打印")
            _section(pack, section, file)
    for slot in pack.index.slots.values():
        _slot(pack, slot)
    _names_of_rows(pack)
    check_cycles(pack)
    _rules(pack)
    _roles(pack)
    _double_counting(pack)
    for address, _ in pack.retired:
        if slot_at(pack, _address(address, "pack.toml")) is not None:
            raise PackError("pack.toml", address, "已停用的地址又被使用")


def _section(pack: Pack, section: Section, file: str) -> None:
    def complain(reason: str) -> PackError:
        return PackError(file, section.key, reason)

    _clauses(pack, section.clauses, complain)
    _condition(pack, section.show_when, complain)
    for item in section.items:
        _item(pack, section, item, file)


def _item(pack: Pack, section: Section, item: Item, file: str) -> None:
    def complain(reason: str) -> PackError:
        return PackError(file, f"{section.key}/{item.key}", reason)

    _clauses(pack, item.guidance.clauses, complain)
    _condition(pack, item.show_when, complain)
    is_prose = isinstance(item, Field) and isinstance(item.kind, Narrative)
    if item.guidance.outline and not is_prose:
        raise complain("小标题（outline）只能用于 narrative 字段")
    match item:
        case Field():
            _reason(item.computed.reason if item.computed else "", _keys(section), complain)
            if item.decisive and not isinstance(item.kind, Choice):
                raise complain("decisive 只能用于单选")
            if item.decisive and "{" in item.default:
                raise complain("decisive 的默认值应为固定的选项")
        case Table():
            _table(pack, item, complain)
        case YearTable():
            _unique([row.key for row in item.rows], complain)
            _annex(pack, item.annex, complain)
            for row in item.rows:
                _known(row.of_which, [other.key for other in item.rows], "其中所属行", complain)
        case IndicatorTable():
            _unique([row.key for row in item.rows], complain)
            _annex(pack, item.annex, complain)
        case Summary():
            _summary(pack, item, complain)
        case Listing():
            _listing(pack, item, complain)
        case Diagram():
            check_diagram(pack, item, complain)
        case _:
            assert_never(item)


def _keys(section: Section) -> list[str]:
    return [item.key for item in section.items]


def _table(pack: Pack, table: Table, complain: Complain) -> None:
    keys = [column.key for column in table.columns]
    _unique(keys, complain)
    _known(table.naming, keys, "命名列", complain)
    printed: list[str] = []
    for shape in table.prints:
        _annex(pack, shape.annex, complain)
        for key in (*shape.columns, *shape.repeats, *filter(None, [shape.group_by])):
            _known(key, keys, "打印列", complain)
        if shape.group_by and not isinstance(table.column(shape.group_by).kind, Choice):
            raise complain(f"分组列“{shape.group_by}”应为单选")
        printed.extend(shape.columns)
    if sorted(printed) != sorted(keys):
        odd = sorted({key for key in keys if printed.count(key) != 1})
        raise complain(f"每列应恰好打印一次：{'、'.join(odd)}")
    for column in table.columns:
        _reason(column.computed.reason if column.computed else "", keys, complain)
        _clauses(pack, column.guidance.clauses, complain)
        for address in addresses_in(column.show_when) if column.show_when else ():
            if address.startswith("./"):
                _known(address[2:], keys, "条件中的列", complain)
        if column.show_when is not None:
            check_condition(pack, column.show_when, complain, table)
    if "id" in keys:
        raise complain("列键“id”留作行号")
    for seed in table.seeds:
        for key, text in seed:
            _known(key, keys, "预置行的列", complain)
            check_seed(pack, table.column(key), text, complain)


def _names_of_rows(pack: Pack) -> None:
    """Rows called by rows of another table must come to a name of their own in the end."""
    for start in pack.index.items:
        called: list[tuple[str, str]] = []
        place = start
        while place is not None:
            if place in called:
                raise PackError("chapters", "/".join(start), "行名称取自别的行，绕了一圈没有名称")
            called.append(place)
            place = _named_after(pack, place)


def _named_after(pack: Pack, place: tuple[str, str]) -> tuple[str, str] | None:
    """The table by whose rows the rows of a table are called."""
    table = pack.index.items[place]
    kind = table.column(table.naming).kind if isinstance(table, Table) and table.naming else None
    return (kind.home.section, kind.home.item) if isinstance(kind, Reference) else None


def _summary(pack: Pack, summary: Summary, complain: Complain) -> None:
    source = pack.index.items.get((summary.source.section, summary.source.item))
    if not isinstance(source, Table):
        raise complain(f"汇总的来源“{summary.source}”不是表格")
    keys = [column.key for column in source.columns]
    for key in (*summary.columns, *summary.amounts, *filter(None, [summary.extra])):
        _known(key, keys, "汇总列", complain)
    check_summary(summary, source, complain)
    _annex(pack, summary.annex, complain)


def _listing(pack: Pack, listing: Listing, complain: Complain) -> None:
    source = pack.index.items.get((listing.source.section, listing.source.item))
    if isinstance(source, IndicatorTable):
        for key in listing.columns:
            _known(key, list(INDICATOR_COLUMNS), "清单列", complain)
        return
    if not isinstance(source, Table):
        raise complain(f"清单的来源“{listing.source}”不是表格")
    keys = [column.key for column in source.columns]
    for key in (*listing.columns, *filter(None, [listing.where[0]])):
        _known(key, keys, "清单列", complain)
    if listing.where[0]:
        column, option = listing.where
        check_option(pack, source.column(column).kind, option, complain)


def _slot(pack: Pack, slot: Slot) -> None:
    def complain(reason: str) -> PackError:
        return PackError("chapters", key_text(slot.key), reason)

    _kind(pack, slot.kind, complain)
    if slot.formula is not None:
        check_formula(pack, slot.formula, slot.key, slot.years is not None, complain)
    if slot.default:
        check_default(pack, slot, complain)


def _kind(pack: Pack, kind: Kind, complain: Complain) -> None:
    if isinstance(kind, Choice | Choices) and kind.vocabulary not in pack.index.vocabularies:
        raise complain(f"没有词表“{kind.vocabulary}”")
    check_limits(kind, complain)
    if isinstance(kind, Reference):
        address = _address(kind.table, "chapters")
        if not isinstance(pack.index.items.get((address.section, address.item)), Table):
            raise complain(f"引用的“{kind.table}”不是表格")


def _rules(pack: Pack) -> None:
    seen: set[str] = set()
    for rule in pack.rules:

        def complain(reason: str, key: str = rule.key) -> PackError:
            return PackError("rules.toml", key, reason)

        if rule.key in seen:
            raise complain("规则键重复")
        seen.add(rule.key)
        scope = rule.scope
        if scope is not None and (scope.section, scope.item) not in pack.index.items:
            raise complain(f"没有表“{scope}”")
        if scope is None and not rule.places:
            raise complain("不分行的规则应有 places")
        home = (scope.section, scope.item, "") if scope else ("", "", "")
        for formula in filter(None, (rule.left, rule.right, rule.when)):
            check_formula(pack, formula, home, rule.years is not None, complain)
        for place in rule.places:
            _place(pack, place, home, complain)
        _clauses(pack, (rule.clause,) if rule.clause else (), complain)


def _place(pack: Pack, text: str, home: SlotKey, complain: Complain) -> None:
    try:
        reference = parse_reference(text)
    except FormulaError as error:
        raise complain(str(error)) from None
    if referenced(pack, reference, home) is None:
        item = pack.index.items.get((reference.section, reference.item))
        if item is None:
            raise complain(f"places 中的 {text} 不存在")


def _roles(pack: Pack) -> None:
    roles = pack.roles
    for address in _role_addresses(pack):
        if slot_at(pack, address) is None:
            raise PackError("pack.toml", "roles", f"没有地址“{address}”")
    if not isinstance(pack.index.items.get((roles.projects.section, roles.projects.item)), Table):
        raise PackError("pack.toml", "roles.projects", "应为表格")
    check_records(pack)
    if roles.confirmations is not None:
        _confirmations(pack, roles.confirmations)


def _confirmations(pack: Pack, role: ConfirmationTable) -> None:
    """The columns of the record of confirmations hold what the program writes there."""
    wanted: dict[str, type[object]] = {
        role.factor: Choice,
        role.value: Quantity,
        role.unit: Text,
        role.edition: Text,
        role.person: Text,
        role.date: Date,
    }
    item = pack.index.items.get((role.table.section, role.table.item))
    kinds = {c.key: type(c.kind) for c in item.columns} if isinstance(item, Table) else {}
    for key, kind in wanted.items():
        if kinds.get(key) is not kind:
            raise PackError("pack.toml", "roles.confirmations", f"列“{key}”不存在或类型不符")


def _double_counting(pack: Pack) -> None:
    spec = pack.double_counting
    if spec is None:
        return
    pairs = [key for pair in spec.once for key in pair]
    figures = (*spec.benefits, *pairs, spec.energy, spec.carbon)
    for home, columns in (
        (spec.table, (spec.owner, *figures)),
        (spec.fuels, (spec.fuel_energy, spec.fuel_carbon)),
    ):
        table = pack.index.items.get((home.section, home.item))
        if not isinstance(table, Table):
            raise PackError("pack.toml", "double_counting", f"“{home}”不是表格")
        known = {column.key: column for column in table.columns}
        for key in columns:
            if key not in known:
                raise PackError("pack.toml", "double_counting", f"“{home}”没有列“{key}”")
            if home == spec.table and known[key].computed is not None:
                raise PackError("pack.toml", "double_counting", f"列“{key}”应为填报的列")
            is_yearly = known[key].years is not None
            if key != spec.owner and not is_numeric(known[key].kind):
                raise PackError("pack.toml", "double_counting", f"列“{key}”应为数值")
            if is_yearly != (home == spec.fuels):
                raise PackError("pack.toml", "double_counting", f"列“{key}”的年份不对")
    odd = sorted({*pairs, spec.energy, spec.carbon} - {*spec.benefits})
    if odd:
        raise PackError("pack.toml", "double_counting", f"benefits 缺少：{'、'.join(odd)}")


def _role_addresses(pack: Pack) -> Iterator[Address]:
    roles = pack.roles
    yield from (roles.plan_title, roles.park_name, roles.level, roles.compiler, roles.person)
    yield from (roles.base_year, roles.target_year, roles.history_years)


def _clauses(pack: Pack, clauses: tuple[str, ...], complain: Complain) -> None:
    for clause in clauses:
        if clause not in pack.index.clauses:
            raise complain(f"没有条款“{clause}”")


def _condition(pack: Pack, condition: Condition | None, complain: Complain) -> None:
    if condition is not None:
        check_condition(pack, condition, complain)


def _keys_once(keys: list[str], what: str) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise PackError("pack.toml", what, f"键重复：{'、'.join(twice)}")


def _annex(pack: Pack, annex: str, complain: Complain) -> None:
    if annex and annex not in [entry.key for entry in pack.annexes]:
        raise complain(f"没有附件“{annex}”")


def _reason(reason: str, keys: list[str], complain: Complain) -> None:
    _known(reason, keys, "理由", complain)


def _known(key: str, keys: list[str], what: str, complain: Complain) -> None:
    if key and key not in keys:
        raise complain(f"{what}“{key}”不存在")


def _unique(keys: list[str], complain: Complain) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise complain(f"键重复：{'、'.join(twice)}")


def _address(text: str, file: str) -> Address:
    try:
        return parse_address(text)
    except AddressError as error:
        raise PackError(file, text, str(error)) from None
