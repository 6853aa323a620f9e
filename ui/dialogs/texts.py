"""The dialogs that only tell: shortcuts, and the report of a fault."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from ui.actions import MENUS
from ui.dialogs.base import PlainDialog
from ui.fields.small import plain_label
from ui.text import tr

_MORE = (
    ("Tab / Shift+Tab", "下一项 / 上一项"),
    ("Enter", "表格中：编辑或确认当前格"),
    ("Ctrl+V", "表格中：粘贴 Excel 或 WPS 的区域"),
    ("Esc", "放弃当前格的修改，或关闭窗口"),
)


class ShortcutsDialog(PlainDialog):
    """Every shortcut, by menu."""

    guide = "12-keys.md"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("快捷键"), parent, 460)
        inner = QWidget()
        inner.setProperty("role", "plain")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(6)
        for title, specs in MENUS:
            keyed = [(spec.shortcut, spec.text) for spec in specs if spec.shortcut]
            if keyed:
                self._add_block(grid, tr(title).partition("(")[0], keyed)
        self._add_block(grid, tr("填写"), [(key, tr(text)) for key, text in _MORE])
        area = QScrollArea()
        area.setAccessibleName(tr("快捷键"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setMinimumHeight(420)
        self.content.addWidget(area)
        self.add_button(tr("关闭"), primary=True).clicked.connect(self.close)

    def _add_block(self, grid: QGridLayout, title: str, keyed: list[tuple[str, str]]) -> None:
        head = plain_label(title, "caption")
        head.setContentsMargins(0, 8, 0, 0)
        grid.addWidget(head, grid.rowCount(), 0, 1, 2)
        for key, text in keyed:
            row = grid.rowCount()
            grid.addWidget(plain_label(text.rstrip("…")), row, 0)
            shown = QKeySequence(key).toString() if " " not in key else key
            grid.addWidget(plain_label(shown or key, "soft"), row, 1)


class FaultDialog(PlainDialog):
    """The report of a fault of the program, to be copied; it holds nothing of the plan."""

    guide = "13-questions.md"

    def __init__(self, sentence: str, report: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("程序遇到意外问题"), parent, 620)
        self.setModal(False)
        self.add_sentence("", sentence)
        self.add_sentence("small", tr("以下报告不含方案内容，可复制后发给技术支持。"))
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("问题报告"))
        self.text.setMinimumHeight(220)
        self.content.addWidget(self.text)
        copy = self.add_button(tr("复制报告"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self.add_button(tr("继续使用"), primary=True).clicked.connect(self.close)
