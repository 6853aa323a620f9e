"""A planner who knows the answers: at each stop of the way, what another plan has there."""

from __future__ import annotations

from forms.edits import AddRow, Edit, RemoveRow, SetValue
from forms.stops import Stop, place_of
from forms.view import PlanView


def taken(view: PlanView, source: PlanView, stop: Stop) -> list[Edit]:
    """The edits a planner who knows the answers makes at a stop: what the sample has there."""
    at = place_of(view, stop)
    rows = source.answers.order(at)
    if rows and at.row not in rows:  # a table without rows, or a row the pack only offered
        here = view.answers.order(at)
        gone: list[Edit] = [RemoveRow(at.table.at_row(row)) for row in here if row not in rows]
        cells = {row: source.answers.row_values(at.table.at_row(row)) for row in rows}
        new = [AddRow(at.table, row, cells=tuple(cells[row].items())) for row in rows]
        return gone + [edit for edit in new if edit.row not in here]
    value = source.answers.get(at)
    return [] if value is None or stop.finding else [SetValue(at, value)]
