"""Live figures: numbers in prose that follow the plan's own values."""

from forms.live_figures.marks import NO_UNIT, LiveFigure, Placed, live_figures_in
from forms.live_figures.search import Offer, search_figures
from forms.live_figures.showing import (
    Shown,
    figures_filled,
    is_movement,
    shown,
    shown_at,
    units_for,
)

__all__ = [
    "NO_UNIT",
    "LiveFigure",
    "Offer",
    "Placed",
    "Shown",
    "figures_filled",
    "is_movement",
    "live_figures_in",
    "search_figures",
    "shown",
    "shown_at",
    "units_for",
]
