"""Several rows at once: copied and moved as one undo step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from forms.edits import AddRow, Edit, MoveRow, RemoveRow, new_row_id
from ui.grid.rows_model import RowsModel
from ui.grid.steps import READ, put_steps
from ui.text import tr


def copy_steps(model: RowsModel, keys: Sequence[str], made: list[str]) -> Iterator[int]:
    """The same rows once more, right below the last of them; `made` takes their keys."""
    order, chosen = model.session.view.rows(model.home), frozenset(keys)
    wanted = [key for key in order if key in chosen]
    if not wanted:
        return
    position = order.index(wanted[-1]) + 1
    edits: list[Edit] = []
    for place, old in enumerate(wanted, start=position):
        new = new_row_id()
        values = model.session.answers.row_values(model.home.at_row(old))
        cells = tuple((model.home.at(new, at.column, at.year), v) for at, v in values.items())
        edits.append(AddRow(model.home, new, place, cells))
        made.append(new)
        yield len(made) * READ // len(wanted)
    yield from put_steps(model, edits, _label(tr("复制"), model, len(made)))


def remove_steps(model: RowsModel, keys: Sequence[str]) -> Iterator[int]:
    """Remove rows as one undo step, and what was refused in them."""
    edits = [RemoveRow(model.home.at_row(key)) for key in keys]
    yield from put_steps(model, edits, _label(tr("删除"), model, len(keys)), 0)
    gone = frozenset(keys)
    model.accept([at for at in model.refused if at.row in gone])


def move_steps(model: RowsModel, keys: Sequence[str], by: int) -> Iterator[int]:
    """Move rows past those shown above or below them; those at the edge stay there."""
    order, shown, wanted = list(model.session.view.rows(model.home)), model.shown.rows, set(keys)
    if not model.arrangement.keeps_order:
        return  # rows that are sorted or grouped have no place of their own to be moved from
    edits: list[Edit] = []
    moved, meant = list(shown), [key for key in shown if key in wanted]
    for number, key in enumerate(meant[:: -1 if by > 0 else 1]):
        yield number * READ // len(meant)
        place = moved.index(key)
        beside = place + by
        if not 0 <= beside < len(moved) or moved[beside] in wanted:
            continue
        position = order.index(moved[beside])
        moved.insert(beside, moved.pop(place))
        order.insert(position, order.pop(order.index(key)))
        edits.append(MoveRow(model.home.at_row(key), position))
    if edits:
        yield from put_steps(model, edits, _label(tr("移动"), model, len(edits)))


def _label(verb: str, model: RowsModel, count: int) -> str:
    name = model.table.row_name
    return f"{verb}{name}" if count == 1 else tr("{0} {1} 个{2}").format(verb, count, name)
