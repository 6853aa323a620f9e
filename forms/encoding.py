"""Values as tagged text, readable without the pack: the form that drafts and files keep.

A figure is decimal text with every digit that was typed; nothing ever passes through `float`.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from sys import intern
from typing import assert_never

from forms.picture_parts import picture_from_parts, picture_parts
from forms.values import Picture, Value, YearMonth

_DECIMAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
_SHORT = 40  # as are the keys of options
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


class EncodingError(ValueError):
    """Stored text that is not a value of its tag."""


def encode(value: Value) -> tuple[str, str]:
    """The tag and text of a value."""
    match value:
        case bool():
            return "yes-no", "yes" if value else "no"
        case str():
            return "text", value
        case int():
            return "integer", str(value)
        case Decimal():
            return "decimal", decimal_text(value)
        case YearMonth():
            return "month", str(value)
        case date():
            return "date", value.isoformat()
        case Picture():
            return "picture", _picture_text(value)
        case tuple():
            return "choices", json.dumps(list(value), ensure_ascii=False)
        case _:
            assert_never(value)


def decode(tag: str, text: str) -> Value:
    """The value of a tag and text; `EncodingError` when the text does not fit the tag."""
    try:
        return _decode(tag, text)
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        raise EncodingError(f"“{text[:40]}”不是有效的 {tag} 值。") from error


def decimal_text(value: Decimal) -> str:
    """A figure without exponent, with exactly the digits it carries."""
    if not value.is_finite():
        raise EncodingError("数值不是有限数。")
    text = str(value)
    return text if "E" not in text else format(value, "f")  # which takes three times as long


def _decode(tag: str, text: str) -> Value:
    match tag:
        case "text":
            return _shared(text)
        case "yes-no":
            return {"yes": True, "no": False}[text]
        case "integer":
            return int(_plain_number(text))
        case "decimal":
            return Decimal(_plain_number(text))
        case "month":
            return _month(text)
        case "date":
            return date.fromisoformat(text)
        case "picture":
            return _picture(text)
        case "choices":
            return _choices(text)
        case _:
            raise EncodingError(f"未知的值类型“{tag}”。")


def _shared(text: str) -> str:
    """The same text; the key of an option once for all the rows that chose it.

    Thousands of rows then look it up in the same place of the memory, three times as fast.
    """
    return intern(text) if len(text) <= _SHORT and text.isascii() else text


def _plain_number(text: str) -> str:
    if not _DECIMAL.fullmatch(text):
        raise EncodingError(f"“{text[:40]}”不是数字。")
    return text


def _month(text: str) -> YearMonth:
    found = _MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12:
        raise EncodingError(f"“{text[:40]}”不是年月。")
    return YearMonth(int(found[1]), int(found[2]))


def _choices(text: str) -> tuple[str, ...]:
    options = json.loads(text, parse_float=Decimal)
    if not isinstance(options, list):
        raise EncodingError("多选值应为列表。")
    return tuple(_shared(str(option)) for option in options)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] -- json gives Any


def _picture_text(picture: Picture) -> str:
    return json.dumps(dict(sorted(picture_parts(picture).items())), ensure_ascii=False)


def _picture(text: str) -> Picture:
    try:
        return picture_from_parts(json.loads(text, parse_float=Decimal))
    except (TypeError, ValueError) as error:
        raise EncodingError("图片的记录写法有误。") from error
