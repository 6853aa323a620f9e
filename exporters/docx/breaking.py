"""Where an office program ends the lines of a paragraph.

Lines are filled one after the other. The rules are those LibreOffice was seen to go by in some
thousands of lines, down to the twip; Word's are the same but for marks that hardly ever meet a line
end. How wide characters are and which script they count to is in `characters.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from exporters.docx.characters import may_part, scripts_of, width_of

if TYPE_CHECKING:
    from typing import TypeAlias

Span: TypeAlias = "tuple[int, int]"

# LibreOffice's lists for Chinese.
_NEVER_FIRST = frozenset(
    ":!),.:;?]}¢'\"、。〉》」』】〕〗〞︰︱︳﹐､﹒﹔﹕﹖﹗﹚﹜﹞！），．：；？｜｝︴︶︸︺︼︾﹀﹂﹄﹏"
    "～￠々‖•·ˇˉ―-′’”"
)
_NEVER_LAST = frozenset("([{£¥'\"‵〈《「『【〔〖（［｛￡￥〝︵︷︹︻︽︿﹁﹃﹙﹛﹝（｛“‘")
_HANGING = frozenset("!,.:;?、。！，．：；？")
_COMMAS = frozenset("，。、")
_AFTER_HAN = frozenset("/%‰°′″")
_PATH = 66  # LibreOffice keeps what has a stroke in it whole back to a blank not further off
_BLANKS = frozenset(" \u3000")
_SCRIPT_GAP = 0.2  # em between Han and a letter or digit: a fifth in LibreOffice, a quarter in Word
_SLACK = 0.5  # twips: LibreOffice counts whole ones
_SPACED_SLACK = 1.35  # what LibreOffice's rounding gives away where characters are moved closer


class SetText:
    """A text with the places of its characters in twips, for lines to be cut from it."""

    def __init__(self, text: str, size: float, spacing: float = 0.0, *, hangs: bool = True) -> None:
        self.text = text
        self._hangs = hangs  # commas and stops may stand outside the measure: not in tables
        self._slack = _SPACED_SLACK if spacing else _SLACK
        self._is_han = scripts_of(text)
        self._starts: list[float] = []
        self._ends: list[float] = []
        self._set(size, spacing)

    def _set(self, size: float, spacing: float) -> None:
        at = 0.0
        before, was_han = "", False
        for character, is_han in zip(self.text, self._is_han, strict=True):
            if before and is_han is was_han:
                at += spacing  # LibreOffice leaves it out where the script changes
            elif before.isalnum() and character.isalnum():
                at += _SCRIPT_GAP * size
            self._starts.append(at)
            at += width_of(character, is_han=is_han) * size
            self._ends.append(at)
            before, was_han = character, is_han

    def lines(self, first: float, room: float) -> list[Span]:
        """The lines as ranges of characters; `first` is what the first one has room for, twips."""
        lines: list[Span] = []
        start, count = 0, len(self.text)
        while start < count:
            end = self._line_end(start, self._starts[start] + (room if lines else first))
            lines.append((start, end))
            start = end
        return lines

    def ends_outside(self, line: Span, room: float) -> bool:
        """Whether a line's last mark stands outside its measure."""
        start, end = line
        over = self._ends[end - 1] - self._starts[start] - room
        return over > self._slack and self.text[end - 1] in _HANGING

    def _line_end(self, start: int, limit: float) -> int:
        """Where the line from `start` ends that has room up to `limit`."""
        cut = bisect_right(self._ends, limit + self._slack, start)
        if cut >= len(self.text):
            return len(self.text)
        if self.text[cut] in _BLANKS:
            return self._after_blanks(cut)
        if cut > start and self._starts[cut] > limit + self._slack:
            return cut  # the gap between the scripts does not fit any more
        if self._is_han[cut] and self._hangs_at(start, cut):
            return cut + 1
        at = self._last_good(start, cut)
        return at if at > start else self._forced(start, cut)

    def _after_blanks(self, at: int) -> int:
        while at < len(self.text) and self.text[at] in _BLANKS:
            at += 1
        return at

    def _hangs_at(self, start: int, cut: int) -> bool:
        """Whether the mark that has no room stands outside: one, after Chinese."""
        return (
            self._hangs
            and self.text[cut] in _HANGING
            and cut > start
            and self._is_han[cut - 1]
            and self.text[cut + 1 : cut + 2] not in _NEVER_FIRST
        )

    def _last_good(self, start: int, cut: int) -> int:
        """The last place up to `cut` where the line may end; `start` if there is none."""
        text, is_han, at = self.text, self._is_han, cut
        if is_han[cut]:
            while at > start and (text[at] in _NEVER_FIRST or text[at - 1] in _NEVER_LAST):
                at -= 1
        if is_han[at] and not (at == cut and at > start and not is_han[at - 1]):
            return at
        word = self._word_start(start, cut)
        while at > start and not self._may_end(at, is_cut=at == cut):
            if text[at - 1] == "/" and not is_han[at] and at < cut:
                blank = text.rfind(" ", max(at - _PATH, 0), at)
                if is_han[cut] and blank >= 0:
                    stays = not self._hangs and all(is_han[cut : cut + 2])
                    return cut if stays else max(blank + 1, start)
                if not is_han[cut] and word < at:
                    return blank + 1 if blank >= start else at
            at -= 1
        return at

    def _word_start(self, start: int, cut: int) -> int:
        """Where the Latin text begins in which the room ends."""
        if self._is_han[cut]:
            return cut
        while cut > start and not self._is_han[cut - 1]:
            cut -= 1
        return cut

    def _may_end(self, at: int, *, is_cut: bool) -> bool:
        """Whether Latin text lets a line end before `at`; `is_cut` is what has no room first."""
        left, right = self.text[at - 1], self.text[at]
        if left == "/" and not self._is_han[at]:
            return False
        if right in _AFTER_HAN and self._is_han[at - 1]:
            return is_cut and left not in _NEVER_LAST
        if left in _COMMAS and not self._is_han[at]:
            return self._hangs and at >= 2 and self._is_han[at - 2]
        return may_part(left, right)

    def _forced(self, start: int, cut: int) -> int:
        """Where a line ends in which no place is good."""
        first = start
        while first < cut and self._is_han[first]:
            first += 1
        if self._is_han[start] and (first < cut or not self._is_han[cut]):
            return max(first - 1, start + 1)
        return max(cut, start + 1)
