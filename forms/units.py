"""Units as an algebra: an exact scale times powers of base symbols, read as planners write them.

万t is 10000 t and kgCO2/kWh is 1/1000 tCO2/kWh: units of one dimension, told apart by their scale.
Which symbols there are is data of the pack; docs/pack-format.md says how they are declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from difflib import get_close_matches
from fractions import Fraction

_MULTIPLES = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_SHORT = {Fraction(10**4): "万", Fraction(10**8): "亿", Fraction(10**12): "万亿"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:/[0-9]+(?![0-9]))?")
_POWER = re.compile(r"([^⁰¹²³⁴⁵⁶⁷⁸⁹]+)([⁰¹²³⁴⁵⁶⁷⁸⁹]*)")
_TERM = re.compile(r"[^/·\s()]+(?:\([^/·\s()]*\))?")
_SYMBOL = re.compile(r"(?![0-9百千万亿])[^/·\s()⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:\([^/·\s()]+\))?")
_PLAIN_POWER = re.compile(r"(.*[^0-9])([23])")
_METRES = re.compile(r"(?<=m)[23](?![0-9])")
_LONGEST = 60  # characters; a typed text may be anything
_EXACT, _ENOUGH = 120, 28
_NEAREST, _LIKENESS = 5, 0.4


class UnitError(ValueError):
    """The text is no unit; the message says what is not known and names the nearest."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A positive scale times powers of base symbols; the units of a pack are an abelian group."""

    scale: Fraction = Fraction(1)
    powers: tuple[tuple[str, int], ...] = ()  # by symbol, none of them zero

    def __mul__(self, other: Unit) -> Unit:
        """The unit of a product."""
        return Unit(self.scale * other.scale, _joined(self.powers, other.powers, 1))

    def __truediv__(self, other: Unit) -> Unit:
        """The unit of a quotient."""
        return Unit(self.scale / other.scale, _joined(self.powers, other.powers, -1))

    def __pow__(self, exponent: int) -> Unit:
        """The unit multiplied with itself."""
        powers = tuple((symbol, power * exponent) for symbol, power in self.powers)
        return Unit(self.scale**exponent, powers if exponent else ())

    def times_to(self, target: Unit) -> Fraction | None:
        """What turns a number in this unit into one in `target`; None for another dimension."""
        return self.scale / target.scale if self.powers == target.powers else None


ONE = Unit()


def _joined(
    one: tuple[tuple[str, int], ...], other: tuple[tuple[str, int], ...], sign: int
) -> tuple[tuple[str, int], ...]:
    if not other:
        return one
    total = dict(one)
    for symbol, power in other:
        total[symbol] = total.get(symbol, 0) + sign * power
    return tuple(sorted((symbol, power) for symbol, power in total.items() if power))


@dataclass(frozen=True, slots=True)
class Units:
    """The unit symbols of one pack; `counted` are those that number things, such as 家 and 人."""

    known: Mapping[str, Unit]
    counted: frozenset[str] = frozenset()
    _read: dict[str, Unit] = field(default_factory=dict[str, Unit], compare=False, repr=False)

    def parse(self, text: str) -> Unit:
        """The unit a text spells, "" being none; `UnitError` names what is not known."""
        found = self._read.get(text)
        if found is None:
            found = self._read[text] = _Reader(self.known, text).unit()
        return found

    def ratio_typed(self, source: str, target: str) -> Fraction | None:
        """What turns a number typed in one unit into the other; m2 and m3 are read as powers."""
        try:
            typed, wanted = self.parse(_METRES.sub(_raised, source)), self.parse(target)
        except UnitError:
            return None
        return typed.times_to(wanted) if typed != ONE else None

    def name(self, unit: Unit) -> str:
        """The unit as the pack writes it, if it does, else as `spell` has it."""
        if unit == ONE:
            return "1"
        written = (text for text, one in (*self.known.items(), *self._read.items()) if one == unit)
        return next(written, "") or spell(unit)

    def is_counted(self, unit: Unit) -> bool:
        """Whether a number of things may be given in this unit: 个 and 万人, not t."""
        if len(unit.powers) != 1:
            return False
        symbol, power = unit.powers[0]
        return power == 1 and symbol in self.counted


def declare(base: Iterable[str], counted: Iterable[str], equal: Iterable[tuple[str, str]]) -> Units:
    """The units of a pack from its symbols; `equal` says each further one by those before it."""
    known: dict[str, Unit] = {}
    numbers = tuple(counted)
    for symbol in (*base, *numbers):
        _add(known, symbol, Unit(powers=((symbol, 1),)))
    for symbol, meaning in equal:
        _add(known, symbol, _Reader(known, meaning).unit())
    return Units(known, frozenset(numbers))


def spell(unit: Unit) -> str:
    """A unit as text that reads back as the same unit: 万m³/亿元 becomes m³/万元."""
    above = [_term(symbol, power) for symbol, power in unit.powers if power > 0]
    below = [_term(symbol, -power) for symbol, power in unit.powers if power < 0]
    scale = unit.scale
    if above and scale in _SHORT:
        above[0], scale = f"{_SHORT[scale]}{above[0]}", Fraction(1)
    elif below and 1 / scale in _SHORT:
        below[0], scale = f"{_SHORT[1 / scale]}{below[0]}", Fraction(1)
    head = "·".join(above)
    if scale != 1 or not head:
        head = f"{scale} {head}".rstrip()
    if not below:
        return head
    return f"{head}/({'·'.join(below)})" if len(below) > 1 else f"{head}/{below[0]}"


def _raised(digits: re.Match[str]) -> str:
    return digits[0].translate(_RAISED)


def _term(symbol: str, power: int) -> str:
    return symbol if power == 1 else symbol + str(power).translate(_RAISED)


def _add(known: dict[str, Unit], symbol: str, unit: Unit) -> None:
    if not _SYMBOL.fullmatch(symbol):
        raise UnitError(f"“{symbol}”不能作单位符号：不以数字或百、千、万、亿开头，不含 / · 和上标")
    if symbol in known:
        raise UnitError(f"单位“{symbol}”重复")
    known[symbol] = unit


def scaled(number: Decimal, ratio: Fraction) -> Decimal:
    """A number times a ratio: exact, or to 28 digits where no decimal number is."""
    multiply, divide = as_decimals(ratio)
    with localcontext() as context:
        context.prec = _EXACT
        product = number * multiply
        if divide != 1:
            context.prec = _ENOUGH
            product = product / divide
        is_whole = product == product.to_integral_value()
        return product.quantize(Decimal(1)) if is_whole else product.normalize()


def as_decimals(ratio: Fraction) -> tuple[Decimal, Decimal]:
    """A ratio as what to multiply by and what to divide by; the latter is 1 where it can be."""
    rest, digits = ratio.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        digits = max(digits, count)
    if rest != 1:
        return Decimal(ratio.numerator), Decimal(ratio.denominator)
    whole = ratio.numerator * 10**digits // ratio.denominator
    return Decimal((0, tuple(map(int, str(whole))), -digits)), Decimal(1)


class _Reader:
    """A recursive-descent reader of one unit: number, products by ·, quotients by /."""

    def __init__(self, known: Mapping[str, Unit], text: str) -> None:
        self._known = known
        self._text = text
        self._rest = text.strip()

    def unit(self) -> Unit:
        """The unit of the whole text."""
        if len(self._rest) > _LONGEST:
            raise UnitError(f"单位“{self._text[:_LONGEST]}…”过长")
        found = self._quotient() if self._rest else ONE
        if self._rest:
            raise UnitError(f"单位“{self._text}”中“{self._rest}”不能识别")
        return found

    def _quotient(self) -> Unit:
        found = self._head()
        while self._take("/"):
            found = found / self._part()
        return found

    def _head(self) -> Unit:
        number = _NUMBER.match(self._rest)
        if number is None:
            return self._product()
        self._rest = self._rest[number.end() :].lstrip()
        top, _, bottom = number[0].partition("/")
        if Fraction(top) == 0 or (bottom and int(bottom) == 0):
            raise UnitError(f"单位“{self._text}”的倍数不能为零")
        scale = Unit(Fraction(top) / int(bottom or 1))
        is_alone = not self._rest or self._rest[0] in "/)"
        return scale if is_alone else scale * self._product()

    def _product(self) -> Unit:
        found = self._part()
        while self._take("·"):
            found = found * self._part()
        return found

    def _part(self) -> Unit:
        if self._take("("):
            found = self._quotient()
            if not self._take(")"):
                raise UnitError(f"单位“{self._text}”的括号没有合上")
            return found
        term = _TERM.match(self._rest)
        if term is None:
            raise UnitError(f"单位“{self._text}”不完整")
        self._rest = self._rest[term.end() :]
        return self._term(term[0], term[0])

    def _term(self, term: str, whole: str) -> Unit:
        """One symbol with its power, and 万 or 亿 before it."""
        found = self._known.get(term)
        if found is not None:
            return found
        if power := _POWER.fullmatch(term):
            symbol, raised = power[1], power[2].translate(_LOWERED)
            if len(raised) == 1 and symbol in self._known:
                return self._known[symbol] ** int(raised)
        if term and term[0] in _MULTIPLES:
            return Unit(Fraction(_MULTIPLES[term[0]])) * self._term(term[1:], whole)
        raise UnitError(f"不认识单位“{whole}”{self._hint(term)}")

    def _hint(self, term: str) -> str:
        if (plain := _PLAIN_POWER.fullmatch(term)) and plain[1] in self._known:
            return f"，相近的有：{_term(plain[1], int(plain[2]))}"
        near = get_close_matches(term, self._known, _NEAREST, _LIKENESS)
        some = "、".join(near or list(self._known)[:_NEAREST])
        return f"，{'相近的有' if near else '已有的如'}：{some or '（一个也没有声明）'}"

    def _take(self, sign: str) -> bool:
        if not self._rest.startswith(sign):
            return False
        self._rest = self._rest[len(sign) :]
        return True
