"""The look of the Word file: styles, sections, page numbers and contents as the rules want them."""

from __future__ import annotations

import pytest

from exporters.document import Contents, Document, Heading, PageMap, Part, PartRole, TextRole
from exporters.docx import names, render
from exporters.looks import official_look
from tests.exporters import volume
from tests.exporters.docx.reading import WordFile, w

ALL_SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")


@pytest.fixture(scope="module")
def word() -> WordFile:
    volume_document = volume.document()
    return WordFile(render(volume_document, volume.page_map(volume_document)))


def fonts(style) -> dict[str, str]:
    found = style.find(f"{w('rPr')}/{w('rFonts')}")
    return {script: found.get(w(script)) for script in ALL_SCRIPTS}


def value(style, path: str, key: str = "val") -> str:
    return style.find("/".join(w(step) for step in path.split("/"))).get(w(key))


@pytest.mark.parametrize("role", TextRole)
def test_that_a_text_role_has_a_style_with_the_face_and_size_of_the_look(word, role):
    look = official_look()
    style, text = word.style(names.TEXT[role].name), look.text[role]
    assert fonts(style)["eastAsia"] == look.fonts[text.face]
    assert fonts(style)["ascii"] == look.latin
    assert value(style, "rPr/sz") == str(round(text.size_pt * 2))
    assert value(style, "pPr/spacing", "lineRule") == "exact"


def test_that_headings_are_words_own_styles_with_outline_level_and_number(word):
    faces = ["黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312"]
    for level, face in enumerate(faces, 1):
        style = word.style(f"heading {level}")
        assert fonts(style)["eastAsia"] == face
        assert value(style, "pPr/outlineLvl") == str(level - 1)
        assert value(style, "pPr/numPr/ilvl") == str(level - 1)
        assert style.find(f"{w('pPr')}/{w('keepNext')}") is not None


def test_that_22_lines_of_28_characters_fill_the_page(word):
    body = word.style("公文正文")
    assert value(body, "pPr/spacing", "line") == "579"
    assert value(body, "rPr/spacing") == "-5"
    assert value(body, "pPr/ind", "firstLineChars") == "200"
    assert {section.line_pitch for section in word.sections} == {579}


def test_that_no_style_leans_on_a_theme_font_or_leaves_a_script_open(word):
    for found in word.styles.iter(w("rFonts")):
        assert sorted(found.attrib) == sorted(w(script) for script in ALL_SCRIPTS)


def test_that_text_carries_a_style_and_no_formatting_of_its_own(word):
    allowed = {w("pStyle"), w("sectPr"), w("pageBreakBefore"), w("numPr"), w("ind")}
    for properties in word.document.iter(w("pPr")):
        assert {each.tag for each in properties} <= allowed
    for properties in word.document.iter(w("rPr")):
        assert {each.tag for each in properties} <= {w("rStyle"), w("rFonts")}
        for hint in properties.iter(w("rFonts")):
            assert hint.attrib == {w("hint"): "eastAsia"}


def test_that_chinese_quotation_marks_are_taken_from_the_chinese_font(word):
    quoted = [run for run in word.document.iter(w("r")) if "“" in "".join(run.itertext())]
    assert quoted
    for run in quoted:
        assert value(run, "rPr/rFonts", "hint") == "eastAsia"


def test_that_every_part_of_the_volume_has_its_sheet_and_page_numbers(word):
    upright = (210.0, 297.0, (37.0, 26.0, 35.0, 28.0), False)
    turned = (297.0, 210.0, (28.0, 37.0, 26.0, 35.0), True)
    number = ("— 1 —", "— 2 —")
    found = [
        ((each.width_mm, each.height_mm, each.margins_mm, each.turned), each.counting, each.start)
        for each in word.sections
    ]
    assert found == [
        (upright, "", ""),
        (upright, "lowerRoman", "1"),
        (upright, "decimal", "1"),
        (turned, "decimal", ""),
        (upright, "decimal", ""),
    ]
    assert [each.footers for each in word.sections] == [("", ""), *[number] * 4]


def test_that_page_numbers_stand_outside_one_character_from_the_edge(word):
    odd, even = word.style("footer"), word.style("公文页码双页")
    assert (value(odd, "pPr/jc"), value(odd, "pPr/ind", "rightChars")) == ("right", "100")
    assert (value(even, "pPr/jc"), value(even, "pPr/ind", "leftChars")) == ("left", "100")
    assert set(fonts(odd).values()) == {"宋体"}
    assert value(odd, "rPr/sz") == "28"


def test_that_the_contents_show_each_heading_on_its_page_of_the_page_map(word):
    document = volume.document()
    pages = volume.page_map(document)
    assert word.contents == [
        (heading.number + heading.text, pages.page_of(heading.anchor))
        for heading in document.headings()
        if heading.level <= 3
    ]


def test_that_each_contents_entry_leads_to_its_heading(word):
    targets = [each.get(w("anchor")) for each in word.document.iter(w("hyperlink"))]
    titles = [entry for entry, _ in word.contents]
    headings = {
        name: line.text
        for line in word.lines
        if line.style.startswith("heading ")
        for name in [line.element.find(w("bookmarkStart")).get(w("name"))]
    }
    assert [headings[target] for target in targets] == titles
    assert all(f"PAGEREF {target} \\h" in word.fields for target in targets)


def test_that_word_does_not_ask_to_refresh_the_contents(word):
    settings = word.tree("word/settings.xml")
    assert settings.find(w("updateFields")) is None
    assert r'TOC \o "1-3" \h \z' in word.fields


def test_that_contents_without_any_heading_are_a_title_only():
    document = Document("题", (Part(PartRole.FRONT, (Contents(),)),))
    word = WordFile(render(document, PageMap()))
    assert word.fields == []
    assert word.lines[0].text == "目录"


def test_that_a_heading_of_unknown_page_is_listed_without_a_page():
    heading = Heading(1, "一、", "概况", "h1")
    document = Document("题", (Part(PartRole.BODY, (Contents(), heading)),))
    assert WordFile(render(document, PageMap())).contents == [("一、概况", "")]


def test_that_the_file_is_not_opened_in_compatibility_mode(word):
    modes = {
        each.get(w("name")): each.get(w("val"))
        for each in word.tree("word/settings.xml").iter(w("compatSetting"))
    }
    assert modes["compatibilityMode"] == "15"
    assert word.tree("word/settings.xml").find(w("evenAndOddHeaders")) is not None


def test_that_the_language_is_simplified_chinese(word):
    assert value(word.styles, "docDefaults/rPrDefault/rPr/lang", "eastAsia") == "zh-CN"


def test_that_a_page_break_starts_the_next_paragraph_on_a_new_page_and_leaves_no_blank_one(word):
    starting = [
        line.text
        for line in word.lines
        if line.element.find(f".//{w('pageBreakBefore')}") is not None
    ]
    assert starting == ["目录", "（二）保障措施"]
    assert not any(each.get(w("type")) == "page" for each in word.document.iter(w("br")))
