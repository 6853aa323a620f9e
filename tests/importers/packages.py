"""Small workbooks and documents made from their XML, well or badly."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def relations(entries: Mapping[str, tuple[str, str]], outside: str = "") -> str:
    """A list of relationships: id to kind and target; `outside` is further XML."""
    inner = "".join(
        f'<Relationship Id="{key}" Type="{REL}/{kind}" Target="{target}"/>'
        for key, (kind, target) in entries.items()
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inner}{outside}</Relationships>'


def outward(key: str, kind: str, target: str) -> str:
    """A relationship that leads out of the package."""
    where = f'Type="{REL}/{kind}" Target="{target}" TargetMode="External"'
    return f'<Relationship Id="{key}" {where}/>'


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """A sheet part from the XML of its rows."""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{REL}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def cells(row: int, *inner: str) -> str:
    """A row of cells given as XML."""
    return f'<row r="{row}">{"".join(inner)}</row>'


def styles(formats: list[str]) -> str:
    """A styles part: style 0 is plain, style n has the n-th format."""
    listed = "".join(
        f'<numFmt numFmtId="{200 + at}" formatCode="{_escaped(code)}"/>'
        for at, code in enumerate(formats)
    )
    used = "".join(f'<xf numFmtId="{200 + at}"/>' for at in range(len(formats)))
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{listed}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0"/>{used}</cellXfs></styleSheet>'
    )


def strings(texts: list[str]) -> str:
    """A part of shared texts."""
    inner = "".join(f"<si><t xml:space='preserve'>{_escaped(text)}</t></si>" for text in texts)
    return f'{HEAD}<sst xmlns="{MAIN}">{inner}</sst>'


def xlsx(
    sheets: Mapping[str, str],
    *,
    states: Mapping[str, str] | None = None,
    properties: str = "",
    texts: list[str] | None = None,
    formats: list[str] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    outside: str = "",
) -> bytes:
    """A workbook of sheets (name to part); `parts` add or replace parts by name."""
    links = {f"s{at}": ("worksheet", f"worksheets/sheet{at}.xml") for at in range(len(sheets))}
    links |= {"t": ("sharedStrings", "sharedStrings.xml"), "y": ("styles", "styles.xml")}
    listed = "".join(
        f'<sheet name="{_escaped(name)}" sheetId="{at + 1}" r:id="s{at}"'
        f' state="{(states or {}).get(name, "visible")}"/>'
        for at, name in enumerate(sheets)
    )
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}">{properties}'
            f"<sheets>{listed}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": relations(links, outside),
        "xl/styles.xml": styles(formats or []),
        "xl/sharedStrings.xml": strings(texts or []),
    }
    made |= {f"xl/worksheets/sheet{at}.xml": part for at, part in enumerate(sheets.values())}
    return packed(made | dict(parts or {}))


def docx(
    body: str,
    *,
    links: Mapping[str, tuple[str, str]] | None = None,
    outside: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A document from the XML of its body."""
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations({"r1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": (
            f'{HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{REL}" xmlns:a="{DRAWING}"'
            f' xmlns:m="{MATH}" xmlns:mc="{COMPATIBLE}" xmlns:v="urn:schemas-microsoft-com:vml"'
            f' xmlns:o="urn:schemas-microsoft-com:office:office">'
            f"<w:body>{body}</w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": relations(links or {}, outside),
    }
    return packed(made | dict(parts or {}))


def packed(parts: Mapping[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of a document."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t>{_escaped(text)}</w:t></w:r></w:p>"


def _escaped(text: str) -> str:
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace('"', "&quot;")
        .replace("\n", "&#10;")
    )
