"""Which column goes where: a list for each column of the table, one for each without a place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from importers.placing import Target
from ui import theme
from ui.fields.small import plain_label, quiet_button
from ui.text import tr
from ui.whole_choice import WholeChoice

WIDTH = 380
_SHOWN_TEXT = 16
_COLUMN_LETTERS = 8
_MOST_UNPLACED = 8
_FEW_IDLE = 6
_LABEL_LETTERS = 13


class _Columns(Sequence[QComboBox]):
    """The choices in the order of the table, each made when it is asked for."""

    def __init__(self, count: int, box_of: Callable[[int], QComboBox]) -> None:
        self._count = count
        self._box_of = box_of

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> QComboBox: ...
    @overload
    def __getitem__(self, at: slice) -> list[QComboBox]: ...
    def __getitem__(self, at: int | slice) -> QComboBox | list[QComboBox]:
        if isinstance(at, slice):
            return [self._box_of(each) for each in range(*at.indices(self._count))]
        return self._box_of(range(self._count)[at])


class Mapping(QScrollArea):
    """The choices of columns; `changed` after each of them."""

    changed = Signal()

    def __init__(self, heads: Sequence[str], targets: Sequence[Target]) -> None:
        super().__init__()
        self._heads, self._targets = heads, targets
        self._names: Sequence[str] = ()
        self._chosen: list[int | None] = [None] * len(heads)
        self._boxes: dict[int, QComboBox] = {}  # of the columns that were wanted so far
        self.columns = _Columns(len(heads), self._box_of)
        self.unplaced: list[QComboBox] = []
        inner = QWidget()
        inner.setProperty("role", "plain")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(10)
        self._lost = QWidget()
        self._lost.setProperty("role", "plain")
        self._lost_form = _form(self._lost)
        column.addWidget(self._lost)
        self._form = _form(None)
        column.addLayout(self._form)
        self.rest = quiet_button("", tr("列出其余各栏"))
        self.rest.clicked.connect(self.show_all)
        column.addWidget(self.rest, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else it takes a stop of Tab for itself
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setWidget(inner)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(theme.px(WIDTH))

    @property
    def places(self) -> list[int | None]:
        """For each column of the table the place of the column it takes, None for none."""
        return list(self._chosen)

    def offer(self, names: Sequence[str], places: Sequence[int | None]) -> None:
        """Offer columns by these names, and choose for each column of the table."""
        self._names, self._chosen = names, list(places)
        for at, box in self._boxes.items():
            self._fill(box, at)
        self._fold()

    def show_all(self) -> None:
        """List the columns too that take nothing."""
        for at in self._listed():
            self._form.setRowVisible(self._box_of(at), True)
        self.rest.hide()

    def _fold(self) -> None:
        """Leave out the columns that take nothing, when others do."""
        idle = [at for at in self._listed() if self._chosen[at] is None]
        if len(idle) <= _FEW_IDLE or all(place is None for place in self._chosen):
            self.show_all()
            return
        for at in self._listed():
            if at in self._boxes or self._chosen[at] is not None:
                self._form.setRowVisible(self._box_of(at), self._chosen[at] is not None)
        self.rest.setText(tr("列出其余 {0} 栏").format(len(idle)))
        self.rest.show()

    def _listed(self) -> Sequence[int]:
        """The columns of the table something can be put in."""
        return [
            at for at, each in enumerate(self._targets) if each.takes or each.names or each.units
        ]

    def _box_of(self, at: int) -> QComboBox:
        """The choice of a column, made when it is first wanted: most take nothing."""
        box = self._boxes.get(at)
        if box is None:
            head, listed = self._heads[at], self._listed()
            box = _box(tr("“{0}”取自").format(head))
            if at in listed:
                above = sum(other < at for other in self._boxes if other in listed)
                self._form.insertRow(above, _label(head, box), box)
                self._form.setRowVisible(box, False)
            self._boxes[at] = box
            self._fill(box, at)
            box.currentIndexChanged.connect(lambda: self._on_chosen(at))
        return box

    def _fill(self, box: QComboBox, at: int) -> None:
        place = self._chosen[at]
        was = box.blockSignals(True)
        box.clear()
        box.addItem(tr("不取"), None)
        for number, name in enumerate(self._names):
            box.addItem(name, number)
        box.setCurrentIndex(0 if place is None else place + 1)
        box.blockSignals(was)

    def _on_chosen(self, at: int) -> None:
        place: object = self._boxes[at].currentData()
        self._chosen[at] = place if isinstance(place, int) else None
        self.changed.emit()

    def show_unplaced(self, places: Sequence[int]) -> None:
        """Name the columns that go nowhere, each with a list of the columns still free."""
        form = self._lost_form
        _empty(form)
        self.unplaced = []
        if places:
            form.addRow(plain_label(tr("没有去处的列（{0}）").format(len(places)), "strong"))
        for place in places[:_MOST_UNPLACED]:
            form.addRow(*self._row_for(place))
        more = len(places) - _MOST_UNPLACED
        if more > 0:
            form.addRow(plain_label(tr("另有 {0} 列，可在下面各栏中选。").format(more), "small"))
        self._lost.setVisible(bool(places))

    def _row_for(self, place: int) -> tuple[QWidget, QComboBox]:
        name = self._names[place]
        box = _box(tr("“{0}”放到").format(name))
        box.addItem(tr("不取"), None)
        for at, (head, target) in enumerate(zip(self._heads, self._targets, strict=True)):
            if target.takes and self._chosen[at] is None:
                box.addItem(head, at)

        def put() -> None:
            at: object = box.currentData()
            if isinstance(at, int):
                self._form.setRowVisible(self.columns[at], True)
                self.columns[at].setCurrentIndex(place + 1)

        box.activated.connect(put)
        self.unplaced.append(box)
        return _label(name, box), box


def _form(parent: QWidget | None) -> QFormLayout:
    form = QFormLayout(parent)  # pyright: ignore[reportArgumentType]  None is a layout without one
    form.setContentsMargins(0, 0, 0, 0)
    form.setVerticalSpacing(6)
    return form


def _empty(form: QFormLayout) -> None:
    """Put the rows away; the list somebody chooses from stays until its own event is over."""
    role = QFormLayout.ItemRole
    while form.rowCount():
        items = [
            form.itemAt(0, part) for part in (role.LabelRole, role.FieldRole, role.SpanningRole)
        ]
        widgets = [item.widget() for item in items if item is not None]  # pyright: ignore[reportUnnecessaryComparison] -- none in a part that is empty
        form.takeRow(0)
        for widget in widgets:
            widget.hide()
            widget.deleteLater()


def _box(name: str) -> QComboBox:
    box = WholeChoice()
    box.setAccessibleName(name)
    box.setMinimumContentsLength(_COLUMN_LETTERS)
    return box


def _label(text: str, buddy: QWidget) -> QWidget:
    label = plain_label(text if len(text) <= _SHOWN_TEXT else f"{text[: _SHOWN_TEXT - 1]}…")
    label.setBuddy(buddy)
    label.setMinimumWidth(label.fontMetrics().horizontalAdvance("国") * _LABEL_LETTERS)
    return label
