"""筛选: which rows of a sheet are shown, by the values of one column or by a range of numbers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from forms.encoding import decimal_text
from forms.evaluation import as_number
from forms.kinds import Choices, Year, is_numeric
from forms.reading import ReadingError, read_value
from ui.dialogs.base import PlainDialog
from ui.fields.roles import TICKS, give_role
from ui.fields.small import plain_label
from ui.grid.arranging import Among, Between, Sieve, counted
from ui.grid.column_values import BLANK, Rank
from ui.grid.columns import SheetColumn
from ui.grid.rows_model import RowsModel
from ui.grid.sieve_words import short_name
from ui.text import tr

_WIDTH, _LIST_HEIGHT = 400, 260
_TEXT = int(Qt.ItemDataRole.UserRole)
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ValueList(QWidget):
    """The texts of a column with their counts, to be ticked; a search narrows them."""

    def __init__(self, rows: RowsModel, column: SheetColumn, chosen: Sieve | None) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("查找"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(tr("在各种值中查找"))
        self.all = QCheckBox(tr("全选"))
        self.list = QListWidget()
        give_role(self.list, TICKS)
        self.list.setMinimumHeight(_LIST_HEIGHT)
        self.list.setUniformItemSizes(True)
        self.list.ensurePolished()  # or all items keep the size they had without the style
        self.list.setAccessibleName(tr("“{column}”的各种值").format(column=column.label))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.search, self.all, self.list):
            layout.addWidget(widget)
        ticked = chosen.texts if isinstance(chosen, Among) else None
        for text, count in _offered(rows, column):
            item = QListWidgetItem(f"{text.replace(chr(10), ' ') or tr('（空白）')}（{count}）")
            item.setData(_TEXT, text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(_CHECKED if ticked is None or text in ticked else _UNCHECKED)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemClicked.connect(self._turn)
        self.list.installEventFilter(self)
        self.search.textChanged.connect(self._narrow)
        self.all.clicked.connect(self._tick_all)
        self._show_all_state()

    def texts(self) -> frozenset[str] | None:
        """The ticked texts; None when all are. While a search narrows, only those in sight."""
        items = [self.list.item(at) for at in range(self.list.count())]
        ticked = [item for item in items if not item.isHidden() and item.checkState() == _CHECKED]
        if len(ticked) == len(items):
            return None
        return frozenset(str(item.data(_TEXT)) for item in ticked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the space bar ticks."""
        is_space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if watched is self.list and is_space and event.type() == QEvent.Type.KeyPress:
            self._turn(self.list.currentItem())
            return True
        return False

    def _turn(self, item: QListWidgetItem) -> None:
        item.setCheckState(_UNCHECKED if item.checkState() == _CHECKED else _CHECKED)
        self._show_all_state()

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(wanted not in item.text().casefold())
        self._show_all_state()

    def _in_sight(self) -> list[QListWidgetItem]:
        items = [self.list.item(at) for at in range(self.list.count())]
        return [item for item in items if not item.isHidden()]

    def _tick_all(self) -> None:
        state = (
            _UNCHECKED if all(i.checkState() == _CHECKED for i in self._in_sight()) else _CHECKED
        )
        for item in self._in_sight():
            item.setCheckState(state)
        self._show_all_state()

    def _show_all_state(self) -> None:
        ticked = sum(item.checkState() == _CHECKED for item in self._in_sight())
        some = Qt.CheckState.PartiallyChecked if ticked else _UNCHECKED
        self.all.setCheckState(_CHECKED if ticked == len(self._in_sight()) and ticked else some)


class RangeFields(QWidget):
    """From and to, and whether empty cells pass."""

    def __init__(self, rows: RowsModel, column: SheetColumn, chosen: Sieve | None) -> None:
        super().__init__()
        self._rows = rows
        self._column = column
        now = chosen if isinstance(chosen, Between) else Between()
        self.least, self.most = QLineEdit(), QLineEdit()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for line, name, number in (
            (self.least, tr("从"), now.least),
            (self.most, tr("至"), now.most),
        ):
            line.setText("" if number is None else decimal_text(number))
            line.setAccessibleName(f"{column.label} {name}")
            layout.addWidget(plain_label(name))
            layout.addWidget(line, 1)
        if column.unit:
            layout.addWidget(plain_label(column.unit, "soft"))
        self.blanks = QCheckBox(tr("含空白"))
        self.blanks.setChecked(now.blanks)
        layout.addWidget(self.blanks)

    def sieve(self) -> Between:
        """The range as typed; `ReadingError` with a sentence when it is none."""
        least, most = self._number(self.least), self._number(self.most)
        if least is not None and most is not None and least > most:
            raise ReadingError(tr("“从”比“至”大，请对调。"))
        return Between(least, most, self.blanks.isChecked())

    def _number(self, line: QLineEdit) -> Decimal | None:
        if not line.text().strip():
            return None
        return as_number(read_value(self._rows.session.pack, self._column.kind, line.text()))


class SieveDialog(PlainDialog):
    """The filter of one column."""

    guide = "04-filling.md#排序、筛选、分组"

    def __init__(
        self,
        rows: RowsModel,
        column: SheetColumn,
        take: Callable[[Sieve | None], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("筛选：{column}").format(column=short_name(column)), parent, _WIDTH)
        self._take = take
        chosen = rows.arrangement.sieve_of(column.spot)
        self.values = ValueList(rows, column, chosen)
        self.range: RangeFields | None = None
        self.by_range = QRadioButton(tr("按范围"))
        self.by_value = QRadioButton(tr("逐项勾选"))
        if is_numeric(column.kind) or isinstance(column.kind, Year):
            self.range = RangeFields(rows, column, chosen)
            for widget in (self.by_range, self.range, self.by_value):
                self.content.addWidget(widget)
            self.by_range.toggled.connect(self._choose_way)
        self.content.addWidget(self.values, 1)
        self.fault = self.add_sentence("must")
        clear = self.add_button(tr("清除筛选"))
        clear.setEnabled(chosen is not None)
        clear.clicked.connect(self._clear)
        self.add_button(tr("取消")).clicked.connect(self.reject)
        self.add_button(tr("确定"), primary=True).clicked.connect(self.accept)
        starts_with_range = self.range is not None and not isinstance(chosen, Among)
        self.by_range.setChecked(starts_with_range)
        self.by_value.setChecked(not starts_with_range)
        self._choose_way()
        (self.range.least if self.range and starts_with_range else self.values.search).setFocus()
        self.settle()

    def accept(self) -> None:
        """Qt: take the filter."""
        if self.range is not None and self.by_range.isChecked():
            try:
                sieve = self.range.sieve()
            except ReadingError as error:
                self._say(str(error))
                return
            is_open = sieve.least is None and sieve.most is None
            self._take(None if is_open else sieve)
        else:
            texts = self.values.texts()
            if texts == frozenset():
                self._say(tr("至少勾选一项。"))
                return
            self._take(None if texts is None else Among(texts))
        super().accept()

    def _say(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

    def _clear(self) -> None:
        self._take(None)
        super().accept()

    def _choose_way(self) -> None:
        by_range = self.range is not None and self.by_range.isChecked()
        self.values.setEnabled(not by_range)
        if self.range is not None:
            self.range.setEnabled(by_range)


def _offered(rows: RowsModel, column: SheetColumn) -> list[tuple[str, int]]:
    """The texts of the column in the order they sort, blank last, with how many rows have each."""
    view = rows.session.view
    parts, ranks = rows.values.parts(view, column.spot), rows.values.ranks(view, column.spot)
    places: dict[str, Rank] = {}
    if isinstance(column.kind, Choices):
        options = view.pack.index.vocabularies[column.kind.vocabulary].options
        places = {option.label: (at,) for at, option in enumerate(options)}
    else:
        known = zip(parts, ranks, strict=True)
        places = {texts[0]: rank for texts, rank in known if rank is not None}
    found = counted(parts).items()
    return sorted(found, key=lambda pair: (pair[0] == BLANK, places.get(pair[0], ())))
