"""What an order hands over: volumes on paper in so many copies, files on a disc once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporters.compose.check_report import TITLE as REPORT_TITLE
from exporters.compose.copies import Material
from exporters.made import Exported
from exporters.order import CopiesOrder, Format, PrintOrder, ReportPlace
from exporters.spine import sheets_of

_PAPER, _FILE = "纸质", "电子（光盘）"
_NAMES = {Format.WORD: "Word 文件", Format.PDF: "PDF 文件", Format.EXCEL: "Excel 附表"}


def materials(
    volumes: Sequence[tuple[str, int]],
    printed: Sequence[Exported],
    order: PrintOrder,
) -> Iterator[Material]:
    """The lines of the copies list; `volumes` are titles and sides, `printed` the paper made."""
    copies = (order.copies or CopiesOrder()).copies
    for title, pages in volumes:
        sheets = sheets_of(pages, duplex=order.duplex)
        side = f"双面，{sheets} 张" if order.duplex else "单面"
        yield Material(_name(title), _PAPER, copies, pages, side)
    if order.report is ReportPlace.SEPARATE:
        pages = max((each.pages for each in printed if each.title == REPORT_TITLE), default=0)
        yield Material(REPORT_TITLE, _PAPER, 1, pages)
    for title, _ in volumes:
        for each in order.paper:
            yield Material(f"{_name(title)} {_NAMES[each]}", _FILE, 1)
    if Format.EXCEL in order.formats:
        yield Material(f"{_name('')} {_NAMES[Format.EXCEL]}", _FILE, 1)
    for name in order.workbooks:
        yield Material(f"{name}（Excel 工作簿）", _FILE, 1)


def _name(title: str) -> str:
    return title or "实施方案"
