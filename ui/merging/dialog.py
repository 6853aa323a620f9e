"""合并: the places both sides changed, chosen one by one; nothing changes before 完成合并."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from forms.comparing import Difference
from forms.merging import Merged, OrderConflict, Pick, choices_for
from forms.merging.wording import Versions, Wording
from ui.dialogs.base import PlainDialog
from ui.fields.small import plain_label
from ui.grid.overview_table import OverviewModel
from ui.merging.conflict_list import TAKEN, ConflictList, Line, pick_words
from ui.merging.taken import TakenView, taken_rows
from ui.merging.texts import ThreeTexts
from ui.plain import plain_caption
from ui.text import tr

_SIZE = (1180, 640)
_LIST_WIDTH = 330
_PICKS: tuple[Pick, ...] = ("mine", "theirs", "both")


@dataclass(frozen=True, slots=True)
class ToMerge:
    """A merge as the window shows it; `file` says whose version it is, in words."""

    file: str
    merged: Merged
    lines: tuple[Line, ...]
    versions: tuple[Versions, ...]
    taken: tuple[Difference, ...]


def told(file: str, merged: Merged, wording: Wording, taken: tuple[Difference, ...]) -> ToMerge:
    """A merge put in words; takes a moment for large plans, so a job does it."""
    lines = tuple(Line(wording.section(each), wording.place(each)) for each in merged.conflicts)
    versions = tuple(wording.versions(each) for each in merged.conflicts)
    return ToMerge(file, merged, lines, versions, taken)


class MergeDialog(PlainDialog):
    """Conflicts at the left, the three versions of one at the right."""

    guide = "11-files.md#两个人各写各的，再合成一份"

    def __init__(
        self, shown: ToMerge, finish: Callable[[dict[int, Pick]], object], parent: QWidget | None
    ) -> None:
        super().__init__(tr("合并两个版本"), parent, 860)
        self._shown, self._finish = shown, finish
        self.choices: dict[int, Pick] = {}
        self._number = TAKEN
        self.sentence = self.add_sentence("strong", " ")
        self.add_sentence("soft", tr("对方的版本：{0}").format(shown.file))
        self.list = ConflictList(shown.lines, len(shown.taken))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.texts = ThreeTexts()
        self.texts.name_sides(tr("我的版本"), tr("对方的版本"))
        self._place = plain_label(role="strong")
        self._place.setWordWrap(True)
        self._hint = plain_label(role="soft")
        self._hint.setWordWrap(True)
        self.buttons: dict[Pick, QPushButton] = {pick: QPushButton() for pick in _PICKS}
        self.pages = QStackedWidget()
        self.pages.addWidget(self._conflict_page())
        self.pages.addWidget(self._taken_page())
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addWidget(self.pages, 1)
        self.content.addLayout(row, 1)
        self._add_buttons()
        self.list.chosen.connect(self._look_at)
        self.list.picked.connect(self._on_key)
        self.resize(*_SIZE)
        self._tell()
        self.list.go_to(0 if shown.lines else TAKEN)
        QTimer.singleShot(0, self.list, self.list.setFocus)

    def pick(self, pick: Pick) -> None:
        """Choose for the conflict that is looked at, and go on to the next open one."""
        if self._number == TAKEN or pick not in self._possible(self._number):
            return
        self._choose(self._number, pick)
        self._tell()
        count = len(self._shown.lines)
        following = [(self._number + step) % count for step in range(1, count)]
        self.list.go_to(next((n for n in following if n not in self.choices), self._number))
        self._look_at(self._number)

    def pick_all(self, pick: Pick) -> None:
        """Choose the same side for every conflict."""
        for number in range(len(self._shown.lines)):
            self._choose(number, pick)
        self._tell()
        self._look_at(self._number)

    def accept(self) -> None:
        """Qt: 完成合并."""
        self._finish(dict(self.choices))
        super().accept()

    def _on_button(self, pick: Pick, checked: bool = False) -> None:
        del checked
        self.pick(pick)

    def _on_all(self, pick: Pick, checked: bool = False) -> None:
        del checked
        self.pick_all(pick)

    def _choose(self, number: int, pick: Pick) -> None:
        self.choices[number] = pick
        self.list.show_pick(number, pick)

    def _possible(self, number: int) -> tuple[Pick, ...]:
        return choices_for(self._shown.merged.conflicts[number])

    def _on_key(self, pick: str) -> None:
        for each in _PICKS:
            if each == pick:
                self.pick(each)

    def _look_at(self, number: int) -> None:
        self._number = number
        self.pages.setCurrentIndex(1 if number == TAKEN else 0)
        if number == TAKEN:
            return
        line, now = self._shown.lines[number], self.choices.get(number)
        self._place.setText(f"{line.section} › {line.place}")
        self.texts.show_versions(self._shown.versions[number])
        possible = self._possible(number)
        for key, (pick, button) in enumerate(self.buttons.items(), start=1):
            button.setVisible(pick in possible)
            button.setChecked(pick == now)
            button.setText(f"{'✓ ' if pick == now else ''}{pick_words(pick)}（{key}）")
        self._hint.setText(self._hint_for(number))

    def _hint_for(self, number: int) -> str:
        if isinstance(self._shown.merged.conflicts[number], OrderConflict):
            return tr("不选时，行的先后以我的为准。")
        return tr("不选也可以完成：正文中先留我的，对方的照样保存，以后再选。")

    def _tell(self) -> None:
        count, done = len(self._shown.lines), len(self.choices)
        if count:
            words = tr("有 {0} 处双方都改过，已选 {1} 处").format(count, done)
        else:
            words = tr("没有冲突")
        if self._shown.taken:
            words += tr("；对方另有 {0} 处修改没有冲突，一并取用").format(len(self._shown.taken))
        self.sentence.setText(f"{words}。")

    def _conflict_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._place)
        column.addWidget(self.texts, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for pick, button in self.buttons.items():
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._on_button, pick))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._hint)
        return page

    def _taken_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(plain_label(tr("对方的修改，没有冲突，完成合并时一并取用"), "strong"))
        self.taken = OverviewModel()
        self.taken.show(*taken_rows(self._shown.taken))
        view = TakenView(self.taken, tr("一并取用的修改"))
        view.fit()
        column.addWidget(view, 1)
        return page

    def _add_buttons(self) -> None:
        self.all_buttons: dict[Pick, QPushButton] = {}
        sides: tuple[tuple[Pick, str], ...] = (
            ("mine", tr("全部用我的")),
            ("theirs", tr("全部用对方的")),
        )
        for place, (pick, words) in enumerate(sides):
            button = QPushButton(plain_caption(words))
            button.setAutoDefault(False)
            button.setEnabled(bool(self._shown.lines))
            button.clicked.connect(partial(self._on_all, pick))
            self.insert_button(place, button)
            self.all_buttons[pick] = button
        self.add_button(tr("取消")).clicked.connect(self.reject)
        self.done_button = self.add_button(tr("完成合并"), primary=True)
        self.done_button.clicked.connect(self.accept)
        keys = QShortcut(QKeySequence("Ctrl+Return"), self)
        keys.activated.connect(self.accept)
