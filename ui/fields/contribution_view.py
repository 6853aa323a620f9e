"""Shows which project brings how much of a figure: the largest first, with bars, a click away."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from forms.address import Address
from forms.contributions import Contributions, Part, Rest
from forms.kinds import Percent, unit_of
from forms.places import slot_at
from forms.view import PlanView
from forms.wording import word
from ui.fields.roles import HINT, LABEL
from ui.fields.small import plain_label, quiet_button
from ui.plain import plain_tip
from ui.text import tr
from ui.theme import colour, scale

_SHOWN = 10
_LONGEST_NAME, _LEAST_NAME = 24, 16
_BAR_HEIGHT = 8
_BAR_WIDTH = 120
_WHOLE = 1000
_SHARE = Percent(2)


class ShareBar(QWidget):
    """A bar as long as a share of the whole; its value also stands in words beside it."""

    def __init__(self, per_mille: int) -> None:
        super().__init__()
        self.per_mille = max(0, min(_WHOLE, per_mille))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as a thin bar, as wide as there is room."""
        return QSize(_BAR_WIDTH, _BAR_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the share on a quiet ground."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("line"))
        filled = self.rect()
        filled.setWidth(self.width() * self.per_mille // _WHOLE)
        painter.fillRect(filled, colour("accent"))


class ContributionView(QWidget):
    """The largest projects of one figure, the others together, and what no project brings."""

    jump_requested = Signal(object)  # Address of a project's row, or of a value

    def __init__(self, view: PlanView, found: Contributions) -> None:
        super().__init__()
        slot = slot_at(view.pack, found.address)
        assert slot is not None  # it was taken apart
        self._view, self._found, self._kind = view, found, slot.kind
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 6, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._say(self._headline(), LABEL)
        for part in found.parts[:_SHOWN]:
            self._add_part(part)
        self._add_others(found.parts[_SHOWN:])
        for rest in found.rests:
            self._add_rest(rest)
        if found.left_out:
            names = "、".join(
                f"{view.row_name(left.project)}（{left.why}）" for left in found.left_out[:_SHOWN]
            )
            more = (
                tr("等 {n} 个").format(n=len(found.left_out))
                if len(found.left_out) > _SHOWN
                else ""
            )
            said = tr("有此项效益而未计入：{names}{more}")
            self._say(said.format(names=names, more=more), HINT)

    def _headline(self) -> str:
        said = tr("各项目的贡献：计入 {count} 个项目，合计 {amount}")
        amount = self._amount(self._found.from_projects)
        return said.format(count=len(self._found.parts), amount=amount)

    def _add_part(self, part: Part) -> None:
        name = self._view.row_name(part.project)
        share = part.share or Decimal(0)
        self._add_row(name, part.project, part.amount, share)

    def _add_others(self, parts: tuple[Part, ...]) -> None:
        if not parts:
            return
        amount = sum((part.amount for part in parts), Decimal(0))
        share = sum((part.share or Decimal(0) for part in parts), Decimal(0))
        self._add_row(tr("其余 {n} 个项目").format(n=len(parts)), None, amount, share)

    def _add_rest(self, rest: Rest) -> None:
        self._add_row(rest.name, rest.address, rest.amount, None)

    def _add_row(
        self, name: str, to: Address | None, amount: Decimal, share: Decimal | None
    ) -> None:
        row = self._grid.rowCount()
        words = word(self._view.pack, _SHARE, share)
        if to is None:
            label = plain_label(_short(name), HINT)
            label.setToolTip(plain_tip(name))
            self._grid.addWidget(label, row, 0)
        else:
            button = quiet_button(_short(name), tr("转到{name}").format(name=name))
            button.setToolTip(plain_tip(name))
            button.clicked.connect(lambda _=False, at=to: self.jump_requested.emit(at))
            self._grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignLeft)
        if share is not None:
            bar = ShareBar(int(share * 10))
            bar.setAccessibleName(f"{words}%")
            self._grid.addWidget(bar, row, 1, Qt.AlignmentFlag.AlignVCenter)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(plain_label(self._amount(amount), HINT), row, 2, right)
        self._grid.addWidget(plain_label(f"{words}%" if words else "", HINT), row, 3, right)

    def _say(self, text: str, role: str) -> None:
        self._grid.addWidget(plain_label(text, role, wraps=True), self._grid.rowCount(), 0, 1, 4)

    def _amount(self, amount: Decimal) -> str:
        return f"{word(self._view.pack, self._kind, amount)} {unit_of(self._kind)}".strip()


def _short(name: str) -> str:
    """Larger text leaves room for fewer letters; the tip tells the whole name."""
    most = max(_LEAST_NAME, round(_LONGEST_NAME / scale()))
    return name if len(name) <= most else name[: most - 1] + "…"
