"""因子核对: every factor in use, its edition and value, and who compared it with the standard."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from forms.checks.factors import RULE_FACTOR, unconfirmed
from forms.checks.finding import Finding
from forms.confirmations import Confirmation, confirmation_of, confirmations, withdraw
from forms.edits import RemoveRow
from forms.factors import SEEN_OFTEN
from forms.factors_in_use import FactorInUse, factors_in_use
from forms.naming import place_name
from ui.dialogs.confirming import ask_confirmation
from ui.fields.roles import FIRST_STEP, GROUP, HINT, LABEL
from ui.fields.small import plain_label, quiet_button, way_button
from ui.flow_row import FlowRow
from ui.plain import plain_tip
from ui.session import PlanSession
from ui.text import tr

_SHOWN_PLACES = 4
_RULE = "rule"
_BETWEEN = 12
_LEAST_LINES = 15  # heights of a line of text: narrower, words are not to stand beside a button
_SHOULD, _SOFT = "finding-should", "purpose"


class FactorPanel(QWidget):
    """The factors of a plan, one below the other, those that wait for somebody first."""

    jump_requested = Signal(object)  # Address of a number that uses a factor

    def __init__(self, session: PlanSession, title: str) -> None:
        super().__init__()
        self._session = session
        self._shown: object = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.title = plain_label(tr("因子核对"), GROUP)
        self.title.setToolTip(plain_tip(title))
        self.summary = plain_label("", HINT, wraps=True)
        self._column.addWidget(self.title)
        self._column.addWidget(self.summary)
        self._body = QWidget()
        self._column.addWidget(self._body)
        self.entries: dict[str, FactorEntry] = {}
        self.follow()

    def follow(self) -> None:
        """Take over the plan as it is."""
        view = self._session.view
        listed = [(used, confirmation_of(view, used)) for used in factors_in_use(view)]
        listed.sort(key=lambda pair: not _waits(*pair))  # stable: plan order inside
        held = {record.row for _, record in listed if record}
        stale = tuple(r for r in confirmations(view) if r.row not in held)
        names = tuple(_place_names(self._session, used) for used, _ in listed)
        if (listed, stale, names) == self._shown:
            return
        self._shown = (listed, stale, names)
        waiting = sum(_waits(*pair) for pair in listed)
        self.summary.setText(_summary(len(listed), waiting))
        self._rebuild(listed, stale)

    def focus_first(self) -> None:
        """Take the keyboard to the first thing that can be done here."""
        entry = next(iter(self.entries.values()), None)
        (entry.action if entry else self).setFocus()

    def focus_on(self, finding: Finding) -> FactorEntry | None:
        """Take the keyboard to the factor a finding is about, if it stands here."""
        meant = (each for each in self.entries.values() if each.is_meant_by(finding))
        entry = next(meant, None) if finding.rule == RULE_FACTOR else None
        if entry is not None:
            entry.action.setFocus()
        return entry

    def _rebuild(
        self,
        listed: list[tuple[FactorInUse, Confirmation | None]],
        stale: tuple[Confirmation, ...],
    ) -> None:
        focus = self.window().focusWidget()  # also while a dialog is in front
        held = next((key for key, entry in self.entries.items() if entry.action is focus), "")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.entries = {}
        for used, record in listed:
            entry = FactorEntry(self._session, used, record)
            entry.jump_requested.connect(self.jump_requested)
            self.entries[used.option] = entry
            column.addWidget(entry)
        if stale:
            column.addWidget(self._stale_line(stale))
        self._column.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body
        if held:
            self._hold_on(held, [used.option for used, record in listed if _waits(used, record)])

    def _hold_on(self, held: str, waiting: list[str]) -> None:
        """Keep the keyboard here: at the same factor, or at the next one that waits."""
        goes_on = waiting and held not in waiting
        target = self.entries.get(waiting[0] if goes_on else held)
        if target is not None:
            target.action.setFocus()

    def _stale_line(self, stale: tuple[Confirmation, ...]) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        words = tr("另有 {count} 条旧核对记录已不适用：因子不再采用，或版本、数值已变。")
        row.addWidget(plain_label(words.format(count=len(stale)), HINT, wraps=True), 1)
        self.clear = quiet_button(tr("清除旧记录"), tr("清除不再适用的核对记录"))
        edits = tuple(RemoveRow(record.row) for record in stale)
        self.clear.clicked.connect(lambda: self._session.edit_all(edits, tr("清除旧的核对记录")))
        row.addWidget(self.clear)
        return line


class FactorEntry(QWidget):
    """One factor in use."""

    jump_requested = Signal(object)  # Address

    def __init__(
        self, session: PlanSession, used: FactorInUse, record: Confirmation | None
    ) -> None:
        super().__init__()
        self._session = session
        self._used = used
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_BETWEEN)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        rule = QFrame()
        rule.setProperty("role", _RULE)
        self._grid.addWidget(rule, 0, 0, 1, 2)
        role = _SHOULD if _waits(used, record) else _SOFT
        self.state = plain_label(state_words(used, record), role)
        self.action = self._make_action(record)
        places = QWidget()
        places.setLayout(self._places())
        self._words = (
            plain_label(f"{used.name}　{used.amount}", LABEL, wraps=True),
            plain_label(_origin(used), HINT, wraps=True),
            places,
        )
        self._is_stacked: bool | None = None
        self._lay_out(is_stacked=False)

    def minimumSizeHint(self) -> QSize:
        """Qt: as narrow as its widest part."""
        parts = (*self._words, self.state, self.action)
        wide = max(each.minimumSizeHint().width() for each in parts)
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: where there is no room at the right, all stands one below the other."""
        super().resizeEvent(event)
        needed = max(each.minimumSizeHint().width() for each in self._words)
        words = max(needed, _LEAST_LINES * self.fontMetrics().height())
        aside = max(self.state.sizeHint().width(), self.action.sizeHint().width())
        self._lay_out(is_stacked=self.width() < words + _BETWEEN + aside)

    def _lay_out(self, *, is_stacked: bool) -> None:
        if is_stacked == self._is_stacked:
            return
        self._is_stacked = is_stacked
        for each in (*self._words, self.state, self.action):
            self._grid.removeWidget(each)
        name, origin, places = self._words
        across = 2 if is_stacked else 1
        self._grid.addWidget(name, 1, 0, 1, across)
        self._grid.addWidget(origin, 3, 0, 1, across)
        self._grid.addWidget(places, 4, 0, 1, across)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if is_stacked:
            self._grid.addWidget(self.state, 2, 0, 1, 2, left)
            self._grid.addWidget(self.action, 5, 0, 1, 2, left)
        else:
            self._grid.addWidget(self.state, 1, 1, right)
            self._grid.addWidget(self.action, 3, 1, 2, 1, right | Qt.AlignmentFlag.AlignTop)

    def is_meant_by(self, finding: Finding) -> bool:
        """Whether a finding waits for this factor to be compared."""
        return finding == unconfirmed(self._session.view, self._used, finding.places[0])

    def _make_action(self, record: Confirmation | None) -> QPushButton:
        used = self._used
        if record is not None:
            name = tr("撤回对“{name}”的核对").format(name=used.name)
            button = quiet_button(tr("撤回核对"), name)
            label = tr("撤回核对：{name}").format(name=used.factor.label)
            button.clicked.connect(lambda: self._withdraw(label))
            return button
        waits = _waits(used, record)
        name = tr("把“{name}”记为已核对").format(name=used.name)
        button = quiet_button(tr("记为已核对"), name, FIRST_STEP if waits else "link")
        button.clicked.connect(lambda: ask_confirmation(self._session, used, self.window()))
        return button

    def _withdraw(self, label: str) -> None:
        self._session.edit_all(withdraw(self._session.view, self._used.option), label)

    def _places(self) -> FlowRow:
        line = FlowRow(spacing=6)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(plain_label(tr("用于"), HINT))
        view = self._session.view
        for place in self._used.places[:_SHOWN_PLACES]:
            name = place_name(view, place)
            button = way_button(name.replace("&", "&&"), name, tr("转到{name}").format(name=name))
            button.clicked.connect(partial(self.jump_requested.emit, place))
            line.addWidget(button)
        if len(self._used.places) > _SHOWN_PLACES:
            words = tr("等 {count} 处").format(count=len(self._used.places))
            line.addWidget(plain_label(words, HINT))
        return line


def state_words(used: FactorInUse, record: Confirmation | None) -> str:
    """How far a factor is proven."""
    if record is not None:
        words = tr("已核对：{person}，{day}")
        return words.format(person=record.person, day=record.day.isoformat())
    if _waits(used, record):
        return tr("● 待核对")
    is_seen = used.factor.verified == SEEN_OFTEN
    return tr("多份公开副本一致") if is_seen else tr("定义或推算值")


def _waits(used: FactorInUse, record: Confirmation | None) -> bool:
    return record is None and not used.factor.is_confirmed


def _summary(count: int, waiting: int) -> str:
    if not count:
        return tr("选定口径并填写能源品种后，这里列出采用的系数和因子。")
    if not waiting:
        words = tr("共采用 {count} 个系数和因子，都有依据。打印时列入“口径说明”。")
        return words.format(count=count)
    words = tr("共采用 {count} 个系数和因子，{waiting} 个待对照标准原文核对。")
    return words.format(count=count, waiting=waiting)


def _origin(used: FactorInUse) -> str:
    factor = used.factor
    parts = [tr("版本出处：{edition}").format(edition=factor.edition)]
    if not factor.is_confirmed:
        parts.append(tr("来历：{source}").format(source=factor.source))
        if factor.note:
            parts.append(tr("请注意：{note}").format(note=factor.note))
    return "\n".join(parts)


def _place_names(session: PlanSession, used: FactorInUse) -> tuple[str, ...]:
    return tuple(place_name(session.view, place) for place in used.places[:_SHOWN_PLACES])
