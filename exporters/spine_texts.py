"""What stands on the back of each volume of an order, and what to say about thin ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporters.compose.cover_texts import CoverTexts
from exporters.made import About, Notice
from exporters.order import PrintOrder, SpineOrder
from exporters.spine import NARROWEST_MM, SpineText, sheets_of, thickness_mm


def spine_texts(
    texts: CoverTexts, sizes: Sequence[tuple[str, int]], order: PrintOrder
) -> tuple[SpineText, ...]:
    """The back of each volume by title and number of sides."""
    wanted = order.spine or SpineOrder()
    return tuple(_spine(texts, title, pages, wanted, duplex=order.duplex) for title, pages in sizes)


def spine_notices(spines: Sequence[SpineText]) -> Iterator[Notice]:
    """A back too thin for text."""
    for spine in spines:
        if spine.thickness_mm < NARROWEST_MM:
            words = f"书脊只有 {spine.thickness_mm:g} mm 厚，字会很小，一般不印书脊。"
            yield Notice(About.BEFORE_PRINTING, words)


def _spine(
    texts: CoverTexts, volume: str, pages: int, wanted: SpineOrder, *, duplex: bool
) -> SpineText:
    above = tuple(text for text in (texts.title, volume, texts.stage, texts.month) if text)
    thick = wanted.thickness_mm or thickness_mm(pages, duplex=duplex)
    sheets = sheets_of(pages, duplex=duplex)
    remark = f"厚 {thick:g} mm（{pages} 页，{sheets} 张）。按实际大小打印，沿两侧竖线裁切。"
    return SpineText(above, texts.compiler, thick, remark)
