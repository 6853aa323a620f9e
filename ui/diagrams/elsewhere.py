"""Leads from a table to the diagrams drawn from it that stand on other pages."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from forms.address import Address
from forms.diagrams import diagram_data
from forms.drawn_from import diagrams_from
from ui.fields.small import quiet_button
from ui.plain import plain_entry
from ui.session import PlanSession
from ui.text import tr


class DrawnElsewhere(QWidget):
    """One quiet button below a table; hidden where no diagram of another page rests on it."""

    jump_requested = Signal(object)  # Address of a diagram

    def __init__(self, session: PlanSession, home: Address, label: str) -> None:
        super().__init__()
        self._session = session
        self._drawn = [
            (place, item)
            for place, item in diagrams_from(session.pack, home)
            if place.section != home.section
        ]
        words = tr("由本表绘制的图（{0}）▾").format(len(self._drawn))
        self.button = quiet_button(words, tr("“{0}”绘制的图").format(label))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(self.button)
        row.addStretch(1)
        self.button.clicked.connect(self._show_menu)
        if not self._drawn:  # never shown before it has a parent: that would be a window
            self.hide()

    def menu(self) -> QMenu:
        """The diagrams by name; those that have nothing to draw yet rest."""
        view = self._session.view
        menu = QMenu(self)
        for place, item in self._drawn:
            title = view.pack.index.sections[place.section].title
            action = QAction(plain_entry(item.label, title), menu)
            action.setEnabled(view.shows_item(item) and diagram_data(view, item) is not None)
            action.triggered.connect(partial(self._jump, place))
            menu.addAction(action)
        return menu

    def _show_menu(self) -> None:
        self.menu().popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def _jump(self, place: Address, checked: bool = False) -> None:
        del checked
        self.jump_requested.emit(place)
