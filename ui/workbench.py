"""The open plan on screen: outline, page and side panel, and the ways between its places."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import datetime
from functools import partial
from typing import Protocol, cast

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from forms.address import Address
from forms.answers import Answers
from forms.schema import Pack, Place, Section
from ui.aside import show_kept_aside, write_note
from ui.drafting import OpenPlan
from ui.grid.leaving import finish_cells
from ui.navigation import Navigator
from ui.pages.kept import KeptPages
from ui.panels.answer_form import Reviewer
from ui.panels.side import SidePanel, Tab
from ui.preview.proofs import Proofs
from ui.preview.typesetting import Typesetter
from ui.session import Change, PlanSession
from ui.settings import SettingsFile
from ui.sheet_layouts import remembered_layouts
from ui.signing import remembered_signing
from ui.turns import MANY, Turns
from ui.walk import Walk
from ui.widths import PAGE, PaneWidths

PageMaker = Callable[[PlanSession, Section], QWidget]


class Page(Protocol):
    """What the workbench needs of a section's page."""

    focused: SignalInstance  # Address
    jump_requested: SignalInstance  # Address

    def commit_pending(self) -> object:
        """Take into the plan what is on screen and not yet in it."""
        ...

    def reveal(self, address: Address) -> object:
        """Scroll a value into sight and give it the focus."""
        ...


class Workbench(QWidget):
    """One open plan; pages are made when opened, and kept for a while."""

    place_changed = Signal()

    def __init__(
        self,
        plan: OpenPlan,
        make_page: PageMaker,
        settings: SettingsFile,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.plan = plan
        self.section: Section | None = None
        self.focus: Address | None = None
        self._make_page = make_page
        self._settings = settings
        plan.session.signing = remembered_signing(settings)
        plan.session.layouts = remembered_layouts(settings)
        self.navigator = Navigator(plan.session)
        self.proofs = _proofs(plan, self)
        self.panel = SidePanel(plan, _reviewer(plan, settings), self.proofs)
        self._stack = QStackedWidget()
        self.pages = KeptPages(self._stack, plan.session.receiving)
        self.widths = PaneWidths(self._build(), settings)
        self.walk = Walk(self)
        self.below.addWidget(self.walk.strip)
        self.navigator.section_chosen.connect(self.open_section)
        self.panel.findings.jump_requested.connect(self.go_to)
        self.panel.preview.jump_requested.connect(self.go_to)
        self.panel.tab_shown.connect(self.widths.give_room)
        self.panel.history.jump_requested.connect(self.go_to)
        self.panel.notes.jump_requested.connect(self.go_to)
        plan.session.note_wanted.connect(partial(write_note, self))
        self.navigator.outline.modelReset.connect(self._on_outline_reset)
        plan.session.changed.connect(self.proofs.plan_changed)
        plan.session.followed.connect(self._lead)
        first = next(iter(self.navigator.outline.sections()), None)
        if first is not None:
            self.open_section(first.key)

    @property
    def session(self) -> PlanSession:
        """The plan's session."""
        return self.plan.session

    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._stack.currentWidget()

    def gaps(self) -> int:
        """How many values are missing, as of the last checks."""
        outline = self.navigator.outline
        return sum(outline.standing(section.key).gaps for section in outline.sections())

    def open_section(self, key: str) -> None:
        """Show the page of a section; nothing when the section is hidden."""
        section = self.session.pack.index.sections.get(key)
        if section is None or (self.section is not None and self.section.key == key):
            return
        self.commit(leaving=True)
        self.section, self.focus = section, None
        self.pages.show(key, lambda: self._new_page(section))
        self.navigator.mark(key)
        self.panel.guide.show_place(section, None)
        self.panel.preview.show_place(section.key, None)
        self.panel.history.stand_at(section)
        self.panel.notes.stand_at(Address(section.key, ""))
        self.place_changed.emit()

    def go_to(self, address: Address) -> None:
        """Open the page of a value and show it there; what is kept aside is shown in the panel."""
        known = self.session.pack.index.sections.get(address.section)
        if known is not None and known.place is Place.NOWHERE:
            show_kept_aside(self, address)
            return
        self.open_section(address.section)
        page = self.page()
        if not address.item:
            self.focus_page()
        elif page is not None and self.section is not None and address.section == self.section.key:
            cast("Page", page).reveal(address)
            self._on_focused(address)

    def step(self, by: int) -> bool:
        """Open the section so many further; False at either end."""
        keys = [section.key for section in self.navigator.outline.sections()]
        at = keys.index(self.section.key) + by if self.section and self.section.key in keys else 0
        if not 0 <= at < len(keys):
            return False
        self.open_section(keys[at])
        return True

    def show_aside(self, page: QWidget) -> None:
        """Show a page that is no section's, until a section is opened."""
        self.commit(leaving=True)
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self.section = self.focus = None
        self._stack.setCurrentWidget(page)
        self.navigator.setCurrentIndex(QModelIndex())
        self.place_changed.emit()

    def next_finding(self) -> bool:
        """Go to the next finding; False when there is none."""
        self.show_tab(Tab.FINDINGS)
        return self.panel.findings.next_finding() is not None

    def show_tab(self, tab: Tab) -> None:
        """Show a tab of the side panel, opening the panel."""
        self.show_panel(shown=True)
        self.panel.show_tab(tab)

    def show_panel(self, *, shown: bool) -> None:
        """Open or fold the side panel."""
        self.panel.setVisible(shown)
        self._settings.change(panel_shown=shown)

    def focus_page(self) -> None:
        """Give the keyboard to the page, at the place it was last."""
        page = self.page()
        if page is None:
            return
        if self.focus is not None:
            self.go_to(self.focus)
        else:
            page.setFocus()
            page.focusNextChild()

    def focus_panel(self) -> None:
        """Give the keyboard to the side panel."""
        self.show_panel(shown=True)
        self.panel.take_focus()

    def commit(self, *, leaving: bool = False) -> None:
        """Take into the plan what is on screen and not yet in it; `leaving` ends open cells."""
        page = self.page()
        if page is not None:
            cast("Page", page).commit_pending()
            if leaving:
                finish_cells(page)

    def end(self) -> None:
        """Note the widths and go with the plan, which is closed; page by page, the window alive.

        Twelve pages with their rows took a quarter of a second at once.
        """
        self.widths.remember()
        self.panel.preview.sheets.show_preview(None)
        self.proofs.close()
        self.destroyed.connect(self.plan.deleteLater)
        Turns(0, self).begin(_going(self))

    def _build(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for widget in (self.navigator, self._stack, self.panel):
            splitter.addWidget(widget)
        splitter.setStretchFactor(PAGE, 1)
        self.panel.setVisible(self._settings.now.panel_shown)
        column = self.below = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(splitter, 1)
        return splitter

    def _new_page(self, section: Section) -> QWidget:
        widget = self._make_page(self.session, section)
        page = cast("Page", widget)
        page.focused.connect(self._on_focused)
        page.jump_requested.connect(self.go_to)
        return widget

    def _on_focused(self, address: Address) -> None:
        if self.section is None or address.section != self.section.key:
            return
        self.focus = address
        self.panel.guide.show_place(self.section, address)
        self.panel.preview.show_place(self.section.key, address)
        self.panel.notes.stand_at(address)

    def _on_outline_reset(self) -> None:
        if self.section is not None:
            self.navigator.mark(self.section.key)

    def _lead(self, change: Change) -> None:
        """Where much has changed all shows it first: the way there is a turn of its own."""
        if change.go_to is None:
            return
        if len(change.changes.places) > MANY:
            QTimer.singleShot(0, self, partial(self.go_to, change.go_to))
        else:
            self.go_to(change.go_to)


def _going(bench: Workbench) -> Generator[None]:
    yield from bench.pages.going()
    bench.deleteLater()


def _proofs(plan: OpenPlan, parent: QWidget) -> Proofs:
    session = plan.session
    typesetter = Typesetter(plan.shelf.picture, plan.folder.name)

    def now() -> tuple[Pack, Answers]:
        return session.pack, session.answers

    return Proofs(now, typesetter.set, parent, typesetter.let_go)


def _reviewer(plan: OpenPlan, settings: SettingsFile) -> Reviewer:
    """Who answers findings here: whoever did so last, else whose plan it is."""
    return Reviewer(
        person=lambda: settings.now.reviewer or plan.who,
        remember=lambda name: settings.change(reviewer=name),
        today=lambda: datetime.now().astimezone().date(),
    )
