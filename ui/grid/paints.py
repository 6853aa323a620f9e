"""The few colours cells are painted with, taken from the window's theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor

from ui.theme import colours


def ink(role: str) -> QColor:
    """The theme's colour of a role as it is worn now."""
    return _colour(getattr(colours(), role))


@lru_cache(maxsize=64)
def _colour(name: str) -> QColor:
    return QColor(name)
