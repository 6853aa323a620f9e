"""Footnotes: the part that holds them, and the marks in the text that call them."""

from __future__ import annotations

from dataclasses import dataclass, field

from exporters.docx import names
from exporters.docx.markup import Para, namespaces, run

# ① ② ③, from ① again on every page: GB/T 9704 says nothing, books on government papers do so.
NUMBERING = (
    '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircleChinese"/>'
    '<w:numRestart w:val="eachPage"/>{separators}</w:footnotePr>'
)
_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))
_MARK = f'<w:rPr><w:rStyle w:val="{names.FOOTNOTE_MARK.id}"/></w:rPr>'


@dataclass(slots=True)
class Footnotes:
    """The notes of one file in the order of their marks."""

    _texts: list[str] = field(default_factory=list[str])

    def __bool__(self) -> bool:
        return bool(self._texts)

    def mark(self, text: str) -> str:
        """The mark of a new note; nothing for no text."""
        if not text:
            return ""
        self._texts.append(text)
        return f'<w:r>{_MARK}<w:footnoteReference w:id="{len(self._texts)}"/></w:r>'

    def xml(self) -> str:
        """The part footnotes.xml."""
        separators = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}">'
            f"{Para(names.FOOTNOTE_RULE.id, f'<w:r><w:{kind}/></w:r>').xml()}</w:footnote>"
            for number, kind in _SEPARATORS
        )
        notes = "".join(
            f'<w:footnote w:id="{number}">{_note(text)}</w:footnote>'
            for number, text in enumerate(self._texts, 1)
        )
        return f"<w:footnotes {namespaces('w')}>{separators}{notes}</w:footnotes>"


def _note(text: str) -> str:
    return Para(names.FOOTNOTE.id, f"<w:r>{_MARK}<w:footnoteRef/></w:r>{run(f' {text}')}").xml()


def settings_xml() -> str:
    """What the settings of a file with footnotes say of them."""
    separators = "".join(f'<w:footnote w:id="{number}"/>' for number, _ in _SEPARATORS)
    return NUMBERING.format(separators=separators)
