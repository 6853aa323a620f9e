"""Where an office program ends the lines of a paragraph.

Lines are filled one after the other, as Word and LibreOffice do. The marks that may not begin or
end a line are written into the file's settings, so that every program goes by the same ones.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from exporters.docx.latin import LATIN_WIDTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

# LibreOffice's lists for Chinese; Word's differ in marks that hardly ever meet a line end.
_NEVER_FIRST = frozenset(
    ":!),.:;?]}¢'\"、。〉》」』】〕〗〞︰︱︳﹐､﹒﹔﹕﹖﹗﹚﹜﹞！），．：；？｜｝︴︶︸︺︼︾﹀﹂﹄﹏､～￠々‖•·ˇˉ―-′’”"
)
_NEVER_LAST = frozenset("([{£¥'\"‵〈《「『【〔〖（［｛￡￥〝︵︷︹︻︽︿﹁﹃﹙﹛﹝（｛“‘")
_MARKS = frozenset("，。、")
_AFTER_HAN = frozenset("/%‰°′″")
_LATIN_SIGNS = frozenset(map(chr, range(0x2190, 0x2300))) | frozenset(" \xa0•–‐′″")
_HANGING = frozenset("!,.:;?、。！，．：；？")
_SCRIPT_GAP = 0.2  # em between Han and a letter or digit: a fifth in LibreOffice, a quarter in Word
_SPACED_SLACK = 1.35  # twips that LibreOffice's rounding gives away where characters are moved closer  # twips; widths are rounded on the way


class SetText:
    """A text with the width of each character, in twips, and where its lines may end."""

    def __init__(self, text: str, size: float, spacing: float = 0.0, *, hangs: bool = True) -> None:
        self.text = text
        self.hangs = hangs
        self.slack = _SPACED_SLACK if spacing else 0.25
        self.is_han = _scripts(text)
        self.starts: list[float] = []
        self.ends: list[float] = []
        at = 0.0
        before = ""
        for character, is_han in zip(text, self.is_han, strict=True):
            if before:
                if is_han is was_han:
                    at += spacing  # LibreOffice leaves it out where the script changes
                elif before.isalnum() and character.isalnum():
                    at += _SCRIPT_GAP * size
            self.starts.append(at)
            at += width_of(character, is_han=is_han) * size
            self.ends.append(at)
            before, was_han = character, is_han

    def lines(self, first: float, room: float) -> list[tuple[int, int]]:
        """The lines as ranges of characters; `first` is what the first one has room for, twips."""
        lines: list[tuple[int, int]] = []
        start, count = 0, len(self.text)
        while start < count:
            limit = self.starts[start] + (room if lines else first) + self.slack
            cut = bisect_right(self.ends, limit, start)
            end = self._end(start, cut, limit)
            lines.append((start, end))
            start = end
        return lines

    def ends_outside(self, lines: list[tuple[int, int]], first: float, room: float) -> bool:
        """Whether the last mark of the last line hangs outside the measure."""
        start, end = lines[-1]
        limit = self.starts[start] + (room if len(lines) > 1 else first) + self.slack
        return self.ends[end - 1] > limit and self.text[end - 1] in _HANGING

    def _end(self, start: int, cut: int, limit: float) -> int:
        """Where the line from `start` ends, whose first character without room is at `cut`."""
        text, count = self.text, len(self.text)
        if cut >= count:
            return count
        if text[cut] in " \u3000":
            while cut < count and text[cut] in " \u3000":
                cut += 1
            return cut
        if cut > start and self.starts[cut] > limit:
            return cut  # the gap between the scripts does not fit any more
        at = cut
        if self.is_han[cut]:
            if self._hangs_at(start, cut):
                return cut + 1
            while at > start and (text[at] in _NEVER_FIRST or text[at - 1] in _NEVER_LAST):
                at -= 1
        if not self.is_han[at] or (at == cut and at > start and not self.is_han[at - 1]):
            word = cut  # the Latin word that does not fit, if it is one
            while word > start and not self.is_han[word - 1] and not self.is_han[cut]:
                word -= 1
            while at > start and not self._may_end(at, is_cut=at == cut, in_word=word < at < cut):
                at -= 1
        return at if at > start else self._forced(start, cut)

    def _forced(self, start: int, cut: int) -> int:
        """Where a line ends in which no place is good."""
        if self.is_han[start]:
            first = start
            while first < cut and self.is_han[first]:
                first += 1
            if first < cut or not self.is_han[cut]:
                return max(first - 1, start + 1)
        return max(cut, start + 1)

    def _hangs_at(self, start: int, cut: int) -> bool:
        text = self.text
        return (
            self.hangs
            and text[cut] in _HANGING
            and cut > start
            and self.is_han[cut - 1]
            and text[cut + 1 : cut + 2] not in _NEVER_FIRST
        )

    def _may_end(self, at: int, *, is_cut: bool, in_word: bool) -> bool:
        """Whether Latin text lets a line end before `at`.

        `is_cut` says that it is the first character without room, `in_word` that it is in one word
        with that.
        """
        left, right = self.text[at - 1], self.text[at]
        if left == "/" and not self.is_han[at]:
            return in_word
        if right in _AFTER_HAN and self.is_han[at - 1]:
            return is_cut and left not in _NEVER_LAST
        if left in _MARKS and not self.is_han[at]:
            return self.hangs and at >= 2 and self.is_han[at - 2]
        return _may_part(left, right)


@cache
def width_of(character: str, *, is_han: bool) -> float:
    """The width of a character in em; signs of arithmetic are Latin wherever they stand."""
    if is_han and character not in _LATIN_SIGNS:
        return 1.0
    width = LATIN_WIDTHS.get(character)
    return 1.0 if width is None else width


def _scripts(text: str) -> list[bool]:
    """For each character whether it is set in the Chinese font; marks follow what is before."""
    found: list[bool] = []
    known = False
    for character in text:
        script = _script(character)
        known = known if script is None else script
        found.append(known)
    return found


@cache
def _script(character: str) -> bool | None:
    """Whether a character is Chinese; None for marks both scripts use."""
    code = ord(character)
    if code < 0x2000:
        return None if character in " \xa0" else False
    if code < 0x2E80:
        return None
    return True


(
    _ALPHA,
    _DIGIT,
    _OPEN,
    _CLOSE,
    _STOP,
    _SLASH,
    _HYPHEN,
    _HAN,
    _QUOTE,
    _SPACE,
    _PRE,
    _POST,
    _DASH,
    _MARK,
) = range(14)
_CLASSES = {
    character: number
    for number, members in (
        (_OPEN, "([{（〔《〈「『【｛［“‘"),
        (_CLOSE, ")]}）〕》〉」』】｝］”’"),
        (_MARK, "，。、：；"),
        (_STOP, ",.:;"),
        (_SLASH, "/"),
        (_HYPHEN, "-–‐|…！？!?"),
        (_QUOTE, "\"'«»"),
        (_SPACE, " "),
        (_PRE, "$¥￥£€+\\±№−"),
        (_POST, "%％°‰℃′″¢℉"),
        (_DASH, "—"),
        (_ALPHA, "·"),
    )
    for character in members
}


@cache
def _class(character: str) -> int:
    known = _CLASSES.get(character)
    if known is not None:
        return known
    if character.isdigit() and character.isascii():
        return _DIGIT
    if ord(character) >= 0x2E80:
        return _HAN
    return _ALPHA


_BEFORE_ALPHA = {_ALPHA, _DIGIT, _PRE, _POST, _STOP, _SLASH, _CLOSE}
_BEFORE_DIGIT = {_ALPHA, _DIGIT, _PRE, _POST, _STOP, _SLASH, _CLOSE}


@cache
def _may_part(left: str, right: str) -> bool:
    """Whether a line may end between two characters, by Unicode's rules for Latin text."""
    first, second = _class(left), _class(right)
    if second in {_CLOSE, _STOP, _MARK, _SLASH, _SPACE, _QUOTE, _HYPHEN}:
        return False
    if first in {_OPEN, _QUOTE}:
        return False
    if first is _SPACE:
        return True
    if _DASH in {first, second}:
        return first is not second
    if second is _DIGIT:
        return first not in _BEFORE_DIGIT
    if second is _ALPHA:
        return first not in _BEFORE_ALPHA
    if second in {_PRE, _POST}:
        return first not in {_ALPHA, _DIGIT, _CLOSE}
    if second is _OPEN:
        return first not in {_ALPHA, _DIGIT, _PRE, _POST}
    return True
