"""Doing what a finding offers: its own edits, worked out anew from the plan as it is now."""

from __future__ import annotations

from dataclasses import replace

from forms.checks import Finding
from forms.checks.finding import Mend
from forms.edits import EditError
from forms.places import UnknownAddressError
from ui.session import PlanSession


def mend(session: PlanSession, finding: Finding) -> bool:
    """Make the repair a finding offers, as one step of undo; False when it is not offered now.

    The finding may be older than the last key press; its edits would bring the older text back. So
    nothing is made before the checks are done: `Walk` waits for them when a repair is wanted.
    """
    offered = _offered_now(session, finding) if session.check_what_is_due() else None
    if offered is None:
        return False
    try:
        return session.edit_all(offered.edits, offered.label)
    except (EditError, UnknownAddressError):
        return False


def _offered_now(session: PlanSession, finding: Finding) -> Mend | None:
    wanted = replace(finding, mend=None)
    for found in session.findings:
        if found.mend is not None and replace(found, mend=None) == wanted:
            return found.mend
    return None
