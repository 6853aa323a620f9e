"""从 Excel 取数: which column of a received sheet goes where, with a look at the result first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from importers.placing import (
    Lines,
    Target,
    block_of,
    column_letters,
    head_row,
    in_order,
    lines_of,
    matched,
)
from importers.received import Note, Sheet, Workbook
from ui.bars import plain_label
from ui.dialogs.base import PlainDialog
from ui.grid.overview_table import OverviewModel, QuietView
from ui.text import tr
from ui.whole_choice import WholeChoice

_WIDTH, _HEIGHT = 1080, 620
_MAPPING = 380
_REPORT = 108
_SHOWN_ROWS = 200
_MOST_ROWS = 5_000  # at a time, so that the window stays alive
_SHOWN_TEXT = 16
_LONGEST_NOTES = 500
_HEADS = 40  # rows that may be the one with the heads
_SHEET_LETTERS, _HEAD_LETTERS, _COLUMN_LETTERS = 14, 22, 8


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the table would take of a block: the sentence, and whether anything is refused."""

    sentence: str
    is_refused: bool


class BlockView(QuietView):
    """Fills the room it is given."""

    def fit(self) -> None:
        """Leave the height to the dialog."""
        self.resizeColumnsToContents()

    def sizeHint(self) -> QSize:
        """Any size will do."""
        return QSize(_WIDTH - _MAPPING, _HEIGHT // 2)


class TakeCellsDialog(PlainDialog):
    """Asks for sheet, head and columns; the block is handed on only by 取入."""

    taken = Signal(object)  # list[list[str]], one text for each column of the table

    def __init__(
        self,
        name: str,
        workbook: Workbook,
        table: tuple[str, Sequence[Target], Sequence[str]],
        foresee: Callable[[list[list[str]]], Foreseen],
        parent: QWidget | None = None,
    ) -> None:
        label, self._targets, heads = table
        super().__init__(tr("从 Excel 取数到“{0}”").format(label), parent, _WIDTH)
        self._workbook, self._foresee = workbook, foresee
        self._heads = tuple(heads)
        self._lines = Lines((), (), ())
        self.sheet = WholeChoice()
        self.head = WholeChoice()
        self.hidden = QCheckBox(tr("包括隐藏的行和列"))
        self.columns = [WholeChoice() for _ in self._targets]
        self.model = OverviewModel()
        self.preview = BlockView(self.model, tr("取入后的样子"))
        self.report = QPlainTextEdit()
        self._build(name)
        for at, sheet in enumerate(workbook.sheets):
            shown = tr("{0}（隐藏）").format(sheet.name) if sheet.hidden else sheet.name
            self.sheet.addItem(shown[:60], at)
        visible = next((n for n, each in enumerate(workbook.sheets) if not each.hidden), 0)
        self.sheet.setCurrentIndex(visible)
        self.sheet.currentIndexChanged.connect(self._on_sheet)
        self.hidden.toggled.connect(self._on_sheet)
        self.head.currentIndexChanged.connect(self._on_head)
        for box in self.columns:
            box.currentIndexChanged.connect(self._show)
        self._on_sheet()
        self.resize(_WIDTH, _HEIGHT)
        self.sheet.setFocus()

    @property
    def block(self) -> list[list[str]]:
        """What would be taken now."""
        places = [box.currentData() for box in self.columns]
        head = int(self.head.currentData() or 0)
        return block_of(self._lines, head, places, self._targets)[:_MOST_ROWS]

    def accept(self) -> None:
        """Qt: hand the block on."""
        block = self.block
        if block:
            self.taken.emit(block)
            super().accept()

    def _build(self, name: str) -> None:
        self.add_sentence("soft", tr("来自“{0}”。取入的行接在表格末尾，可一步撤销。").format(name))
        self.sheet.setMinimumContentsLength(_SHEET_LETTERS)
        self.head.setMinimumContentsLength(_HEAD_LETTERS)
        choices = QHBoxLayout()
        choices.setSpacing(8)
        for text, widget in ((tr("工作表"), self.sheet), (tr("标题行"), self.head)):
            label = plain_label("", text)
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            choices.addWidget(label)
            choices.addWidget(widget)
            choices.addSpacing(12)
        choices.addWidget(self.hidden)
        choices.addStretch(1)
        self.content.addLayout(choices)
        self.content.addSpacing(6)
        halves = QHBoxLayout()
        halves.setSpacing(16)
        halves.addWidget(self._mapping())
        halves.addLayout(self._right(), 1)
        self.content.addLayout(halves, 1)
        self.says = self.add_sentence("strong", " ")
        cancel = self.add_button(tr("取消"))
        cancel.clicked.connect(self.reject)
        self.take = self.add_button(tr("取入"), primary=True)
        self.take.clicked.connect(self.accept)

    def _mapping(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("role", "plain")
        form = QFormLayout(inner)
        form.setContentsMargins(0, 0, 12, 0)
        form.setVerticalSpacing(6)
        for head, box in zip(self._heads, self.columns, strict=True):
            box.setAccessibleName(tr("“{0}”取自").format(head))
            box.setMinimumContentsLength(_COLUMN_LETTERS)
            label = plain_label(
                "", head if len(head) <= _SHOWN_TEXT else f"{head[: _SHOWN_TEXT - 1]}…"
            )
            label.setBuddy(box)
            form.addRow(label, box)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else it takes a stop of Tab for itself
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = area.verticalScrollBar().sizeHint().width() + 4
        area.setFixedWidth(max(_MAPPING, inner.sizeHint().width() + side))
        return area

    def _right(self) -> QVBoxLayout:
        self.report.setReadOnly(True)
        self.report.setAccessibleName(tr("读取时的说明"))
        self.report.setFixedHeight(_REPORT)
        self.report.setTabChangesFocus(True)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.preview, 1)
        self._report_head = plain_label("small", "")
        column.addWidget(self._report_head)
        column.addWidget(self.report)
        return column

    def _sheet(self) -> Sheet:
        at = self.sheet.currentData()
        return self._workbook.sheets[at] if isinstance(at, int) else Sheet("", ())

    def _on_sheet(self) -> None:
        self._lines = lines_of(self._sheet(), hidden=self.hidden.isChecked())
        self._say_notes()
        head = head_row(self._lines, self._targets)
        was = self.head.blockSignals(True)
        self.head.clear()
        self.head.addItem(tr("没有标题"), 0)
        for number in self._lines.numbers[:_HEADS]:
            texts = "，".join(" ".join(t.split()) for t in self._lines.heads(number) if t.strip())
            self.head.addItem(tr("第 {0} 行：{1}").format(number, texts[:40]), number)
        self.head.setCurrentIndex(max(0, self.head.findData(head)))
        self.head.blockSignals(was)
        self._on_head()

    def _on_head(self) -> None:
        """Offer the columns under their heads, and choose those that fit."""
        head, lines = int(self.head.currentData() or 0), self._lines
        heads = lines.heads(head) if head else ("",) * len(lines.columns)
        places = matched(heads, self._targets) if head else in_order(lines, self._targets)
        for box, place in zip(self.columns, places, strict=True):
            was = box.blockSignals(True)
            box.clear()
            box.addItem(tr("不取"), None)
            for at, (column, text) in enumerate(zip(lines.columns, heads, strict=True)):
                box.addItem(f"{column_letters(column)} {' '.join(text.split())[:30]}".strip(), at)
            box.setCurrentIndex(0 if place is None else place + 1)
            box.blockSignals(was)
        self._show()

    def _show(self) -> None:
        block = self.block
        shown = tuple(tuple(row) for row in block[:_SHOWN_ROWS])
        used = [n for n, box in enumerate(self.columns) if box.currentData() is not None]
        heads = tuple(self._heads[n] for n in used)
        numeric = tuple(self._targets[n].is_numeric for n in used)
        rows = tuple(tuple(_short(row[n]) for n in used) for row in shown)
        self.model.show(heads, numeric, rows)
        self.take.setEnabled(bool(block))
        self.says.setText(self._sentence(block))

    def _sentence(self, block: list[list[str]]) -> str:
        if not block:
            return tr("没有可取的内容：请选择工作表，并指明各栏取自哪一列。")
        foreseen = self._foresee(block[:_SHOWN_ROWS])
        few = len(block) <= _SHOWN_ROWS
        part = "" if few else tr("（按前 {0} 行核对）").format(_SHOWN_ROWS)
        if len(block) == _MOST_ROWS:
            part += tr("一次最多取 {0:,} 行，其余请分次取。").format(_MOST_ROWS)
        return tr("将新增 {0} 行。{1}{2}").format(len(block), foreseen.sentence, part)

    def _say_notes(self) -> None:
        sheet = self._sheet()
        notes = [note for note in self._workbook.notes if note.sheet in ("", sheet.name)]
        lines = [_line(note) for note in notes[:_LONGEST_NOTES]]
        if self._lines.skipped:
            words = tr("隐藏的行和列中有 {0} 格没有取；需要时勾选“包括隐藏的行和列”。")
            lines.insert(0, words.format(self._lines.skipped))
        if sheet.merged:
            words = tr("有合并单元格 {0} 处，内容只在各处的左上角一格。")
            lines.insert(0, words.format(len(sheet.merged)))
        if len(notes) > _LONGEST_NOTES:
            lines.append(tr("另有 {0} 条说明。").format(len(notes) - _LONGEST_NOTES))
        self._report_head.setText(tr("说明（{0} 条）").format(len(lines)))
        self.report.setPlainText("\n".join(lines) or tr("没有需要说明的地方。"))


def _line(note: Note) -> str:
    return tr("{0} 格：{1}。").format(note.cell, note.words) if note.cell else f"{note.words}。"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    longest = 60
    return flat if len(flat) <= longest else f"{flat[: longest - 1]}…"
