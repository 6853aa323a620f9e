"""The frame around an editor: its label above, what is to say about the value below.

A frame is the only way from an editor to the plan. It ignores the echo of its own edit, so that the
text under the caret is never replaced while somebody types.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from forms.address import Address
from forms.checks.finding import Finding
from forms.edits import EditError, SetValue
from forms.overrides import Override, override_at
from forms.places import UnknownAddressError, slot_at
from forms.schema import Field, Mark
from forms.values import Value
from ui.around import nearest
from ui.dialogs.impact import preview
from ui.fields.choosing import ChoiceEditor
from ui.fields.factory import make_editor
from ui.fields.note_mark import NoteMark
from ui.fields.remarks import remark_role, remark_sentence, remarks_with_mends
from ui.fields.roles import (
    ASKED_MUST,
    ASKED_SHOULD,
    COMPUTED,
    FAULT,
    FINDING_MUST,
    FINDING_SHOULD,
    HINT,
    LABEL,
    MISSING,
    REQUIRED,
    give_role,
)
from ui.fields.small import plain_label, quiet_button
from ui.fields.standing import Standing, ask_words, lack_sentence, stand
from ui.fields.trace_view import TraceView
from ui.plain import plain_tip
from ui.session import PlanSession
from ui.text import tr

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LONGEST_REASON = 40
_PLAIN, _RICH = Qt.TextFormat.PlainText, Qt.TextFormat.RichText
_NO_LINKS = Qt.TextInteractionFlag.NoTextInteraction
_LINKS = (
    Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
)


class FieldFrame(QWidget):
    """One value of the plan: label, editor, and the line of remarks."""

    jump_requested = Signal(object)  # Address of an input of a computed value

    def __init__(
        self, session: PlanSession, address: Address, label: str, mark: Mark = Mark.OPTIONAL
    ) -> None:
        super().__init__()
        self._session = session
        self._address = address
        self._mark = mark
        self._standing: Standing | None = None
        self._is_committing = False
        self._findings: tuple[Finding, ...] = ()
        self._says_findings = True
        self._hint: QLabel | None = None
        self._override: _Override | None = None
        self._trace: TraceView | None = None
        slot = slot_at(session.pack, address)
        assert slot is not None  # a frame is made for a value of the pack only
        item = session.pack.index.items[address.section, address.item]
        self._is_decisive = isinstance(item, Field) and item.decisive
        self._has_formula = slot.formula is not None or not slot.overridable
        self.editor = make_editor(session, slot.kind, label)
        if self._is_decisive and isinstance(self.editor, ChoiceEditor):
            self.editor.box.opens_by_arrows = True
        self._build(label)
        self.editor.committed.connect(self._on_committed)
        self.editor.settled.connect(self._on_settled)
        self.editor.faulted.connect(self._update_hint)
        self.editor.jump_requested.connect(self.jump_requested)
        self.refresh()

    @property
    def address(self) -> Address:
        """The address of the value."""
        return self._address

    def point_at(self, address: Address) -> None:
        """Show another row's value of the same slot; `commit_pending` before, or it is lost."""
        self._address = address
        self._standing = None
        self.refresh()

    def refresh(self) -> None:
        """Take over the plan's value if it differs from what was last shown."""
        self.note.show_note(self._address)
        standing = stand(self._session.view, self._address)
        if standing == self._standing:  # yet the reason, or an input, may have changed
            self._update_override()
            self._update_trace()
            return
        self._standing = standing
        if not self._is_committing:
            self.editor.show_standing(standing)
        self._update_badge()
        self._update_override()
        self._update_hint()
        self._update_trace()

    def show_findings(self, findings: tuple[Finding, ...], *, in_words: bool = True) -> None:
        """Show the findings of this value; in the tool tip only when another place says them."""
        if findings == self._findings and in_words == self._says_findings:
            return
        self._findings, self._says_findings = findings, in_words
        self._update_hint()

    def commit_pending(self) -> None:
        """Commit what is on screen and not yet in the plan."""
        self.editor.finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return on a computed value shows from what it comes."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and self._standing is not None and self._standing.is_computed:
            self.show_trace(folds=True)
            return
        super().keyPressEvent(event)

    def _build(self, label: str) -> None:
        self._label = plain_label(label, LABEL)
        self._label.setBuddy(self.editor.core)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(6)
        head.addWidget(self._label, 0, _MIDDLE)
        self._badge: QLabel | None = None
        if self._mark is not Mark.OPTIONAL:
            self._badge = plain_label("", REQUIRED)
            head.addWidget(self._badge, 0, _MIDDLE)
        if self._has_formula:
            button = _formula_button(label, self.fontMetrics().height())
            button.clicked.connect(lambda: self.show_trace(folds=True))
            head.addWidget(button, 0, _MIDDLE)
        self.note = NoteMark(self._session, label)
        head.addWidget(self.note, 0, _MIDDLE)
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._column.addWidget(self.editor)

    def _on_committed(self, value: Value | None) -> None:
        self._is_committing = True
        try:
            self._edit(SetValue(self._address, value))
        except (EditError, UnknownAddressError) as error:
            self.editor.set_fault(str(error))
        finally:
            self._is_committing = False
        self.refresh_remarks()

    def _edit(self, edit: SetValue) -> None:
        """Make an edit; another choice of what many figures rest on is shown first."""
        is_switch = self._is_decisive and self._session.view.value(self._address) is not None
        if is_switch and preview(self._session, edit, self.window()) is not None:
            return
        self._session.edit(edit, str(self._address) if self.editor.merges else "")

    def refresh_remarks(self) -> None:
        """After an own edit nobody else refreshes: take over all but the editor's text."""
        self._is_committing = True
        self.refresh()
        self._is_committing = False

    def _on_settled(self) -> None:
        self._standing = None
        self.refresh()

    def show_trace(self, *, folds: bool = False) -> None:
        """Show from what a computed value comes; `folds` takes it away again where it stands."""
        if not self._has_formula:
            return
        if self._trace is None:
            self._trace = TraceView(self._session)
            self._trace.jump_requested.connect(self.jump_requested)
            self._column.addWidget(self._trace)
            self._trace.show_trace(self._address)
            return
        self._trace.setVisible(not folds or self._trace.isHidden())
        self._update_trace()

    def _on_mend(self, number: str) -> None:
        finding = self._findings[int(number)]
        self.editor.finish()
        self._session.mend_wanted.emit(finding)

    def _on_restore(self) -> None:
        self._on_committed(None)
        self._on_settled()

    def _update_badge(self) -> None:
        if self._badge is None or self._standing is None:
            return
        self._badge.setVisible(self._standing.value is not None or not self._standing.is_locked)
        if self._standing.value is not None:
            self._badge.setText("*")
            self._badge.setToolTip(plain_tip(ask_words(self._mark)))
            give_role(self._badge, REQUIRED)
            return
        self._badge.setText(ask_words(self._mark))
        give_role(self._badge, ASKED_MUST if self._mark is Mark.NOTICE else ASKED_SHOULD)

    def _update_override(self) -> None:
        standing = self._standing
        if standing is None or not standing.is_overridden:
            if self._override is not None:
                self._override.hide()
            return
        if self._override is None:
            self._override = _Override(self.editor.label)
            self._override.restore.clicked.connect(self._on_restore)
            self._column.insertWidget(2, self._override)
        self._override.say(standing, override_at(self._session.view, self._address))
        self._override.show()

    def _update_hint(self) -> None:
        text, role = self._remark()
        if self._hint is None:
            if not text:
                return
            self._hint = plain_label("", HINT, wraps=True)
            self._hint.linkActivated.connect(self._on_mend)
            self._column.addWidget(self._hint)
        offers = role in (FINDING_MUST, FINDING_SHOULD) and any(f.mend for f in self._findings)
        self._hint.setTextFormat(_RICH if offers else _PLAIN)
        self._hint.setTextInteractionFlags(_LINKS if offers else _NO_LINKS)
        self._hint.setText(remarks_with_mends(self._findings) if offers else text)
        give_role(self._hint, role)
        self._hint.setVisible(bool(text))

    def _remark(self) -> tuple[str, str]:
        if self.editor.fault:
            return tr("● 未采纳：{why}").format(why=self.editor.fault), FAULT
        said = "\n".join(remark_sentence(finding) for finding in self._findings)
        self.editor.core.setToolTip(plain_tip(said))
        if said and self._says_findings:
            return said, remark_role(self._findings)
        if self._standing is not None and self._standing.value is None:
            lacks = lack_sentence(self._session.view, self._standing)
            return (lacks, MISSING) if lacks else ("", HINT)
        return "", HINT

    def _update_trace(self) -> None:
        if self._trace is not None and self._trace.isVisible():
            self._trace.show_trace(self._address)


def _formula_button(label: str, height: int) -> QToolButton:
    button = QToolButton()
    button.setText("ƒ")
    button.setAutoRaise(True)
    button.setFixedSize(2 * height, height)
    button.setObjectName("traceMark")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Return on the value does the same
    button.setAccessibleName(tr("“{label}”的计算依据").format(label=label))
    button.setToolTip(tr("由公式计算，点按查看依据"))
    give_role(button, COMPUTED)
    return button


class _Override(QWidget):
    """Says that a typed value replaces a computed one, and takes it back."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._text = plain_label("", COMPUTED, wraps=True)
        name = tr("“{label}”恢复计算值").format(label=label)
        self.restore = quiet_button(tr("恢复计算值"), name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.restore)

    def say(self, standing: Standing, override: Override | None) -> None:
        """Name the computed value that is replaced, how far apart the two are, and why."""
        if not standing.computed or override is None:
            self._text.setText(tr("已改用填报值；目前不能计算"))
            return
        said = [tr("计算值 {0}").format(f"{override.computed} {override.unit}".strip())]
        if override.difference:
            percent = f"（{override.percent}）" if override.percent else ""
            said.append(tr("相差 {0}").format(f"{override.difference}{percent}"))
        if override.reason_place is not None:
            said.append(
                tr("理由：{0}").format(_in_short(override.reason))
                if override.reason
                else tr("还没有写理由")
            )
        self._text.setText(tr("已改用填报值；{0}").format("，".join(said)))


def _in_short(reason: str) -> str:
    return reason if len(reason) <= _LONGEST_REASON else f"{reason[: _LONGEST_REASON - 1]}…"


def frame_of(widget: QWidget | None) -> FieldFrame | None:
    """The frame a widget stands in, if any."""
    return nearest(FieldFrame, widget)


def take_back_refused(widget: QWidget | None) -> bool:
    """Show the plan's value where an entry was refused, as undo is meant there; whether one was."""
    frame = frame_of(widget)
    if frame is None or not frame.editor.is_refused:
        return False
    frame.editor.settled.emit()
    return True
