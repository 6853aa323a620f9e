"""Every slot of the pack, filled with a value of its own, stands on paper where the pack says.

The exceptions (values not printed, columns repeated to name a row, listings, references) are read
from the pack; none is listed here.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass, replace

import pypdfium2
import pytest

from exporters import docx, pdf
from exporters.compose import compose
from exporters.document import Block, Document, DrawnFigure
from exporters.drawing import Drawing
from exporters.pdf import FontChoice
from forms.address import Address
from forms.kinds import Narrative, Text, is_numeric
from forms.loading import open_pack
from forms.places import slot_at
from forms.schema import IndicatorTable, Item, Place, Section
from forms.slots import Slot
from forms.values import Picture
from forms.view import PlanView, evaluate
from tests.debian import brought
from tests.exporters.compose import filling, printed
from tests.exporters.docx.reading import WordFile

PACK = open_pack("ndrc-2021-1004")
VARIANTS = filling.variants(PACK)


@dataclass(frozen=True)
class Volume:
    """A filled plan in all its forms."""

    view: PlanView
    tokens: dict[Address, tuple[str, ...]]
    slots: list[tuple[Section, Item, Address]]
    document: Document
    word: str
    pdf: bytes

    def pages(self) -> str:
        """The text of the PDF as pdfium reads it."""
        file = pypdfium2.PdfDocument(self.pdf)
        try:
            pages = [file[n].get_textpage().get_text_range() for n in range(len(file))]
        finally:
            file.close()
        return squashed("".join(pages))


def without_drawings(document: Document) -> Document:
    """The document with drawn figures left blank: their labels repeat what stands elsewhere, and
    are text in one file and part of a picture or chart in the other.
    """
    parts = tuple(replace(part, blocks=tuple(map(blank, part.blocks))) for part in document.parts)
    return replace(document, parts=parts)


def blank(block: Block) -> Block:
    if not isinstance(block, DrawnFigure):
        return block
    return replace(block, drawing=Drawing(150, 20, ()), chart=None)


def squashed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module", params=range(len(VARIANTS)), ids=lambda n: f"variant{n}")
def volume(request) -> Volume:
    filled = filling.fill(PACK, VARIANTS[request.param])
    view = evaluate(PACK, filled.answers)
    document = without_drawings(compose(view, filling.pictures))
    laid_out = pdf.render(document, fonts=FontChoice.bundled())
    word = WordFile(docx.render(document, laid_out.pages, figures=docx.FigureForm(pdf.drawing_png)))
    return Volume(
        view=view,
        tokens=filled.tokens,
        slots=list(printed.writable(view)),
        document=document,
        word="\n".join(line.text for line in word.lines),
        pdf=laid_out.content,
    )


def wanted_tokens(volume: Volume) -> Counter[str]:
    """How often each token belongs on paper, the contents left out."""
    return Counter(
        {
            token: printed.expected(volume.view, section, item, address)
            for section, item, address in volume.slots
            for token in volume.tokens.get(address, ())
        }
    )


def differences(found: Counter[str], wanted: Counter[str], volume: Volume) -> list[str]:
    places = {token: address for address, all_ in volume.tokens.items() for token in all_}
    return [
        f"{places[token]} {token}: {found[token]} times instead of {count}"
        for token, count in wanted.items()
        if found[token] != count
    ]


def test_that_every_slot_a_planner_can_fill_was_filled(volume):
    filled = {slot_at(PACK, address) for _, _, address in volume.slots}

    assert [s.key for s in PACK.index.slots.values() if not s.is_computed and s not in filled] == []


def test_that_every_slot_is_asked_for_in_one_of_the_variants():
    shown = {
        slot_at(PACK, address)
        for assignment in VARIANTS
        for view in (evaluate(PACK, filling.fill(PACK, assignment).answers),)
        for section, item, address in printed.writable(view)
        if printed.is_shown(view, section, item, address)
    }

    wanted = [s for s in PACK.index.slots.values() if not s.is_computed and not is_aside(s)]

    assert [slot.key for slot in wanted if slot not in shown] == []


def is_aside(slot: Slot) -> bool:
    """Whether a slot stands in a section that is kept aside, and never asked for."""
    return PACK.index.sections[slot.key[0]].place is Place.NOWHERE


def test_that_no_two_typed_texts_are_alike(volume):
    tokens = [token for all_ in volume.tokens.values() for token in all_]

    assert len(tokens) == len(set(tokens)) > 900


def test_that_each_text_stands_in_the_document_as_often_as_the_pack_says(volume):
    found = Counter(printed.tokens_of(volume.document))
    found.subtract(printed.tokens_in_contents(volume.document))

    assert differences(found, wanted_tokens(volume), volume) == []


def test_that_each_value_stands_at_its_own_address(volume):
    found: dict[str, list[str]] = {}
    for text, address in printed.all_texts(volume.document):
        if address:
            found.setdefault(address, []).append(text)
    wrong: list[str] = []
    for section, item, address in volume.slots:
        slot = slot_at(PACK, address)
        if slot is None or isinstance(slot.kind, Narrative) or isinstance(item, IndicatorTable):
            continue
        if not printed.has_address(PACK, item, address):
            continue
        if not printed.is_printed(volume.view, section, item, address):
            continue
        text, texts = volume.view.text(address), found.get(str(address), [])
        is_picture = isinstance(volume.view.value(address), Picture)
        if not texts or not (is_picture or all(text in each for each in texts)):
            wrong.append(f"{address}: {text!r} printed as {texts}")

    assert wrong == []


def test_that_word_prints_each_text_as_often_as_the_document(volume):
    assert Counter(printed.TOKEN.findall(squashed(volume.word))) == Counter(
        printed.tokens_of(volume.document)
    )


def test_that_pdf_prints_each_text_as_often_as_the_document(volume):
    assert Counter(printed.TOKEN.findall(volume.pages())) == Counter(
        printed.tokens_of(volume.document)
    )


def test_that_word_and_pdf_keep_the_order_of_the_document(volume):
    wanted = printed.tokens_of(volume.document)

    assert printed.TOKEN.findall(squashed(volume.word)) == wanted
    assert printed.TOKEN.findall(volume.pages()) == wanted


@pytest.mark.long  # installs poppler where it is missing
def test_that_a_second_pdf_reader_finds_each_text_too(volume, tmp_path):
    brought("poppler-utils", unless=shutil.which("pdftotext") is not None)
    file = tmp_path / "plan.pdf"
    file.write_bytes(volume.pdf)
    text = subprocess.run(
        ["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True, timeout=30
    ).stdout.decode("utf-8")

    assert Counter(printed.TOKEN.findall(squashed(text))) == Counter(
        printed.tokens_of(volume.document)
    )


def test_that_each_figure_stands_on_both_papers(volume):
    pages = volume.pages()
    figures = {
        squashed(volume.view.text(address))
        for section, item, address in volume.slots
        if (slot := slot_at(PACK, address)) is not None
        and is_numeric(slot.kind)
        and printed.is_printed(volume.view, section, item, address)
    }
    whole = [re.compile(rf"(?<![0-9.]){re.escape(figure)}(?![0-9])") for figure in sorted(figures)]

    assert [each.pattern for each in whole if not each.search(volume.word)] == []
    assert [figure for figure in sorted(figures) if figure not in pages] == []
    assert len(figures) > 250


def test_that_a_text_left_out_would_be_noticed(volume):
    wanted = wanted_tokens(volume)
    found = Counter(wanted)
    text = next(token for token, count in wanted.items() if count)
    found[text] -= 1

    assert len(differences(found, wanted, volume)) == 1


def test_that_texts_are_short_enough_for_the_narrowest_line():
    kinds = [slot.kind for slot in PACK.index.slots.values()]

    assert all(kind.max_length >= 8 for kind in kinds if isinstance(kind, Text))
