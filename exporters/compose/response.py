"""条文响应表: each clause of the notice and the chapters of the plan that answer it."""

from __future__ import annotations

from exporters.compose.numbering import heading_number
from exporters.document import Align, Cell, Column, Table, TableRow
from forms.schema import Chapter, Clause, Place, Section
from forms.view import PlanView


def response_table(view: PlanView) -> Table:
    """One row a clause that some section answers."""
    head = TableRow(
        tuple(
            Cell(text, align=Align.CENTRE)
            for text in ("序号", "条款", "通知要求", "本方案对应章节")
        )
    )
    rows: list[TableRow] = []
    for clause in view.pack.clauses:
        places = _places(view, clause)
        if places:
            cells = (str(len(rows) + 1), clause.number, clause.title, "；".join(places))
            rows.append(TableRow(tuple(Cell(text) for text in cells)))
    columns = (Column(5, Align.CENTRE), Column(10, Align.CENTRE), Column(18), Column(24))
    return Table(columns, (head,), tuple(rows))


def _places(view: PlanView, clause: Clause) -> list[str]:
    found: list[str] = []
    number = 0
    for chapter in view.pack.chapters:
        if chapter.place is not Place.BODY or not _visible(view, chapter):
            continue
        number += 1
        answering = [s for s in _visible(view, chapter) if clause.key in s.clauses]
        if answering and len(answering) == len(_visible(view, chapter)):
            found.append(f"{heading_number(1, number)}{chapter.title}")
        elif answering:
            titles = "、".join(section.title for section in answering)
            found.append(f"{heading_number(1, number)}{chapter.title}（{titles}）")
    return found


def _visible(view: PlanView, chapter: Chapter) -> list[Section]:
    return [section for section in chapter.sections if view.shows_section(section)]
