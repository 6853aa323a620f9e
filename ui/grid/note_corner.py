"""The corner of a cell that has a note: at the left, for findings are marked at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPolygon

from forms.address import Address
from forms.notes import notes_by_place
from ui.fields.note_mark import note_words
from ui.grid.paints import ink
from ui.session import PlanSession
from ui.text import tr

if TYPE_CHECKING:
    from ui.grid.sheet_model import SheetModel
    from ui.grid.sheet_shape import Index

_SIZE = 6


def paint_note(painter: QPainter, rect: QRect, model: SheetModel, index: Index) -> None:
    """Mark a cell that has a note; in a plan without notes it costs next to nothing."""
    known = notes_by_place(model.session.view)
    if not known or model.address_at(index.row(), index.column()) not in known:
        return
    left, top = rect.left(), rect.top()
    corner = QPolygon([QPoint(left, top), QPoint(left + _SIZE, top), QPoint(left, top + _SIZE)])
    painter.setPen(ink("accent"))
    painter.setBrush(ink("accent"))
    painter.drawPolygon(corner)


def noted(session: PlanSession, at: Address) -> list[str]:
    """The notes of a cell, as its tip says them."""
    found = notes_by_place(session.view).get(at, ())
    return [tr("备注：{0}").format(note_words(each)) for each in found]
