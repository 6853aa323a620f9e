"""The line below a text: how long it is, and room for the tools of whoever writes in it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.fields.roles import HINT
from ui.fields.small import plain_label
from ui.prose.edit import ProseEdit
from ui.text import tr

_TOOLS_AIR = 10  # they are so much higher than the count beside them


class ProseFoot(QWidget):
    """Says the length of one text and the length it should have."""

    def __init__(self, edit: ProseEdit, target: int) -> None:
        super().__init__()
        self._edit = edit
        self._target = target
        self.count = plain_label("", HINT)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        line.addWidget(self.count)
        self.setMinimumHeight(self.count.sizeHint().height() + _TOOLS_AIR)
        self.say()

    def say(self) -> None:
        """Count anew."""
        count = tr("{count:,} 字").format(count=self._edit.text_length())
        if self._target:
            count += tr(" · 建议约 {target:,} 字").format(target=self._target)
        self.count.setText(count)

    def give_way(self) -> None:
        """Let a bar have the place of the count; in a low cell that of the whole line."""
        self.count.hide()
        self.setVisible(not self._edit.is_bounded)

    def come_back(self) -> None:
        """The bar is gone."""
        self.count.show()
        self.show()
