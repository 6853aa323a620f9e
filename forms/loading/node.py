"""A strict reader over one TOML table: what is not asked for in the end is refused."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from pathlib import Path
from typing import TypeVar, cast

from forms.formula import Formula, FormulaError, parse_formula

_KEY = re.compile(r"[a-z][a-z0-9_]{0,47}")
_E = TypeVar("_E", bound=Enum)
_R = TypeVar("_R")


class PackError(ValueError):
    """A pack that must not be used; says file, key and reason."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}：{key}：{reason}" if key else f"{file}：{reason}")
        self.file = file
        self.key = key
        self.reason = reason


class Node:
    """One TOML table with the file and path it stands at."""

    def __init__(self, file: str, path: str, data: Mapping[str, object]) -> None:
        self.file = file
        self.path = path
        self._data = data
        self._asked: set[str] = set()

    def fail(self, reason: str, key: str = "") -> PackError:
        """The error for this place."""
        return PackError(self.file, ".".join(part for part in (self.path, key) if part), reason)

    def has(self, key: str) -> bool:
        """Whether the table has this key."""
        return key in self._data

    def text(self, key: str, default: str | None = None) -> str:
        """A string; required when there is no default."""
        value = self._take(key, default)
        if not isinstance(value, str):
            raise self.fail("应为文字", key)
        if default is None and not value.strip():
            raise self.fail("不能为空", key)
        return value

    def key(self, key: str = "key") -> str:
        """An identifier."""
        value = self.text(key)
        if not _KEY.fullmatch(value):
            raise self.fail(f"“{value}”不是合规的键（小写字母、数字、下划线）", key)
        return value

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise self.fail("应为 true 或 false", key)
        return value

    def integer(self, key: str, default: int) -> int:
        """A whole number."""
        value = self._take(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fail("应为整数", key)
        return value

    def decimal(self, key: str, default: Decimal | None = None) -> Decimal | None:
        """A figure written as an integer or a string, never as a TOML float."""
        value = self._take(key, "")
        if value == "":
            return default
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise self.fail("数值应写作整数或带引号的文字", key)
        try:
            return Decimal(value)
        except InvalidOperation:
            raise self.fail(f"“{value}”不是数值", key) from None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings, empty when absent."""
        value = self._take(key, [])
        if not isinstance(value, list):
            raise self.fail("应为文字列表", key)
        items = cast("list[object]", value)
        if not all(isinstance(item, str) for item in items):
            raise self.fail("应为文字列表", key)
        return tuple(str(item) for item in items)

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """A table of strings as pairs, empty when absent."""
        value = self._take(key, {})
        if not isinstance(value, dict):
            raise self.fail("应为键值表", key)
        table = cast("dict[str, object]", value)
        for name, item in table.items():
            if not isinstance(item, str):
                raise self.fail("应为文字", f"{key}.{name}")
        return tuple((name, str(item)) for name, item in table.items())

    def one_of(self, key: str, options: type[_E], default: _E | None = None) -> _E:
        """A member of an enumeration by its value."""
        text = self.text(key, None if default is None else str(default.value))
        for option in options:
            if option.value == text:
                return option
        choices = "、".join(str(option.value) for option in options)
        raise self.fail(f"“{text}”应为 {choices} 之一", key)

    def formula(self, key: str) -> Formula | None:
        """A formula, None when absent or blank."""
        text = self.text(key, "")
        if not text:
            return None
        try:
            return parse_formula(text)
        except FormulaError as error:
            raise self.fail(str(error), key) from None

    def child(self, key: str) -> Node | None:
        """A sub-table, None when absent."""
        value = self._take(key, None, optional=True)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.fail("应为键值表", key)
        return Node(self.file, self._below(key), cast("dict[str, object]", value))

    def children(self, key: str, read: Callable[[Node], _R]) -> tuple[_R, ...]:
        """Each table of an array of tables, read to the last key."""
        return tuple(self._read_all(key, read))

    def done(self) -> None:
        """Refuse whatever was not asked for."""
        unknown = sorted(set(self._data) - self._asked)
        if unknown:
            raise self.fail(f"不认识的键：{'、'.join(unknown)}")

    def raw(self, key: str) -> object:
        """A value whose shape the caller checks."""
        return self._take(key, None, optional=True)

    def _read_all(self, key: str, read: Callable[[Node], _R]) -> Iterator[_R]:
        value = self._take(key, [])
        if not isinstance(value, list):
            raise self.fail("应为表的列表", key)
        for number, entry in enumerate(cast("list[object]", value), start=1):
            if not isinstance(entry, dict):
                raise self.fail("应为表的列表", key)
            name = str(cast("dict[str, object]", entry).get("key", number))
            place = f"{self._below(key)}[{name}]"
            node = Node(self.file, place, cast("dict[str, object]", entry))
            yield read(node)
            node.done()

    def _below(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _take(self, key: str, default: object, *, optional: bool = False) -> object:
        self._asked.add(key)
        if key in self._data:
            return self._data[key]
        if default is None and not optional:
            raise self.fail("缺少此键", key)
        return default


def read_toml(path: Path, name: str) -> Node:
    """The top table of a TOML file; `PackError` when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
        return Node(name, "", tomllib.loads(text, parse_float=Decimal))
    except FileNotFoundError:
        raise PackError(name, "", "文件不存在") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(name, "", f"不是有效的 TOML：{error}") from None
