"""Headings in prose: at which level they are printed, as the editor and paper must agree."""

from __future__ import annotations

import pytest

from commands.making import sample_plan
from exporters.compose import compose
from exporters.document import Heading
from forms.address import parse_address
from forms.edits import SetValue, apply_edits
from forms.heading_levels import UNNUMBERED, prose_level
from forms.heading_numbers import LAST_LEVEL
from forms.kinds import Narrative
from forms.loading import open_pack
from forms.places import slot_at
from forms.view import evaluate

_UPPER, _LOWER = "甲标题在", "乙标题在"


@pytest.fixture(scope="module")
def view():
    """The sample plan with two headings in each of its narratives."""
    plan = sample_plan()
    pack = open_pack(plan.meta.pack_id)
    told = [
        place
        for place, _ in plan.answers.values()
        if (slot := slot_at(pack, place)) is not None and isinstance(slot.kind, Narrative)
    ]
    edits = tuple(SetValue(each, f"# {_UPPER}{each}\n## {_LOWER}{each}") for each in told)
    return evaluate(pack, apply_edits(pack, plan.answers, edits, "标题").answers)


def test_that_headings_are_numbered_as_the_editor_shows_them(view):
    pictures = {}
    blocks = [
        block
        for part in compose(view, lambda sha256: pictures.get(sha256, b"")).parts
        for block in part.blocks
        if isinstance(block, Heading) and block.text.startswith((_UPPER, _LOWER))
    ]
    assert len(blocks) > 30
    for block in blocks:
        is_lower = block.text.startswith(_LOWER)
        place = parse_address(block.text.removeprefix(_LOWER if is_lower else _UPPER))
        assert block.level == prose_level(view, place) + is_lower, block.text
        assert "1" in block.number or "一" in block.number, block.text


def test_that_what_is_printed_without_numbers_is_beyond_the_last_level(view):
    printed = {
        block.text
        for part in compose(view, lambda _: b"").parts
        for block in part.blocks
        if isinstance(block, Heading)
    }
    for place, _ in view.answers.values():
        slot = slot_at(view.pack, place)
        if slot is not None and isinstance(slot.kind, Narrative):
            level = prose_level(view, place)
            assert level <= LAST_LEVEL or f"{_UPPER}{place}" not in printed
    assert UNNUMBERED > LAST_LEVEL
