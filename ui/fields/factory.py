"""From a kind of value to the widget that edits it; nothing else chooses widgets."""

from __future__ import annotations

from typing import assert_never

from forms.kinds import (
    Choice,
    Choices,
    Date,
    Image,
    Integer,
    Kind,
    Money,
    Month,
    Narrative,
    Percent,
    Quantity,
    Reference,
    Text,
    Year,
    YesNo,
)
from ui.fields.choosing import ChoiceEditor, ChoicesEditor, ReferenceEditor, YesNoEditor
from ui.fields.editors import Editor
from ui.fields.lines import LineEditor
from ui.fields.pictures import PictureEditor
from ui.fields.prose import ProseEditor
from ui.session import PlanSession
from ui.text import tr


def make_editor(session: PlanSession, kind: Kind, label: str) -> Editor:
    """The editor of a kind, empty; `label` is what a screen reader calls it."""
    match kind:
        case Narrative():
            return ProseEditor(session, kind, label)
        case Choice():
            return ChoiceEditor(session, kind, label)
        case Choices():
            return ChoicesEditor(session, kind, label)
        case YesNo():
            return YesNoEditor(session, kind, label)
        case Image():
            return PictureEditor(session, kind, label)
        case Reference():
            return ReferenceEditor(session, kind, label)
        case Text() | Integer() | Quantity() | Money() | Percent():
            return LineEditor(session, kind, label)
        case Year() | Month() | Date():
            editor = LineEditor(session, kind, label)
            editor.set_placeholder(how_to_type(kind))
            return editor
        case _:
            assert_never(kind)


def how_to_type(kind: Year | Month | Date) -> str:
    """An example of a date as it may be typed."""
    match kind:
        case Year():
            return tr("如 2025")
        case Month():
            return tr("如 2026-03")
        case Date():
            return tr("如 2026-03-15")


def takes_full_width(kind: Kind) -> bool:
    """Whether an editor of this kind wants the whole width of the page."""
    return isinstance(kind, Narrative | Choices | Image)
