"""One Type0 font object for each face used in a document, with the text behind every glyph.

reportlab's own class writes a font per 255 characters and wrong text above U+FFFF; this one gives
each (printed glyph, meant text) pair a two-byte code, so a digit drawn small and low still copies
as the subscript it stands for.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Protocol

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFObject,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from exporters.pdf.typefaces import Typeface

_SYMBOLIC = 4
_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_CMAP_FOOT = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_CMAP_BLOCK = 100  # entries the PDF reference allows in one bfchar block


class ObjectStore(Protocol):
    """Where PDF objects are filed; reportlab's document, with the types it leaves out."""

    def Reference(self, obj: PDFObject, name: str) -> PDFObject:
        """File an object under a name; what stands for it in other objects."""
        ...


class EmbeddedFont:
    """A face inside one document; hands out codes while text is set, then writes itself."""

    def __init__(self, typeface: Typeface, name: str) -> None:
        self.typeface = typeface
        self.name = name  # resource name, such as F1
        self._codes: dict[tuple[str, str], str] = {}
        self._drawn: list[str] = []
        self._meant: list[str] = []

    def code(self, drawn: str, meant: str) -> str:
        """The four hex digits that draw one character and copy as `meant`."""
        key = (drawn, meant)
        known = self._codes.get(key)
        if known is None:
            self._drawn.append(drawn)
            self._meant.append(meant)
            known = self._codes[key] = f"{len(self._drawn):04X}"
        return known

    @property
    def is_used(self) -> bool:
        """Whether any text of the document is set in this face."""
        return bool(self._drawn)

    def write(self, document: ObjectStore) -> PDFObject:
        """The font as PDF objects; the returned one goes into the page's font resources."""
        program, glyphs = self.typeface.cut([ord(character) for character in self._drawn])
        base = self._base_name()
        mapping = b"\0\0" + b"".join(glyph.to_bytes(2, "big") for glyph in glyphs)
        widths = [round(self.typeface.width(drawn) * 1000, 2) for drawn in self._drawn]
        descendant = PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": base,
                "CIDSystemInfo": PDFDictionary(
                    {
                        "Registry": PDFString("Adobe"),
                        "Ordering": PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": self._refer(document, "fd", self._descriptor(document, program)),
                "DW": 1000,
                "W": PDFArray([1, PDFArray(widths)]),
                "CIDToGIDMap": self._refer(document, "gid", _stream(mapping)),
            }
        )
        return PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": base,
                "Encoding": "/Identity-H",
                "DescendantFonts": PDFArray([self._refer(document, "cid", descendant)]),
                "ToUnicode": self._refer(document, "uni", _stream(self._unicode_map())),
            }
        )

    def _descriptor(self, document: ObjectStore, program: bytes) -> PDFObject:
        metrics = self.typeface.metrics
        return PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": self._base_name(),
                "Flags": _SYMBOLIC,
                "FontBBox": PDFArray(list(metrics.box)),
                "ItalicAngle": metrics.italic_angle,
                "Ascent": metrics.ascent,
                "Descent": metrics.descent,
                "CapHeight": metrics.cap_height,
                "StemV": metrics.stem,
                "FontFile2": self._refer(document, "file", _stream(program, Length1=len(program))),
            }
        )

    def _refer(self, document: ObjectStore, part: str, item: PDFObject) -> PDFObject:
        return document.Reference(item, f"{self.name}:{part}")

    def _base_name(self) -> str:
        """The face's name after six capitals that depend on what the subset holds."""
        digest = sha256("".join(self._drawn).encode("utf-8")).digest()
        tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
        return f"/{tag}+{self.typeface.name}"

    def _unicode_map(self) -> bytes:
        lines = [_CMAP_HEAD]
        for first in range(0, len(self._meant), _CMAP_BLOCK):
            block = self._meant[first : first + _CMAP_BLOCK]
            lines.append(f"{len(block)} beginbfchar")
            for code, meant in enumerate(block, first + 1):
                lines.append(f"<{code:04X}> <{meant.encode('utf-16-be').hex().upper()}>")
            lines.append("endbfchar")
        lines.append(_CMAP_FOOT)
        return "\n".join(lines).encode("ascii")


def _stream(content: bytes, **entries: int) -> PDFStream:
    stream = PDFStream(content=content)
    for key, value in entries.items():
        stream.dictionary[key] = value
    stream.filters = [PDFZCompress]
    return stream
