"""House styles: TOML files read into a `Look`, each checked whole before anything is printed.

A file with `based_on` names only what differs from another one; what it does not know it refuses.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

import resources
from exporters.document import RowRole, TextRole
from exporters.errors import ExportError
from exporters.look import Face, Look, PageLook, Setting, TableLook, TextLook

OFFICIAL = "gb-9704"
_FOLDER = "looks"
_HEADING_LEVELS = (1, 2, 3, 4)
_CONTENTS_LEVELS = (1, 2, 3)
_LEAST_AREA_MM = 50  # a narrower text area is a slip of the margins
_NEVER_ZERO = frozenset(("size_pt", "wide_size_pt", "body_size_pt", "line_pt", "line_factor"))
_LARGEST = 2_000  # points or millimetres; beyond it a number is a slip
_Tables = Mapping[str, object]  # a TOML table: loose until it is read
_E = TypeVar("_E", bound=Enum)
_K = TypeVar("_K", TextRole, int)
_T = TypeVar("_T", PageLook, TableLook, TextLook)


class LookError(ExportError):
    """A house style that cannot be used; the message names file, key and remedy."""


@cache
def official_look() -> Look:
    """The look of GB/T 9704-2012, which is used unless another one is asked for."""
    return look_from_toml(resources.read_text(f"{_FOLDER}/{OFFICIAL}.toml"), f"{OFFICIAL}.toml")


def look_from_file(path: Path) -> Look:
    """The house style in a user's file; LookError when it cannot be read or used."""
    try:
        return look_from_toml(path.read_text(encoding="utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as fault:
        raise LookError(f"版式文件“{path.name}”无法读取，请确认文件存在并以UTF-8保存。") from fault


def look_from_toml(text: str, name: str) -> Look:
    """The house style in a TOML text; `name` is the file's, for messages."""
    return _Reader(name).look(_tables(text, name))


def _tables(text: str, name: str) -> _Tables:
    """The tables of a text over those of the style it is based on."""
    try:
        own: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise LookError(f"版式文件“{name}”的写法有误：{fault}。请改正后重试。") from fault
    base = own.pop("based_on", "")
    if not base:
        return own
    if base != OFFICIAL:
        raise LookError(f"版式文件“{name}”：based_on 写的“{base}”不存在，可以写“{OFFICIAL}”。")
    return _over(tomllib.loads(resources.read_text(f"{_FOLDER}/{OFFICIAL}.toml")), own)


def _over(below: _Tables, above: _Tables) -> _Tables:
    merged = dict(below)
    for key, value in above.items():
        known, own = _as_table(merged.get(key)), _as_table(value)
        merged[key] = value if known is None or own is None else _over(known, own)
    return merged


def _as_table(value: object) -> _Tables | None:
    return cast("_Tables", value) if isinstance(value, dict) else None


class _Reader:
    """Reads one file's tables; every fault names the file and the key."""

    def __init__(self, name: str) -> None:
        self._name = name

    def look(self, tables: _Tables) -> Look:
        """The whole style."""
        self._refuse_unknown("", tables, {field.name for field in fields(Look)})
        return Look(
            name=self._text("name", tables.get("name")),
            fonts={
                face: self._text(f"fonts.{key}", self._table(tables, "fonts").get(key))
                for key, face in _FACES.items()
            },
            latin=self._text("latin", tables.get("latin")),
            strong_face=self._face("strong_face", tables.get("strong_face")),
            figure_max_height_mm=self._number(
                "figure_max_height_mm", tables.get("figure_max_height_mm")
            ),
            large_figure_max_height_mm=self._number(
                "large_figure_max_height_mm", tables.get("large_figure_max_height_mm")
            ),
            page=self._page(self._table(tables, "page")),
            text=self._texts("text", self._table(tables, "text"), {r.value: r for r in TextRole}),
            headings=self._levels("headings", tables, _HEADING_LEVELS),
            contents=self._levels("contents", tables, _CONTENTS_LEVELS),
            caption=self._record(TextLook, "caption", self._table(tables, "caption")),
            unit_line=self._record(TextLook, "unit_line", self._table(tables, "unit_line")),
            page_number=self._record(TextLook, "page_number", self._table(tables, "page_number")),
            table=self._record(TableLook, "table", self._table(tables, "table")),
        )

    def _page(self, table: _Tables) -> PageLook:
        page = self._record(PageLook, "page", table)
        if min(page.text_width_mm, page.text_height_mm) < _LEAST_AREA_MM:
            raise self._fault("page", f"页边距太大，版心的宽和高都应不小于{_LEAST_AREA_MM} mm")
        return page

    def _levels(self, key: str, tables: _Tables, levels: tuple[int, ...]) -> dict[int, TextLook]:
        names = {str(level): level for level in levels}
        return self._texts(key, self._table(tables, key), names)

    def _texts(self, key: str, tables: _Tables, names: Mapping[str, _K]) -> dict[_K, TextLook]:
        self._refuse_unknown(key, tables, set(names))
        return {
            meant: self._record(TextLook, f"{key}.{name}", self._table(tables, name, key))
            for name, meant in names.items()
        }

    def _record(self, kind: type[_T], key: str, table: _Tables) -> _T:
        known = {field.name: field for field in fields(kind)}
        self._refuse_unknown(key, table, set(known))
        values: dict[str, object] = {}
        for name, field in known.items():
            if name in table:
                values[name] = self._value(str(field.type), f"{key}.{name}", table[name])
            elif field.default is MISSING:
                raise self._fault(f"{key}.{name}", "没有填写")
        return kind(**values)  # pyright: ignore[reportArgumentType]  # read field by field above

    def _value(self, kind: str, key: str, value: object) -> object:
        match kind:
            case "Face":
                return self._face(key, value)
            case "Setting":
                return self._choice(Setting, key, value)
            case "bool":
                if not isinstance(value, bool):
                    raise self._fault(key, "应写 true 或 false")
                return value
            case "int":
                return self._count(key, value)
            case "float":
                return self._number(key, value)
            case _:
                rows = _as_table(value) or {}
                return {
                    role: self._face(f"{key}.{role.value}", rows.get(role.value))
                    for role in RowRole
                }

    def _table(self, tables: _Tables, key: str, above: str = "") -> _Tables:
        table = _as_table(tables.get(key))
        if table is None:
            raise self._fault(f"{above}.{key}" if above else key, "缺少这一节")
        return table

    def _text(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self._fault(key, "应写一段文字")
        return value

    def _number(self, key: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._fault(key, "应写一个数")
        if not 0 <= value <= _LARGEST:
            raise self._fault(key, f"应在0与{_LARGEST}之间")
        if value == 0 and key.rpartition(".")[2] in _NEVER_ZERO:
            raise self._fault(key, "应大于0")
        return value

    def _count(self, key: str, value: object) -> int:
        number = self._number(key, value)
        if not number or number != int(number):
            raise self._fault(key, "应写一个大于0的整数")
        return int(number)

    def _face(self, key: str, value: object) -> Face:
        face = _FACES.get(str(value))
        if face is None:
            raise self._fault(key, f"应写 {'、'.join(_FACES)} 之一")
        return face

    def _choice(self, kind: type[_E], key: str, value: object) -> _E:
        try:
            return kind(value)
        except ValueError:
            words = "、".join(str(each.value) for each in kind)
            raise self._fault(key, f"应写 {words} 之一") from None

    def _refuse_unknown(self, key: str, table: _Tables, known: set[str]) -> None:
        for name in table:
            if name not in known:
                raise self._fault(f"{key}.{name}" if key else name, "没有这一项，请核对拼写")

    def _fault(self, key: str, what: str) -> LookError:
        return LookError(f"版式文件“{self._name}”的 {key}：{what}。")


_FACES = {face.name.lower(): face for face in Face}
