"""Shows which project brings how much of a figure: the largest first, with bars, a click away."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from forms.address import Address
from forms.contributions import Contributions, Part, Rest
from forms.kinds import Percent, unit_of
from forms.places import slot_at
from forms.view import PlanView
from forms.wording import word
from ui.fields.roles import HINT, LABEL
from ui.fields.small import plain_label, way_button
from ui.plain import plain_tip
from ui.text import tr
from ui.theme import colour, px, scale

_SHOWN = 10
_LONGEST_NAME, _LEAST_NAME = 24, 16
_BAR_HEIGHT = 8
_BAR_WIDTH = 120
_WHOLE = 1000
_BETWEEN = 12
_LEAST_BAR, _AROUND_NAME = 40, 8  # pixels at the ordinary size of text
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


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands about one project: its name, a bar, how much, which share."""

    name: QLabel | QPushButton
    bar: ShareBar | None
    amount: QLabel
    share: QLabel

    def needed_below_name(self) -> int:
        numbers = self.amount.sizeHint().width() + self.share.sizeHint().width()
        return numbers + 3 * _BETWEEN + px(_LEAST_BAR)

    def needed_beside_name(self) -> int:
        words = self.name.fontMetrics().horizontalAdvance(self.name.text())
        return self.needed_below_name() + words + px(_AROUND_NAME)


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
        self._grid.setHorizontalSpacing(_BETWEEN)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[QLabel | _Line] = []
        self._is_stacked: bool | None = None
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
        self._lay_out(is_stacked=False)

    def minimumSizeHint(self) -> QSize:
        """Qt: with each name in a line of its own."""
        asked = [line.needed_below_name() for line in self._rows()]
        return QSize(max(asked, default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: where there is no room beside the names, numbers stand below them."""
        super().resizeEvent(event)
        asked = [line.needed_beside_name() for line in self._rows()]
        self._lay_out(is_stacked=self.width() < max(asked, default=0))

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
        words = word(self._view.pack, _SHARE, share)
        if to is None:
            label = plain_label(_short(name), HINT)
            label.setToolTip(plain_tip(name))
        else:
            label = way_button(_short(name), name, tr("转到{name}").format(name=name))
            label.clicked.connect(lambda _=False, at=to: self.jump_requested.emit(at))
        bar = None
        if share is not None:
            bar = ShareBar(int(share * 10))
            bar.setAccessibleName(f"{words}%")
        told = plain_label(self._amount(amount), HINT)
        self._lines.append(_Line(label, bar, told, plain_label(f"{words}%" if words else "", HINT)))

    def _say(self, text: str, role: str) -> None:
        self._lines.append(plain_label(text, role, wraps=True))

    def _rows(self) -> list[_Line]:
        return [line for line in self._lines if isinstance(line, _Line)]

    def _lay_out(self, *, is_stacked: bool) -> None:
        if is_stacked == self._is_stacked:
            return
        self._is_stacked = is_stacked
        while self._grid.count():
            self._grid.takeAt(0)
        row = 0
        for line in self._lines:
            if isinstance(line, QLabel):
                self._grid.addWidget(line, row, 0, 1, 4)
            else:
                self._place(line, row, is_stacked=is_stacked)
                row += is_stacked
            row += 1

    def _place(self, line: _Line, row: int, *, is_stacked: bool) -> None:
        if isinstance(line.name, QLabel):
            line.name.setWordWrap(is_stacked)
        across = 4 if is_stacked else 1
        where = Qt.AlignmentFlag(0) if isinstance(line.name, QLabel) else Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(line.name, row, 0, 1, across, where)
        below = row + is_stacked
        if line.bar is not None:
            first, middle = (0, 2) if is_stacked else (1, 1), Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(line.bar, below, first[0], 1, first[1], middle)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(line.amount, below, 2, right)
        self._grid.addWidget(line.share, below, 3, right)

    def _amount(self, amount: Decimal) -> str:
        return f"{word(self._view.pack, self._kind, amount)} {unit_of(self._kind)}".strip()


def _short(name: str) -> str:
    """Larger text leaves room for fewer letters; the tip tells the whole name."""
    most = max(_LEAST_NAME, round(_LONGEST_NAME / scale()))
    return name if len(name) <= most else name[: most - 1] + "…"
