"""从 Word 取文字: the headings, paragraphs and tables of a received document, to choose from."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from importers.prose import words_of
from importers.received import Block, Paragraph, Words
from ui.dialogs.base import PlainDialog
from ui.fields.small import quiet_button
from ui.plain import plain_tip
from ui.text import tr

_WIDTH, _HEIGHT = 820, 620
_REPORT = 84
_LONGEST = 120
_MOST_BLOCKS = 5_000
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class TakeWordsDialog(PlainDialog):
    """Every block with a tick; those that are ticked are handed on by 插入."""

    guide = "04-filling.md#从 Word 文件取文字"
    taken = Signal(object)  # tuple[Block, ...]

    def __init__(self, name: str, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(tr("从 Word 取文字"), parent, _WIDTH)
        self._blocks = words.blocks[:_MOST_BLOCKS]
        self.add_sentence("soft", tr("来自“{0}”。勾选要插入到光标处的内容。").format(name))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("文档的内容"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setSpacing(2)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        for block in self._blocks:
            self.list.addItem(_item(block))
        self.content.addWidget(self.list, 1)
        self._add_ticks()
        self._add_report(words)
        self.says = self.add_sentence("strong", " ")
        self.add_button(tr("取消")).clicked.connect(self.reject)
        self.take = self.add_button(tr("插入"), primary=True)
        self.take.clicked.connect(self.accept)
        self.list.itemChanged.connect(self._say)
        self.resize(_WIDTH, _HEIGHT)
        still = QItemSelectionModel.SelectionFlag.NoUpdate
        self.list.setCurrentRow(0, still)
        self.list.setFocus()
        self._say()

    @property
    def chosen(self) -> tuple[Block, ...]:
        """The blocks that are ticked."""
        ticked = (self.list.item(at).checkState() is _CHECKED for at in range(self.list.count()))
        return tuple(block for block, is_in in zip(self._blocks, ticked, strict=True) if is_in)

    def tick_all(self, *, ticked: bool) -> None:
        """Tick everything that is selected, or everything when at most one line is."""
        chosen = self.list.selectedItems()
        all_items = [self.list.item(at) for at in range(self.list.count())]
        for item in chosen if len(chosen) > 1 else all_items:
            item.setCheckState(_CHECKED if ticked else _UNCHECKED)

    def accept(self) -> None:
        """Qt: hand on what is ticked."""
        chosen = self.chosen
        if chosen:
            self.taken.emit(chosen)
            super().accept()

    def _add_ticks(self) -> None:
        row = QHBoxLayout()
        for text, name, ticked in (
            (tr("全部勾选"), tr("勾选选中的行；没有选中多行时勾选全部"), True),
            (tr("全部不选"), tr("取消选中的行的勾选；没有选中多行时取消全部"), False),
        ):
            button = quiet_button(text, name)
            button.setToolTip(plain_tip(name))
            button.clicked.connect(lambda _=False, on=ticked: self.tick_all(ticked=on))
            row.addWidget(button)
        row.addStretch(1)
        self.content.addLayout(row)

    def _add_report(self, words: Words) -> None:
        lines = [f"{note.words}。" for note in words.notes]
        if len(words.blocks) > _MOST_BLOCKS:
            lines.append(tr("只列出前 {0} 段。").format(_MOST_BLOCKS))
        self.report = QPlainTextEdit("\n".join(lines))
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(tr("读取时的说明"))
        self.report.setFixedHeight(_REPORT)
        self.report.setVisible(bool(lines))
        self.content.addWidget(self.report)

    def _say(self) -> None:
        count = len(self.chosen)
        self.take.setEnabled(count > 0)
        if not self._blocks:
            self.says.setText(tr("文档中没有可取的文字。"))
            return
        self.says.setText(tr("将插入 {0} 段，可一步撤销。").format(count))


def _item(block: Block) -> QListWidgetItem:
    text = words_of(block)
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    item = QListWidgetItem(shown)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(_CHECKED)
    if isinstance(block, Paragraph) and block.level:
        font = item.font()
        font.setBold(True)
        item.setFont(font)
    return item
