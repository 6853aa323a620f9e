"""JSON as our files use it: strict on the way in, equal bytes for equal content on the way out.

The one place that sees loose JSON; everything it hands on has a type. Figures are texts, so a
JSON number with a point or an exponent is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NoReturn, cast

from forms.breathing import breathe, breathing

_AT_ONCE = 500  # pieces of JSON; a value is some ten
_HALF = re.compile("[\ud800-\udfff]")


class LooseError(ValueError):
    """The JSON is not of the shape it should have; the message says where, in Chinese."""


def dump(content: Any, *, indent: int | None = None) -> bytes:
    """UTF-8 JSON with sorted keys; equal content gives equal bytes."""
    separators = (",", ":") if indent is None else (",", ": ")
    encoder = json.JSONEncoder(
        ensure_ascii=False, allow_nan=False, sort_keys=True, indent=indent, separators=separators
    )
    if indent is None:
        return encoder.encode(content).encode()
    pieces, some = encoder.iterencode(content), list[bytes]()
    while piece := "".join(islice(pieces, _AT_ONCE)):
        breathe()
        some.append(piece.encode())
    return b"".join(some)


def dump_list(key: str, items: Iterable[Any]) -> bytes:
    """An object that holds one list, written item by item: the bytes `dump` makes of it whole."""
    return b"{" + dump(key) + b":[" + b",".join(map(dump, breathing(items))) + b"]}"


def load(content: bytes | str, where: str) -> Loose:
    """Read a JSON object; `LooseError` for anything else, doubled keys and non-integer numbers."""
    try:
        text = content if isinstance(content, str) else content.decode("utf-8")
        found: Any = json.loads(
            text,
            object_pairs_hook=_single_keys,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
        )
    except (ValueError, RecursionError) as error:
        raise LooseError(f"{where} 不是有效的 JSON") from error
    if not isinstance(found, dict):
        raise LooseError(f"{where} 应为对象")
    return Loose(where, cast("dict[str, Any]", found))


def load_texts(text: str) -> tuple[str, ...]:
    """Read a JSON list of texts; `LooseError` otherwise."""
    try:
        found: Any = json.loads(text, parse_float=_no_fraction)
    except (ValueError, RecursionError) as error:
        raise LooseError("不是有效的 JSON 列表") from error
    return _texts(found, "列表")


@dataclass(frozen=True, slots=True)
class Loose:
    """A JSON object whose keys are read one by one, each with its type."""

    where: str
    parts: dict[str, Any]

    def only(self, *keys: str) -> None:
        """Refuse any other key, and a missing one."""
        if set(self.parts) != set(keys):
            odd = sorted(set(self.parts) ^ set(keys))
            raise LooseError(f"{self.where} 的键“{odd[0][:40]}”多余或缺失")

    def text(self, key: str) -> str:
        """A text; half characters, which JSON can smuggle in, are refused."""
        found = self.parts.get(key)
        if not isinstance(found, str) or not is_whole(found):
            self._refuse(key, "文本")
        return found

    def whole(self, key: str) -> int:
        """An integer of 0 or more."""
        found = self.parts.get(key)
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            self._refuse(key, "非负整数")
        return found

    def when(self, key: str) -> datetime:
        """A point of time with its zone."""
        return parse_time(self.text(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return _texts(self.parts.get(key), f"{self.where} 的“{key[:40]}”")

    def lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of texts."""
        found = self.parts.get(key)
        if not isinstance(found, list):
            self._refuse(key, "列表")
        where = f"{self.where} 的“{key[:40]}”"
        return tuple(_texts(each, where) for each in cast("list[Any]", found))

    def child(self, key: str) -> Loose:
        """An object inside this one."""
        found = self.parts.get(key)
        if not isinstance(found, dict):
            self._refuse(key, "对象")
        return Loose(f"{self.where} 的“{key[:40]}”", cast("dict[str, Any]", found))

    def _refuse(self, key: str, kind: str) -> NoReturn:
        raise LooseError(f"{self.where} 的“{key[:40]}”应为{kind}")


def time_text(at: datetime) -> str:
    """A point of time as stored, with its zone; `ValueError` without one."""
    if at.tzinfo is None:
        raise ValueError("a stored time needs its zone")
    return at.isoformat()


def parse_time(text: str) -> datetime:
    """Read a stored point of time; `LooseError` when it is none or has no zone."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise LooseError(f"“{text[:40]}”不是时间") from error
    if at.tzinfo is None:
        raise LooseError(f"时间“{text[:40]}”没有时区")
    return at


def is_whole(text: str) -> bool:
    """Whether the text has no half of a surrogate pair, which UTF-8 cannot hold."""
    return text.isascii() or _HALF.search(text) is None


def mended(text: str) -> str:
    """The text with halves of surrogate pairs, as broken pastes leave them, put as U+FFFD."""
    if is_whole(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _texts(found: Any, where: str) -> tuple[str, ...]:
    if not isinstance(found, list):
        raise LooseError(f"{where}应为列表")
    texts = cast("list[Any]", found)
    if not all(isinstance(each, str) and is_whole(each) for each in texts):
        raise LooseError(f"{where}应为文本列表")
    return tuple(cast("list[str]", texts))


def _single_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    breathe()
    found = dict(pairs)
    if len(found) != len(pairs):
        raise LooseError("键重复")
    return found


def _no_fraction(text: str) -> NoReturn:
    raise LooseError(f"数值“{text[:40]}”应为文本")
