"""A JSON Schema (2020-12) of the plan data of one pack, so that other programs can check theirs."""

from __future__ import annotations

from typing import assert_never

from forms.kinds import (
    Choice,
    Choices,
    Date,
    Image,
    Integer,
    Kind,
    Money,
    Month,
    Narrative,
    Percent,
    Quantity,
    Reference,
    Text,
    Year,
    YesNo,
)
from forms.picture_parts import NEEDED
from forms.plan_json import FORMAT, VERSION, Json, Object
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_TARGET,
    Column,
    Diagram,
    Field,
    Indicator,
    IndicatorTable,
    Item,
    Listing,
    Pack,
    Section,
    Summary,
    Table,
    YearTable,
)

_DECIMAL = r"^-?[0-9]{1,40}(\.[0-9]{1,40})?$"
_YEAR = "^[12][0-9]{3}$"
_INDICATOR_TEXTS = ("source", "note", "reason")


def plan_schema(pack: Pack) -> Object:
    """The schema of `plan_to_json` for one pack."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": pack.title,
        "type": "object",
        "required": ["format", "version", "pack", "sections"],
        "additionalProperties": False,
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "pack": {"const": pack.id},
            "pack_version": {"type": "integer"},
            "plan": {"type": "object"},
            "other": {"type": "object"},
            "pictures": {"type": "object", "additionalProperties": {"type": "string"}},
            "sections": _object({s.key: _section(pack, s) for s in pack.sections()}),
        },
    }


def _object(properties: dict[str, Json], title: str = "") -> Object:
    shape: Object = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    return {"title": title, **shape} if title else shape


def _section(pack: Pack, section: Section) -> Object:
    items = {
        item.key: _item(pack, item)
        for item in section.items
        if not isinstance(item, Summary | Listing)
    }
    return _object({key: item for key, item in items.items() if item is not None}, section.title)


def _item(pack: Pack, item: Item) -> Json:
    match item:
        case Field():
            if item.computed is not None and not item.computed.overridable:
                return None
            return _value(pack, item.kind, item.label)
        case Table():
            cells: dict[str, Json] = {"id": {"type": "string"}}
            for column in item.columns:
                if column.computed is None or column.computed.overridable:
                    cells[column.key] = _column(pack, column)
            return {"type": "array", "title": item.label, "items": _object(cells)}
        case YearTable():
            rows: dict[str, Json] = {
                row.key: _years(_value(pack, row.kind, row.label))
                for row in item.rows
                if row.computed is None or row.computed.overridable
            }
            return _object(rows, item.label)
        case IndicatorTable():
            rows = {row.key: _indicator(pack, row) for row in item.rows}
            return _object(rows, item.label)
        case Summary() | Listing() | Diagram():
            return None
        case _:
            assert_never(item)


def _indicator(pack: Pack, row: Indicator) -> Object:
    text: Json = {"type": "string"}
    figure = _value(pack, row.kind, row.label)
    sides = (INDICATOR_BASE, INDICATOR_TARGET) if row.has_base else (INDICATOR_TARGET,)
    cells: dict[str, Json] = {
        **dict.fromkeys(sides, figure),
        **dict.fromkeys(_INDICATOR_TEXTS, text),
    }
    return _object(cells, row.label)


def _column(pack: Pack, column: Column) -> Json:
    value = _value(pack, column.kind, column.label)
    return value if column.years is None else _years(value)


def _years(value: Json) -> Object:
    return {"type": "object", "patternProperties": {_YEAR: value}, "additionalProperties": False}


def _value(pack: Pack, kind: Kind, label: str) -> Object:
    return {"title": label, **_shape(pack, kind)}


def _shape(pack: Pack, kind: Kind) -> Object:
    match kind:
        case Text() | Narrative():
            return {"type": "string", "maxLength": kind.max_length}
        case Choice():
            return {"enum": _options(pack, kind.vocabulary)}
        case Choices():
            return {"type": "array", "items": {"enum": _options(pack, kind.vocabulary)}}
        case Year():
            return {"type": "integer", "minimum": kind.minimum, "maximum": kind.maximum}
        case Month():
            return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}
        case Date():
            return {"type": "string", "format": "date"}
        case Integer():
            return {"type": "integer", "description": kind.unit}
        case Quantity() | Money():
            return {"type": "string", "pattern": _DECIMAL, "description": kind.unit}
        case Percent():
            return {"type": "string", "pattern": _DECIMAL, "description": "%"}
        case YesNo():
            return {"type": "boolean"}
        case Image():
            return {
                "type": "object",
                "required": [*NEEDED],
            }
        case Reference():
            return {"type": "string", "description": kind.table}
        case _:
            assert_never(kind)


def _options(pack: Pack, vocabulary: str) -> list[Json]:
    return [option.key for option in pack.index.vocabularies[vocabulary].options]
