"""Below a sheet: from what the computed value under the cursor comes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.address import Address
from forms.inline.reading import read_text
from forms.naming import place_name
from forms.places import slot_at
from forms.row_units import unit_at
from ui.fields.roles import HINT, LABEL, give_role
from ui.fields.small import plain_label
from ui.fields.trace_view import TraceView
from ui.session import PlanSession
from ui.text import tr


class SheetTrace(QWidget):
    """The trace of one cell of a sheet; a hint while the cursor is on a typed value."""

    jump_requested = Signal(object)  # Address

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session
        self._address: Address | None = None
        self._title = plain_label("", HINT, wraps=True)
        self._trace = TraceView(session, says_override=True)
        self._trace.jump_requested.connect(self.jump_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._title)
        layout.addWidget(self._trace)
        self.setAccessibleName(tr("计算依据"))
        self.show_cell(None)

    def show_cell(self, address: Address | None) -> None:
        """Explain the value at an address, when a formula stands behind it."""
        slot = slot_at(self._session.pack, address) if address else None
        is_computed = slot is not None and (slot.formula is not None or not slot.overridable)
        self._address = address if is_computed else None
        self.follow()

    def follow(self) -> None:
        """Explain anew after a change of the plan."""
        address, view = self._address, self._session.view
        self._trace.setVisible(address is not None)
        give_role(self._title, LABEL if address else HINT)
        if address is None:
            self._title.setText(tr("ƒ 选中由公式算出的数，这里说明它从何而来。"))
            return
        text = read_text(view, address)
        value = f"{text} {unit_at(view, address)}".strip() if text else tr("缺")
        self._title.setText(f"ƒ {place_name(view, address)}：{value}")
        self._trace.show_trace(address)
