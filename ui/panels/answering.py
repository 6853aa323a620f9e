"""What people do about a finding besides mending it: give a reason, take it back, clear it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import itemgetter

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from forms.address import Address, AddressError, parse_address
from forms.checks import Finding
from forms.dismissals import Answer, Dismissal, can_dismiss, clear_spent, dismiss, restore
from forms.schema import Severity
from forms.wording import plain_words
from ui.panels.answer_form import AnswerForm, Reviewer
from ui.panels.row_actions import RowAction
from ui.session import Change, PlanSession
from ui.text import tr

ActionsOf = Callable[[Finding, Dismissal | None], tuple[RowAction, ...]]


def said(record: Dismissal) -> str:
    """A reason with person and day, in words."""
    day = plain_words(record.day) if record.day else ""
    by = "，".join(part for part in (record.person, day) if part)
    return tr("理由：{0}").format(record.reason) + (tr("（{0}）").format(by) if by else "")


def finding_of(record: Dismissal) -> Finding:
    """What a record once answered, as a finding that is no more."""
    try:
        place = parse_address(record.place)
    except AddressError:  # somebody wrote into the table by hand
        place = Address(record.row.section, record.row.item)
    return Finding(record.rule, Severity.SHOULD, record.sentence, "", (place,))


class Answering(QObject):
    """The actions of the lines and the form they open."""

    changed = Signal()  # the records have, the findings have not
    mend_wanted = Signal(object)  # Finding

    def __init__(self, session: PlanSession, reviewer: Reviewer, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.form = AnswerForm(reviewer, parent)
        session.changed.connect(self._on_changed)
        session.findings_changed.connect(self._on_findings_changed)

    def actions_of(self, finding: Finding, record: Dismissal | None) -> tuple[RowAction, ...]:
        """What can be done about an open finding, or about a record."""
        if record is None:
            return tuple(self._of_open(finding))
        reviewed = self._session.reviewed
        if record in reviewed.spent:
            return (RowAction(tr("清除"), self.clear),)
        return (
            RowAction(tr("恢复"), lambda: self.restore(record)),
            RowAction(tr("改理由…"), lambda: self.ask(finding, record)),
        )

    def _of_open(self, finding: Finding) -> Iterator[RowAction]:
        if finding.mend is not None:
            yield RowAction(finding.mend.label, lambda: self.mend_wanted.emit(finding))
        if can_dismiss(self._session.pack, finding):
            yield RowAction(tr("不改，说明理由…"), lambda: self.ask(finding))

    def ask(self, finding: Finding, record: Dismissal | None = None) -> None:
        """Open the form for a finding, with the reason it had before at hand."""
        before = record or self._session.reviewed.answered_before(finding)
        self.form.ask(
            finding,
            before.reason if before else "",
            lambda answer: self.answer(finding, answer),
        )

    def answer(self, finding: Finding, answer: Answer) -> None:
        """Keep the reason in one undo step; `EditError` when it is refused."""
        before = self._session.reviewed.answered_before(finding)
        edits = dismiss(self._session.view, finding, answer, before)
        self._session.edit_all(edits, tr("说明不改的理由"))

    def restore(self, record: Dismissal) -> None:
        """Open the finding again."""
        self._session.edit_all(restore(self._session.view, record), tr("恢复问题"))

    def clear(self) -> None:
        """Remove the records of findings that are gone."""
        self._session.edit_all(clear_spent(self._session.reviewed), tr("清除不再需要的说明"))

    def _on_changed(self, change: Change) -> None:
        roles = self._session.pack.roles.dismissals
        if roles is None:
            return
        places, home = change.changes.places, roles.table
        is_named = home.item in map(itemgetter(1), places)  # asked so for speed: a step is long
        if is_named and any(at.table == home.table for at in places):
            self.changed.emit()

    def _on_findings_changed(self, findings: tuple[Finding, ...]) -> None:
        """Keep the form with its finding: other numbers are taken over, a mended one closes it."""
        asked = self.form.finding
        if asked is None or asked in findings:
            return
        key = (asked.rule, asked.places[0])
        now = next((each for each in findings if (each.rule, each.places[0]) == key), None)
        if now is None:
            self.form.close_form()
        else:
            self.form.follow(now, lambda answer: self.answer(now, answer))
