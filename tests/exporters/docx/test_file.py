"""The Word file as a file: the same bytes each time, clean text, nothing left of the clock."""

from __future__ import annotations

import gc
from io import BytesIO
from xml.parsers.expat import ExpatError
from zipfile import ZipFile

import docx
import pytest
from docx.opc import part as opc

from exporters.document import Document, PageMap, Paragraph, Part, PartRole, Run
from exporters.docx import render
from exporters.docx.package import Content, package_bytes
from exporters.looks import official_look
from forms.garbage import no_search_for_garbage
from tests.exporters import volume
from tests.exporters.docx.reading import WordFile, w


def of(text: str) -> WordFile:
    part = Part(PartRole.BODY, (Paragraph((Run(text),)),))
    return WordFile(render(Document("题", (part,)), PageMap()))


@pytest.fixture(scope="module")
def content() -> bytes:
    volume_document = volume.document()
    return render(volume_document, volume.page_map(volume_document))


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("空\x00字\x07", "空字"),
        ("一\r\n二\r三\x0b四\u2028五", "一\n二\n三\n四\n五"),
        ("左\t右", "左\t右"),
        ("半个\ud83c字", "半个\ufffd字"),
        ("右\u200f到\u202e左\u2069", "右到左"),
        ("\ufffe尾\uffff", "尾"),
        ("  两边  ", "  两边  "),
        (" ", " "),
        ("<w:t>&lt;]]>", "<w:t>&lt;]]>"),
    ],
)
def test_that_text_is_set_as_it_stands_but_for_what_no_file_can_hold(written, printed):
    assert [line.text for line in of(written).lines] == [printed]


def test_that_no_date_and_no_library_is_left_in_the_file(content):
    with ZipFile(BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert "dcterms" not in core
    assert "python" not in core


def test_that_title_and_author_are_in_the_properties(content):
    properties = docx.Document(BytesIO(content)).core_properties
    assert properties.title == "示例园区循环化改造实施方案"
    assert properties.author == "示例园区管理委员会"
    assert properties.subject == "循环化改造"
    assert properties.language == "zh-CN"


def test_that_other_programs_can_open_the_file(content):
    opened = docx.Document(BytesIO(content))
    assert len(opened.tables) == 3
    assert len(opened.sections) == 5


def test_that_every_relationship_and_content_type_is_there(content):
    word = WordFile(content)
    types = word.tree("[Content_Types].xml")
    named = {each.get("PartName", "").lstrip("/") for each in types}
    parts = {name for name in word.names if not name.endswith((".rels", "[Content_Types].xml"))}
    assert parts <= named
    used = {
        found
        for element in word.document.iter()
        for key, found in element.attrib.items()
        if key.startswith("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}")
    }
    assert used <= {each.get("Id") for each in word.tree("word/_rels/document.xml.rels")}


def test_that_every_style_and_list_the_text_uses_is_defined(content):
    word = WordFile(content)
    used = {
        each.get(w("val"))
        for name in ("pStyle", "rStyle", "tblStyle")
        for each in word.document.iter(w(name))
    }
    assert used <= set(word.style_names)
    defined = {each.get(w("numId")) for each in word.tree("word/numbering.xml").iter(w("num"))}
    lists = {each.get(w("val")) for each in word.document.iter(w("numId"))}
    assert lists - {"0"} <= defined


def test_that_every_field_has_a_start_a_result_and_an_end_in_runs_of_their_own(content):
    word = WordFile(content)
    kinds = [each.get(w("fldCharType")) for each in word.document.iter(w("fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")
    for run in word.document.iter(w("r")):
        assert len(run.findall(w("fldChar")) + run.findall(w("instrText"))) <= 1


def test_that_progress_is_told_block_by_block():
    told: list[tuple[int, int]] = []
    volume_document = volume.document()
    render(volume_document, PageMap(), progress=lambda done, total: told.append((done, total)))
    count = sum(1 for _ in volume_document.blocks())
    assert told == [(done, count) for done in range(1, count + 1)]


def test_that_a_document_without_parts_is_still_a_file():
    assert [line.text for line in WordFile(render(Document("空", ()), PageMap())).lines] == [""]


def test_that_the_text_of_a_file_goes_with_it_and_waits_for_no_search_for_garbage():
    gc.collect()
    with no_search_for_garbage():
        assert "循环化改造" in "".join(line.text for line in of("循环化改造").lines)
        left = [thing for thing in gc.get_objects() if type(thing) is opc.Part]
        assert left
        assert not [part for part in left if "循环化改造".encode() in part.blob]


def test_that_a_text_that_is_no_xml_becomes_no_file():
    content = Content(("<w:body>", "<w:p>", "</w:body>"), "", (), (), "", {})
    with pytest.raises(ExpatError, match="mismatched tag"):
        package_bytes(Document("坏", ()), content, official_look())
