"""Sections: the sheet of each part, its page numbers and the footers that print them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exporters.document import Orientation, Part, PartRole, PartStart
from exporters.docx import names
from exporters.docx.markup import Para, field, namespaces, run
from exporters.docx.measures import Sheet, sheet, twips, twips_of_mm
from exporters.docx.watermark import HEADER

if TYPE_CHECKING:
    from exporters.docx.names import StyleName
    from exporters.look import Look

ODD_FOOTER = "rIdFooterOdd"
EVEN_FOOTER = "rIdFooterEven"
BLANK_FOOTER = "rIdFooterBlank"
_HEADER_MM = 15


@dataclass(slots=True)
class PageNumbers:
    """Where the counting of pages starts anew: at the first Roman and at the first Arabic part."""

    _front_begun: bool = False
    _body_begun: bool = False

    def section(self, part: Part, look: Look, *, has_header: bool = False) -> str:
        """The section properties of a part; parts come in print order."""
        margins = _headers() if has_header else ""
        if part.role is PartRole.COVER:
            return _section(part, margins + _footers(BLANK_FOOTER, BLANK_FOOTER), "", look)
        roman = part.role is PartRole.FRONT
        begun = self._front_begun if roman else self._body_begun
        if roman:
            self._front_begun = True
        else:
            self._body_begun = True
        start = "" if begun else ' w:start="1"'
        counting = "lowerRoman" if roman else "decimal"
        numbers = f'<w:pgNumType w:fmt="{counting}"{start}/>'
        return _section(part, margins + _footers(ODD_FOOTER, EVEN_FOOTER), numbers, look)


def footer_parts() -> dict[str, str]:
    """The footers by relationship id: "— 1 —" at the outer edge, and an empty one."""
    return {
        ODD_FOOTER: _footer(names.PAGE_NUMBER_ODD, field("PAGE", "1")),
        EVEN_FOOTER: _footer(names.PAGE_NUMBER_EVEN, field("PAGE", "2")),
        BLANK_FOOTER: _footer(names.PAGE_NUMBER_ODD, ""),
    }


def _footer(style: StyleName, number: str) -> str:
    content = run("— ") + number + run(" —") if number else ""
    return f"<w:ftr {namespaces('w')}>{Para(style.id, content).xml()}</w:ftr>"


def _headers() -> str:
    return (
        f'<w:headerReference w:type="even" r:id="{HEADER}"/>'
        f'<w:headerReference w:type="default" r:id="{HEADER}"/>'
    )


def _footers(odd: str, even: str) -> str:
    return (
        f'<w:footerReference w:type="default" r:id="{odd}"/>'
        f'<w:footerReference w:type="even" r:id="{even}"/>'
    )


def _section(part: Part, margins: str, numbers: str, look: Look) -> str:
    orientation = part.orientation
    start = "oddPage" if part.start is PartStart.ODD else "nextPage"
    pitch = twips(look.page.line_pt)
    page = sheet(orientation, look.page)
    width, height = twips_of_mm(page.width_mm), twips_of_mm(page.height_mm)
    is_turned = orientation is Orientation.LANDSCAPE
    turned = ' w:orient="landscape"' if is_turned else ""
    # Only 22 lines fill their page: LibreOffice would leave what no whole line fills.
    grid = "" if is_turned else ' w:type="lines"'
    return (
        f'<w:sectPr>{margins}<w:type w:val="{start}"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f"{_margins(page, look)}{numbers}"
        f'<w:cols w:space="425"/><w:docGrid{grid} w:linePitch="{pitch}"/>'
        "</w:sectPr>"
    )


def _margins(page: Sheet, look: Look) -> str:
    # The dash is at half the height of its line, and hangs so far below the text area.
    half_line_mm = look.page_number.line_pt / 72 * 25.4 / 2
    footer_mm = page.bottom_mm - look.page.number_gap_mm - half_line_mm
    sides = {
        "top": page.top_mm,
        "right": page.right_mm,
        "bottom": page.bottom_mm,
        "left": page.left_mm,
        "header": _HEADER_MM,
        "footer": footer_mm,
    }
    margins = "".join(f' w:{side}="{twips_of_mm(mm)}"' for side, mm in sides.items())
    return f'<w:pgMar{margins} w:gutter="0"/>'
