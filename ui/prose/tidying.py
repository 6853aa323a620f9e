"""Tidying prose: the punctuation, widths and blanks that typing and pasting leave untidy.

What a number, an address, a document number or a mark needs stays as it is.
"""

from __future__ import annotations

import re

from forms.inline.marks import pieces_of
from forms.prose_lines import INDENT, LineKind, ProseLine, read_lines, write_lines

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_AROUND = f"{_HAN}，。；：？！、（）《》“”‘’〔〕"
_KEPT = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*://[^\s\u3000-\u9fff]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|www\.[^\s\u3000-\u9fff]+|〔[0-9０-９]{4}〕[0-9０-９]*号?"
)
_WIDE_CODES = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_WIDE = {code: code - 0xFEE0 for code in _WIDE_CODES}  # digits and letters
_FULL = str.maketrans(",;:?!.", "，；：？！。")
_STAND_IN = "\ue002"
# Signs behind Han letters, or before them; a point may also be one of a number or of a name.
_SIGN = re.compile(
    rf"(?<=[{_AROUND}])[ \t]*(?:([,;:?!]+)[ \t]*|(\.)(?:[ \t]+|(?=[{_AROUND}]|$)))"
    rf"|(?<=[0-9A-Za-z%{_STAND_IN}])(?:([,;:?!]+)[ \t]*(?=[{_HAN}])"
    rf"|(?<=[%{_STAND_IN}])(\.)[ \t]*(?=[{_HAN}]|$))"
)
_BRACKETS = re.compile(rf"(?<=[{_AROUND}])\(([^()]*[{_HAN}][^()]*)\)")
_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")
_PERCENT = re.compile(r"(?<=[0-9])％")
_BLANKS = re.compile(rf"(?<=[{_AROUND}])[ \t\u3000]+(?=[{_AROUND}])")


def tidy_prose(text: str) -> str:
    """The narrative with full-width punctuation between Han letters and half-width digits."""
    return write_lines(_tidy_line(line) for line in read_lines(text))


def tidy_line(text: str) -> str:
    """One stretch of text tidied; marks, addresses and document numbers stay as they are."""
    kept: list[str] = []

    def put_by(words: str) -> str:
        kept.append(words)
        return _STAND_IN

    apart = "".join(
        _KEPT.sub(lambda found: put_by(found[0]), piece)
        if isinstance(piece, str)
        else put_by(piece.source)
        for piece in pieces_of(text.replace(_STAND_IN, ""))
    )
    words = iter(kept)
    return re.sub(_STAND_IN, lambda _: next(words), _tidied(apart))


def _tidy_line(line: ProseLine) -> ProseLine:
    if line.kind in (LineKind.TABLE, LineKind.PICTURE):
        return line
    text = line.text.rstrip(INDENT) if line.kind is LineKind.TEXT else line.text
    return ProseLine(line.kind, tidy_line(text), line.spelling, line.restarts)


def _tidied(text: str) -> str:
    text = _POINT.sub(".", text.translate(_WIDE))
    text = _PERCENT.sub("%", text)
    text = _signed(text)
    text = _BRACKETS.sub(r"（\1）", text)
    return _BLANKS.sub("", text)


def _signed(text: str) -> str:
    """With full-width signs, each of which may stand before the next."""
    before = ""
    while before != text:
        before = text
        text = _SIGN.sub(lambda found: found[0].strip(" \t").translate(_FULL), text)
    return text
