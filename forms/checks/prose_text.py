"""The prose of a plan as the checks of words read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.address import Address
from forms.kinds import Narrative
from forms.schema import Field, Table
from forms.view import PlanView

TITLE = re.compile(r"《[^》\n]{0,120}》")


def narratives(view: PlanView) -> Iterator[tuple[Address, str, str]]:
    """Each typed narrative of the plan with its label: fields, and long cells of tables."""
    for section in view.pack.sections():
        if not view.shows_section(section):
            continue
        typed = view.answers.section(section.key)
        for item in section.items:
            home = Address(section.key, item.key)
            if isinstance(item, Field) and isinstance(item.kind, Narrative):
                text = typed.fields.get(item.key)
                if isinstance(text, str) and view.shows_item(item):
                    yield home, item.label, text
            elif isinstance(item, Table) and view.shows_item(item):
                yield from _in_table(view, item, home)


def without_titles(text: str) -> str:
    """The text with the titles of cited papers blanked out, every character in its place."""
    return TITLE.sub(lambda found: "　" * len(found[0]), text)


def _in_table(view: PlanView, table: Table, home: Address) -> Iterator[tuple[Address, str, str]]:
    long = [column for column in table.columns if isinstance(column.kind, Narrative)]
    if not long:
        return
    for row, cells in view.answers.table(home).rows.items():
        for column in long:
            text = cells.get((column.key, 0))
            if isinstance(text, str):
                yield home.at(row, column.key), column.label, text
