"""A sheet with what stands around it: its name, tools, totals, and what could not be taken."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QMenu,
    QScrollBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from forms.address import Address
from forms.naming import place_name
from forms.schema import Table
from ui.fields.remarks import Remarks
from ui.fields.roles import FAULT, GROUP, HINT, give_role
from ui.fields.small import plain_label
from ui.flow_row import FlowRow
from ui.grid.column_menu import ColumnMenus
from ui.grid.editing import Editing
from ui.grid.grid_view import SheetView, delegate_of
from ui.grid.layout_keeper import LayoutKeeper
from ui.grid.sheet_model import Refused, SheetModel
from ui.plain import plain_entry
from ui.scaling import sized
from ui.text import tr

_ALL_SHOWN = 12
_LEAST_ROOM = 240
_ANY_HEIGHT = 16_777_215


class SidewaysBar(QScrollBar):
    """The horizontal scroll bar of a sheet, below its totals; there only when it is needed."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._inner = view.horizontalScrollBar()
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner.rangeChanged.connect(self._on_range_changed)
        self._inner.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._inner.setValue)
        self.hide()

    def _on_range_changed(self, least: int, most: int) -> None:
        self.setPageStep(self._inner.pageStep())
        self.setSingleStep(self._inner.singleStep())
        self.setRange(least, most)
        self.setVisible(most > least)


class SheetPanel(QWidget):
    """A sheet of fixed rows; `RowsPanel` adds what tables of any number of rows need."""

    focused = Signal(object)  # Address under the cursor
    jump_requested = Signal(object)  # Address

    def __init__(self, model: SheetModel, frozen: int = 0, *, wraps: bool = False) -> None:
        super().__init__()
        self.model = model
        self.view = SheetView(model, frozen, wraps=wraps)
        self.keeper = LayoutKeeper(self.view, frozen)
        self.menus = ColumnMenus(self.view, self.keeper)
        self._room = 0
        self._fills = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.title = plain_label(model.label, GROUP)
        self.title.setBuddy(self.view)
        self.bar = _bar(self.title)
        self.column.addLayout(self.bar)
        self.column.addWidget(self.view)
        self.sideways = SidewaysBar(self.view)
        self.column.addWidget(self.sideways)
        self._foot: QLabel | None = None
        self.editing = Editing(self)
        self.view.jump_requested.connect(self.jump_requested)
        self.view.current_changed.connect(self._on_current_changed)
        model.refused_changed.connect(self.say_refused)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_menu_requested)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        sized(self.view, self._fit_soon)
        self.fit()

    def set_room(self, height: int) -> None:
        """How high the page is that shows the sheet; a longer sheet scrolls inside."""
        self._room = height
        self.fit()

    def fill(self) -> None:
        """From now on take whatever room there is, instead of the height of the rows."""
        self._fills = True
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.view.setMinimumHeight(0)
        self.view.setMaximumHeight(_ANY_HEIGHT)

    def fit(self) -> None:
        """Be as high as the rows, but never higher than the page."""
        self.view.fit_rows()
        if self._fills:
            return
        rows = self.view.verticalHeader().length()
        wanted = (
            self.view.horizontalHeader().sizeHint().height() + rows + 2 * self.view.frameWidth()
        )
        least = min(wanted, self.least_height())
        self.view.setFixedHeight(max(least, min(wanted, self._room or wanted)))

    def least_height(self) -> int:
        """The height of a dozen rows, or less on a small page."""
        dozen = _ALL_SHOWN * self.view.verticalHeader().defaultSectionSize()
        return max(_LEAST_ROOM, min(dozen, self._room or dozen))

    def follow(self, places: tuple[Address, ...]) -> None:
        """Take over a change of the plan."""
        self.model.take_changes(places)
        if self._foot is not None and any(at.table == self.model.home for at in places):
            self.say_refused()  # what was said of the step before holds no longer
        self.fit()

    def show_remarks(self, remarks: Remarks) -> None:
        """Mark cells with findings."""
        self.model.show_remarks(remarks)

    def reveal(self, address: Address) -> bool:
        """Put the cursor on an address and take the keyboard."""
        if not address.row:
            self.view.setFocus()
            return True
        return self.view.go_to(address)

    def commit_pending(self) -> None:
        """Take what is being typed in a cell."""
        focus = QGuiApplication.focusObject()
        if isinstance(focus, QWidget) and self.view.isAncestorOf(focus):
            self.view.setFocus()  # an editor that loses the keyboard commits
        else:
            delegate_of(self.view).take()  # the window may not have the keyboard

    def paste(self) -> None:
        """Take the clipboard's block of cells."""
        self.editing.paste()

    def say(self, sentence: str, role: str) -> None:
        """Say something below the sheet; "" to say nothing."""
        if self._foot is None:
            if not sentence:
                return
            self._foot = plain_label("", HINT, wraps=True)
            self._foot.setContentsMargins(0, 6, 0, 0)
            self.column.addWidget(self._foot)
        self._foot.setText(sentence)
        give_role(self._foot, role)
        self._foot.setVisible(bool(sentence))

    def say_refused(self) -> None:
        """Name the first entry that could not be taken, and how many there are."""
        refused = _standing(self.model)
        if not refused:
            self.say("", HINT)
            return
        address, first = next(iter(refused.items()))
        name = place_name(self.model.session.view, address)
        more = tr("（共 {count} 处）").format(count=len(refused)) if len(refused) > 1 else ""
        said = tr("● 未采纳：{name}：{why}原样留在格中，改正或按 Delete 清除。{more}")
        self.say(said.format(name=name, why=first.why, more=more), FAULT)

    def menu_entries(self) -> list[tuple[str, Callable[[], None]]]:
        """What the menu of the right mouse button offers."""
        return self.editing.entries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps texts otherwise."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_soon()

    def _fit_soon(self) -> None:
        QTimer.singleShot(0, self, self.fit)

    def _on_menu_requested(self, place: QPoint) -> None:
        menu = QMenu(self)
        for text, do in self.menu_entries():
            name, _, keys = text.partition("\t")
            menu.addAction(plain_entry(name, keys), do)
        self.menus.extend(menu)
        menu.exec(self.view.viewport().mapToGlobal(place))
        menu.deleteLater()

    def _on_current_changed(self, address: Address | None) -> None:
        if address is not None:
            self.focused.emit(address)


def _standing(model: SheetModel) -> dict[Address, Refused]:
    """The refused entries of rows the plan has; those of rows that were undone may come back."""
    home = model.home
    if not model.refused or not isinstance(model.session.pack.index.items[home[:2]], Table):
        return model.refused
    rows = frozenset(model.session.view.rows(home))
    return {at: entry for at, entry in model.refused.items() if at.row in rows}


def _bar(title: QLabel) -> FlowRow:
    """The line above a sheet: its name, and room for tools."""
    bar = FlowRow(6, spreads=True)
    bar.setContentsMargins(0, 0, 0, 6)
    bar.addWidget(title)
    return bar
