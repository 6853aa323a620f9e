"""预览: the printed pages of the plan, at the place being edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QIntValidator, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QToolButton, QVBoxLayout
from PySide6.QtWidgets import QWidget as Widget

from forms.address import Address, AddressError, parse_address
from ui import theme
from ui.errors import explain
from ui.fields.small import plain_label
from ui.flow_row import FlowRow
from ui.plain import plain_tip
from ui.preview.column import FIT_WIDTH
from ui.preview.proofs import Proofs
from ui.preview.sheets import SheetView
from ui.preview.zoom_keys import ZoomKeys
from ui.scaling import sized
from ui.text import tr

if TYPE_CHECKING:
    from exporters.preview import Preview

_SEARCH_PAUSE_MS = 250
_ZOOM_KEYS = (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0)
_WORDS_WIDTH = 148
_TOOLS = (
    ("before", "↑", "上一处（Shift+Enter）"),
    ("after", "↓", "下一处（Enter）"),
    ("smaller", "−", "缩小（Ctrl+-）"),
    ("larger", "+", "放大（Ctrl++）"),
    ("fit", "↔", "适合宽度（Ctrl+0）"),
)


class PreviewPanel(Widget):
    """The pages, a line to move through them and a line to search them."""

    jump_requested = Signal(object)  # Address
    pages_counted = Signal(int)

    def __init__(self, proofs: Proofs, parent: Widget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("previewPanel")
        self._proofs = proofs
        self._section = self._focus = ""
        self._hits = 0
        self.sheets = SheetView()
        self.page = QLineEdit()
        self.words = QLineEdit()
        self._pages = plain_label(role="small")
        self._zoom = plain_label(role="small")
        self._found = plain_label(role="small")
        self._state = plain_label(role="small")
        self._empty = plain_label(tr("正在排版…"), "soft")
        self.tools: dict[str, QToolButton] = {}
        self._stack = QStackedWidget()
        self._search = QTimer(self, singleShot=True, interval=_SEARCH_PAUSE_MS)
        self._build()
        self._connect()
        self.installEventFilter(ZoomKeys(self))

    def show_place(self, section: str, address: Address | None) -> None:
        """Follow the editor: shade what is being written and bring it into sight."""
        self._section, self._focus = section, str(address) if address is not None else ""
        if self.isVisible():
            self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: somebody looks, so the pages are made."""
        super().showEvent(event)
        self._proofs.show(shown=True)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: nobody looks any more."""
        super().hideEvent(event)
        self._proofs.show(shown=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Ctrl with plus, minus and zero change the size, Escape ends the search."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal if control:
                self.sheets.zoom_by(1)
            case Qt.Key.Key_Minus if control:
                self.sheets.zoom_by(-1)
            case Qt.Key.Key_0 if control:
                self.sheets.set_zoom(FIT_WIDTH)
            case Qt.Key.Key_Escape if self.words.text():
                self.words.clear()
            case _:
                super().keyPressEvent(event)

    def take_focus(self) -> None:
        """Give the keyboard to the pages."""
        self.sheets.setFocus()

    def _build(self) -> None:
        sized(self.page, lambda: self.page.setFixedWidth(theme.px(52)))
        self.page.setValidator(QIntValidator(1, 99_999, self.page))
        self.page.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.page.setAccessibleName(tr("第几页"))
        self.words.setPlaceholderText(tr("在页面中查找"))
        self.words.setAccessibleName(tr("在页面中查找"))
        self.words.setClearButtonEnabled(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(24, 24, 24, 24)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.sheets)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._build_ways())
        column.addWidget(self._stack, 1)

    def _build_ways(self) -> FlowRow:
        """Pages, search and size: one line, or more where there is less room."""
        for key, sign, name in _TOOLS:
            button = self.tools[key] = QToolButton()
            button.setText(sign)
            button.setToolTip(tr(name))
            button.setAccessibleName(tr(name))
        row = FlowRow(12, spreads=True)
        row.setContentsMargins(8, 6, 8, 6)
        tools = self.tools
        sized(self.words, lambda: self.words.setMaximumWidth(theme.px(_WORDS_WIDTH)))
        row.addWidget(_group(self.page, self._pages, self._state))
        row.addWidget(_group(self.words, self._found, tools["before"], tools["after"]))
        row.addWidget(_group(tools["smaller"], self._zoom, tools["larger"], tools["fit"]))
        return row

    def _connect(self) -> None:
        self._proofs.begun.connect(self._on_begun)
        self._proofs.made.connect(self._on_made)
        self._proofs.failed.connect(self._on_failed)
        self.sheets.page_changed.connect(self._on_page_changed)
        self.sheets.zoom_changed.connect(self._say_zoom)
        self.sheets.address_clicked.connect(self._on_clicked)
        self.page.returnPressed.connect(self._go_to_page)
        self.words.textChanged.connect(self._search.start)
        self.words.returnPressed.connect(lambda: self._step(1))
        self._search.timeout.connect(self._find)
        self.tools["smaller"].clicked.connect(lambda: self.sheets.zoom_by(-1))
        self.tools["larger"].clicked.connect(lambda: self.sheets.zoom_by(1))
        self.tools["fit"].clicked.connect(lambda: self.sheets.set_zoom(FIT_WIDTH))
        self.tools["before"].clicked.connect(lambda: self._step(-1))
        self.tools["after"].clicked.connect(lambda: self._step(1))

    def _on_begun(self) -> None:
        self._state.setText(tr("更新中…"))
        if self._proofs.newest is None:
            self._empty.setText(tr("正在排版…"))

    def _on_made(self, preview: Preview) -> None:
        self._state.setText("")
        self.sheets.show_preview(preview)
        self._stack.setCurrentWidget(self.sheets)
        self._pages.setText(tr("/ {0} 页").format(preview.page_count))
        self.pages_counted.emit(preview.page_count)
        if self.words.text():
            self._find()
        self._follow()

    def _follow(self) -> None:
        """What is not printed itself is looked for around: its row, its table, its section."""
        wanted = self._focus or self._section
        found = self.sheets.mark(wanted) if self._focus else self.sheets.reveal(wanted)
        while not found and "/" in wanted:
            wanted = wanted.rpartition("/")[0]
            found = self.sheets.reveal(wanted)

    def _on_failed(self, error: Exception) -> None:
        """The pages made before stay in sight; what is wrong is said beside them."""
        words = explain(error)
        self._state.setText(tr("未能更新"))
        self._state.setToolTip(plain_tip(words.whole))
        self._empty.setText(words.whole)

    def _on_page_changed(self, page: int) -> None:
        self.page.setText(str(page + 1) if page >= 0 else "")
        preview = self._proofs.newest
        label = preview.label(page) if preview and 0 <= page < preview.page_count else ""
        said = tr("印刷页码 {0}").format(label) if label else tr("没有印刷页码")
        self.page.setToolTip(plain_tip(said))

    def _say_zoom(self, percent: int) -> None:
        self._zoom.setText(f"{percent}%")

    def _on_clicked(self, text: str) -> None:
        try:
            self.jump_requested.emit(parse_address(text))
        except AddressError:
            return

    def _go_to_page(self) -> None:
        if self.page.text():
            self.sheets.go_to_page(int(self.page.text()) - 1)

    def _find(self) -> None:
        preview = self._proofs.newest
        hits = preview.find(self.words.text()) if preview and self.words.text().strip() else ()
        self._hits = len(hits)
        self.sheets.show_hits(hits)
        self._say_hits()

    def _step(self, by: int) -> None:
        if self._search.isActive():
            self._search.stop()
            self._find()
            return
        self.sheets.go_to_hit(self.sheets.shades.hit + by)
        self._say_hits()

    def _say_hits(self) -> None:
        if not self.words.text().strip():
            self._found.setText("")
        elif not self._hits:
            self._found.setText(tr("没有"))
        else:
            self._found.setText(f"{self.sheets.shades.hit + 1}/{self._hits}")


def _group(*widgets: Widget) -> Widget:
    """What stays together in one line."""
    made = Widget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for widget in widgets:
        row.addWidget(widget)
    return made
