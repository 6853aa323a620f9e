"""The menu of a column: at its head, under 视图, and in the menu of a cell."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from forms.address import Address
from ui.grid.arranged_model import ArrangedModel
from ui.grid.arranger import Arranger
from ui.grid.arranging import AS_IN_PLAN
from ui.grid.column_chooser import ColumnChooser
from ui.grid.grid_view import SheetView, head_of
from ui.grid.layout_keeper import LayoutKeeper
from ui.grid.sieve_dialog import SieveDialog
from ui.grid.sieve_words import short_name
from ui.plain import plain_entry
from ui.text import tr

_SHORT = 12  # letters of a value in a menu
_WIDER, _NARROWER = 125, 80  # percent
_FOLDS = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}
_MENU_KEYS = QKeyCombination(
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_L
)
_TURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ColumnMenus(QObject):
    """Opens the menu of a column, and folds groups, by mouse and by keys."""

    def __init__(self, view: SheetView, keeper: LayoutKeeper) -> None:
        super().__init__(view)
        self.arranger: Arranger | None = None  # of a table of rows
        self._view = view
        self._keeper = keeper
        head_of(view).menu_asked.connect(self.open)
        view.installEventFilter(self)
        view.clicked.connect(self._on_clicked)

    def open(self, column: int, place: QPoint) -> None:
        """Show the menu of a column at a place on the screen."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu, column)
        menu.popup(place)

    def open_here(self) -> None:
        """Show the menu of the column under the cursor, below its head."""
        head, column = self._view.horizontalHeader(), max(0, self._view.currentIndex().column())
        left = max(0, head.sectionViewportPosition(column))
        self.open(column, head.mapToGlobal(QPoint(left, head.height())))

    def open_below(self, button: QWidget) -> None:
        """Show the menu of the column under the cursor below a button."""
        column = max(0, self._view.currentIndex().column())
        self.open(column, button.mapToGlobal(QPoint(0, button.height())))

    def extend(self, menu: QMenu) -> None:
        """Add to the menu of a cell what its column offers."""
        index = self._view.currentIndex()
        if not index.isValid():
            return
        menu.addSeparator()
        at = self._view.current_address()
        if self.arranger is not None and at is not None:
            self._offer_only_like(menu, self.arranger, at)
        self.fill(menu.addMenu(tr("视图")), index.column())

    def fill(self, menu: QMenu, column: int) -> None:
        """All that can be done with a column."""
        shape = self._view.sheet.sheet_columns[column]
        menu.addAction(plain_entry(short_name(shape))).setEnabled(False)
        if self.arranger is not None:
            self._offer_order(menu, self.arranger, column)
            menu.addSeparator()
        self._offer_frozen(menu, column)
        if self.arranger is not None:
            self._offer_columns(menu, column)
            menu.addSeparator()
            self._offer_all(menu, self.arranger)
        else:
            self._offer_width(menu, column)
            menu.addAction(tr("恢复默认"), self._keeper.restore)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Ctrl+Shift+L opens the menu; arrows, Return and the space bar fold a heading."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if event.keyCombination() == _MENU_KEYS:
            self.open_here()
            return True
        return self._fold_by(key) if not event.modifiers() else False

    def _fold_by(self, key: Qt.Key) -> bool:
        row, sheet = self._view.currentIndex().row(), self._view.sheet
        heading = sheet.heading_at(row) if isinstance(sheet, ArrangedModel) else None
        if heading is None or not isinstance(sheet, ArrangedModel):
            return False
        is_closed = heading.key in sheet.closed
        if key in _TURNS or (key in _FOLDS and _FOLDS[key] != is_closed):
            sheet.fold([heading.key], closed=not is_closed)
            return True
        return False

    def _on_clicked(self) -> None:
        if self._view.currentIndex().column() == 0:
            self._fold_by(Qt.Key.Key_Space)

    # -- Entries ---------------------------------------------------------------------------------

    def _offer_order(self, menu: QMenu, arranger: Arranger, column: int) -> None:
        shape = self._view.sheet.sheet_columns[column]
        spot, now = shape.spot, arranger.now
        menu.addAction(tr("升序排列"), lambda: arranger.sort(spot, descending=False))
        menu.addAction(tr("降序排列"), lambda: arranger.sort(spot, descending=True))
        if now.sorting is not None:
            menu.addAction(tr("恢复原有顺序"), arranger.unsort)
        menu.addAction(tr("筛选…"), lambda: self.ask_sieve(column))
        if now.sieve_of(spot) is not None:
            menu.addAction(tr("清除此列筛选"), lambda: arranger.sieve(spot, None))
        self._offer_groups(menu.addMenu(tr("分组")), arranger)

    def ask_sieve(self, column: int) -> SieveDialog | None:
        """Ask which values of a column are shown."""
        arranger = self.arranger
        if arranger is None:
            return None
        shape = self._view.sheet.sheet_columns[column]
        dialog = SieveDialog(
            arranger.rows,
            shape,
            lambda sieve: arranger.sieve(shape.spot, sieve),
            self._view.window(),
        )
        dialog.open()
        return dialog

    def choose_columns(self) -> ColumnChooser | None:
        """Ask which columns are shown."""
        if self.arranger is None:
            return None
        chooser = ColumnChooser(self.arranger, self._view.window())
        chooser.open()
        return chooser

    def _offer_groups(self, menu: QMenu, arranger: Arranger) -> None:
        now = arranger.now.grouping
        for shape in (None, *arranger.groupable()):
            spot = shape.spot if shape else None
            name = short_name(shape) if shape else tr("不分组")
            action = menu.addAction(plain_entry(name), _grouping(arranger, spot))
            action.setCheckable(True)
            action.setChecked(now == spot)
        if now is not None:
            menu.addSeparator()
            menu.addAction(tr("全部收起"), lambda: arranger.fold_all(closed=True))
            menu.addAction(tr("全部展开"), lambda: arranger.fold_all(closed=False))

    def _offer_frozen(self, menu: QMenu, column: int) -> None:
        if self._keeper.frozen != column + 1:
            menu.addAction(tr("冻结到此列"), lambda: self._keeper.freeze(column + 1))
        if self._keeper.frozen:
            menu.addAction(tr("取消冻结"), lambda: self._keeper.freeze(0))

    def _offer_columns(self, menu: QMenu, column: int) -> None:
        key, keeper = self._view.sheet.sheet_columns[column].key, self._keeper
        inner = menu.addMenu(tr("列"))
        inner.addAction(tr("选择列…"), self.choose_columns)
        inner.addAction(tr("隐藏此列"), lambda: keeper.hide(key))
        inner.addAction(tr("此列左移"), lambda: keeper.move(key, -1))
        inner.addAction(tr("此列右移"), lambda: keeper.move(key, 1))
        self._offer_width(inner, column)
        inner.addSeparator()
        inner.addAction(tr("恢复默认"), keeper.restore)

    def _offer_width(self, menu: QMenu, column: int) -> None:
        wide = self._view.columnWidth(column)
        for name, percent in ((tr("加宽"), _WIDER), (tr("收窄"), _NARROWER)):
            menu.addAction(
                plain_entry(name), _widening(self._keeper, column, wide * percent // 100)
            )

    def _offer_all(self, menu: QMenu, arranger: Arranger) -> None:
        if not arranger.now.keeps_order:
            keep = menu.addAction(tr("按此顺序排列"), arranger.keep_order)
            keep.setEnabled(not arranger.rows.session.is_read_only)
        if arranger.now != AS_IN_PLAN:
            menu.addAction(tr("重新排列"), arranger.again)
        if arranger.now.sieves:
            menu.addAction(tr("清除全部筛选"), arranger.show_all)

    def _offer_only_like(self, menu: QMenu, arranger: Arranger, at: Address) -> None:
        place = arranger.rows.session.view.rows(at).index(at.row)
        texts = arranger.rows.values.parts(arranger.rows.session.view, at.cell)[place]
        words = "、".join(text or tr("空白") for text in texts)
        short = words if len(words) <= _SHORT else f"{words[:_SHORT]}…"
        name = tr("只看“{text}”的行").format(text=short.replace("\n", " "))
        menu.addAction(plain_entry(name), lambda: arranger.only_like(at))


def _grouping(arranger: Arranger, spot: tuple[str, int] | None) -> Callable[[], None]:
    return lambda: arranger.group(spot)


def _widening(keeper: LayoutKeeper, column: int, wide: int) -> Callable[[], None]:
    return lambda: keeper.set_width(column, wide)
