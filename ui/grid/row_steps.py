"""Several rows at once: copied and moved as one undo step."""

from __future__ import annotations

from collections.abc import Sequence

from forms.edits import AddRow, Edit, MoveRow, new_row_id
from ui.grid.rows_model import RowsModel
from ui.text import tr


def copy_rows(model: RowsModel, keys: Sequence[str]) -> list[str]:
    """The same rows once more, right below the last of them; their keys."""
    order = model.session.view.rows(model.home)
    wanted = [key for key in order if key in set(keys)]
    if not wanted:
        return []
    position = order.index(wanted[-1]) + 1
    made = [new_row_id() for _ in wanted]
    edits: list[Edit] = []
    for place, (old, new) in enumerate(zip(wanted, made, strict=True), start=position):
        values = model.session.answers.row_values(model.home.at_row(old))
        cells = tuple((model.home.at(new, at.column, at.year), v) for at, v in values.items())
        edits.append(AddRow(model.home, new, place, cells))
    model.put_all(tuple(edits), _label(tr("复制"), model, len(made)))
    return made


def move_rows(model: RowsModel, keys: Sequence[str], by: int) -> None:
    """Move rows past those shown above or below them; those at the edge stay there."""
    order, shown, wanted = list(model.session.view.rows(model.home)), model.shown.rows, set(keys)
    if not model.arrangement.keeps_order:
        return  # rows that are sorted or grouped have no place of their own to be moved from
    edits: list[Edit] = []
    moved = list(shown)
    for key in [key for key in shown if key in wanted][:: -1 if by > 0 else 1]:
        place = moved.index(key)
        beside = place + by
        if not 0 <= beside < len(moved) or moved[beside] in wanted:
            continue
        position = order.index(moved[beside])
        moved.insert(beside, moved.pop(place))
        order.insert(position, order.pop(order.index(key)))
        edits.append(MoveRow(model.home.at_row(key), position))
    if edits:
        model.put_all(tuple(edits), _label(tr("移动"), model, len(edits)))


def _label(verb: str, model: RowsModel, count: int) -> str:
    name = model.table.row_name
    return f"{verb}{name}" if count == 1 else tr("{0} {1} 个{2}").format(verb, count, name)
