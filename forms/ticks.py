"""Ticked content points: what a reviewer looks for in a section and somebody says is there.

A tick holds for one point in its very words; when a later pack asks otherwise, it asks anew.
"""

from __future__ import annotations

from hashlib import sha256

from forms.edits import AddRow, Edit, EditError, RemoveRow
from forms.schema import Section
from forms.view import PlanView

_LETTERS = 10  # of the digest: the points of one section are few


def ticked(view: PlanView, section: Section) -> tuple[str, ...]:
    """The points of a section that are ticked, in the order of the pack."""
    roles = view.pack.roles.ticks
    if roles is None or not section.points:
        return ()
    rows = view.answers.table(roles.table).order
    return tuple(point for point in section.points if tick_row(section, point) in rows)


def tick(view: PlanView, section: Section, point: str, *, on: bool) -> tuple[Edit, ...]:
    """The edits that tick a point or take the tick away."""
    roles = view.pack.roles.ticks
    if roles is None:
        raise EditError("这个政策包没有工作记录，不能勾选要点。")
    row = tick_row(section, point)
    is_there = row in view.answers.order(roles.table)
    if on == is_there:
        return ()
    if not on:
        return (RemoveRow(roles.table.at_row(row)),)
    cells = (
        (roles.table.at(row, roles.section), section.title),
        (roles.table.at(row, roles.point), point),
    )
    return (AddRow(roles.table, row, cells=cells),)


def tick_row(section: Section, point: str) -> str:
    """The row that stands for a tick: the same on every machine, so that ticks meet in merging."""
    return f"{section.key[:50]}-{sha256(point.encode()).hexdigest()[:_LETTERS]}"
