"""The fills of figures: a colour, a grey and a hatch of its own each: print needs no colour."""

from __future__ import annotations

from exporters.drawing import Fill, Hatch

INK = "#1F2A2E"
SOFT = "#59666A"  # axes, leaders
LINE = "#DDE2DE"  # grid
EDGE = "#B9C2BC"
PAPER = "#FFFFFF"
TINT = "#EDF5F1"
ACCENT = "#1E7B5A"

SMALL_PT, LABEL_PT = 8.0, 9.0
AXIS_PT, GRID_PT = 0.6, 0.4

FILLS = (
    Fill("#1E7B5A"),
    Fill("#CFE5DA", Hatch.UP),
    Fill("#D9A441", Hatch.NONE),
    Fill("#F3E3BF", Hatch.DOWN),
    Fill("#4C7A99", Hatch.NONE),
    Fill("#D5E3EC", Hatch.CROSS),
    Fill("#B7BFBA", Hatch.HORIZONTAL),
    Fill("#F1D5CF", Hatch.VERTICAL),
    Fill("#8C4A3E", Hatch.NONE),
    Fill("#F6F7F5", Hatch.DOTS),
)

# Bands of flows and what they begin at: a tint each, told apart by the names beside them.
BAND_TINTS = ("#CFE5DA", "#F3E3BF", "#D5E3EC", "#F1D5CF", "#E2DDEC", "#E4E9E5")
BAND_ENDS = ("#1E7B5A", "#D9A441", "#4C7A99", "#B0705F", "#8A7CA8", "#6F7B76")
MIXED = 5  # what several flow into


def fill_of(number: int) -> Fill:
    """The fill of the series or slice with this number, from 0."""
    return FILLS[number % len(FILLS)]
