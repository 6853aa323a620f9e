"""Workbooks of a few annexes each, such as the one of projects, as the pack groups them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exporters.compose.setting import annex_anchor
from exporters.compose.volume import Volume
from exporters.document import Block, Document, Heading, Part
from exporters.made import About, Notice
from exporters.xlsx import cut_titles, workbook
from forms.view import PlanView


def whole_workbook(volumes: Sequence[Volume]) -> bytes:
    """Every table of all volumes."""
    first = volumes[0].document
    parts = tuple(part for volume in volumes for part in volume.document.parts)
    return workbook(replace(first, parts=parts))


def cut_texts(volumes: Sequence[Volume]) -> tuple[Notice, ...]:
    """What to say of texts that are longer than a cell of Excel can hold."""
    titles = (title for volume in volumes for title in cut_titles(volume.document))
    words = "Excel 一格最多 32,767 字，《{0}》中过长的文字只存开头，全文见 Word 和 PDF。"
    return tuple(Notice(About.LEFT_OUT, words.format(title)) for title in titles)


def workbook_of(view: PlanView, volumes: Sequence[Volume], name: str) -> bytes:
    """The tables of the annexes that belong into the workbook of this name."""
    wanted = {annex_anchor(annex.key) for annex in view.pack.annexes if annex.workbook == name}
    parts = tuple(
        replace(part, blocks=_under(part, wanted))
        for volume in volumes
        for part in volume.document.parts
    )
    title = f"{view.text(view.pack.roles.plan_title)}：{name}"
    return workbook(Document(title, parts, author=view.text(view.pack.roles.compiler)))


def _under(part: Part, anchors: set[str]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    taken = False
    for block in part.blocks:
        if isinstance(block, Heading) and block.level == 1:
            taken = block.anchor in anchors
        if taken:
            blocks.append(block)
    return tuple(blocks)
