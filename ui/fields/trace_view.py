"""Shows from what a computed value comes, each input a step away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from forms.address import Address
from forms.overrides import override_sentence
from ui.dialogs.confirming import ask_confirmation
from ui.fields.contribution_view import ContributionView
from ui.fields.roles import FIRST_STEP, HINT, MISSING
from ui.fields.small import plain_label, quiet_button, way_button
from ui.fields.trace import Trace, TracedFactor, trace
from ui.session import PlanSession
from ui.text import tr

_LONGEST_NAME = 18


class TraceView(QWidget):
    """The inputs of one computed value: name, value, and the way there."""

    jump_requested = Signal(object)  # Address

    def __init__(self, session: PlanSession, *, says_override: bool = False) -> None:
        super().__init__()
        self._session = session
        self._says_override = says_override  # a frame says it itself
        self._shown: Trace | None = None
        self._ways: list[QPushButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 4, 0, 4)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)

    def show_trace(self, address: Address) -> None:
        """Show the inputs of the value at an address."""
        found = trace(self._session.view, address)
        if found == self._shown:
            return
        self._shown = found
        self._empty()
        for row, said in enumerate(self._working(found)):
            self._grid.addWidget(plain_label(said, HINT, wraps=True), row, 0, 1, 2)
        first = self._grid.rowCount()
        for row, entry in enumerate(found.inputs, start=first):
            name = tr("转到{name}").format(name=entry.name)
            button = way_button(_short(entry.name), entry.name, name)
            button.clicked.connect(lambda _=False, to=entry.address: self.jump_requested.emit(to))
            self._grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignLeft)
            self._ways.append(button)
            value = plain_label(entry.text or tr("缺"), HINT if entry.text else MISSING, wraps=True)
            self._grid.addWidget(value, row, 1)
        for row, said in enumerate(self._remarks(found), start=first + len(found.inputs)):
            self._grid.addWidget(plain_label(said, HINT, wraps=True), row, 0, 1, 2)
        for traced in found.factors:
            self._add_factor(traced)
        if found.contributions is not None:
            shares = ContributionView(self._session.view, found.contributions)
            shares.jump_requested.connect(self.jump_requested)
            self._grid.addWidget(shares, self._grid.rowCount(), 0, 1, 2)

        self._bound_ways()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: names leave half of the width to the values."""
        super().resizeEvent(event)
        self._bound_ways()

    def _bound_ways(self) -> None:
        for button in self._ways:
            button.setMaximumWidth(max(button.minimumSizeHint().width(), self.width() // 2))

    def _add_factor(self, traced: TracedFactor) -> None:
        """A factor with its edition and how far it is proven; here too it can be confirmed."""
        said = tr("采用系数：{name}").format(name=traced.words)
        place = self._grid.rowCount()
        self._grid.addWidget(plain_label(said, HINT, wraps=True), place, 0, 1, 2)
        if traced.waits:
            used = traced.used
            button = quiet_button(
                tr("记为已核对"), tr("把“{name}”记为已核对").format(name=used.name), FIRST_STEP
            )
            button.clicked.connect(lambda: ask_confirmation(self._session, used, self.window()))
            self._grid.addWidget(button, place + 1, 0, Qt.AlignmentFlag.AlignLeft)

    def _working(self, found: Trace) -> list[str]:
        working = found.working
        replaced: list[str] = []
        if found.override is not None and self._says_override:
            replaced.append(override_sentence(found.override))
        if working is None:
            return replaced
        is_plain = working.numbers == working.result  # one value taken over as it is
        result = tr("结果：{result}") if is_plain else tr("代入：{numbers} = {result}")
        return [
            *replaced,
            tr("计算式：{words}").format(words=working.words),
            result.format(numbers=working.numbers, result=working.result),
        ]

    def _remarks(self, found: Trace) -> list[str]:
        said = [entry.instead for entry in found.inputs if entry.instead]
        if found.more:
            said.insert(0, tr("另有 {count} 个数据").format(count=found.more))
        is_bare = not (found.inputs or found.factors) and found.contributions is None
        return said or ([tr("由固定数值计算。")] if is_bare else [])

    def _empty(self) -> None:
        self._ways.clear()
        while self._grid.count():
            widget = self._grid.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()


def _short(name: str) -> str:
    """A name as the text of a button: not too long, and no letter of it a short cut."""
    cut = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
    return cut.replace("&", "&&")
