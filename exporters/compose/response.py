"""条文响应表: each clause of the notice and the chapters of the plan that answer it."""

from __future__ import annotations

from exporters.compose.numbering import heading_number
from exporters.compose.setting import Setting
from exporters.document import Align, Cell, Column, Table, TableRow
from forms.schema import Chapter, Clause, Place, Section
from forms.view import PlanView

_PAGE = Column(6, Align.CENTRE)


def response_table(setting: Setting) -> Table:
    """One row a clause that some section answers, with the page where the answer begins."""
    view = setting.view
    head = TableRow(
        tuple(
            Cell(text, align=Align.CENTRE)
            for text in ("序号", "条款", "通知要求", "本方案对应章节", "页码")
        )
    )
    rows: list[TableRow] = []
    for clause in view.pack.clauses:
        places = _places(view, clause)
        if places:
            page = _page(setting, clause)
            cells = (str(len(rows) + 1), clause.number, clause.title, "；".join(places), page)
            rows.append(TableRow(tuple(Cell(text) for text in cells)))
    columns = (Column(5, Align.CENTRE), Column(10, Align.CENTRE), Column(16), Column(24), _PAGE)
    return Table(columns, (head,), tuple(rows))


def _page(setting: Setting, clause: Clause) -> str:
    pages = setting.pages
    if pages is None:
        return ""
    answering = (
        section
        for chapter in setting.view.pack.chapters
        for section in _visible(setting.view, chapter)
        if clause.key in section.clauses and section.key in setting.anchors
    )
    first = next(answering, None)
    return "" if first is None else pages.page_of(setting.anchors[first.key])


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
    """The sections printed in the body; what stands in an annex is cited by its own label."""
    return [
        section
        for section in chapter.sections
        if section.place is Place.BODY and view.shows_section(section)
    ]
