"""From what was typed, pasted or passed in to a value: tolerant in form, strict in meaning.

Full-width digits, thousands separators and units written behind the number are understood; what
cannot be understood is refused with a sentence that says what would be right.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar, assert_never

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
    Numeric,
    Percent,
    Quantity,
    Reference,
    Text,
    Year,
    YesNo,
    unit_of,
)
from forms.schema import Pack
from forms.sheet_cells import sheet_unit
from forms.units import scaled
from forms.values import Picture, Value, YearMonth

_SHORT = ("万", "亿")  # 1.2亿 of money is 1.2亿元
_N = TypeVar("_N", int, Decimal)
_NUMBER = re.compile(
    r"([+-]?(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|[+-]?\.[0-9]+)\s*([^0-9.,].*)?"
)
_MONTH = re.compile(r"([0-9]{4})(?:\s*[-./年]\s*|(?=[0-9]{2}$))([0-9]{1,2})\s*(?:月份?)?")
_DATE = re.compile(r"([0-9]{4})\s*[-./年]\s*([0-9]{1,2})\s*[-./月]\s*([0-9]{1,2})\s*日?")
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
# All of Unicode's Cc but line feed and tab, Cs, no characters, byte order and direction marks:
# what no document can print, or what would let a text read otherwise than it is.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_YES = ("yes", "true", "1", "是", "有", "√")
_NO = ("no", "false", "0", "否", "无", "×")
_LONGEST_NUMBER = 40  # what `encoding` can store
_SEPARATORS = "、,，;；\n"
_BETWEEN = _SEPARATORS + " \t\u3000"


class ReadingError(ValueError):
    """What was given is not a value of the kind; the message is a sentence with the remedy."""


def read_value(pack: Pack, kind: Kind, text: str) -> Value | None:
    """The value of a kind from typed text; None for blank; `ReadingError` when it is not one."""
    if isinstance(kind, Narrative):
        return _narrative(kind, text)
    plain = text.strip()
    if not plain:
        return None
    match kind:
        case Text():
            return _line(kind, plain) or None
        case Choice():
            return _option(pack, kind.vocabulary, plain)
        case Choices():
            return _options(pack, kind.vocabulary, plain) or None
        case Year():
            return _year(kind, plain)
        case Month():
            return _month(plain)
        case Date():
            return _date(plain)
        case Integer() | Quantity() | Money() | Percent():
            return read_number(pack, kind, plain)
        case YesNo():
            return _yes_no(plain)
        case Image():
            raise ReadingError("图片不能用文字填写，请选择图片文件。")
        case Reference():
            return plain
        case _:
            assert_never(kind)


def check_value(pack: Pack, kind: Kind, value: Value) -> Value:
    """The same value when it fits the kind; `ReadingError` when its type or limits do not."""
    match kind, value:
        case (Text() | Narrative() | Choice() | Reference(), str()):
            return _checked_text(pack, kind, value)
        case Choices(), tuple():
            return _known_options(pack, kind.vocabulary, value)
        case YesNo(), bool():
            return value
        case (Year() | Integer(), int()) if not isinstance(value, bool):
            return _year(kind, str(value)) if isinstance(kind, Year) else _limited(kind, value)
        case Month(), YearMonth():
            return value
        case Date(), date():
            return value
        case (Quantity() | Money() | Percent(), Decimal()):
            return _limited(kind, value)
        case Image(), Picture():
            return value
        case _:
            raise ReadingError(f"{describe_kind(kind)}不能是“{value}”。")


def describe_kind(kind: Kind) -> str:
    """What a kind asks for, in words."""
    words: dict[type[object], str] = {
        Text: "文字",
        Narrative: "正文",
        Choice: "单选项",
        Choices: "多选项",
        Year: "年份",
        Month: "年月",
        Date: "日期",
        Integer: "整数",
        Quantity: "数值",
        Money: "金额",
        Percent: "百分数",
        YesNo: "是或否",
        Image: "图片",
        Reference: "对表格行的引用",
    }
    return words[type(kind)]


def read_number(pack: Pack, kind: Numeric, text: str) -> Decimal | int:
    """A figure in the kind's own unit; a known other unit behind it is converted."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    found = _NUMBER.fullmatch(plain)
    if found is None or len(found[1]) > _LONGEST_NUMBER:
        raise ReadingError(f"“{text}”不是数字，请填写如 {_sample(kind)}。")
    value = Decimal(found[1].replace(",", ""))
    unit = (found[2] or "").strip()
    if unit in _SHORT and isinstance(kind, Money):
        unit = f"{unit}元"
    if unit:
        value = _converted(pack, value, unit, unit_of(kind), text)
    if isinstance(kind, Integer):
        if value != value.to_integral_value():
            raise ReadingError(f"“{text}”应为整数。")
        return _limited(kind, int(value))
    return _limited(kind, value)


def _converted(pack: Pack, value: Decimal, unit: str, wanted: str, text: str) -> Decimal:
    names = {unicodedata.normalize("NFKC", wanted), wanted}
    for spelled in (unit, sheet_unit(unit)):  # as a symbol, then in words: 平方公里, 万吨标煤
        if spelled in names:
            return value
        ratio = pack.units.ratio_typed(spelled, wanted) if wanted else None
        if ratio is not None:
            return scaled(value, ratio)
        for (source, target), factor in pack.index.conversions.items():
            if target == wanted and spelled in {source, unicodedata.normalize("NFKC", source)}:
                return scaled(value, Fraction(factor))
    raise ReadingError(f"“{text}”的单位应为{wanted or '无单位'}，请换算后填写。")


def _sample(kind: Numeric) -> str:
    return "12" if isinstance(kind, Integer) else "1234.56"


def _limited(kind: Numeric, value: _N) -> _N:
    unit = unit_of(kind)
    if isinstance(value, Decimal) and not _is_storable(value):
        raise ReadingError("数值位数过多或不是有限数。")
    if kind.minimum is not None and value < kind.minimum:
        raise ReadingError(f"不能小于 {kind.minimum}{unit}。")
    if kind.maximum is not None and value > kind.maximum:
        raise ReadingError(f"不能大于 {kind.maximum}{unit}。")
    return value


def _is_storable(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        return False
    return value.adjusted() < _LONGEST_NUMBER and -exponent <= _LONGEST_NUMBER


def _narrative(kind: Narrative, text: str) -> str | None:
    clean = text if _is_clean(text) else _clean(_LINE_ENDS.sub("\n", text))
    if len(clean) > kind.max_length:
        raise ReadingError(f"正文最多 {kind.max_length} 字，现有 {len(clean)} 字。")
    return clean if clean.strip() else None


def _line(kind: Text, text: str) -> str:
    clean = " ".join(_clean(_LINE_ENDS.sub("\n", text)).split("\n")).replace("\t", " ").strip()
    if len(clean) > kind.max_length:
        raise ReadingError(f"最多 {kind.max_length} 字，现有 {len(clean)} 字，请缩短。")
    return clean


def _is_clean(text: str) -> bool:
    """A quick look that spares long prose two slow ones with every letter typed."""
    return text.replace("\n", "").replace("\t", "").replace("\u3000", "").isprintable()


def _clean(text: str) -> str:
    """Without control characters, direction marks, lone surrogates and the like."""
    return _UNPRINTABLE.sub("", text)


def _option(pack: Pack, vocabulary: str, text: str) -> str:
    listed = pack.index.vocabularies[vocabulary]
    if listed.option(text) is not None:
        return text
    for option in listed.options:
        if text == option.label:
            return option.key
    labels = "、".join(option.label for option in listed.options[:8])
    raise ReadingError(f"“{text}”不在“{listed.title}”的选项中，可选：{labels}。")


def _options(pack: Pack, vocabulary: str, text: str) -> tuple[str, ...]:
    """The options named one after the other; a label may itself contain a separator."""
    listed = pack.index.vocabularies[vocabulary].options
    names = sorted({n for o in listed for n in (o.key, o.label)}, key=len, reverse=True)
    chosen: set[str] = set()
    rest = text.strip(_BETWEEN)
    while rest:
        name = next((n for n in names if _starts(rest, n)), None)
        part = name or re.split(f"[{_SEPARATORS}]", rest, maxsplit=1)[0].strip()
        chosen.add(_option(pack, vocabulary, part))
        rest = rest[len(part) :].strip(_BETWEEN)
    return tuple(option.key for option in listed if option.key in chosen)


def _starts(text: str, name: str) -> bool:
    after = text.removeprefix(name)
    return text.startswith(name) and (not after or after[0] in _BETWEEN)


def _known_options(pack: Pack, vocabulary: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    chosen = {_option(pack, vocabulary, key) for key in keys}
    return tuple(o.key for o in pack.index.vocabularies[vocabulary].options if o.key in chosen)


def _year(kind: Year, text: str) -> int:
    plain = unicodedata.normalize("NFKC", text).removesuffix("年").strip()
    if not re.fullmatch(r"[0-9]{4}", plain):
        raise ReadingError(f"“{text}”不是年份，请填写四位数字，如 2025。")
    year = int(plain)
    if not kind.minimum <= year <= kind.maximum:
        raise ReadingError(f"年份应在 {kind.minimum} 至 {kind.maximum} 之间。")
    return year


def _month(text: str) -> YearMonth:
    found = _MONTH.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None or not 1 <= int(found[2]) <= 12 or not 1949 <= int(found[1]) <= 2100:
        raise ReadingError(f"“{text}”不是年月，请填写如 2026-03。")
    return YearMonth(int(found[1]), int(found[2]))


def _date(text: str) -> date:
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        if found is not None:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise ReadingError(f"“{text}”不是有效的日期。") from error
    raise ReadingError(f"“{text}”不是日期，请填写如 2026-03-15。")


def _yes_no(text: str) -> bool:
    plain = text.lower()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise ReadingError(f"“{text}”应为“是”或“否”。")


def _checked_text(pack: Pack, kind: Text | Narrative | Choice | Reference, value: str) -> Value:
    read = read_value(pack, kind, value)
    if read is None:
        raise ReadingError("内容为空。")
    return read
