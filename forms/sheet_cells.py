"""What Excel and WPS write into cells of figures, as a planner would have typed it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from forms.prose_figures import plain_unit

_MONEY_SIGNS = re.compile(r"(?<![A-Za-z])(?:RMB|CNY)|[¥￥]|人民币")
_BLANKS = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\ufeff]+")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))")
_POWER_OF_TEN = re.compile(r"([+-]?[0-9]{1,3}(?:\.[0-9]{1,17})?)[eE]([+-]?[0-9]{1,3})")
_NEGATIVE = re.compile(r"\(([0-9][0-9,]*(?:\.[0-9]+)?)\)(.*)")
_NOTHING = re.compile(r"[-—–―─/\\]+|#?N/A|无数据")
_PARTED = re.compile(r"([+-]?(?:[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+))\s*([^0-9\s.,:/()+-].*)?")
_BARE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_LETTERS = (("kwh", "kWh"), ("mwh", "MWh"), ("tce", "tce"), ("co2", "CO2"))
_EVERYDAY = (
    ("度", "kWh"),
    ("吨标", "吨标煤"),
    ("公斤", "kg"),
    ("千克", "kg"),
    ("吉焦", "GJ"),
)
_LARGEST_POWER = 30


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure's text in two: the digits, and the unit behind them as the pack spells it."""

    digits: str
    unit: str = ""

    @property
    def text(self) -> str:
        """Both together, as it may be read."""
        return f"{self.digits}{self.unit}"


@lru_cache(maxsize=4096)
def plain_figure(text: str) -> Figure:
    """A cell's figure: full width, money signs, blanks, brackets, 1E+05 undone; "" for a dash.

    What is no figure comes back as it is, to be refused with its own words.
    """
    if _BARE.fullmatch(text):
        return Figure(text)
    plain = unicodedata.normalize("NFKC", text).replace("−", "-")
    plain = _MONEY_SIGNS.sub("", plain)
    plain = _BETWEEN_DIGITS.sub("", _BLANKS.sub(" ", plain)).strip().lstrip("'").strip()
    if _NOTHING.fullmatch(plain):
        return Figure("")
    if found := _NEGATIVE.fullmatch(plain):
        plain = f"-{found[1]}{found[2]}"
    if found := _POWER_OF_TEN.fullmatch(plain):
        plain = _written_out(found[1], int(found[2]))
    parted = _PARTED.fullmatch(plain)
    if parted is None:
        return Figure(text.strip())
    return Figure(parted[1], sheet_unit(parted[2] or ""))


@lru_cache(maxsize=2048)
def sheet_unit(text: str) -> str:
    """A unit as the pack spells it, from how heads and cells spell it: 万吨标煤, 万KWH, 立方米."""
    unit = unicodedata.normalize("NFKC", text).strip(" :：.。()")
    unit = re.sub(r"^单位\s*[:：]?\s*", "", unit).replace(" ", "")
    for letters, right in _LETTERS:
        unit = re.sub(letters, right, unit, flags=re.IGNORECASE)
    for everyday, right in _EVERYDAY:
        unit = right.join(unit.rsplit(everyday, 1)) if unit.endswith(everyday) else unit
    return plain_unit(unit)


def _written_out(number: str, power: int) -> str:
    if abs(power) > _LARGEST_POWER:
        return f"{number}E{power}"
    return f"{Decimal(number).scaleb(power):f}"
