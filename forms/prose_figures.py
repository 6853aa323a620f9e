"""Numbers in Chinese prose: what is written, in which unit, how exactly, and of which year.

Nothing here knows a plan: `forms.claims` joins these numbers to the quantities they speak of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import Enum
from functools import lru_cache

from forms.calendar import Calendar

NO_YEAR = 0  # the text names no year
PERIOD = -1  # the years of the plan together
UNCLEAR = -2  # several years, a part of a year, or a year relative to another

_SPELLED = (
    ("吨标准煤", "tce"),
    ("吨二氧化碳", "tCO2"),
    ("平方公里", "km²"),
    ("平方千米", "km²"),
    ("平方米", "m²"),
    ("立方米", "m³"),
    ("千瓦时", "kWh"),
    ("吨标煤", "tce"),
    ("吨", "t"),
    ("㎡", "m²"),
    ("m3", "m³"),
    ("km2", "km²"),
    ("tCO₂", "tCO2"),
    ("％", "%"),
)
_COUNTED = (("户", "家"), ("项", "个"))
_TIME = {"", "年", "月", "日", "a"}  # a date is no figure
_WIDE = "０１２３４５６７８９．％"
_DIGITS = str.maketrans(_WIDE, "0123456789.%")
_POINT = re.compile("[.点]")
_NUMERAL = "零〇一二两三四五六七八九十百千"
_FIRST = f"[0-9{_NUMERAL}]"  # begins every pattern of numbers: the search skips to such a sign
_TENS = re.compile("[十百千]")
_SHARE_OF = "(?<=百)分之"
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_ARABIC_REST = r"(?:[0-9]{0,2}(?:,[0-9]{3})+|[0-9]*)(?:\.[0-9]+)?"  # behind the first digit
_TIMES = {"": Decimal(1), "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "万亿": Decimal(10) ** 12}
_BARE = re.compile(rf"{_ARABIC}(?![0-9A-Za-z.%])")
_ROUNDED = re.compile("[多余]")  # behind a number: somewhat more
_LONGEST = 60  # more characters are no number of a plan
_ROUGHLY = 20  # 约 may be off by one in so many
_LATER = r"(?!次|吨|斤|百分点|月|工作日|标|等|[0-9A-Za-z/·])"
_YEAR = r"(?:19|20)[0-9]{2}"
_MENTION = re.compile(
    rf"(?P<against>(?:较|比|与|相对于?|同比|相当于|占)(?:{_YEAR}年|基准年|上年|去年|同期)"
    rf"|{_YEAR}年?(?:[—–~～-]+|至){_YEAR}年(?=年均|平均)|近[0-9三四五两几]年)"
    rf"|(?P<first>{_YEAR})年?(?:[—–~～-]+|至)(?P<last>{_YEAR})年"
    rf"|(?P<since>(?:由|从)(?:{_YEAR}年|基准年))"
    rf"|(?P<part>{_YEAR}年(?:[0-9]{{1,2}}(?:(?:[—–~～-]|至)[0-9]{{1,2}})?月(?!底)|[上下]半年|第?[一二三四]季度|前[0-9一二三四]|初"
    r"|以来|起|以前|前(?!述)|至今|以后))"
    rf"|(?P<many>(?:{_YEAR}年?[、和及])+{_YEAR}年)"
    rf"|(?P<year>{_YEAR})年(?!价|版|修订)"
    r"|(?P<base>基准年|现状年)|(?P<target>目标年|规划期末|规划末年)"
    r"|(?P<unclear>上年|去年|次年|前年|明年|当年|历年|“[^”]*五”末?)"
)


class Hedge(Enum):
    """How exactly a number is meant."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    SOMEWHAT_MORE = "somewhat_more"  # 余 and 多 behind the digits: less than one more of the last
    AT_MOST = "at_most"


_BEFORE = (
    (Hedge.AT_LEAST, ("不低于", "不少于", "超过", "突破", "大于", "高于", "逾", "超", "至少")),
    (Hedge.AT_MOST, ("不超过", "未超过", "不高于", "不大于", "不足", "不到", "低于", "少于")),
    (Hedge.ABOUT, ("大约", "接近", "将近", "大致", "大概", "约", "近")),
)
_BY_WORD = {word: hedge for hedge, words in _BEFORE for word in words}
_LONGEST_WORD = max(map(len, _BY_WORD))
_NOW = "现有"  # without any year: in the base year
_VAGUE = ("超过", "突破", "大于", "高于", "逾", "超", "不足", "不到", "低于", "少于")
_AFTER = (
    (Hedge.AT_LEAST, ("以上", "多", "余")),
    (Hedge.AT_MOST, ("以下", "以内", "之内")),
    (Hedge.ABOUT, ("左右", "上下")),
)


@dataclass(frozen=True, slots=True)
class Written:
    """One number with its unit, as it stands between `start` and `end` of the text."""

    start: int
    end: int
    text: str
    low: Decimal
    high: Decimal  # the same as `low` unless a range is written
    digits: int  # decimals written
    unit: str
    hedge: Hedge
    spelled: str = ""  # the unit as it was written; "" for a number that borrows the next one's

    @property
    def is_range(self) -> bool:
        """Whether two numbers are written, one to the other."""
        return self.low != self.high


@lru_cache(maxsize=2048)
def plain_unit(unit: str) -> str:
    """A unit in the pack's spelling, whatever its spelling in prose."""
    for spelled, short in (*_SPELLED, *_COUNTED):
        unit = unit.replace(spelled, short)
    return re.sub(r"/年$", "/a", unit)


@lru_cache(maxsize=2048)
def split_unit(unit: str) -> tuple[Decimal, str]:
    """The multiplier 万 or 亿 before a unit, and the unit itself."""
    for sign in ("万亿", "万", "亿"):
        if unit.startswith(sign):
            return _TIMES[sign], unit.removeprefix(sign)
    return Decimal(1), unit


def reader_of(units: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds numbers followed by one of these units, however it is spelled."""
    return _reader_of(frozenset(units))


def spotter_of(units: Iterable[str]) -> re.Pattern[str]:
    """A quick pattern that finds something in every number `reader_of` these units finds."""
    begins = "".join(sorted({word[0] for word in _spelled(frozenset(units))}))
    behind = re.escape(f"{begins}万亿多余点至到—–~～-")
    return re.compile(rf"{_FIRST}(?:(?=[ \u00a0]{{0,2}}[{behind}])|{_SHARE_OF})")


def _spelled(units: frozenset[str]) -> set[str]:
    """Every spelling of these units, without multiplier."""
    return {form for unit in units for form in spelled_forms(split_unit(unit)[1])} - _TIME


@lru_cache(maxsize=32)
def _reader_of(units: frozenset[str]) -> re.Pattern[str]:
    spelled = _spelled(units)
    words = "|".join(re.escape(word) for word in sorted(spelled, key=len, reverse=True))
    number = rf"(?:{_ARABIC}|[{_NUMERAL}]+)"
    rest = rf"(?:(?<=[0-9]){_ARABIC_REST}|(?<![0-9])[{_NUMERAL}]*)"
    share = rf"(?:{_ARABIC}|[{_NUMERAL}]+(?:点[{_NUMERAL}]+)?)"
    return re.compile(
        rf"{_FIRST}(?:{_SHARE_OF}"
        rf"(?P<share>{share})(?:(?:[—–~～-]|至|到)(?:百分之)?(?P<most>{share}))?{_LATER}"
        rf"|(?<![0-9A-Za-z.〔第DN#+×÷=＝-].)(?P<rest>{rest})"
        rf"(?:[万亿]?(?:[—–~～-]|至)+(?P<high>{number}))?"
        rf"(?P<more>[多余])?[ \u00a0]?"
        rf"(?P<unit>(?:万亿|万|亿)?(?P<some>[多余])?[ ]?(?:{words})){_LATER})"
    )


def numbers_in(text: str, reader: re.Pattern[str]) -> Iterator[Written]:
    """Every number with a unit in a text, from left to right."""
    for found in reader.finditer(text):
        if len(found[0]) > _LONGEST:
            continue
        first = found["share"] or text[found.start() : found.end("rest")]
        last = found["most"] or found["high"]
        low = _read(first)
        high = _read(last) if last else low
        if low is None or high is None or high < low:
            continue
        more = found["more"] or found["some"] or ""
        before = text[max(0, found.start() - _LONGEST_WORD) : found.start()]
        hedge = _hedge(before, text[found.end() : found.end() + _LONGEST_WORD], more)
        spelled = "%" if found["share"] else _ROUNDED.sub("", found["unit"].replace(" ", ""))
        yield Written(
            found.start(),
            found.end(),
            found[0].strip(),
            low,
            high,
            _digits(first),
            plain_unit(spelled),
            hedge,
            spelled,
        )


def bare_number(text: str, start: int) -> Written | None:
    """The number without a unit that begins at a place of a text, if one does."""
    found = _BARE.match(text, start)
    low = _read(found[0]) if found else None
    if found is None or low is None:
        return None
    digits = _digits(found[0])
    return Written(start, found.end(), found[0], low, low, digits, "", Hedge.EXACT)


def vague_word_before(text: str) -> str:
    """The word at the end of a text that an exact number replaces: 超过, 不足; never 不超过."""
    words = [(len(w), w) for _, group in _BEFORE for w in group if text.endswith(w)]
    word = max(words)[1] if words else ""
    return word if word in _VAGUE else ""


def hedges_before() -> tuple[str, ...]:
    """The words that stand before a number and say how exactly it is meant."""
    return tuple(word for _, words in _BEFORE for word in words)


def half_width(text: str) -> str:
    """The text with half-width digits, each character in its place."""
    return text.translate(_DIGITS) if any(map(text.__contains__, _WIDE)) else text


def year_of(before: str, clause: str, calendar: Calendar) -> int:
    """The year a number is about, from the text before its clause and the clause up to it."""
    for text, is_clause in ((clause, True), (before, False)):
        year, is_found = NO_YEAR, False
        for found in _MENTION.finditer(text):
            if found["since"] or (found["against"] and not is_clause):
                continue
            year, is_found = _mentioned(found, calendar), True
        if is_found:
            return year
    return calendar.base if _NOW in clause else NO_YEAR


def agrees(written: Written, value: Decimal, times: Decimal, decimals: int) -> bool:
    """Whether a number may stand for a value; `times` turns the value into the written unit."""
    with localcontext() as context:
        context.prec = 240
        exact = value * times
        kept = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) * times
        step = Decimal(1).scaleb(-written.digits)
        forms = {number.quantize(step, rounding=ROUND_HALF_UP) for number in (exact, kept)}
        if written.is_range:
            return any(written.low <= form <= written.high for form in forms)
        if written.low in forms:
            return True
        match written.hedge:
            case Hedge.EXACT:
                return False
            case Hedge.AT_LEAST:
                return exact >= written.low
            case Hedge.SOMEWHAT_MORE:
                last = Decimal(1).scaleb(max(_zeros(written.low), -written.digits))
                return written.low <= exact < written.low + last
            case Hedge.AT_MOST:
                return exact <= written.low
            case Hedge.ABOUT:
                rough = Decimal(1).scaleb(max(_zeros(written.low), -written.digits))
                return abs(exact - written.low) <= min(rough / 2, abs(exact) / _ROUGHLY)


def _zeros(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _mentioned(found: re.Match[str], calendar: Calendar) -> int:
    if found["year"]:
        return int(found["year"])
    if found["base"]:
        return calendar.base
    if found["target"]:
        return calendar.target
    if found["first"] and int(found["last"]) == calendar.target:
        return PERIOD if int(found["first"]) == calendar.base + 1 else UNCLEAR
    return UNCLEAR


def spelled_forms(unit: str) -> Iterator[str]:
    """A unit and its spellings in prose, without multiplier."""
    yield unit
    for spelled, short in (*_SPELLED, *_COUNTED):
        if unit == short:
            yield spelled
        elif short in unit and "/" in unit:
            yield "/".join(spelled if part == short else part for part in unit.split("/"))
    if unit.endswith("/a"):
        for form in spelled_forms(unit.removesuffix("/a")):
            yield from (form, f"{form}/年")
    if "CO2" in unit:
        yield from spelled_forms(unit.replace("CO2", ""))
        yield unit.replace("CO2", "CO₂")


def _hedge(before: str, after: str, more: str) -> Hedge:
    if more:
        return Hedge.SOMEWHAT_MORE
    for length in range(_LONGEST_WORD, 0, -1):
        hedge = _BY_WORD.get(before[-length:])
        if hedge is not None:
            return hedge
    return next((h for h, words in _AFTER if after.startswith(words)), Hedge.EXACT)


def _digits(text: str) -> int:
    point = _POINT.search(text)
    return len(text) - point.end() if point else 0


def _read(text: str) -> Decimal | None:
    whole, point, fraction = text.partition("点")
    if point:
        read = None if _TENS.search(fraction) else _read(whole)
        return None if read is None else read + Decimal(f"0.{_figures(fraction)}")
    if text[0] not in _NUMERAL:
        return Decimal(text.replace(",", ""))
    if not _TENS.search(text):
        return Decimal(_ones(text))
    total, last = 0, -1
    for sign in text.lstrip("零〇"):
        if sign in "十百千":
            total += (1 if last < 0 else last) * 10 ** ("十百千".index(sign) + 1)
            last = -1
        elif sign not in "零〇":
            last = _ones(sign)
    return Decimal(total + max(last, 0))


def _ones(text: str) -> int:
    return int(_figures(text))


def _figures(text: str) -> str:
    return "".join(str("零一二三四五六七八九".find(_same(sign))) for sign in text)


def _same(sign: str) -> str:
    return {"〇": "零", "两": "二"}.get(sign, sign)
