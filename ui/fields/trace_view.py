"""Shows from what a computed value comes, each input a step away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from forms.address import Address
from ui.dialogs.confirming import ask_confirmation
from ui.fields.factor_panel import state_words
from ui.fields.roles import FIRST_STEP, HINT, MISSING
from ui.fields.small import plain_label, plain_tip, quiet_button
from ui.fields.trace import Trace, TracedFactor, override_words, trace
from ui.session import PlanSession
from ui.text import tr

_LONGEST_NAME = 18


class TraceView(QWidget):
    """The inputs of one computed value: name, value, and the way there."""

    jump_requested = Signal(object)  # Address

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session
        self._shown: Trace | None = None
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
            button = quiet_button(_short(entry.name), name)
            button.setToolTip(plain_tip(entry.name))
            button.clicked.connect(lambda _=False, to=entry.address: self.jump_requested.emit(to))
            self._grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignLeft)
            value = plain_label(entry.text or tr("缺"), HINT if entry.text else MISSING, wraps=True)
            self._grid.addWidget(value, row, 1)
        for said in self._remarks(found):
            self._add(plain_label(said, HINT, wraps=True))
        for traced in found.factors:
            self._add_factor(traced)

    def _add(self, widget: QWidget) -> None:
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def _add_factor(self, traced: TracedFactor) -> None:
        """A factor with its edition and how far it is proven; here too it can be confirmed."""
        used = traced.used
        words = tr("采用：{name} {amount}（{edition}），{state}")
        state = state_words(used, traced.record)
        said = words.format(
            name=used.name, amount=used.amount, edition=used.factor.edition, state=state
        )
        self._add(plain_label(said, HINT, wraps=True))
        if traced.waits:
            name = tr("“{name}”已核对").format(name=used.name)
            button = quiet_button(tr("已核对"), name, FIRST_STEP)
            button.clicked.connect(lambda: ask_confirmation(self._session, used, self.window()))
            row = self._grid.rowCount()
            self._grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignLeft)

    def _working(self, found: Trace) -> list[str]:
        working = found.working
        if working is None:
            return []
        result = tr("代入：{numbers} = {result}")
        return [
            tr("计算式：{words}").format(words=working.words),
            result.format(numbers=working.numbers, result=working.result),
        ]

    def _remarks(self, found: Trace) -> list[str]:
        said = [each.instead and f"{each.name}{each.instead}" for each in found.inputs]
        if found.more:
            said.insert(0, tr("另有 {count} 个数据").format(count=found.more))
        if found.override is not None:
            said.append(override_words(found.override))
        rests = found.inputs or found.factors or found.override
        return [each for each in said if each] or ([] if rests else [tr("由固定数值计算。")])

    def _empty(self) -> None:
        while self._grid.count():
            widget = self._grid.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()


def _short(name: str) -> str:
    """A name as the text of a button: not too long, and no letter of it a short cut."""
    cut = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
    return cut.replace("&", "&&")
