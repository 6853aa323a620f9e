"""Finding and replacing in the whole plan: a list of every place, each shown and led to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from forms.address import Address
from forms.edits import Edit, EditError
from forms.places import slot_at
from forms.searching import Hit, Wanted, find_steps, replacing
from ui.dialogs.base import PlainDialog
from ui.dialogs.working import WHOLE, take_steps
from ui.fields.roles import FAULT, HINT
from ui.fields.small import plain_label
from ui.prose.edit import ProseEdit
from ui.prose.find import find_all
from ui.prose.saying import saying
from ui.session import PlanSession
from ui.text import tr

_WIDTH, _LIST_HEIGHT = 640, 300
_MOST_SHOWN = 1000
_PAUSE_MS = 200
_SLICE_NS = 25_000_000  # of the window's thread, between two of which it is alive
_END = QTextCursor.MoveMode.KeepAnchor


class PlanFind(PlainDialog):
    """A window beside the plan; it follows every change of it."""

    guide = "04-filling.md#正文"

    def __init__(
        self, session: PlanSession, go_to: Callable[[Address], object], parent: QWidget | None
    ) -> None:
        super().__init__(tr("在全文中查找和替换"), parent, _WIDTH)
        self._session = session
        self._go_to = go_to
        self._hits: list[Hit] = []
        self._steps: Iterator[Hit | None] = iter(())
        self._row = 0
        self._is_whole = self._replaces_all = False
        self._replaced = ("", 0)  # for what, and how often
        self.words, self.by = QLineEdit(), QLineEdit()
        self.add_labelled(tr("查找"), self.words)
        self.add_labelled(tr("替换为"), self.by)
        self.case = QCheckBox(tr("区分大小写"))
        self.width_too = QCheckBox(tr("区分全角和半角"))
        self.count = plain_label("", HINT)
        self.fault = plain_label("", FAULT, wraps=True)
        self.list = _list()
        self.content.addLayout(self._options())
        self.content.addWidget(self.list, 1)
        self.content.addWidget(self.fault)
        self.fault.hide()
        self.one = self._tool(tr("替换这一处"), self.replace_one)
        self.all = self._tool(tr("全部替换"), self.replace_all)
        self.led = self._tool(tr("转到"), self.go)
        self.add_button(tr("关闭")).clicked.connect(self.close)
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later.timeout.connect(self.look)
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._go_on)
        self._follow()

    def _follow(self) -> None:
        self.words.textChanged.connect(self._look_later)
        self.words.returnPressed.connect(self.look)
        self.case.toggled.connect(self.look)
        self.width_too.toggled.connect(self.look)
        self.list.itemActivated.connect(self.go)
        self._session.changed.connect(self._look_later)
        self.look()

    @property
    def is_looking(self) -> bool:
        """Whether more places may come."""
        return self._slices.isActive() or self._later.isActive()

    def look(self) -> None:
        """Find anew; places come as they are found, the chosen one stays as far as there is one."""
        self._row = max(self._row, self.list.currentRow())
        self._stop()
        wanted = Wanted(self.words.text(), self.case.isChecked(), self.width_too.isChecked())
        session = self._session
        self._steps = find_steps(session.view, wanted, lambda mark: saying(session, mark).words)
        self._hits = []
        self.list.clear()
        self._slices.start()
        self._go_on()

    def go(self) -> None:
        """Show the chosen place in its field."""
        hit = self._chosen()
        if hit is None:
            return
        self._go_to(hit.address)
        edit = QApplication.focusWidget()
        if isinstance(edit, ProseEdit):
            same = [each for each in self._hits if each.address == hit.address]
            spans = find_all(edit.document(), hit.words)
            if (place := same.index(hit)) < len(spans):
                cursor = edit.textCursor()
                cursor.setPosition(spans[place][0])
                cursor.setPosition(spans[place][1], _END)
                edit.setTextCursor(cursor)

    def replace_one(self) -> None:
        """Replace the chosen place, and choose the next one."""
        if self._later.isActive():
            self.look()
        hit = self._chosen()
        if hit is not None and (self._is_whole or self._slices.isActive()):
            self._replace((hit,), tr("替换一处"))

    def replace_all(self) -> None:
        """Replace every place as one step of undo, as soon as all of them are found."""
        if self._later.isActive():
            self.look()
        self._replaces_all = self._slices.isActive()
        if self._is_whole:
            self._replace(tuple(self._hits), tr("全部替换"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc gives up a search first; the window it closes when nothing is looked for."""
        if event.key() == Qt.Key.Key_Escape and self.is_looking and self.words.text():
            self._stop()
            self._row = 0
            self._say()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Qt: however it is closed, nothing is looked for behind it."""
        self._stop()
        super().done(result)

    def _look_later(self) -> None:
        """What was found is no longer what is asked for, or no longer stands there."""
        self._row = max(self._row, self.list.currentRow())
        self._stop()
        self._later.start()

    def _stop(self) -> None:
        self._later.stop()
        self._slices.stop()
        self._is_whole = self._replaces_all = False

    def _go_on(self) -> None:
        """Look for a moment; a large plan takes several, with the window alive."""
        until = time.thread_time_ns() + _SLICE_NS
        for hit in self._steps:
            if hit is not None:
                self._add(hit)
            if time.thread_time_ns() > until:
                self._say()
                return
        replaces_all = self._replaces_all
        self._stop()
        self._is_whole, self._row = True, 0
        self._say()
        if replaces_all:
            self.replace_all()

    def _add(self, hit: Hit) -> None:
        self._hits.append(hit)
        if len(self._hits) > _MOST_SHOWN:
            return
        self.list.addItem(QListWidgetItem(self._told(hit)))
        last = self.list.count() - 1
        if last <= self._row and self.list.currentRow() == last - 1:
            self.list.setCurrentRow(last)
        elif last <= self._row:  # another one was chosen meanwhile
            self._row = self.list.currentRow()

    def _replace(self, hits: tuple[Hit, ...], label: str) -> None:
        edits = replacing(self._session.view, hits, self.by.text())
        self.fault.hide()
        count = sum(not hit.fixed for hit in hits)
        take_steps(label, self._edit_steps(edits, label, count), self.look, self)

    def _edit_steps(self, edits: tuple[Edit, ...], label: str, count: int) -> Iterator[int]:
        """Nothing has changed before the last step; what is refused is told and changes nothing."""
        try:
            for taken in self._session.edit_steps(edits, label) if edits else ():
                yield WHOLE * taken // len(edits)
            self._replaced = (self.words.text(), count)
        except EditError as error:
            self.fault.setText(str(error))
            self.fault.show()

    def _chosen(self) -> Hit | None:
        row = self.list.currentRow()
        is_reached = row >= self._row and 0 <= row < len(self._hits)
        return self._hits[row] if is_reached else None

    def _told(self, hit: Hit) -> str:
        pack, address = self._session.pack, hit.address
        section = pack.index.sections[address.section].title
        slot = slot_at(pack, address)
        label = slot.label if slot is not None else ""
        fixed = tr("（活数字或引用，不替换）") if hit.fixed else ""
        place = f"{section} · {label}" if label != section else section
        return f"{place}　…{hit.before}【{hit.words}】{hit.after}…{fixed}"

    def _say(self) -> None:
        count = len(self._hits)
        words = tr("{count} 处").format(count=count)
        if not self.words.text():
            words = ""
        elif self._slices.isActive():
            words = tr("正在查找，已找到 {count} 处，按 Esc 停止").format(count=count)
        elif not self._is_whole:
            words = tr("已停止，只找到 {count} 处，按 Enter 重新查找").format(count=count)
        elif not count and self._replaced[0] == self.words.text():
            words = tr("已替换 {count} 处，关闭后可按 Ctrl+Z 撤销").format(count=self._replaced[1])
        elif not count:
            words = tr("没有找到")
        elif count > _MOST_SHOWN:
            words += tr("，列出前 {most} 处").format(most=_MOST_SHOWN)
        self.count.setText(words)
        is_current = self._is_whole or self.is_looking
        loose = is_current and any(not hit.fixed for hit in self._hits)
        self.led.setEnabled(count > 0)
        self.one.setEnabled(loose)
        self.all.setEnabled(loose)

    def _options(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.case)
        line.addWidget(self.width_too)
        line.addStretch(1)
        line.addWidget(self.count)
        return line

    def _tool(self, words: str, do: Callable[[], object]) -> QPushButton:
        button = self.add_button(words)
        button.clicked.connect(do)
        return button


def _list() -> QListWidget:
    made = QListWidget()
    made.setMinimumHeight(_LIST_HEIGHT)
    made.setAccessibleName(tr("找到的地方"))
    made.setProperty("role", "lines")
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    return made
