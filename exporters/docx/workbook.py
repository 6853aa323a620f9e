"""The little workbook inside an editable chart: one sheet of categories and series, no styles.

Written by hand, since a chart must carry its numbers and nothing else; `exporters.xlsx` makes the
workbooks people open by themselves.
"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from exporters.docx.markup import attribute

if TYPE_CHECKING:
    from exporters.charts import Chart

SHEET = "Sheet1"
_DATE = (1980, 1, 1, 0, 0, 0)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LETTERS = 26


def chart_workbook(chart: Chart) -> bytes:
    """The workbook of a chart: names in the first column and row, figures where they meet."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in (*_FRAME.items(), ("xl/worksheets/sheet1.xml", _sheet(chart))):
            entry = ZipInfo(name, _DATE)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, _DECLARATION + content)
    return file.getvalue()


def column_name(number: int) -> str:
    """The letters of a column, from 1."""
    name = ""
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


_FRAME = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/>'
        '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border>'
        "<left/><right/><top/><bottom/><diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '</cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" '
        'xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="常规" xfId="0" '
        'builtinId="0"/></cellStyles></styleSheet>'
    ),
}


def _sheet(chart: Chart) -> str:
    corner = f"单位：{chart.unit}" if chart.unit else ""
    heads = (corner, *(series.name for series in chart.series))
    rows = [_row(1, [_words(text, 1, column) for column, text in enumerate(heads, 1)])]
    for number, category in enumerate(chart.categories, 2):
        cells = [_words(category, number, 1)]
        for column, series in enumerate(chart.series, 2):
            cells.append(_figure(series.values[number - 2], number, column))
        rows.append(_row(number, cells))
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def _row(number: int, cells: list[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _words(text: str, row: int, column: int) -> str:
    if not text:
        return ""
    place = f"{column_name(column)}{row}"
    return f'<c r="{place}" t="inlineStr"><is><t>{attribute(text)}</t></is></c>'


def _figure(value: Decimal | None, row: int, column: int) -> str:
    if value is None:
        return ""
    return f'<c r="{column_name(column)}{row}"><v>{value:f}</v></c>'
