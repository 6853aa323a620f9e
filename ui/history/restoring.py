"""Bringing back what was: one place or the whole plan, as one new change that can be undone."""

from __future__ import annotations

from collections.abc import Callable

from forms.address import Address
from forms.answers import Answers
from forms.changes import difference
from forms.comparing import Difference
from forms.restoring import restored
from ui.history.change_text import Offer
from ui.session import PlanSession
from ui.text import tr


class Restorer:
    """What the history offers to do with the plan of now."""

    def __init__(
        self,
        session: PlanSession,
        keep_copy: Callable[[str], object],
        jump: Callable[[Address], object],
    ) -> None:
        self._session = session
        self._keep_copy = keep_copy
        self._jump = jump

    def offers(
        self, each: Difference, before: Answers | None, after: Answers | None
    ) -> tuple[Offer, ...]:
        """The links under a place: back to either side where that differs from now, and the way."""
        found: list[Offer] = []
        for then, words in ((before, tr("恢复修改前的内容")), (after, tr("恢复修改后的内容"))):
            if then is not None and restored(self._session.answers, then, each.address, ""):
                found.append(self._offer(words, then, each))
        if self._is_there(each.address):
            found.append(Offer(tr("转到"), lambda: self._jump(each.address)))
        return tuple(found)

    def restore_all(self, then: Answers, label: str) -> bool:
        """Bring the whole plan back to a moment, after a copy; False when it is the same."""
        if not difference(self._session.answers, then, label):
            return False
        self._keep_copy("restore")
        return self._session.take_over(then, label, "restore")

    def _offer(self, words: str, then: Answers, each: Difference) -> Offer:
        label = tr("恢复“{0}”").format(each.place)

        def run() -> None:
            changes = restored(self._session.answers, then, each.address, label)
            self._session.restore(changes)

        return Offer(words, run)

    def _is_there(self, place: Address) -> bool:
        pack, answers = self._session.pack, self._session.answers
        if (place.section, place.item) not in pack.index.items:
            return False
        order = answers.order(place)
        return not place.row or not order or place.row in order
