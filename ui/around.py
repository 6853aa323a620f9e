"""The widgets something stands in, from inside out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtWidgets import QWidget

_Kind = TypeVar("_Kind")


def around(widget: QWidget | None) -> Iterator[QWidget]:
    """The widget itself and all it stands in, its window last."""
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def nearest(kind: type[_Kind], widget: QWidget | None) -> _Kind | None:
    """The innermost of a kind; None when the widget is none and stands in none."""
    return next((each for each in around(widget) if isinstance(each, kind)), None)
