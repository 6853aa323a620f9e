"""Text as WordprocessingML strings: the only place where characters of the plan become XML.

Text is never interpreted: it is cleaned, escaped and set as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
STRONG_STYLE_ID = "Strong"

_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# What XML 1.0 forbids, and what turns a line of text around: print shows what the plan says.
_UNPRINTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
# Anything that is not set as it stands; most cells of a big table never get past this search.
_SPECIAL = re.compile(
    "[<>&\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
# Marks shared by Latin and Chinese: without a hint Word takes them from the Latin font, and
# quotation marks come out half as wide as they should be.
_SHARED_MARK = re.compile("[\u2014\u2018\u2019\u201c\u201d\u2026\u2030\u2103]")
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_HINT = '<w:rFonts w:hint="eastAsia"/>'
_STRONG = f'<w:rStyle w:val="{STRONG_STYLE_ID}"/>'


def namespaces(*prefixes: str) -> str:
    """The namespace declarations of a root element."""
    return " ".join(f'xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in prefixes)


def clean(text: str) -> str:
    """The text with one kind of line end and without what no file or line can hold."""
    if not _SPECIAL.search(text):
        return text
    return _HALF_CHARACTER.sub("\ufffd", _UNPRINTED.sub("", _LINE_END.sub("\n", text)))


def attribute(text: str) -> str:
    """The text as it stands between the quotes of an attribute."""
    return escape(clean(text), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def run(text: str, *, strong: bool = False) -> str:
    """A run of plain text, or nothing for no text; line ends and tabs become Word's own."""
    if not text:
        return ""
    body = _pieces(clean(text)) if _SPECIAL.search(text) else _text(text)
    hint = _HINT if _SHARED_MARK.search(text) and _is_chinese(text) else ""
    properties = (_STRONG if strong else "") + hint
    if properties:
        return f"<w:r><w:rPr>{properties}</w:rPr>{body}</w:r>"
    return f"<w:r>{body}</w:r>"


def field(instruction: str, result: str) -> str:
    """A field with its stored result; each piece has its own run, as WPS wants it."""
    return field_start(instruction) + run(result) + field_end()


def field_start(instruction: str) -> str:
    """The opening of a field whose result stretches over several paragraphs."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {attribute(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field_end() -> str:
    """The closing of a field opened by `field_start`."""
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def link(bookmark: str, content: str) -> str:
    """Content that leads to a bookmark of the file."""
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{content}</w:hyperlink>'


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of a style; the rest is what no style can know."""

    style: str
    content: str = ""
    list_id: int | None = None  # a list of numbering.xml
    indent: str = ""  # the style's own indent where other programs would drop it
    breaks_page: bool = False
    section: str = ""  # the section that ends with this paragraph

    def xml(self) -> str:
        """The paragraph element."""
        properties = [f'<w:pStyle w:val="{self.style}"/>']
        if self.breaks_page:
            properties.append("<w:pageBreakBefore/>")
        if self.list_id is not None:
            properties.append(
                f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self.list_id}"/></w:numPr>'
            )
        properties += (self.indent, self.section)
        return f"<w:p><w:pPr>{''.join(properties)}</w:pPr>{self.content}</w:p>"


def _is_chinese(text: str) -> bool:
    return bool(_HAN.search(text)) or all(_SHARED_MARK.match(mark) for mark in text)


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def _pieces(text: str) -> str:
    pieces: list[str] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            pieces.append("<w:br/>")
        for place, part in enumerate(line.split("\t")):
            if place:
                pieces.append("<w:tab/>")
            if part:
                pieces.append(_text(escape(part)))
    return "".join(pieces)
