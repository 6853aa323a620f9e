"""条文响应表: each clause of the notice and the chapters of the plan that answer it."""

from __future__ import annotations

from exporters.compose.setting import Setting
from exporters.document import Align, Cell, Column, Table, TableRow
from forms.heading_numbers import heading_number
from forms.schema import Chapter, Clause, Place, Section
from forms.view import PlanView

_PAGE = Column(8, Align.CENTRE)


def response_table(setting: Setting, *, is_apart: bool = False) -> Table:
    """One row a clause that some section answers, with the pages where its answers begin."""
    view = setting.view
    page = "正文页码" if is_apart else "页码"  # apart: in another volume than the chapters
    head = TableRow(
        tuple(
            Cell(text, align=Align.CENTRE)
            for text in ("序号", "条款", "通知要求", "本方案对应章节", page)
        )
    )
    rows: list[TableRow] = []
    for clause in view.pack.clauses:
        places = _places(view, clause)
        if places:
            pages = _pages(setting, clause)
            cells = (str(len(rows) + 1), clause.number, clause.title, "；".join(places), pages)
            rows.append(TableRow(tuple(Cell(text) for text in cells)))
    columns = (Column(5, Align.CENTRE), Column(10, Align.CENTRE), Column(16), Column(24), _PAGE)
    return Table(columns, (head,), tuple(rows))


def _pages(setting: Setting, clause: Clause) -> str:
    """The page where the answer begins in each chapter that is named, in the same order.

    Open where the order leaves the chapters out: no one knows their pages then.
    """
    if setting.pages is None:
        return ""
    firsts = (
        next((s for s in _visible(setting.view, chapter) if clause.key in s.clauses), None)
        for chapter in setting.view.pack.chapters
        if chapter.place is Place.BODY
    )
    anchors = (setting.anchors.get(s.key, "") for s in firsts if s is not None)
    labels = (setting.pages.page_of(anchor) for anchor in anchors)
    return "、".join(dict.fromkeys(filter(None, labels)))


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
