"""The conflicts of a merge by section, each with what was chosen for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from forms.merging import Pick
from ui import icons, theme
from ui.plain import plain_tip
from ui.text import tr

_NUMBER = Qt.ItemDataRole.UserRole
TAKEN = -1
_KEYS: dict[int, Pick] = {
    Qt.Key.Key_1: "mine",
    Qt.Key.Key_2: "theirs",
    Qt.Key.Key_3: "both",
}


def pick_words(pick: Pick | None) -> str:
    """What was chosen, in a word."""
    words = {"mine": tr("用我的"), "theirs": tr("用对方的"), "both": tr("两者都留")}
    return words.get(pick or "", tr("未选"))


@dataclass(frozen=True, slots=True)
class Line:
    """One conflict in the list."""

    section: str
    place: str


class ConflictList(QListWidget):
    """Sections as heads, conflicts below them, and last what was taken without a question."""

    chosen = Signal(int)  # the number of the conflict that is looked at, TAKEN for the rest
    picked = Signal(str)  # by key: 1, 2, 3

    def __init__(self, lines: Sequence[Line], taken: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("冲突"))
        self.setProperty("role", "conflicts")
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines = lines
        self._items: dict[int, QListWidgetItem] = {}
        self._signs: dict[int, tuple[str, str]] = {}
        self._fill(taken)
        self.currentItemChanged.connect(self._on_current)

    def show_pick(self, number: int, pick: Pick | None) -> None:
        """Show what was chosen for a conflict."""
        item = self._items[number]
        words = f"{self._lines[number].place} — {pick_words(pick)}"
        item.setText(words)
        item.setToolTip(plain_tip(words))
        sign = ("state-done", "accent") if pick else ("state-empty", "should")
        self._signs[number] = sign
        item.setIcon(_sign(*sign))

    def go_to(self, number: int) -> None:
        """Look at one conflict."""
        if number in self._items:
            self.setCurrentItem(self._items[number])

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: only now the style sheet says how high the lines are."""
        super().showEvent(event)
        self.doItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: other colours tint the signs anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for number, sign in self._signs.items():
                self._items[number].setIcon(_sign(*sign))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: 1, 2 and 3 choose, all else moves about."""
        pick = _KEYS.get(event.key())
        if pick is not None and not event.modifiers():
            self.picked.emit(pick)
            return
        super().keyPressEvent(event)

    def _fill(self, taken: int) -> None:
        section = ""
        for number, line in enumerate(self._lines):
            if line.section != section:
                section = line.section
                self._add_head(section)
            item = QListWidgetItem(line.place)
            item.setData(_NUMBER, number)
            self.addItem(item)
            self._items[number] = item
            self.show_pick(number, None)
        if taken:
            self._add_head(tr("没有冲突"))
            self._signs[TAKEN] = ("state-done", "soft")
            words = tr("一并取用对方的修改 {0} 处").format(taken)
            item = QListWidgetItem(_sign(*self._signs[TAKEN]), words)
            item.setData(_NUMBER, TAKEN)
            self.addItem(item)
            self._items[TAKEN] = item

    def _add_head(self, text: str) -> None:
        head = QListWidgetItem(text)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(head)

    def _on_current(self, now: QListWidgetItem | None) -> None:
        number = now.data(_NUMBER) if now is not None else None
        if isinstance(number, int):
            self.chosen.emit(number)


def _sign(name: str, role: str) -> QIcon:
    """The icon in its colour, on the chosen line too."""
    made = icons.icon(name, theme.colour(role))
    made.addPixmap(icons.pixmap(name, theme.colour(role), 20, 2), QIcon.Mode.Selected)
    return made
