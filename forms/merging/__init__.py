"""Two versions of one plan put together by address and paragraph, nothing of either lost."""

from forms.merging.conflicts import (
    Conflict,
    OrderConflict,
    ProseConflict,
    RowConflict,
    Side,
    ValueConflict,
    choices_for,
    keeping_both,
)
from forms.merging.plan import Merged, merge, open_places
from forms.merging.prose import Choice, MergedProse, Pick, merge_prose

__all__ = [
    "Choice",
    "Conflict",
    "Merged",
    "MergedProse",
    "OrderConflict",
    "Pick",
    "ProseConflict",
    "RowConflict",
    "Side",
    "ValueConflict",
    "choices_for",
    "keeping_both",
    "merge",
    "merge_prose",
    "open_places",
]
