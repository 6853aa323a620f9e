"""Below the form of a project: what it brings to each outcome, and its share of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QToolButton, QVBoxLayout, QWidget

from forms.address import Address
from forms.contributions import Contributions, indicator_name
from forms.kinds import Percent, unit_of
from forms.places import slot_at
from forms.project_shares import ProjectShares, Share, add_shares, by_project, outcome_steps
from forms.wording import word
from ui.fields.roles import DISCLOSURE, give_role
from ui.fields.small import quiet_button
from ui.plain import plain_tip
from ui.session import PlanSession
from ui.text import tr

_AT_ONCE = 300  # projects; more are counted up one outcome at a time, the window alive
_PAUSE_MS = 200
_BETWEEN = 8
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
        self._found: dict[str, ProjectShares] = {}
        self._shown: object = None
        self._columns = 0
        self._widest = 0
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._begin)
        self._slice = QTimer(self, interval=0)
        self._slice.timeout.connect(self._go_on)
        self.title = _disclosure()
        self.title.toggled.connect(self._show_items)
        self.title.clicked.connect(self._on_chosen)
        self._is_chosen = False  # whether to show them was chosen by hand
        self._items = QWidget()
        self._grid = QGridLayout(self._items)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_BETWEEN)
        self._grid.setVerticalSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self._items)
        self.setAccessibleName(tr("对成效的贡献"))
        self.fold(folded=False)

    def show_row(self, row: str) -> None:
        """Show another project."""
        self._row = row
        self.follow()

    def follow(self) -> None:
        """Take over a change of the plan: at once, or a moment later in a very long table."""
        if not self._row:
            self.hide()
            return
        self.show()
        view = self._session.view
        if self._known is view:
            self._show()
        elif len(view.rows(self._home)) <= _AT_ONCE:
            self._take(by_project(outcome_steps(view)))
        else:
            self._slice.stop()
            self._show()  # of this project, as of the last count
            self._pause.start()

    def fold(self, *, folded: bool) -> None:
        """Show the heading only, where room is scarce; not against what was chosen by hand."""
        if not self._is_chosen:
            self.title.setChecked(not folded)
            self._show_items(not folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width holds another number of columns."""
        super().resizeEvent(event)
        if self._fitting() != self._columns:
            self._shown = None
            self._show()

    def _begin(self) -> None:
        self._steps, self._found = outcome_steps(self._session.view), {}
        self._slice.start()

    def _go_on(self) -> None:
        try:
            add_shares(self._found, next(self._steps))
        except StopIteration:
            self._slice.stop()
            self._take(self._found)

    def _take(self, shares: Mapping[str, ProjectShares]) -> None:
        self._known, self._shares = self._session.view, shares
        self._show()

    def _show(self) -> None:
        shares = self._shares.get(self._row, ProjectShares())
        wanted = (self._row, self._columns, shares)
        if wanted == self._shown:
            return
        self._shown = wanted
        while self._grid.count():
            widget = self._grid.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        buttons = [self._button(share) for share in shares.counted]
        self._widest = max((button.sizeHint().width() for button in buttons), default=0)
        self._columns = self._fitting()
        for number, button in enumerate(buttons):
            place = divmod(number, self._columns)
            self._grid.addWidget(button, *place, Qt.AlignmentFlag.AlignLeft)
        self._add_left_out(shares, -(-len(shares.counted) // self._columns))
        said = tr("对成效的贡献：计入 {0} 项").format(len(shares.counted))
        if shares.left_out:
            said += tr("，{0} 项未计入").format(len(shares.left_out))
        if not shares.counted and not shares.left_out:
            said = tr("对成效的贡献：没有可计入的效益")
        self.title.setText(said)
        self.title.setAccessibleName(said)

    def _show_items(self, shown: bool) -> None:
        self._items.setVisible(shown)
        self.title.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)

    def _on_chosen(self) -> None:
        self._is_chosen = True

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
        return max(1, min(_MOST_COLUMNS, self.width() // (self._widest + _BETWEEN)))


def _disclosure() -> QToolButton:
    button = QToolButton()
    button.setCheckable(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setToolTip(tr("显示或收起对各项成效的贡献"))
    give_role(button, DISCLOSURE)
    return button


def has_shares(session: PlanSession, home: Address) -> bool:
    """Whether a table is that of the projects."""
    projects = session.pack.roles.projects
    return (home.section, home.item) == (projects.section, projects.item)
