"""What each character is to a line of Chinese: where lines may break, which gaps may give.

Everything here is about characters alone, without fonts or sizes; gaps are in em.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache


class Kind(IntEnum):
    """The part a character plays in a line."""

    HAN = 0  # Han and everything else that stands alone
    WORD = 1  # letters, digits and the signs inside words and numbers
    OPEN = 2  # full-width opening marks
    CLOSE = 3  # full-width closing marks and stops
    WORD_OPEN = 4  # ( [ {
    WORD_CLOSE = 5  # , . ; : ? ! ) ] } %
    POST = 6  # ％ ℃ ㎡: stays with what it follows
    PRE = 7  # ￥ №: stays with what follows
    SPACE = 8
    DASH = 9  # —— ……
    MIDDLE = 10  # · ～: never starts a line
    SLASH = 11
    NOTE = 12  # the mark of a footnote: stays with what it follows


class Break(IntEnum):
    """How willingly a line ends after a character; higher is worse."""

    FREE = 0
    GLUED = 1  # number and unit, range, date
    INSIDE_WORD = 2
    FORBIDDEN = 3


HAN_LATIN_GAP = 0.125
PUNCTUATION_GIVE = 0.25  # what a full-width mark may lose in a tight line
FULL_WIDTH = 0.9  # from here a mark carries half an em of blank

_CLOSE = frozenset("，。、；：？！》〉」』】〕）｝］〗”’｣")
_OPEN = frozenset("《〈「『【〔（｛［〖“‘｢")
_WORD_CLOSE = frozenset(",.;:?!)]}%‰′″°")
_WORD_OPEN = frozenset("([{")
_POST = frozenset("％℃℉‱㎡㎥㎞㎏㎜㎝㎎㏄㏎々〻ー")
_PRE = frozenset("￥￡＄№＃§")
_MIDDLE = frozenset("·•‧・～〜－–‐‑﹏﹣")
_SLASH = frozenset("/／\\")
_SPACE = frozenset(" \u3000\u00a0\u2002\u2003\u2009")
_WORD_SIGNS = frozenset("+-&_#@*=<>^~|'\"`$€£¥²³¹×±≥≤≈≠÷⁰⁴⁵⁶⁷⁸⁹⁻⁺ⁿµ")
_FIRST_HAN = 0x2E80
_CASE_SIGNS = range(0x2080, 0x2090)  # subscripts


@cache
def kind_of(character: str) -> Kind:
    """The part a character plays."""
    for kind, members in _MEMBERS:
        if character in members:
            return kind
    code = ord(character)
    if code < _FIRST_HAN and (character.isalpha() or character.isdecimal()):
        return Kind.WORD
    if character in _WORD_SIGNS or code in _CASE_SIGNS:
        return Kind.WORD
    return Kind.HAN


_MEMBERS: tuple[tuple[Kind, frozenset[str]], ...] = (
    (Kind.CLOSE, _CLOSE),
    (Kind.OPEN, _OPEN),
    (Kind.WORD_CLOSE, _WORD_CLOSE),
    (Kind.WORD_OPEN, _WORD_OPEN),
    (Kind.POST, _POST),
    (Kind.PRE, _PRE),
    (Kind.DASH, frozenset("—…⸺―")),
    (Kind.MIDDLE, _MIDDLE),
    (Kind.SLASH, _SLASH),
    (Kind.SPACE, _SPACE),
)

NEVER_FIRST = _CLOSE | _WORD_CLOSE | _POST | _MIDDLE | _SLASH | frozenset("…")
NEVER_LAST = _OPEN | _WORD_OPEN | _PRE


def _break_between(left: Kind, right: Kind) -> Break:
    """The rule for a pair, before words around it are looked at."""
    if right in {Kind.CLOSE, Kind.POST, Kind.MIDDLE, Kind.SPACE, Kind.SLASH, Kind.NOTE}:
        return Break.FORBIDDEN
    if left in {Kind.OPEN, Kind.PRE}:
        return Break.FORBIDDEN
    worded = {Kind.WORD, Kind.WORD_CLOSE, Kind.WORD_OPEN, Kind.SLASH}
    if left in worded and right in {Kind.WORD, Kind.WORD_OPEN}:
        return Break.INSIDE_WORD
    if right is Kind.WORD_CLOSE or left is Kind.WORD_OPEN:
        return Break.FORBIDDEN
    if left is Kind.DASH and right is Kind.DASH:
        return Break.FORBIDDEN
    if right is Kind.DASH or left is Kind.SLASH:
        return Break.GLUED
    if left in {Kind.DASH, Kind.MIDDLE} and right is Kind.WORD:
        return Break.GLUED
    return Break.FREE


def _gap_between(left: Kind, right: Kind) -> float:
    """What stands between two kinds of character at rest, without squeezed marks."""
    pair = {left, right}
    return HAN_LATIN_GAP if pair == {Kind.HAN, Kind.WORD} else 0.0


def _stretches(left: Kind, right: Kind) -> bool:
    """Whether a justified line may open this gap."""
    inside = {Kind.WORD, Kind.WORD_OPEN, Kind.WORD_CLOSE, Kind.SLASH, Kind.POST}
    if right is Kind.NOTE or (left in inside and right in inside):
        return False
    return not (left is Kind.DASH and right is Kind.DASH)


BREAKS = tuple(tuple(_break_between(a, b) for b in Kind) for a in Kind)
GAPS = tuple(tuple(_gap_between(a, b) for b in Kind) for a in Kind)
STRETCHES = tuple(tuple(_stretches(a, b) for b in Kind) for a in Kind)

_UNITS = (
    "个百分点|吨标准煤|吨标煤|平方千米|平方公里|千瓦时|兆瓦时|立方米|平方米|小时|公里|公顷|公斤|千米|千瓦|兆瓦|"
    "千克|毫克|毫米|厘米|年度|年|月|日|万|亿|元|吨|米|克|升|亩|度|家|个|项|人|倍|台|套|座|条|名|户|天|页|批|次|"
    "类|级|号|期|章|节|条|款|种|处|公顷|时|分|秒"
)
_GLUED = re.compile(
    # Tried at the start of a number only, or a cell of ten thousand digits would take seconds.
    rf"(?<![0-9])(?<![0-9][.,])[0-9][0-9.,]*[ \u00a0]?(?:[百千万亿]{{0,2}})(?:{_UNITS})"
    r"|[0-9][ \u00a0][A-Za-z0-9µΩ]"
    r"|（[百千万亿]{0,2}[A-Za-z%元][A-Za-z0-9²³/·万亿元]{0,12}）"  # the unit in a head
    r"|(?:第|表|图|式|附表|附图|附件|约|近|达)[0-9]"
)


_CIRCLED = (
    *(chr(0x2460 + at) for at in range(20)),
    *(chr(0x3251 + at) for at in range(15)),
    *(chr(0x32B1 + at) for at in range(15)),
)


def circled(number: int) -> str:
    """The mark of the so-many-th footnote of a page: ① to ㊿, then from ① again."""
    return _CIRCLED[(number - 1) % len(_CIRCLED)]


def glued_stretches(text: str) -> list[tuple[int, int]]:
    """Where a number stands with its unit or its label, as ranges that should stay on one line."""
    return [match.span() for match in _GLUED.finditer(text)]


# Characters a reader never sees, and those that would turn a line around or break a stream.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufe00-\ufe0f\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_NEW_LINE = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SUSPECT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\ufeff\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)


def clean(text: str) -> str:
    """The text as it can be printed: controls dropped, every kind of line end as one `\\n`."""
    if not _SUSPECT.search(text):
        return text
    text = _NEW_LINE.sub("\n", text).replace("\t", " ")
    return _SURROGATE.sub("\ufffd", _UNSEEN.sub("", text))
