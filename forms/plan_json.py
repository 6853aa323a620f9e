"""A plan as plain JSON data: complete, sorted, readable by other programs (docs/plan-json.md).

    {"format": "yuance-plan", "version": 1, "pack": "…", "sections": {section: {item: value}}}

Figures are decimal text; tables are lists of rows with an `id`; years are keys. What the pack does
not know any more is kept under `other` in its stored form.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TypeAlias, assert_never, cast

from forms.address import Address, AddressError, parse_address
from forms.answers import Answers, answers_of
from forms.changes import OrderChange, ValueChange, same_value
from forms.edits import new_row_id
from forms.encoding import EncodingError, decimal_text, decode, encode
from forms.picture_parts import picture_from_parts, picture_parts
from forms.places import slot_at
from forms.reading import ReadingError, check_value, read_value
from forms.schema import (
    Diagram,
    Field,
    IndicatorTable,
    Item,
    Listing,
    Pack,
    Summary,
    Table,
    YearTable,
)
from forms.slots import Slot
from forms.values import Picture, Value, YearMonth

FORMAT = "yuance-plan"
VERSION = 1
_ORDER = "order"  # in `other`: the rows of a table the pack does not have
_KEYS = ("format", "version", "pack", "pack_version", "sections", "other", "plan", "pictures")
Json: TypeAlias = "str | int | bool | Decimal | list[Json] | dict[str, Json] | None"
Object: TypeAlias = "dict[str, Json]"
Changes: TypeAlias = "Iterator[ValueChange | OrderChange]"


class PlanJsonError(ValueError):
    """Data that is not a plan of this pack; the message names the place and the remedy."""


def plan_to_json(pack: Pack, answers: Answers) -> Object:
    """Every typed value of a plan as JSON data; read back by `plan_from_json` without loss."""
    sections: dict[str, Json] = {}
    for section in pack.sections():
        items: dict[str, Json] = {}
        for item in section.items:
            value = _item_out(pack, answers, Address(section.key, item.key), item)
            if value not in (None, {}, []):
                items[item.key] = value
        if items:
            sections[section.key] = items
    other = _other(pack, answers)
    data: Object = {
        "format": FORMAT,
        "version": VERSION,
        "pack": pack.id,
        "pack_version": pack.version,
        "sections": sections,
    }
    return {**data, "other": other} if other else data


def plan_from_json(pack: Pack, data: Json) -> Answers:
    """The answers in JSON data; rows without `id` get one; `PlanJsonError` when anything is off."""
    top = _object(data, "最外层")
    _only(top, _KEYS)
    if top.get("format") != FORMAT:
        raise PlanJsonError(f"不是方案数据：format 应为“{FORMAT}”。")
    if top.get("version") != VERSION:
        raise PlanJsonError(f"方案数据的 version 应为 {VERSION}，请用相同版本的程序导出。")
    if top.get("pack") != pack.id:
        raise PlanJsonError(f"数据属于政策包“{top.get('pack')}”，当前是“{pack.id}”。")
    changes: list[ValueChange | OrderChange] = []
    for key, items in _object(top.get("sections", {}), "sections").items():
        for name, value in _object(items, key).items():
            item = pack.index.items.get((key, name))
            if item is None:
                raise PlanJsonError(f"政策包中没有“{key}/{name}”，请核对键名。")
            changes.extend(_item_in(pack, Address(key, name), item, value))
    for text, stored in _object(top.get("other", {}), "other").items():
        changes.extend(_other_in(text, stored))
    values = [change for change in changes if isinstance(change, ValueChange)]
    return answers_of(
        ((change.address, change.after) for change in values if change.after is not None),
        ((change.table, change.after) for change in changes if isinstance(change, OrderChange)),
    )


def value_to_json(value: Value) -> Json:
    """One value as JSON data."""
    match value:
        case bool() | str():
            return value
        case Decimal():
            return decimal_text(value)
        case int():
            return value
        case tuple():
            return list(value)
        case Picture():
            return cast("Object", picture_parts(value))
        case YearMonth():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            assert_never(value)


def _item_out(pack: Pack, answers: Answers, home: Address, item: Item) -> Json:
    match item:
        case Field():
            value = answers.get(home)
            if value is None or not _is_regular(pack, answers, home, value):
                return None
            return value_to_json(value)
        case Table():
            rows = answers.order(home)
            return [
                cast("Json", {"id": row, **_cells_out(pack, answers, home.at_row(row))})
                for row in rows
            ]
        case YearTable() | IndicatorTable():
            cells = {row.key: _cells_out(pack, answers, home.at_row(row.key)) for row in item.rows}
            return {key: value for key, value in cells.items() if value}
        case Summary() | Listing() | Diagram():
            return None
        case _:
            assert_never(item)


def _cells_out(pack: Pack, answers: Answers, row: Address) -> Object:
    found: Object = {}
    cells = answers.table(row).rows.get(row.row, {})
    for (column, year), value in sorted(cells.items(), key=lambda pair: pair[0]):
        if not _is_regular(pack, answers, row.at(row.row, column, year), value):
            continue
        if not year:
            found[column] = value_to_json(value)
        elif not column:
            found[str(year)] = value_to_json(value)
        else:
            years = found.setdefault(column, {})
            cast("Object", years)[str(year)] = value_to_json(value)
    return found


def _other(pack: Pack, answers: Answers) -> Object:
    """What the pack would not take back as it is, in stored form, so that nothing is lost."""
    found: dict[str, Object] = {}
    for address, order in answers.orders():
        if not isinstance(pack.index.items.get((address.section, address.item)), Table):
            found[str(address)] = {_ORDER: list(order)}
    for address, value in answers.values():
        if not _is_regular(pack, answers, address, value):
            tag, text = encode(value)
            found.setdefault(str(address), {})[tag] = text
    return {key: cast("Json", found[key]) for key in sorted(found)}


def _is_regular(pack: Pack, answers: Answers, address: Address, value: Value) -> bool:
    """Whether a value stands where the pack expects one and reads back as it is."""
    slot = slot_at(pack, address)
    if slot is None or slot.is_computed:
        return False
    item = pack.index.items[address.section, address.item]
    if isinstance(item, Table) and address.row not in answers.order(address):
        return False
    try:
        return same_value(_read(pack, slot, value_to_json(value)), value)
    except ReadingError:
        return False


def _other_in(text: str, stored: Json) -> Changes:
    try:
        address = parse_address(text)
        for tag, content in _object(stored, f"other/{text}").items():
            if tag == _ORDER and isinstance(content, list):
                yield OrderChange(address, (), tuple(str(row) for row in content))
            else:
                yield ValueChange(address, None, decode(tag, str(content)))
    except (AddressError, EncodingError) as error:
        raise PlanJsonError(f"other 中的“{text}”不能识别：{error}") from error


def _item_in(pack: Pack, home: Address, item: Item, value: Json) -> Changes:
    match item:
        case Field():
            yield from _value_in(pack, home, value)
        case Table():
            yield from _rows_in(pack, home, value)
        case YearTable():
            for row, years in _object(value, str(home)).items():
                for year, cell in _object(years, f"{home}/{row}").items():
                    yield from _value_in(pack, home.at(row, year=_year(year, home)), cell)
        case IndicatorTable():
            for row, cells in _object(value, str(home)).items():
                for column, cell in _object(cells, f"{home}/{row}").items():
                    yield from _value_in(pack, home.at(row, column), cell)
        case Summary() | Listing() | Diagram():
            raise PlanJsonError(f"“{home}”由系统汇总，不能载入，请删去。")
        case _:
            assert_never(item)


def _rows_in(pack: Pack, home: Address, value: Json) -> Changes:
    if not isinstance(value, list):
        raise PlanJsonError(f"“{home}”应为行的列表。")
    order: list[str] = []
    for number, entry in enumerate(value, start=1):
        cells = dict(_object(entry, f"{home} 第 {number} 行"))
        row = cells.pop("id", None) or new_row_id()
        if not isinstance(row, str) or row in order:
            raise PlanJsonError(f"“{home}”第 {number} 行的 id 应为不重复的文字。")
        _row_id(home, row)
        order.append(row)
        for column, cell in cells.items():
            if isinstance(cell, dict) and "sha256" not in cell:
                for year, inner in cell.items():
                    yield from _value_in(pack, home.at(row, column, _year(year, home)), inner)
            else:
                yield from _value_in(pack, home.at(row, column), cell)
    yield OrderChange(home, (), tuple(order))


def _row_id(home: Address, row: str) -> None:
    try:
        parse_address(f"{home}/{row}/x")
    except AddressError as error:
        raise PlanJsonError(f"“{home}”的行号“{row}”不合规：{error}") from error


def _value_in(pack: Pack, address: Address, value: Json) -> Changes:
    if value is None:
        return
    slot = slot_at(pack, address)
    if slot is None:
        raise PlanJsonError(f"政策包中没有地址“{address}”，请核对键名和年份。")
    if slot.is_computed:
        raise PlanJsonError(f"“{address}”由系统计算，不能载入，请删去。")
    try:
        found = _read(pack, slot, value)
    except (ReadingError, EncodingError) as error:
        raise PlanJsonError(f"“{address}”（{slot.label}）：{error}") from error
    if found is not None:
        yield ValueChange(address, None, found)


def _read(pack: Pack, slot: Slot, value: Json) -> Value | None:
    match value:
        case bool():
            return check_value(pack, slot.kind, value)
        case str():
            return read_value(pack, slot.kind, value)
        case int():
            return read_value(pack, slot.kind, str(value))
        case Decimal():
            return read_value(pack, slot.kind, decimal_text(value))
        case list():
            return check_value(pack, slot.kind, tuple(str(part) for part in value))
        case dict():
            return check_value(pack, slot.kind, _picture(value))
        case _:
            return None


def _picture(parts: Object) -> Picture:
    try:
        return picture_from_parts(parts)
    except ValueError as error:
        raise ReadingError(str(error)) from error


def _year(text: str, home: Address) -> int:
    if len(text) != 4 or not text.isdecimal():
        raise PlanJsonError(f"“{home}”中的“{text}”应为四位年份。")
    return int(text)


def _object(value: Json, what: str) -> Object:
    if not isinstance(value, dict):
        raise PlanJsonError(f"“{what}”应为对象（花括号）。")
    return value


def _only(top: Object, keys: tuple[str, ...]) -> None:
    unknown = sorted(set(top) - set(keys))
    if unknown:
        raise PlanJsonError(f"不认识的键：{'、'.join(unknown)}。")
