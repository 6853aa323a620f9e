"""What is kept aside with a plan has no page of its own: where the window shows it instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.address import Address
from ui.panels.side import Tab

if TYPE_CHECKING:
    from ui.workbench import Workbench


def write_note(bench: Workbench, place: Address) -> None:
    """Open the note of a place, to be read and written."""
    bench.show_tab(Tab.NOTES)
    bench.panel.notes.write(place)


def note_here(bench: Workbench) -> None:
    """Open the note of the place the user is at."""
    bench.commit()
    if bench.focus is not None:
        write_note(bench, bench.focus)
    elif bench.section is not None:
        write_note(bench, Address(bench.section.key, ""))


def show_kept_aside(bench: Workbench, place: Address) -> None:
    """Show a record that was changed by undo: a note among the notes, an answer with the findings.

    Ticks and responsible persons are seen where they stand, so nothing moves for them.
    """
    roles = bench.session.pack.roles
    if roles.notes is not None and place.table == roles.notes.table:
        bench.show_tab(Tab.NOTES)
    elif roles.dismissals is not None and place.table == roles.dismissals.table:
        bench.show_tab(Tab.FINDINGS)
