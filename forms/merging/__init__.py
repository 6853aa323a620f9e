"""Two versions of one plan put together by address and paragraph, nothing of either lost."""

from forms.merging.conflicts import (
    Conflict,
    OrderConflict,
    ProseConflict,
    RowConflict,
    Side,
    ValueConflict,
    choices_for,
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
    "merge",
    "merge_prose",
    "open_places",
]
