"""What other programs put on the clipboard as HTML, read by a short list of what is known.

Word, WPS, Excel and browsers bring styles, scripts and links; none of it is handed on. What is
left are lines with a hint of what they were, cells of tables, and pictures that came along, as
bytes or in the folder office programs have for it: what stands elsewhere is never followed.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from forms.inline.footnotes import Footnote
from forms.prose_lines import LineKind
from ui.prose.office_pictures import office_picture
from ui.prose.pasted_lines import PastedLine, PastedTable, stored_lines

# Keeps a picture and gives its mark, "" when it is none; no bytes when it did not come along.
Keep = Callable[[bytes], str]


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SKIPPED = _words(
    "head title style script noscript template svg math object iframe select textarea button "
    "xml v:shape v:shapetype o:smarttagtype"
)
_VOID = _words("area base br col embed hr img input link meta param source track wbr")
_BLOCKS = _words(
    "p div li h1 h2 h3 h4 h5 h6 ul ol table tr td th caption blockquote pre section article "
    "header footer main dl dt dd address figure figcaption body hr"
)
_HEADING_TAG = re.compile(r"h([1-6])")
_HEADING_CLASS = re.compile(r"Mso(?:Heading|Title)([1-9])?|heading\s?([1-9])", re.IGNORECASE)
_OUTLINE = re.compile(r"mso-outline-level:\s*([1-9])")
_LIST_STYLE = re.compile(r"mso-list:\s*l[0-9]+\s+level([1-9])")
_IGNORED = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all|visibility:\s*hidden", re.IGNORECASE)
_NOTE = re.compile(r"#_(?:ftn|edn)(ref)?([0-9]+)$")
_NOTE_ELEMENT = re.compile(r"mso-element:\s*(?:footnote|endnote)\b(?!-)")
_SECTIONS = re.compile(  # those of Word HTMLParser stumbles over; a comment may end like one
    r"<!--.*?(?:-->|\Z)|<!\[[^>]*>|<\?[^>]*>", re.DOTALL
)
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
_PLACE = re.compile("\ue000([0-9]+)\ue001")
_BRACKETED = re.compile(r"\s*[\[［〔][0-9]{1,3}[\]］〕]\s*")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_DATA = re.compile(r"data:image/[a-z.+-]+;base64,(.*)", re.DOTALL)
_MOST_SPAN = 60
_SPACER = 16  # pixels
_DEEPEST = 400  # elements inside each other; what is deeper is taken for their text


def html_to_prose(html: str, keep: Keep) -> str:
    """The stored text of a piece of HTML; "" when nothing of it can be read."""
    reader = _Reader(keep)
    plain = html.replace("\ue000", "").replace("\ue001", "")
    reader.feed(_SECTIONS.sub("", _fragment(plain)))
    reader.close()
    reader.end_all()
    text = stored_lines(reader.lines)
    return _PLACE.sub(lambda found: _footnote(reader.notes.get(found[1], "")), text)


def _fragment(html: str) -> str:
    start, end = html.find("<!--StartFragment-->"), html.rfind("<!--EndFragment-->")
    if 0 <= start < end:
        head = html[:start]
        opened = "<table>" if re.search(r"<table[^>]*>(?!.*</table)", head, re.DOTALL) else ""
        notes = html[end:] if "footnote-list" in html[end:] else ""
        return f"{opened}{html[start:end]}{notes}"
    return html


def _footnote(text: str) -> str:
    return str(Footnote(text)) if text else ""


@dataclass(slots=True)
class _Table:
    """A table being read; cells that reach over several rows leave empty ones below."""

    rows: list[list[str]] = field(default_factory=list[list[str]])
    held: dict[int, int] = field(default_factory=dict[int, int])  # column: rows still covered

    def add(self, text: str, across: int, down: int) -> None:
        """Put a cell at the next free column of the last row."""
        row = self.rows[-1]
        self.fill()
        for place in range(across):
            if down > 1:
                self.held[len(row)] = down - 1
            row.append("" if place else text)

    def fill(self) -> None:
        """Leave the columns empty that a cell above covers."""
        row = self.rows[-1]
        while self.held.get(len(row), 0) > 0:
            self.held[len(row)] -= 1
            row.append("")


@dataclass(slots=True)
class _Open:
    """An element that is open: its tag, and what it changes while it is."""

    tag: str
    skips: bool = False
    note: str = ""
    sets: str = ""  # sup, sub, ignored: its text is gathered apart


class _Reader(HTMLParser):
    """Walks through HTML and keeps the little that prose can hold."""

    def __init__(self, keep: Keep) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[PastedLine | PastedTable] = []
        self.notes: dict[str, str] = {}
        self._keep = keep
        self._open: list[_Open] = []
        self._tables: list[_Table] = []
        self._below: list[PastedLine] = []  # pictures out of cells, which hold words only
        self._span = (1, 1)
        self._lists: list[bool] = []  # whether each is ordered
        self._text: list[str] = []
        self._apart: list[str] = []
        self._kind = LineKind.TEXT
        self._level = 0
        self._is_first = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """HTMLParser: an element begins."""
        given = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            if not self._is_skipping():
                self._stand(tag, given)
            return
        style = given.get("style", "")
        opened = _Open(tag, tag in _SKIPPED or bool(_HIDDEN.search(style)))
        if len(self._open) < _DEEPEST:
            self._open.append(opened)
        if opened.skips or self._is_skipping():
            return
        if tag in _BLOCKS:
            self._begin_block(tag, given, opened)
        elif tag in ("sup", "sub"):
            self._gather(opened, tag)
        elif _IGNORED.search(style):
            self._gather(opened, "ignored")
        elif tag == "a" and (found := _NOTE.search(given.get("href", ""))):
            opened.skips = True  # the number of a note; where the note itself stands, its backlink
            if not found[1]:
                self._text.append(f"\ue000{found[2]}\ue001")

    def handle_endtag(self, tag: str) -> None:
        """HTMLParser: an element ends, and those left open inside it."""
        places = [place for place, each in enumerate(self._open) if each.tag == tag]
        if places:
            self._close_down_to(places[-1])

    def handle_data(self, data: str) -> None:
        """HTMLParser: letters."""
        if self._is_skipping():
            return
        is_apart = any(each.sets for each in self._open)
        (self._apart if is_apart else self._text).append(_visible(data))

    def end_all(self) -> None:
        """Nothing follows: end what was left open."""
        self._close_down_to(0)
        self.end_line()

    def end_line(self) -> None:
        """What was gathered is a line."""
        text = _joined("".join(self._text))
        self._text = []
        if self._tables:
            if text:
                self._text = [text, " "]
            return
        note = next((each.note for each in reversed(self._open) if each.note), "")
        if note:
            self.notes[note] = f"{self.notes.get(note, '')} {text}".strip()
        elif text:
            self.lines.append(PastedLine(text, self._kind, self._level, self._is_first))
            self._is_first = False
            self._kind, self._level = LineKind.TEXT, 0

    def _close_down_to(self, place: int) -> None:
        for opened in reversed(self._open[place:]):
            self._open.pop()
            if not opened.skips and not self._is_skipping():
                self._end(opened)

    def _is_skipping(self) -> bool:
        return any(each.skips for each in self._open)

    def _gather(self, opened: _Open, sets: str) -> None:
        opened.sets = sets
        self._apart = []

    def _stand(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("br", "hr"):
            self._text.append(" ") if self._tables else self._break()
        elif tag == "img" and not _is_spacer(given):
            mark = self._keep(_content(given.get("src", "")))
            if mark and self._tables:
                self._below.append(PastedLine(mark, LineKind.PICTURE))
            elif mark:
                self.end_line()
                self.lines.append(PastedLine(mark, LineKind.PICTURE))

    def _break(self) -> None:
        """A new line inside a block; inside a heading or item a blank."""
        if self._kind is LineKind.TEXT:
            self.end_line()
        else:
            self._text.append(" ")

    def _begin_block(self, tag: str, given: dict[str, str], opened: _Open) -> None:
        self._begin_cell(tag, given) if tag in _CELLS else self.end_line()
        style = given.get("style", "")
        if tag in ("ul", "ol"):
            self._lists.append(tag == "ol")
            self._is_first = True
        elif _NOTE_ELEMENT.search(style):
            opened.note = re.sub(r"\D", "", given.get("id", "")) or "0"
        elif not self._tables:
            self._begin_line(tag, given.get("class", ""), style)

    def _begin_line(self, tag: str, name: str, style: str) -> None:
        found = _HEADING_TAG.fullmatch(tag) or _HEADING_CLASS.search(name) or _OUTLINE.search(style)
        if tag == "li":
            ordered = bool(self._lists) and self._lists[-1]
            self._kind = LineKind.NUMBERED if ordered else LineKind.BULLET
        elif _LIST_STYLE.search(style):
            self._kind = LineKind.BULLET  # until its number says otherwise
        elif found:
            level = next((part for part in found.groups() if part), "1")
            self._kind, self._level = LineKind.HEADING, int(level)

    def _begin_cell(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            self.end_line()
            self._tables.append(_Table())
        elif tag == "tr" and self._tables:
            self._tables[-1].rows.append([])
            self._text = []
        elif self._tables:
            self._text = []
            self._span = (_span(given.get("colspan", "")), _span(given.get("rowspan", "")))

    def _end(self, opened: _Open) -> None:
        if opened.sets:
            self._put_apart(opened.sets, "".join(self._apart))
        elif opened.tag in ("td", "th") and self._tables:
            table = self._tables[-1]
            if not table.rows:
                table.rows.append([])
            table.add(_joined("".join(self._text)), *self._span)
            self._text = []
        elif opened.tag == "tr" and self._tables and self._tables[-1].rows:
            self._tables[-1].fill()
        elif opened.tag == "table" and self._tables:
            self._end_table(self._tables.pop())
        elif opened.tag in _BLOCKS:
            if opened.tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            self.end_line()
            self._kind, self._level = LineKind.TEXT, 0

    def _end_table(self, table: _Table) -> None:
        rows = [row for row in table.rows if any(row)]
        if self._tables:  # a table in a cell of another one
            self._text = ["，".join(cell for row in rows for cell in row if cell)]
            return
        if rows:
            self.lines.append(PastedTable(tuple(map(tuple, rows))))
        self.lines += self._below
        self._below = []

    def _put_apart(self, sets: str, text: str) -> None:
        self._apart = []
        if sets == "ignored":
            self._number(text.replace("\xa0", " ").strip())
        elif sets == "sub":
            self._text.append(text.translate(_LOWERED))
        elif not _BRACKETED.fullmatch(text):  # [1] names a source that does not come along
            self._text.append(text.translate(_RAISED))

    def _number(self, sign: str) -> None:
        """The sign Word has put before an item says what sort of item it is."""
        if re.match(r"[（(]?[0-9一二三四五六七八九十a-zA-Z]+[.、．)）]", sign):
            self._kind = LineKind.TEXT
            self._text.append(f"{sign} ")  # read like a number that was typed
        elif sign:
            self._kind = LineKind.BULLET


_CELLS = frozenset(("table", "tr", "td", "th"))


def _span(value: str) -> int:
    return min(_MOST_SPAN, max(1, int(value))) if value.isdecimal() else 1


def _is_spacer(given: dict[str, str]) -> bool:
    """Whether a picture only keeps a distance, as those of web pages do, or signs a line."""
    sizes = (given.get(side, "") for side in ("width", "height"))
    return any(size.isdecimal() and int(size) <= _SPACER for size in sizes)


def _content(source: str) -> bytes:
    """The bytes of a picture; none when they stand where they are not to be fetched."""
    found = _DATA.match(source)
    return _decoded(found[1]) if found else office_picture(source)


def _decoded(data: str) -> bytes:
    try:
        return base64.b64decode(data, validate=False)
    except (binascii.Error, ValueError):
        return b""


def _joined(text: str) -> str:
    """A line without the line breaks of its source, which mean nothing between Han letters."""

    def put(found: re.Match[str]) -> str:
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        is_break = "\n" in found[0] or "\r" in found[0]
        return "" if is_break and _is_han(before) and _is_han(after) else " "

    return _BLANKS.sub(put, text).strip(" \u3000")


def _visible(text: str) -> str:
    """Without what nobody sees: soft hyphens, direction marks, places of objects."""
    return "".join(c for c in text if c in "\n\r\t" or not _is_hidden(c))


def _is_hidden(char: str) -> bool:
    return char == "\ufffc" or unicodedata.category(char) in ("Cc", "Cf", "Cs")


def _is_han(char: str) -> bool:
    return "\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
