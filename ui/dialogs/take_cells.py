"""从 Excel 取数, and pasting: which column goes where, with a look at the result first."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from importers.placing import (
    Fits,
    Head,
    Lines,
    Row,
    Target,
    column_letters,
    head_row,
    line_steps,
    lines_of_block,
    read_head,
    row_steps,
    unplaced,
)
from importers.received import Note, Sheet, Workbook
from ui import theme
from ui.dialogs.base import PlainDialog
from ui.dialogs.take_mapping import Mapping
from ui.dialogs.take_preview import Previewed, PreviewModel, PreviewView
from ui.fields.small import labelled, plain_label
from ui.flow_row import FlowRow
from ui.text import tr
from ui.turns import Turns
from ui.whole_choice import WholeChoice

_WIDTH, _HEIGHT = 1080, 620
_REPORT = 108
_SHOWN_ROWS = 100
_MOST_ROWS = 5_000  # at a time, so that the window stays alive
_LONGEST_NOTES = 500
_HEADS = 40  # rows that may be the one with the heads
_SLICE_S = 0.02
_SHEET, _HEAD, _ROWS, _READ = range(4)  # what is still to be read
_SHEET_LETTERS, _HEAD_LETTERS, _WHERE_LETTERS = 12, 20, 16


Block: TypeAlias = Sequence[Sequence[str]]  # texts as they were copied, row by row


class Where(Enum):
    """Where rows go."""

    END = "end"
    CURSOR = "cursor"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the table would take of rows: the sentence, each cell, and lines for the report."""

    sentence: str
    cells: Sequence[Sequence[Previewed]] = ()  # one a column of the table
    numbers: Sequence[int] = ()  # of the rows where they come from
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What a table says of itself, and what it would make of rows."""

    label: str
    targets: Sequence[Target]
    heads: Sequence[str]
    wheres: Sequence[tuple[Where, str]]
    usual: Callable[[Sequence[Row], bool], Where]  # of these rows, under heads or not
    foresee: Callable[[Sequence[Row], Where], Generator[None, None, Foreseen]]
    fits: Fits
    places: Callable[[Lines, int], list[int | None]]  # for each column, under a row of heads
    upright: Callable[[Lines], Lines] = lambda lines: lines


@dataclass(frozen=True, slots=True)
class Taken:
    """What was chosen: rows, and where they go."""

    rows: Sequence[Row]
    where: Where


@dataclass(frozen=True, slots=True)
class Words:
    """How the dialog speaks of what it does."""

    title: str
    from_where: str
    do: str


class TakeCellsDialog(PlainDialog):
    """Asks for sheet, head and columns; rows are handed on only by the button that takes them."""

    guide = "04-filling.md#从 Excel 或 WPS 粘贴"
    taken = Signal(object)  # Taken

    def __init__(
        self, words: Words, source: Workbook | Block, offer: Offer, parent: QWidget | None = None
    ) -> None:
        super().__init__(words.title, parent, _WIDTH)
        is_book = isinstance(source, Workbook)
        if is_book:
            self.guide = "04-filling.md#从 Excel 文件取数"
        self._workbook = source if is_book else Workbook((Sheet("", ()),), ())
        self._block: Block | None = None if is_book else source
        self._offer = offer
        self._turns = Turns(_SLICE_S, self)
        self._unread, self._accepts = _SHEET, False
        self._lines = Lines((), (), ())
        self._head = Head()
        self._rows: list[Row] = []
        self._foreseen: Sequence[str] = ()
        self._where_chosen = False
        self.sheet, self.head, self.where = WholeChoice(), WholeChoice(), WholeChoice()
        self.hidden = QCheckBox(tr("包括隐藏的行和列"))
        self.sums = QCheckBox("")
        self.sums.setChecked(True)
        self.mapping = Mapping(offer.heads, offer.targets)
        self.columns = self.mapping.columns
        self.model = PreviewModel()
        self.preview = PreviewView(self.model, tr("取入后的样子"))
        self.report = QPlainTextEdit()
        self._build(words)
        self._fill_choices()
        self._read_from(_SHEET)
        self.begin_with(QSize(theme.px(_WIDTH), theme.px(_HEIGHT)))
        self.take.setFocus()

    @property
    def rows(self) -> Sequence[Row]:
        """What would be taken now."""
        return self._rows

    def accept(self) -> None:
        """Qt: hand the rows on, once all are read."""
        if self._unread != _READ:
            self._accepts = True
        elif self._rows:
            self.taken.emit(Taken(self._rows, self._where()))
            super().accept()

    def _build(self, words: Words) -> None:
        self.add_sentence("soft", words.from_where)
        self.content.addLayout(self._choices())
        self.content.addSpacing(6)
        halves = QHBoxLayout()
        halves.setSpacing(16)
        halves.addWidget(self.mapping)
        halves.addLayout(self._right(), 1)
        self.content.addLayout(halves, 1)
        self.says = self.add_sentence("strong", " ")
        cancel = self.add_button(tr("取消"))
        cancel.clicked.connect(self.reject)
        self.take = self.add_button(words.do, primary=True)
        self.take.clicked.connect(self.accept)

    def _choices(self) -> FlowRow:
        choices = FlowRow(20)
        listed = (
            (tr("工作表"), self.sheet, _SHEET_LETTERS),
            (tr("标题行"), self.head, _HEAD_LETTERS),
            (tr("放到"), self.where, _WHERE_LETTERS),
        )
        for text, box, letters in listed:
            box.setMinimumContentsLength(letters)
            choice = labelled(text, box, 8)
            choice.setVisible(box is not self.sheet or len(self._workbook.sheets) > 1)
            choices.addWidget(choice)
        choices.addWidget(self.hidden)
        choices.addWidget(self.sums)
        any_hidden = any(cell.hidden for sheet in self._workbook.sheets for cell in sheet.cells)
        self.hidden.setVisible(any_hidden)
        return choices

    def _fill_choices(self) -> None:
        for at, sheet in enumerate(self._workbook.sheets):
            shown = tr("{0}（隐藏）").format(sheet.name) if sheet.hidden else sheet.name
            self.sheet.addItem(shown[:60], at)
        for where, text in self._offer.wheres:
            self.where.addItem(text, where)
        sheets = enumerate(self._workbook.sheets)
        self.sheet.setCurrentIndex(next((n for n, each in sheets if not each.hidden), 0))
        self.sheet.currentIndexChanged.connect(lambda: self._read_from(_SHEET))
        self.hidden.toggled.connect(lambda: self._read_from(_SHEET))
        self.head.currentIndexChanged.connect(lambda: self._read_from(_HEAD))
        self.where.activated.connect(self._on_where)
        self.sums.toggled.connect(lambda: self._read_from(_ROWS))
        self.mapping.changed.connect(lambda: self._read_from(_ROWS))

    def _right(self) -> QVBoxLayout:
        self.report.setReadOnly(True)
        self.report.setAccessibleName(tr("读取时的说明"))
        self.report.setFixedHeight(_REPORT)
        self.report.setTabChangesFocus(True)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.preview, 1)
        self._report_head = plain_label("", "small")
        column.addWidget(self._report_head)
        column.addWidget(self.report)
        return column

    def _sheet(self) -> Sheet:
        at = self.sheet.currentData()
        return self._workbook.sheets[at] if isinstance(at, int) else Sheet("", ())

    def _where(self) -> Where:
        chosen = self.where.currentData()
        return chosen if isinstance(chosen, Where) else self._offer.wheres[0][0]

    def done(self, result: int) -> None:
        """Qt: however it ends, nothing goes on behind it."""
        self._turns.give_up()
        super().done(result)

    def _on_where(self) -> None:
        self._where_chosen = True
        self._read_from(_ROWS)

    def _read_from(self, what: int) -> None:
        """Read anew from here on, in turns where there is much."""
        self._unread, self._accepts = min(self._unread, what), False
        self._turns.begin(self._reading())
        if self._unread != _READ:
            self.says.setText(tr("正在核对各行…"))

    def _reading(self) -> Generator[None]:
        if self._unread == _SHEET:
            yield from self._read_sheet()
            self._unread = _HEAD
        if self._unread == _HEAD:
            self._take_head()
            self._unread = _ROWS
        yield from self._read_rows()
        yield from self._foresee()
        self._unread = _READ
        if self._accepts:
            QTimer.singleShot(0, self, self.accept)

    def _read_sheet(self) -> Generator[None]:
        if self._block is not None:
            lines = lines_of_block(self._block)
        else:
            lines = yield from line_steps(self._sheet(), hidden=self.hidden.isChecked())
        self._lines = self._offer.upright(lines)
        head = head_row(self._lines, self._offer.targets)
        was = self.head.blockSignals(True)
        self.head.clear()
        self.head.addItem(tr("没有标题"), 0)
        for number in self._lines.numbers[:_HEADS]:
            texts = "，".join(" ".join(t.split()) for t in self._lines.heads(number) if t.strip())
            self.head.addItem(tr("第 {0} 行：{1}").format(number, texts[:40]), number)
        self.head.setCurrentIndex(max(0, self.head.findData(head)))
        self.head.blockSignals(was)

    def _take_head(self) -> None:
        """Offer the columns under their heads, and choose those that fit."""
        number, lines, offer = int(self.head.currentData() or 0), self._lines, self._offer
        self._head = read_head(lines, number, offer.targets, offer.fits)
        self.mapping.offer(_names(lines, self._head), offer.places(lines, number))
        self._where_chosen = False

    def _read_rows(self) -> Generator[None]:
        offer, places = self._offer, self.mapping.places
        rows = yield from row_steps(self._lines, self._head, places, offer.targets, offer.fits)
        grows = any(where is Where.END for where, _ in offer.wheres)  # fixed rows have their own
        sums = sum(row.adds_up for row in rows) if grows else 0
        self.sums.setText(tr("不取合计、小计行（{0}）").format(sums))
        self.sums.setVisible(bool(sums))
        if sums and self.sums.isChecked():
            rows = [row for row in rows if not row.adds_up]
        self._rows = rows[:_MOST_ROWS]
        if not self._where_chosen:
            usual = offer.usual(self._rows, bool(self._head.number))
            self.where.setCurrentIndex(max(0, self.where.findData(usual)))
        self.mapping.show_unplaced(unplaced(self._lines, self._head, places))

    def _foresee(self) -> Generator[None]:
        foreseen = yield from self._offer.foresee(self._rows[:_SHOWN_ROWS], self._where())
        used = [n for n, place in enumerate(self.mapping.places) if place is not None]
        heads = tuple(self._offer.heads[n] for n in used)
        numeric = tuple(self._offer.targets[n].is_numeric for n in used)
        cells = tuple(tuple(row[n] for n in used) for row in foreseen.cells)
        self.model.preview(heads, numeric, cells, foreseen.numbers)
        self.take.setEnabled(bool(self._rows) and bool(foreseen.cells))
        self.says.setText(self._sentence(foreseen))
        self._foreseen = foreseen.lines
        self._say_notes()

    def _sentence(self, foreseen: Foreseen) -> str:
        count = len(self._rows)
        if not count:
            return tr("没有可取的内容：请选择工作表，并指明各栏取自哪一列。")
        part = "" if count <= _SHOWN_ROWS else tr("（按前 {0} 行核对）").format(_SHOWN_ROWS)
        if count == _MOST_ROWS:
            part += tr("一次最多取 {0:,} 行，其余请分次取。").format(_MOST_ROWS)
        if count > _SHOWN_ROWS:
            part = tr("共 {0} 行。").format(count) + part
        return f"{foreseen.sentence}{part}"

    def _say_notes(self) -> None:
        sheet = self._sheet()
        notes = [note for note in self._workbook.notes if note.sheet in ("", sheet.name)]
        lines = [*self._foreseen, *(_line(note) for note in notes[:_LONGEST_NOTES])]
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


def _names(lines: Lines, head: Head) -> list[str]:
    """How each column is called: its letters and its head."""
    pairs = zip(lines.columns, head.texts, strict=True)
    return [f"{column_letters(at)} {' '.join(text.split())[:30]}".strip() for at, text in pairs]


def _line(note: Note) -> str:
    return tr("{0} 格：{1}。").format(note.cell, note.words) if note.cell else f"{note.words}。"
