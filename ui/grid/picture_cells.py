"""Copied pictures into the picture cells of a sheet: the first at the cursor, others below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from shiboken6 import isValid

from forms.address import Address
from forms.edits import EditError, SetValue
from forms.kinds import Image
from forms.places import UnknownAddressError
from forms.values import Picture
from importers.process import Watch
from ui.errors import explain
from ui.fields.roles import FAULT, HINT
from ui.jobs import Cancelled
from ui.pictures.taking import Offer, pictures_in
from ui.text import tr

if TYPE_CHECKING:
    from ui.grid.panel import SheetPanel


def take_pictures(panel: SheetPanel, data: QMimeData) -> bool:
    """Put copied pictures into the cells from the cursor down; False where none are meant."""
    offers = pictures_in(data)
    places = _cells_below(panel) if offers else []
    for place, offer in zip(places, offers, strict=False):
        _keep(panel, place, offer)
    if places and len(offers) > len(places):
        words = tr("下方只有 {count} 行，其余 {rest} 张图片没有放入，请先新增行。")
        panel.say(words.format(count=len(places), rest=len(offers) - len(places)), HINT)
    return bool(places)


def _cells_below(panel: SheetPanel) -> list[Address]:
    """The picture cells of the cursor's column, from the cursor down; none in another column."""
    model, index = panel.model, panel.view.currentIndex()
    at = index.column()
    if not index.isValid() or not isinstance(model.sheet_columns[at].kind, Image):
        return []
    open_rows = (row for row in model.value_rows(index.row()) if model.is_editable(row, at))
    found = (model.address_at(row, at) for row in open_rows)
    return [address for address in found if address is not None]


def _keep(panel: SheetPanel, place: Address, offer: Offer) -> None:
    read, name = offer
    session = panel.model.session

    def work(_: Watch) -> Picture:
        return session.pictures.add_picture(read(), name)

    def done(picture: Picture) -> None:
        try:
            session.edit(SetValue(place, picture))
        except (EditError, UnknownAddressError) as error:  # its row went meanwhile
            refused(error)

    def refused(error: Exception) -> None:
        if isValid(panel) and not isinstance(error, Cancelled):
            panel.say(explain(error).whole, FAULT)

    session.receiving.run(tr("正在读取图片“{name}”…").format(name=name), work, done, refused)
