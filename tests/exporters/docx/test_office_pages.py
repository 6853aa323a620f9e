"""The page numbers in the Word file are those its pages have when another program prints it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commands.making import sample_plan
from commands.plans import OpenPlan
from exporters.compose.volume import compose
from exporters.document import Document, PartRole
from exporters.docx import FigureForm, render
from exporters.pdf import drawing_png
from forms.loading import open_pack
from tests.exporters.docx.office import entries, print_by_office

pytestmark = pytest.mark.long  # LibreOffice takes its time; installed where it is missing


def composed(projects: int | None = None) -> Document:
    plan = sample_plan(projects)
    opened = OpenPlan(plan, open_pack(plan.meta.pack_id))
    return compose(opened.view, opened.picture, plan.meta.plan_id)


def without_annexes(document: Document) -> Document:
    """About fifty pages: front matter and body."""
    parts = tuple(part for part in document.parts if part.role is not PartRole.ANNEX)
    return replace(document, parts=parts)


PLANS = {
    "50 pages": (lambda: without_annexes(composed()), range(45, 75)),
    "sample": (composed, range(130, 160)),
    "150 pages": (lambda: composed(40), range(145, 190)),
    "300 pages": (lambda: composed(155), range(280, 330)),
}


@pytest.mark.parametrize("name", PLANS)
def test_that_every_entry_names_the_page_on_which_it_stands(name, tmp_path):
    make, sizes = PLANS[name]
    document = make()
    content = render(document, figures=FigureForm(drawing_png))
    printed = print_by_office(content, tmp_path)
    listed = entries(content, printed)

    assert [entry for entry in listed if entry.printed != entry.actual] == []
    assert len(listed) > 50
    assert len(printed.labels) in sizes
