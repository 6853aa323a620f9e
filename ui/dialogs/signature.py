"""署名: the name that stands in the history beside what this user does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.dialogs.base import PlainDialog
from ui.text import tr

_LONGEST = 40


class SignatureDialog(PlainDialog):
    """Asks for the name."""

    guide = "11-files.md#用 U 盘带走，交给别人"

    def __init__(
        self, name: str, sign: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("署名"), parent, 400)
        self._sign = sign
        self.name = QLineEdit(name)
        self.name.setMaxLength(_LONGEST)
        self.add_labelled(tr("您的姓名"), self.name)
        self.add_sentence("soft", tr("从现在起，修改记录里写这个姓名；只保存在本机和草稿中。"))
        self.add_button(tr("取消")).clicked.connect(self.reject)
        self.add_button(tr("确定"), primary=True).clicked.connect(self.accept)
        self.settle()

    def accept(self) -> None:
        """Qt: take the name."""
        self._sign(" ".join(self.name.text().split()))
        super().accept()
