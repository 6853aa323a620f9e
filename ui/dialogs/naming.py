"""命名版本: the name under which the plan as it is now is kept for good."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from ui.dialogs.base import PlainDialog
from ui.text import tr

USUAL = ("送审稿", "报批稿", "征求意见稿", "专家评审稿")
_LONGEST = 40


class NamingDialog(PlainDialog):
    """One line with the usual names at hand."""

    guide = "11-files.md#版本与快照"
    named = Signal(str)

    def __init__(self, known: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(tr("命名版本"), parent, 440)
        self._known = known
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.addItems([tr(each) for each in USUAL])
        line = self.name.lineEdit()
        if line is not None:
            line.setMaxLength(_LONGEST)
        self.name.setCurrentText(self._proposed())
        self.add_labelled(tr("版本名称"), self.name)
        self.add_sentence("small", tr("把现在的内容另留一份，一直保留；随时可以比较、恢复或导出。"))
        self._wrong = self.add_sentence("must")
        self.add_button(tr("取消")).clicked.connect(self.reject)
        self.add_button(tr("保存版本"), primary=True).clicked.connect(self.accept)
        self.name.setFocus()
        if line is not None:
            line.selectAll()
        self.settle()

    @property
    def complaint(self) -> str:
        """What is wrong with the name; "" when nothing is."""
        return self._wrong.text()

    def accept(self) -> None:
        """Qt: hand the name over, once there is one nobody else has."""
        name = " ".join(self.name.currentText().split())
        wrong = "" if name else tr("请填写版本名称。")
        if name in self._known:
            wrong = tr("已有名为“{0}”的版本，请换一个名称，例如“{1}”。").format(
                name, _next(name, self._known)
            )
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self.settle()
        if wrong:
            self.name.setFocus()
            return
        super().accept()
        self.named.emit(name)

    def _proposed(self) -> str:
        return next((each for each in USUAL[:2] if each not in self._known), "")


def _next(name: str, known: tuple[str, ...]) -> str:
    number = 2
    while f"{name}{number}" in known:
        number += 1
    return f"{name}{number}"
