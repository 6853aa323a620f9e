"""What each sort of mark says as a chip: a number, the label of a table, the sign of a footnote."""

from __future__ import annotations

from typing import assert_never

from forms.inline.footnotes import PlacedNote
from forms.inline.marks import Mark
from forms.inline.reading import said
from forms.inline.references import PlacedReference
from forms.live_figures import Placed, shown_at
from forms.targets import named_at
from ui.prose.text import Said
from ui.session import PlanSession
from ui.text import tr


def saying(session: PlanSession, mark: Mark) -> Said:
    """What a mark says in the plan as it stands now."""
    match mark:
        case Placed():
            return _figure(session, mark)
        case PlacedReference():
            return _reference(session, mark)
        case PlacedNote():
            words = said(session.view, mark)
            empty = "" if mark.note.text.strip() else tr("脚注没有文字。")
            return Said(words, tr("注"), empty, is_raised=True)
        case _:
            assert_never(mark)


def _figure(session: PlanSession, placed: Placed) -> Said:
    shown = shown_at(session.view, placed)
    if not shown.fault:
        return Said(shown.text, shown.text)
    return Said(shown.text, tr("！缺数据") if shown.is_empty else tr("！数据已失效"), shown.fault)


def _reference(session: PlanSession, placed: PlacedReference) -> Said:
    meant = named_at(session.view, placed)
    if meant.fault or placed.reference is None:
        label = tr("！引用无内容") if meant.is_empty else tr("！引用已失效")
        return Said(meant.text, label, meant.fault)
    words = session.numbers.label(placed.reference.name) or meant.text
    return Said(words, words)
