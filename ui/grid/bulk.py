"""批量修改 of the chosen rows of a sheet: what would change, and the change as one undo step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from forms.address import Address
from forms.edits import SetValue
from forms.inline.reading import read_text
from forms.kinds import Image, Kind, Quantity, Reference
from forms.values import Value
from forms.view import PlanView
from forms.wording import word
from ui.dialogs.bulk_edit import BulkColumn, BulkEditDialog, Foreseen
from ui.grid.sheet_model import SheetModel
from ui.grid.steps import put_many
from ui.text import tr

if TYPE_CHECKING:
    from ui.grid.panel import SheetPanel

_EMPTY = "—"


def ask_bulk(panel: SheetPanel, rows: Sequence[int], column: int) -> BulkEditDialog | None:
    """Ask for one value of these rows; None when no column of theirs can be filled."""
    model = panel.model
    places = [n for n in range(len(model.sheet_columns)) if _takes(model, rows, n)]
    if not places:
        return None
    columns = [BulkColumn(model.sheet_columns[n].name, model.sheet_columns[n].kind) for n in places]

    def foresee(at: int, value: Value | None) -> Foreseen:
        return foreseen(model, rows, places[at], value)

    def change(at: int, value: Value | None) -> None:
        edits = edits_of(model, rows, places[at], value)
        head = model.sheet_columns[places[at]].name
        put_many(
            panel, edits, tr("批量修改 {count} 行的{head}").format(count=len(edits), head=head)
        )

    at = places.index(column) if column in places else 0
    dialog = BulkEditDialog(model.session, columns, at, foresee, change, panel.window())
    dialog.finished.connect(panel.view.setFocus)
    dialog.open()
    return dialog


def edits_of(
    model: SheetModel, rows: Sequence[int], column: int, value: Value | None
) -> tuple[SetValue, ...]:
    """The edits that give these rows one value, where they do not have it yet."""
    view = model.session.view
    return tuple(
        SetValue(at, value) for at in _open(model, rows, column) if view.typed(at) != value
    )


def foreseen(model: SheetModel, rows: Sequence[int], column: int, value: Value | None) -> Foreseen:
    """The rows that would change, with what stands there and what would."""
    view, kind = model.session.view, model.sheet_columns[column].kind
    after = _words(view, kind, value) or _EMPTY
    places = [edit.address for edit in edits_of(model, rows, column, value)]
    lines = [(_name(model, at), read_text(view, at) or _EMPTY, after) for at in places]
    there = len(_open(model, rows, column))
    said = [tr("将修改 {0} 行").format(len(lines)) if lines else tr("没有要改的行")]
    if there > len(lines):
        said.append(tr("{0} 行已经是这样").format(there - len(lines)))
    if len(rows) > there:
        said.append(tr("{0} 行不用填写此栏").format(len(rows) - there))
    return Foreseen(lines, "，".join(said) + "。")


def _words(view: PlanView, kind: Kind, value: Value | None) -> str:
    if isinstance(kind, Reference) and value is not None:
        return view.row_name(kind.home.at_row(str(value)))
    return word(view.pack, kind, value)


def _name(model: SheetModel, at: Address) -> str:
    return model.session.view.row_name(model.home.at_row(at.row))


def _open(model: SheetModel, rows: Sequence[int], column: int) -> list[Address]:
    places = [model.address_at(row, column) for row in rows if model.is_editable(row, column)]
    return [at for at in places if at is not None]


def _takes(model: SheetModel, rows: Sequence[int], column: int) -> bool:
    """Whether a column can be given one value: no pictures, no figures with a unit by row."""
    kind = model.sheet_columns[column].kind
    if isinstance(kind, Image) or (isinstance(kind, Quantity) and kind.row_unit):
        return False
    return any(model.is_editable(row, column) for row in rows)
