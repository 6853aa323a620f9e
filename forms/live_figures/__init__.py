"""Live figures: numbers in prose that follow the plan's own values."""

from forms.live_figures.marks import NO_UNIT, LiveFigure, Placed, live_figures_in
from forms.live_figures.prose import FilledProse, Printed, filled_prose
from forms.live_figures.search import Offer, search_figures
from forms.live_figures.showing import (
    Shown,
    filled,
    is_movement,
    read_text,
    shown,
    shown_at,
    units_for,
)

__all__ = [
    "NO_UNIT",
    "FilledProse",
    "LiveFigure",
    "Offer",
    "Placed",
    "Printed",
    "Shown",
    "filled",
    "filled_prose",
    "is_movement",
    "live_figures_in",
    "read_text",
    "search_figures",
    "shown",
    "shown_at",
    "units_for",
]
