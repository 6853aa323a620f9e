"""What an export says when it is done: each file with 打开, and the export report by subject."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
)

from exporters.made import by_subject
from ui import icons
from ui.bars import link_button
from ui.exporting import Written
from ui.plain import plain_tip
from ui.text import tr

_ICONS = {"docx": "word", "pdf": "pdf", "xlsx": "excel"}
_TALLEST = 180
_ONE_COLUMN = 6  # files


class FileName(QLabel):
    """A file's name, shortened in its middle: the names of one export differ at their ends."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setToolTip(plain_tip(name))
        self.setAccessibleName(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: as much of the name as there is room for."""
        super().resizeEvent(event)
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(self.name, middle, self.width()))


def result_rows(written: Sequence[Written], open_path: Callable[[Path], object]) -> QGridLayout:
    """The written files one below the other, many of them in two columns."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(28)
    deep = len(written) if len(written) <= _ONE_COLUMN else (len(written) + 1) // 2
    for number, each in enumerate(written):
        grid.addLayout(_row(each, open_path), number % deep, number // deep)
    return grid


def remarks_of(written: Sequence[Written]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The export report: subject by subject, files under other names first."""
    taken = tuple(
        tr("“{0}”正被其他程序打开，已另存为“{1}”。").format(each.asked.name, each.path.name)
        for each in written
        if each.path != each.asked
    )
    notices = by_subject(notice for each in written for notice in each.notices)
    told = tuple((tr(about.value), texts) for about, texts in notices)
    return ((tr("文件名"), taken), *told) if taken else told


def remark_list(remarks: tuple[tuple[str, tuple[str, ...]], ...]) -> QPlainTextEdit:
    """The export report, to be read, selected and copied."""
    text = _lines(remarks)
    shown = QPlainTextEdit(text)
    shown.setReadOnly(True)
    shown.setAccessibleName(tr("导出说明"))
    shown.setFixedHeight(
        min(_TALLEST, 16 + shown.fontMetrics().lineSpacing() * (text.count("\n") + 2))
    )
    return shown


def _row(written: Written, open_path: Callable[[Path], object]) -> QHBoxLayout:
    """One written file with its sign and a button that opens it."""
    row = QHBoxLayout()
    row.setSpacing(8)
    sign = QLabel()
    name = _ICONS.get(written.path.suffix.lstrip("."), "new")
    sign.setPixmap(icons.icon(name).pixmap(20, 20))
    button = link_button(tr("打开"), tr("打开 {0}").format(written.path.name))
    button.clicked.connect(lambda: open_path(written.path))
    row.addWidget(sign)
    row.addWidget(FileName(written.path.name), 1)
    row.addWidget(button)
    return row


def _lines(remarks: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return "\n".join(
        line for subject, texts in remarks for line in (f"{subject}：", *(f"· {t}" for t in texts))
    )
