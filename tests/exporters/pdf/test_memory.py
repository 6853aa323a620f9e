"""A document set again after a change: the same paper as one set from nothing."""

from __future__ import annotations

from dataclasses import replace

from exporters.document import Document, Part, PartRole
from exporters.pdf import FontChoice, Memory, paginate, render
from exporters.pdf.blocks import Setter
from tests.exporters import volume
from tests.exporters.pdf.reading import pages_by_pdfium, paragraph

RARE = "\u0e01"  # a Thai letter, which no bundled font has


def document(*texts: str) -> Document:
    return Document("方案", (Part(PartRole.BODY, tuple(map(paragraph, texts))),))


def test_that_a_volume_laid_out_before_is_drawn_as_if_it_were_new() -> None:
    memory = Memory(fonts=FontChoice.bundled())
    pages = paginate(volume.document(), memory=memory)
    again = render(volume.document(), memory=memory)
    fresh = render(volume.document(), fonts=FontChoice.bundled())
    assert again == fresh
    assert pages == fresh.pages


def test_that_what_changed_is_printed_as_it_is_now() -> None:
    memory = Memory(fonts=FontChoice.bundled())
    paginate(volume.document(), memory=memory)
    first, *others = volume.document().parts
    added = replace(first, blocks=(*first.blocks, paragraph("新添一段。")))
    changed = replace(volume.document(), parts=(added, *others))
    again = render(changed, memory=memory)
    fresh = render(changed, fonts=FontChoice.bundled())
    assert pages_by_pdfium(again) == pages_by_pdfium(fresh)
    assert again.pages == fresh.pages


def test_that_a_block_fits_the_sheet_it_stands_on_now() -> None:
    memory = Memory(fonts=FontChoice.bundled())
    upright = document("循环化改造" * 40)
    (part,) = upright.parts
    turned = replace(upright, parts=(replace(part, orientation=volume.Orientation.LANDSCAPE),))
    paginate(upright, memory=memory)
    assert render(turned, memory=memory) == render(turned, fonts=FontChoice.bundled())


def test_that_missing_characters_are_counted_once_a_document() -> None:
    memory = Memory(fonts=FontChoice.bundled())
    paginate(document(f"甲{RARE}", f"甲{RARE}", "乙"), memory=memory)
    again = render(document(f"甲{RARE}", f"丙{RARE}{RARE}", f"甲{RARE}"), memory=memory)
    assert [(entry.character, entry.count) for entry in again.missing] == [(RARE, 4)]
    assert render(document("乙"), memory=memory).missing == ()


def test_that_what_was_let_go_is_not_kept_and_is_set_anew_when_asked_for() -> None:
    memory = Memory(fonts=FontChoice.bundled())
    pages = paginate(volume.document(), memory=memory)
    block = volume.document().parts[-1].blocks[0]
    setter = Setter(memory.case, volume.document(), memory.look, 400.0)
    kept = memory.slabs(setter, block)
    assert memory.slabs(setter, block) is kept

    memory.let_go()
    assert memory.slabs(setter, block) is not kept
    assert paginate(volume.document(), memory=memory) == pages
