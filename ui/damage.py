"""Damaged places of the open plan: marked until somebody takes them back or leaves them empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QObject, Signal

from forms.checks.finding import Finding, Mend
from forms.edits import EditError, SetValue, apply_edit
from forms.places import UnknownAddressError, slot_at
from forms.schema import Severity
from forms.wording import word
from storage.losses import Loss
from ui.lines import moment_words
from ui.session import PlanSession
from ui.text import tr

RULE = "DMG-001"
_LONGEST = 60

Remember = Callable[[tuple[Loss, ...]], object]


class Damage(QObject):
    """What a damaged draft lost, and what was answered to it."""

    changed = Signal()

    def __init__(self, session: PlanSession, losses: Iterable[Loss], remember: Remember) -> None:
        super().__init__(session)
        self._session = session
        self._losses = tuple(losses)
        self._remember = remember
        self._shown = self.pending
        session.reminders = lambda: tuple(self._findings())
        session.changed.connect(self._look)
        session.remind()

    @property
    def pending(self) -> tuple[Loss, ...]:
        """The places nobody has answered for, as the plan stands now."""
        answers = self._session.answers
        return tuple(loss for loss in self._losses if loss.is_open(answers))

    def take_back(self, losses: Iterable[Loss]) -> int:
        """Put the last good content in its places, as one change that can be undone; how many."""
        wanted = [loss for loss in losses if loss.can_be_had_back]
        answers = self._session.answers
        for loss in wanted:
            answers = loss.put_back(answers)
        self._session.take_over(answers, tr("取回损坏内容"), "restore")
        return len(wanted)

    def leave_empty(self, losses: Iterable[Loss]) -> None:
        """Take the marks away; `mark_again` brings them back."""
        gone = set(map(id, losses))
        self._keep(tuple(loss for loss in self._losses if id(loss) not in gone))

    def mark_again(self, losses: Iterable[Loss]) -> None:
        """The answer is taken back."""
        self._keep((*self._losses, *losses))

    def _keep(self, losses: tuple[Loss, ...]) -> None:
        self._losses = losses
        self._remember(losses)
        self._look()
        self._session.remind()

    def _look(self) -> None:
        now = self.pending
        if now != self._shown:
            self._shown = now
            self.changed.emit()

    def _findings(self) -> Iterator[Finding]:
        for loss in self.pending:
            yield Finding(
                RULE,
                Severity.MUST,
                tr("这一处原有内容已损坏，现在留空。"),
                offer_words(self._session, loss),
                (loss.place,),
                mend=self._mend(loss),
            )

    def _mend(self, loss: Loss) -> Mend | None:
        """The link under the field; what the plan would refuse is only offered in the list."""
        if loss.is_order or not loss.can_be_had_back:
            return None
        edit = SetValue(loss.place, loss.value)
        try:
            apply_edit(self._session.pack, self._session.answers, edit)
        except (EditError, UnknownAddressError):
            return None
        return Mend(tr("取回"), (edit,))


def content_words(session: PlanSession, loss: Loss) -> str:
    """The last good content in short; "" when there is none."""
    if loss.is_order:
        return tr("{0} 行的排列").format(len(loss.order)) if loss.order else ""
    if loss.value is None:
        return ""
    slot = slot_at(session.pack, loss.place)
    said = word(session.pack, slot.kind, loss.value) if slot else str(loss.value)
    said = " ".join(said.split())
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def known_words(loss: Loss) -> str:
    """From when the content is, and how sure that is."""
    if loss.known is None or not loss.can_be_had_back:
        return tr("没有找到完好的内容")
    when = moment_words(loss.known)
    if loss.is_last:
        return tr("{0}，之后没有改过").format(when)
    return tr("{0}，之后可能改过").format(when)


def offer_words(session: PlanSession, loss: Loss) -> str:
    """What can be done about a place, in a sentence."""
    content = content_words(session, loss)
    if not content:
        return tr("没有找到完好的旧内容，请重新填写。")
    return tr("可取回“{0}”（{1}），或重新填写。").format(content, known_words(loss))
