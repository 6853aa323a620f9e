"""The pages made so far: those shown last are kept, the others made anew when they are wanted.

A page costs about two megabytes, and every change of colours its share. None goes on which
something stands that the plan does not have: an entry that cannot be taken, a search, an order.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from itertools import islice

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from ui.fields.editors import Editor
from ui.grid.arranged_model import ArrangedModel
from ui.grid.arranging import AS_IN_PLAN
from ui.grid.grid_view import SheetView
from ui.grid.sheet_model import SheetModel
from ui.pages.section_page import SectionPage
from ui.pages.steady import Spot
from ui.receiving import Receiving

_MOST = 12


class KeptPages:
    """Pages by their section, in one stack; only pages that are not shown ever go."""

    def __init__(self, stack: QStackedWidget, receiving: Receiving, most: int = _MOST) -> None:
        self._stack = stack
        self._receiving = receiving
        self._most = most
        self._pages: dict[str, QWidget] = {}  # the one shown last comes last
        self._left_at: dict[str, Spot] = {}  # how far down the pages were that went

    def show(self, key: str, make: Callable[[], QWidget]) -> None:
        """Show the page of a section, making it when there is none."""
        page = self._pages.pop(key, None)
        if page is None:
            page = make()
            self._stack.addWidget(page)
            if isinstance(page, SectionPage) and (spot := self._left_at.pop(key, None)):
                page.steady.stand_at(spot)
        self._pages[key] = page
        self._stack.setCurrentWidget(page)
        if not self._receiving.is_at_work:  # what is being read will want the page that asked
            self._let_go(self._most)

    def let_go_unseen(self) -> None:
        """Let all go that nobody sees: before a change of look, which would dress each of them."""
        shown = self._stack.currentWidget()
        if isinstance(shown, SectionPage):
            shown.steady.hold_top()
        if self._receiving.is_at_work:
            return
        for page in self._let_go(1):
            QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)

    def going(self) -> Generator[None]:
        """Let all go, one at a step, the one shown last at the end; for a plan that is closed."""
        while self._pages:
            page = self._pages.pop(next(iter(self._pages)))
            page.deleteLater()
            QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
            yield

    def _let_go(self, most: int) -> list[QWidget]:
        gone: list[QWidget] = []
        spare = max(0, len(self._pages) - most)
        going = (key for key, page in self._pages.items() if is_spare(page))
        for key in tuple(islice(going, spare)):  # asked of no more pages than must go
            page = self._pages.pop(key)
            if isinstance(page, SectionPage):
                self._left_at[key] = page.steady.spot()
            self._stack.removeWidget(page)
            page.deleteLater()
            gone.append(page)
        return gone


def is_spare(page: QWidget) -> bool:
    """Whether the plan has everything that stands on a page which is not shown."""
    editors = page.findChildren(Editor)
    if not page.isHidden() or any(editor.fault for editor in editors):
        return False
    if any(_is_particular(view.sheet) for view in page.findChildren(SheetView)):
        return False
    entries = {line for editor in editors for line in editor.findChildren(QLineEdit)}
    return not any(line.text() for line in set(page.findChildren(QLineEdit)) - entries)


def _is_particular(sheet: SheetModel) -> bool:
    """Whether a sheet keeps an entry that cannot be taken, or is sorted, filtered or grouped."""
    arranged = isinstance(sheet, ArrangedModel) and sheet.arrangement != AS_IN_PLAN
    return arranged or bool(sheet.refused)
