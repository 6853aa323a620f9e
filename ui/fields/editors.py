"""What every editor of one value has in common, whatever its kind.

An editor shows a `Standing`, says what was entered, and keeps a bad entry on screen with the
reason; it never touches the plan: its frame or delegate passes `committed` on to the session.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from forms.kinds import Kind
from ui.fields.roles import (
    FAULTY,
    IS_COMPUTED,
    IS_DEFAULT,
    IS_OVERRIDDEN,
    give_state,
)
from ui.fields.standing import Standing
from ui.session import PlanSession


class Editor(QWidget):
    """A widget that edits one value."""

    committed = Signal(object)  # Value, or None for empty
    settled = Signal()  # editing is over and nothing is wrong: the plan's own form may be shown
    jump_requested = Signal(object)  # Address of a value that is named here
    faulted = Signal(str)  # why the entry is not taken; "" when nothing is wrong any more
    merges = False  # whether commits that follow each other quickly are one undo step

    def __init__(self, session: PlanSession, kind: Kind, label: str) -> None:
        super().__init__()
        self.session = session
        self.kind = kind
        self.label = label
        self.fault = ""
        self._standing = Standing(None, None, "", "")
        self._core: QWidget = self

    @property
    def standing(self) -> Standing:
        """What was last shown."""
        return self._standing

    @property
    def core(self) -> QWidget:
        """The widget that takes the keyboard."""
        return self._core

    def show_standing(self, standing: Standing) -> None:
        """Show the plan's value in place of whatever is on screen."""
        self._standing = standing
        self.set_fault("")
        self._show(standing)
        give_state(self._core, self._state())
        if self.session.is_read_only:
            self._freeze()

    def focus_editor(self) -> None:
        """Take the keyboard."""
        self._core.setFocus()

    def finish(self) -> None:
        """Commit what is on screen and not yet committed."""

    def entered_text(self) -> str:
        """What is on screen as text, for keeping an entry that cannot be taken; "" for none."""
        return ""

    @property
    def is_refused(self) -> bool:
        """Whether what is on screen is not in the plan because it cannot be taken."""
        return bool(self.fault)

    def set_label(self, label: str) -> None:
        """Change what a screen reader says."""
        self.label = label
        self._core.setAccessibleName(label)

    def set_fault(self, sentence: str) -> None:
        """Say why the entry is not taken; "" when nothing is wrong."""
        if sentence == self.fault:
            return
        self.fault = sentence
        give_state(self._core, self._state())
        self._core.setAccessibleDescription(sentence)
        self.faulted.emit(sentence)

    def _show(self, standing: Standing) -> None:
        raise NotImplementedError

    def _hold(self, core: QWidget) -> None:
        """Make a widget the one that takes the keyboard, and fill the editor with it."""
        self._become(core)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(core)

    def _become(self, core: QWidget) -> None:
        self._core = core
        core.setAccessibleName(self.label)
        self.setFocusProxy(core)

    def _freeze(self) -> None:
        """Texts can still be chosen and copied; everything else rests."""
        for button in self.findChildren(QAbstractButton):
            button.setEnabled(False)
        if isinstance(self._core, QLineEdit | QTextEdit | QPlainTextEdit):
            self._core.setReadOnly(True)
        else:
            self._core.setEnabled(False)

    def _state(self) -> str:
        if self.fault:
            return FAULTY
        if self._standing.is_computed:
            return IS_COMPUTED
        if self._standing.is_overridden:
            return IS_OVERRIDDEN
        return IS_DEFAULT if self._standing.is_default else ""
