"""From the text of a cell's value to what a person would type: exact, never through a float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from importers.reading.stored import is_same_number

_NUMBER = re.compile(r"[+-]?([0-9]{1,40}(\.[0-9]{0,40})?|\.[0-9]{1,40})([eE][+-]?[0-9]{1,3})?")
_SHOWN_DIGITS = 15  # what Excel and WPS keep and show
_LARGEST = 40
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_SUFFIX = re.compile(r'(?:[0#?][0#?,.%\s]*|General\s*)(?:"([^"]{1,12})"|\\(.))\s*$')
_SCALED = re.compile(r"[0#?],+(?:[^0#?,]|$)|!\.")
_BUILT_IN_DATES = {
    14: "yyyy-m-d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-m-d h:mm", 27: "yyyy-m", 28: "m-d", 29: "m-d",
    30: "m-d-yy", 31: "yyyy-m-d", 32: "h:mm", 33: "h:mm:ss", 34: "h:mm", 35: "h:mm:ss",
    36: "yyyy-m", 45: "mm:ss", 47: "mm:ss", 50: "yyyy-m", 51: "m-d", 52: "yyyy-m", 53: "m-d",
    54: "m-d", 55: "h:mm", 56: "h:mm:ss", 57: "yyyy-m", 58: "m-d",
}  # fmt: skip
_BUILT_IN_PERCENT = {9: "0%", 10: "0.00%"}
_SECONDS = 86_400
_FALSE_LEAP_DAY = 60  # 1900-02-29, which Excel counts and no calendar has
_LAST_SERIAL = 2_958_465
_DAYS_1904 = 1_462


@dataclass(frozen=True, slots=True)
class Told:
    """What a number became: its text, whether it is a date, and what is to be known about it."""

    text: str
    is_date: bool = False
    note: str = ""


def format_of(number: int, code: str | None) -> str:
    """The code of a number format, of a built-in one too; "" for plain numbers."""
    if code is not None:
        return code
    return _BUILT_IN_DATES.get(number) or _BUILT_IN_PERCENT.get(number, "")


def is_number(text: str) -> bool:
    """Whether a text is a number as workbooks write them: no `_`, no `inf`, no endless exponent."""
    if not _NUMBER.fullmatch(text):
        return False
    value = Decimal(text)
    return value == 0 or -_LARGEST <= value.adjusted() < _LARGEST


def tell(text: str, code: str, *, is_1904: bool) -> Told:
    """A number as a person would type it, by its format; `text` must be a number."""
    value, notes = _as_shown(text)
    section = code.partition(";")[0]
    bare = _QUOTED.sub("", section).lower()
    if "[h" in section.lower() or "[m" in section.lower() or "[s" in section.lower():
        return Told(_plain(value), note="格式为时长，取的是存储的天数")
    if re.search(r"[ymdhs]|aaa", bare) and "general" not in bare:
        told = _date(value, bare, is_1904=is_1904)
        return told or Told(_plain(value), note="格式为日期，但数值不是有效的日期")
    if "%" in bare:
        return Told(f"{_plain(value.scaleb(2))}%", note=notes)
    if _SCALED.search(section):
        notes = _joined(notes, "显示时按千或万缩小，取的是存储的数")
    suffix = _SUFFIX.search(section)
    unit = (suffix[1] or suffix[2] or "").strip() if suffix else ""
    return Told(f"{_plain(value)}{unit}", note=notes)


def _as_shown(text: str) -> tuple[Decimal, str]:
    """The number to take: a tail that binary arithmetic left behind 15 digits goes, and is told."""
    value = Decimal(text)
    digits = len(value.normalize().as_tuple().digits)
    if digits <= _SHOWN_DIGITS:
        return value, ""
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent >= 0:
        return value, f"存储了 {digits} 位数字，Excel 只显示 15 位，请核对"
    with localcontext() as context:
        context.prec, context.rounding = _SHOWN_DIGITS, ROUND_HALF_EVEN
        shown = +value
    if is_same_number(text, str(shown)):
        return shown, ""
    return shown, f"文件中存为 {text}，按 Excel 所示的 15 位有效数字取为 {_plain(shown)}"


def _plain(value: Decimal) -> str:
    """A number without exponent and without zeros behind the point."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _date(value: Decimal, bare: str, *, is_1904: bool) -> Told | None:
    days = int(value)
    if value < 0 or days > _LAST_SERIAL:
        return None
    seconds = int(((value - days) * _SECONDS).to_integral_value(ROUND_HALF_EVEN))
    if seconds == _SECONDS:
        days, seconds = days + 1, 0
    time = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if "y" not in bare and "d" not in bare:
        return Told(time, is_date=True) if value < 1 else None
    day = _day(days, is_1904=is_1904)
    if day is None:
        return None
    text = day.isoformat()
    if "d" not in bare and "y" in bare:
        text = f"{day.year:04d}-{day.month:02d}" if "m" in bare else f"{day.year:04d}"
        hidden = "" if "m" in bare else f"存为 {day.isoformat()}，格式只显示年份"
        return Told(text, is_date=True, note=hidden)
    return Told(f"{text} {time}" if seconds else text, is_date=True)


def _day(days: int, *, is_1904: bool) -> date | None:
    if is_1904:
        days += _DAYS_1904
    elif days == _FALSE_LEAP_DAY or days == 0:
        return None
    elif days < _FALSE_LEAP_DAY:
        days += 1
    try:
        return date(1899, 12, 30) + timedelta(days=days)
    except OverflowError:
        return None


def _joined(one: str, other: str) -> str:
    return f"{one}；{other}" if one else other
