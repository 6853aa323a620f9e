"""The panes of a splitter made wider and narrower by keys: whichever holds the keyboard."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QSplitter, QWidget

_STEP = 32  # pixels


def widen(*, narrower: bool = False) -> bool:
    """Move the edge of the pane that has the keyboard; False where there is none."""
    focus = QApplication.focusWidget()
    found = _pane_of(focus) if focus is not None else None
    if found is None:
        return False
    splitter, pane = found
    sizes = splitter.sizes()
    beside = _neighbour(splitter, pane)
    if beside is None:
        return False
    by = -_STEP if narrower else _STEP
    sizes[pane] += by
    sizes[beside] -= by
    splitter.setSizes(sizes)
    splitter.splitterMoved.emit(0, 0)  # as by the mouse: who remembers sizes hears of it
    return True


def _pane_of(widget: QWidget) -> tuple[QSplitter, int] | None:
    """The innermost splitter around a widget, and which of its panes holds it."""
    child, holder = widget, widget.parentWidget()
    while holder is not None:
        if isinstance(holder, QSplitter) and holder.indexOf(child) >= 0:
            return holder, holder.indexOf(child)
        child, holder = holder, holder.parentWidget()
    return None


def _neighbour(splitter: QSplitter, pane: int) -> int | None:
    """The pane after one, or before it where it is the last that is seen."""
    seen = [at for at in range(splitter.count()) if splitter.widget(at).isVisible()]
    if pane not in seen or len(seen) < 2:
        return None
    place = seen.index(pane)
    return seen[place + 1] if place + 1 < len(seen) else seen[place - 1]
