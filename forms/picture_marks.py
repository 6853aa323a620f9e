"""The mark of a picture in prose: which one, its caption, its width on paper, how it was cut.

`![caption](sha256)`, and behind it in braces what differs from the usual:
`{width=80mm from=sha256 turn=90 crop=left,top,width,height}`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from forms.values import Cut, PaperWidth

LEAST_PERCENT = 10
LEAST_MM, MOST_MM = 10, 400
_DEGREES = 90
_BEGINS = "!["
_SHA = "[0-9a-f]{64}"
_WIDTH = re.compile("([1-9][0-9]{0,2})(mm|%)")
_MARK = re.compile(
    rf"!\[([^\]\n]*)\]\(({_SHA})\)"
    rf"(?:\{{(?:width=([0-9]{{1,3}}(?:mm|%)))?"
    rf"(?: ?from=({_SHA}) turn=(0|90|180|270) crop=([0-9,]{{7,23}}))?\}})?"
)


@dataclass(frozen=True, slots=True)
class PictureMark:
    """A picture inside prose."""

    sha256: str
    caption: str = ""
    printed: PaperWidth | None = None
    cut: Cut | None = None

    def __str__(self) -> str:
        """The mark; brackets and line breaks of the caption go."""
        plain = " ".join(self.caption.split()).replace("[", "【").replace("]", "】")
        more = [f"width={width_text(self.printed)}"] if self.printed else []
        if self.cut is not None:
            cut = self.cut
            box = f"{cut.left},{cut.top},{cut.width},{cut.height}"
            more.append(f"from={cut.original} turn={cut.turns * _DEGREES} crop={box}")
        braced = f"{{{' '.join(more)}}}" if more else ""
        return f"![{plain}]({self.sha256}){braced}"


def read_mark(text: str) -> PictureMark | None:
    """The picture that is all of a text; None when it is anything else."""
    found = _MARK.fullmatch(text)
    if found is None:
        return None
    printed = read_width(found[3]) if found[3] else None
    cut = _cut(found[4], int(found[5]), found[6]) if found[4] else None
    if (found[3] and printed is None) or (found[4] and cut is None):
        return None
    mark = PictureMark(found[2], found[1], printed, cut)
    return mark if found[3] or found[4] or not text.endswith("}") else None


def without_marks(text: str, say: str) -> str:
    """A text with each picture told by its caption, as `say` has it: 〔图：{0}〕."""
    return _MARK.sub(lambda found: say.format(found[1]), text) if _BEGINS in text else text


def width_text(width: PaperWidth) -> str:
    """A width as it is stored: 80mm, 50%."""
    return f"{width.amount}{'%' if width.is_percent else 'mm'}"


def read_width(text: str) -> PaperWidth | None:
    """A stored width; None for what no picture can have."""
    found = _WIDTH.fullmatch(text)
    if found is None:
        return None
    amount, is_percent = int(found[1]), found[2] == "%"
    least, most = (LEAST_PERCENT, 100) if is_percent else (LEAST_MM, MOST_MM)
    return PaperWidth(amount, is_percent) if least <= amount <= most else None


def sound_cut(cut: Cut) -> bool:
    """Whether a cut can be one: a box with an inside, turned by quarters."""
    return 0 <= cut.turns <= 3 and min(cut.left, cut.top) >= 0 and min(cut.width, cut.height) > 0


def _cut(original: str, degrees: int, box: str) -> Cut | None:
    sides = box.split(",")
    if len(sides) != 4 or not all(side.isdecimal() and len(side) <= 5 for side in sides):
        return None
    left, top, width, height = map(int, sides)
    cut = Cut(original, degrees // _DEGREES, left, top, width, height)
    return cut if sound_cut(cut) else None
