"""报送清单: what is handed over to whom, in how many copies, with lines to be signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exporters.document import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    PageBreak,
    Paragraph,
    Part,
    PartRole,
    Run,
    Table,
    TableRow,
    TextRole,
)

TITLE = "报送清单"
_HEAD = ("序号", "材料名称", "载体", "份数", "页数", "备注")
_COLUMNS = (
    Column(5, Align.CENTRE),
    Column(28),
    Column(13, Align.CENTRE),
    Column(6, Align.RIGHT),
    Column(6, Align.RIGHT),
    Column(12, Align.CENTRE),
)
_BLANK = "　" * 10
_ROOM = "　\n　\n　\n"  # lines left free for a stamp
_DATE = "　　　　年　　月　　日"


@dataclass(frozen=True, slots=True)
class Material:
    """One thing handed over; `pages` is 0 for what has none."""

    name: str
    carrier: str
    copies: int
    pages: int = 0
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """Who hands over what: the plan, its compiler, the receivers and the materials."""

    plan: str
    sender: str
    receivers: tuple[str, ...]
    materials: tuple[Material, ...]


def copies_list(handover: Handover) -> Document:
    """One sheet a receiver; one with an empty line when no receiver is named."""
    blocks: list[Block] = []
    for receiver in handover.receivers or ("",):
        blocks += [*([PageBreak()] if blocks else []), *_sheet(handover, receiver)]
    return Document(
        title=f"{handover.plan}{TITLE}",
        parts=(Part(PartRole.BODY, tuple(blocks)),),
        author=handover.sender,
    )


def _sheet(handover: Handover, receiver: str) -> Iterator[Block]:
    yield Paragraph((Run(TITLE),), TextRole.FRONT_TITLE)
    for label, text in (
        ("方案名称", handover.plan),
        ("报送单位", handover.sender or _BLANK),
        ("接收单位", receiver or _BLANK),
    ):
        yield Paragraph((Run(f"{label}：", strong=True), Run(text)), TextRole.LABELLED)
    yield _table(handover.materials)
    yield _signatures()


def _signatures() -> Table:
    """Where both sides sign, side by side."""
    head = TableRow((Cell("报送单位"), Cell("接收单位")))
    rows = (
        (f"{_ROOM}（盖章）", f"{_ROOM}（签收）"),
        ("经办人：", "经办人："),
        (f"日期：{_DATE}", f"日期：{_DATE}"),
    )
    body = tuple(TableRow(tuple(Cell(text) for text in texts)) for texts in rows)
    return Table((Column(1), Column(1)), (head,), body)


def _table(materials: tuple[Material, ...]) -> Table:
    head = TableRow(tuple(Cell(text, align=Align.CENTRE) for text in _HEAD))
    rows = tuple(
        TableRow(
            tuple(
                Cell(text)
                for text in (
                    str(number),
                    material.name,
                    material.carrier,
                    str(material.copies),
                    str(material.pages or "—"),
                    material.remark,
                )
            )
        )
        for number, material in enumerate(materials, start=1)
    )
    return Table(_COLUMNS, (head,), rows)
