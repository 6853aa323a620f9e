"""Below the form of a project: what it brings to each outcome, and its share of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from forms.address import Address
from forms.contributions import Contributions, indicator_name
from forms.kinds import Percent, unit_of
from forms.places import slot_at
from forms.project_shares import ProjectShares, Share, by_project, outcome_steps
from forms.wording import word
from ui.fields.roles import LABEL
from ui.fields.small import plain_label, quiet_button
from ui.plain import plain_tip
from ui.session import PlanSession
from ui.text import tr

_AT_ONCE = 300  # projects; more are counted up one outcome at a time, the window alive
_PAUSE_MS = 200
_COLUMN = 236
_MOST_COLUMNS = 4
_SHARE = Percent(1)


class OutcomeShares(QWidget):
    """Follows the row of the form; a click leads to the outcome, or to what keeps it out."""

    jump_requested = Signal(object)  # Address

    def __init__(self, session: PlanSession, home: Address) -> None:
        super().__init__()
        self._session, self._home = session, home
        self._row = ""
        self._known: object = None  # the view the shares are of
        self._shares: Mapping[str, ProjectShares] = {}
        self._steps: Iterator[Contributions | None] = iter(())
        self._found: list[Contributions | None] = []
        self._shown: object = None
        self._columns = 0
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._begin)
        self._slice = QTimer(self, interval=0)
        self._slice.timeout.connect(self._go_on)
        self._title = plain_label("", LABEL)
        self._items = QWidget()
        self._grid = QGridLayout(self._items)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._items)
        self.setAccessibleName(tr("对成效的贡献"))

    def show_row(self, row: str) -> None:
        """Show another project."""
        self._row = row
        self.follow()

    def follow(self) -> None:
        """Take over a change of the plan: at once, or a moment later in a very long table."""
        if not self._row:
            self.hide()
            return
        view = self._session.view
        if self._known is view:
            self._show()
        elif len(view.rows(self._home)) <= _AT_ONCE:
            self._take(list(outcome_steps(view)))
        else:
            self._slice.stop()
            self._pause.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width holds another number of columns."""
        super().resizeEvent(event)
        if self._fitting() != self._columns:
            self._shown = None
            self._show()

    def _begin(self) -> None:
        self._steps, self._found = outcome_steps(self._session.view), []
        self._slice.start()

    def _go_on(self) -> None:
        try:
            self._found.append(next(self._steps))
        except StopIteration:
            self._slice.stop()
            self._take(self._found)

    def _take(self, found: list[Contributions | None]) -> None:
        self._known, self._shares = self._session.view, by_project(found)
        self._show()

    def _show(self) -> None:
        shares = self._shares.get(self._row, ProjectShares())
        wanted = (self._row, self._columns, shares)
        if wanted == self._shown:
            return
        self._shown = wanted
        self._columns = self._fitting()
        while self._grid.count():
            widget = self._grid.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        for number, share in enumerate(shares.counted):
            place = divmod(number, self._columns)
            self._grid.addWidget(self._button(share), *place, Qt.AlignmentFlag.AlignLeft)
        self._add_left_out(shares, -(-len(shares.counted) // self._columns))
        self._title.setText(
            tr("对成效的贡献（占全部项目的百分比）")
            if shares.counted
            else tr("对成效的贡献：还没有计入的效益")
        )
        self.setVisible(bool(self._row))

    def _add_left_out(self, shares: ProjectShares, row: int) -> None:
        by_reason: dict[tuple[str, str], list[str]] = {}
        for each in shares.left_out:
            name = indicator_name(self._session.pack, each.outcome)
            by_reason.setdefault((each.why, each.column), []).append(name)
        for (why, column), names in by_reason.items():
            said = tr("未计入：{names}（{why}）").format(names="、".join(names), why=why)
            button = quiet_button(said, tr("{0}，转到原因").format(said))
            button.setToolTip(plain_tip(said))
            at = self._home.at(self._row, column)
            button.clicked.connect(lambda _=False, at=at: self.jump_requested.emit(at))
            self._grid.addWidget(button, row, 0, 1, self._columns, Qt.AlignmentFlag.AlignLeft)
            row += 1

    def _button(self, share: Share) -> QWidget:
        pack = self._session.pack
        slot = slot_at(pack, share.outcome)
        assert slot is not None  # an indicator
        name = indicator_name(pack, share.outcome)
        amount = f"{word(pack, slot.kind, share.amount)} {unit_of(slot.kind)}".strip()
        percent = word(pack, _SHARE, share.percent)
        said = f"{name} {amount}" + (f" · {percent}%" if percent else "")
        button = quiet_button(said, tr("{0}，转到成效").format(said))
        button.setToolTip(
            plain_tip(tr("{0}，占全部项目的 {1}%。点按转到这项成效。").format(said, percent))
        )
        button.clicked.connect(lambda _=False, at=share.outcome: self.jump_requested.emit(at))
        return button

    def _fitting(self) -> int:
        return max(1, min(_MOST_COLUMNS, self.width() // _COLUMN))


def has_shares(session: PlanSession, home: Address) -> bool:
    """Whether a table is that of the projects."""
    projects = session.pack.roles.projects
    return (home.section, home.item) == (projects.section, projects.item)
