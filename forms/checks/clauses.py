"""Clauses: each passage of the notice is answered by a visible section with something in it."""

from __future__ import annotations

from collections.abc import Iterator

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.schema import Clause, Listing, Place, Section, Severity, Summary
from forms.view import PlanView

RULE_CLAUSE = "COV-101"


def unanswered_clauses(view: PlanView) -> Iterator[Step]:
    """One finding for each clause whose sections are all hidden or empty."""
    for clause in view.pack.clauses:
        yield None
        answering = [s for s in view.pack.sections() if clause.key in s.clauses and _is_body(s)]
        if answering and not any(_has_content(view, section) for section in answering):
            yield _finding(view, clause, answering)


def _is_body(section: Section) -> bool:
    return section.place is Place.BODY


def _has_content(view: PlanView, section: Section) -> bool:
    """Whether a section says anything: a value somebody typed, beyond the rows a table offers."""
    if not view.shows_section(section):
        return False
    answers = view.answers.section(section.key)
    return bool(answers.fields) or any(table.rows for table in answers.tables.values())


def _finding(view: PlanView, clause: Clause, answering: list[Section]) -> Finding:
    shown = [section for section in answering if view.shows_section(section)] or answering
    titles = "、".join(f"“{section.title}”" for section in shown[:3])
    return Finding(
        RULE_CLAUSE,
        Severity.MUST,
        f"通知条文“{clause.number}　{clause.title}”在方案正文中没有内容作答。",
        f"在{titles}中写明；确不涉及的，写明理由。",
        (_first_place(shown[0]),),
        clause.key,
    )


def _first_place(section: Section) -> Address:
    typed = (item for item in section.items if not isinstance(item, Summary | Listing))
    first = next(typed, section.items[0])
    return Address(section.key, first.key)
