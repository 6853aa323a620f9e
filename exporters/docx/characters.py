"""What office programs take each character for: its script, its width, where Latin text may part.

Marks both scripts use follow the script before them, so “ is half as wide after a letter.
"""

from __future__ import annotations

from enum import Enum, auto
from functools import cache

from exporters.docx.latin import LATIN_WIDTHS

_SHARED = range(0x2000, 0x2E80)  # marks and signs of no script
_BLANKS = frozenset(" \xa0")
# Of these, what comes from the Latin font wherever it stands.
_LATIN_SIGNS = _BLANKS | frozenset("•–‐′″") | frozenset(map(chr, range(0x2190, 0x2300)))


@cache
def width_of(character: str, *, is_han: bool) -> float:
    """The width of a character in em: Chinese ones fill the square, Latin ones are as in Times."""
    if is_han and character not in _LATIN_SIGNS:
        return 1.0
    return LATIN_WIDTHS.get(character, 1.0)


def scripts_of(text: str) -> list[bool]:
    """For each character whether it is set in the Chinese font."""
    found: list[bool] = []
    is_han = False
    for character in text:
        code = ord(character)
        if code not in _SHARED and character not in _BLANKS:
            is_han = code >= _SHARED.stop
        found.append(is_han)
    return found


class _Class(Enum):
    """The classes of UAX 14, as far as they matter here."""

    LETTER = auto()
    DIGIT = auto()
    HAN = auto()
    OPEN = auto()
    CLOSE = auto()
    COMMA = auto()  # Chinese
    STOP = auto()  # Latin
    END = auto()  # a line may end after it, never before
    SLASH = auto()
    QUOTE = auto()
    SPACE = auto()
    BEFORE_NUMBER = auto()
    AFTER_NUMBER = auto()
    DASH = auto()


_MEMBERS = {
    _Class.OPEN: "([{（〔《〈「『【｛［“‘",
    _Class.CLOSE: ")]}）〕》〉」』】｝］”’",
    _Class.COMMA: "，。、：；",
    _Class.STOP: ",.:;",
    _Class.END: "-–‐|…！？!?",
    _Class.SLASH: "/",
    _Class.QUOTE: "\"'«»",
    _Class.SPACE: " ",
    _Class.BEFORE_NUMBER: "$¥￥£€+\\±№−",
    _Class.AFTER_NUMBER: "%％°‰℃′″¢℉",
    _Class.DASH: "—",
    _Class.LETTER: "·",
}
_KNOWN = {sign: kind for kind, members in _MEMBERS.items() for sign in members}
_NEVER_BEFORE = {
    *(_Class.CLOSE, _Class.STOP, _Class.COMMA, _Class.SLASH, _Class.SPACE, _Class.QUOTE),
    _Class.END,
}
_WORD = {_Class.LETTER, _Class.DIGIT, _Class.BEFORE_NUMBER, _Class.AFTER_NUMBER}
_HOLDS = {  # what does not let go of the class that follows
    _Class.LETTER: {*_WORD, _Class.STOP, _Class.SLASH, _Class.CLOSE},
    _Class.DIGIT: {*_WORD, _Class.STOP, _Class.SLASH, _Class.CLOSE},
    _Class.BEFORE_NUMBER: {_Class.LETTER, _Class.DIGIT, _Class.CLOSE},
    _Class.AFTER_NUMBER: {_Class.LETTER, _Class.DIGIT, _Class.CLOSE},
    _Class.OPEN: _WORD,
    _Class.DASH: {_Class.DASH},
}


@cache
def may_part(left: str, right: str) -> bool:
    """Whether a line may end between two neighbours, one of them Latin."""
    first, second = _class_of(left), _class_of(right)
    if second in _NEVER_BEFORE or first in {_Class.OPEN, _Class.QUOTE}:
        return False
    if first in {_Class.SPACE, _Class.DASH} and second is not _Class.DASH:
        return True
    return first not in _HOLDS.get(second, ())


def _class_of(character: str) -> _Class:
    known = _KNOWN.get(character)
    if known is not None:
        return known
    if character.isascii() and character.isdigit():
        return _Class.DIGIT
    return _Class.HAN if ord(character) >= _SHARED.stop else _Class.LETTER
