"""The numbers of headings as official documents have them: 一、（一）1.（1）."""

from __future__ import annotations

LAST_LEVEL = 4  # what is deeper has no number
_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """A whole number from 1 to 999 in Chinese, as headings use it."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += _DIGITS[0]
    return said + _DIGITS[ones] if ones or not number else said


def heading_number(level: int, number: int) -> str:
    """The printed number of a heading (GB/T 9704-2012 7.3.3)."""
    match level:
        case 1:
            return f"{chinese_number(number)}、"
        case 2:
            return f"（{chinese_number(number)}）"
        case 3:
            return f"{number}."
        case _:
            return f"（{number}）"
