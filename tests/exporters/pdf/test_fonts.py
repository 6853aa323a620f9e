"""Which font draws what, on a machine with the official fonts and on one without."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

import resources
from exporters.document import Document, Part, PartRole
from exporters.look import Face
from exporters.looks import official_look
from exporters.pdf import FontChoice, render
from exporters.pdf.fontreading import FontReader
from exporters.pdf.installed import fonts_by_name
from exporters.pdf.typefaces import FontFile, UnusableFont, load
from tests.exporters.pdf.reading import pages_by_pdfium, paragraph

BUNDLED = [
    *("NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf", "NotoSansSC-Medium.ttf"),
    *("YuanceKai-Regular.ttf", "YuanceSymbols.ttf"),
]


def named_font(target: Path, name: str, *, embedding: int = 0, glyphs: bool = True) -> Path:
    """A small font that calls itself something else."""
    font = TTFont(resources.path("fonts/YuanceSymbols.ttf"))
    table = font["name"]
    table.names = []
    for name_id, value in ((1, name), (2, "Regular"), (4, name), (6, "Test-Regular")):
        table.setName(value, name_id, 3, 1, 0x409)
    cast("Any", font["OS/2"]).fsType = embedding
    if not glyphs:
        del font["glyf"]
        del font["loca"]
    font.save(target)
    return target


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_fonts_can_be_embedded(name: str) -> None:
    assert resources.path(f"fonts/{name}").stat().st_size < 4_800_000
    font = TTFont(resources.path(f"fonts/{name}"))
    assert "glyf" in font
    assert cast("Any", font["OS/2"]).fsType == 0
    assert "fpgm" not in font


@pytest.mark.parametrize("name", BUNDLED[:4])
def test_bundled_faces_have_every_character_of_gb2312(name: str) -> None:
    known = TTFont(resources.path(f"fonts/{name}")).getBestCmap() or {}
    codes = [bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    han = {code.decode("gb2312", "ignore") for code in codes} - {""}
    assert len(han) == 6763
    assert [sign for sign in han if ord(sign) not in known] == []


def test_the_renamed_face_does_not_carry_the_reserved_name() -> None:
    names = TTFont(resources.path("fonts/YuanceKai-Regular.ttf"))["name"]
    for name_id in (1, 3, 4, 6, 16):
        assert "LXGW" not in (names.getDebugName(name_id) or "")
        assert "霞鹜" not in (names.getDebugName(name_id) or "")


@pytest.mark.parametrize(
    "licence", ["NotoSerifSC-OFL.txt", "NotoSansSC-OFL.txt", "YuanceKai-OFL.txt"]
)
def test_licences_travel_with_the_fonts(licence: str) -> None:
    assert "SIL OPEN FONT LICENSE" in resources.read_text(f"fonts/{licence}").upper()


def test_every_official_face_that_was_replaced_is_named() -> None:
    sentences = FontChoice.bundled().substitutions
    for face, name in official_look().fonts.items():
        (sentence,) = [sentence for sentence in sentences if f"“{name}”" in sentence]
        assert face.value in sentence
        assert sentence.endswith("代替。")


def test_an_official_font_of_the_machine_comes_first(tmp_path: Path) -> None:
    path = named_font(tmp_path / "simfang.ttf", "FangSong")
    choice = FontChoice.of_this_machine((tmp_path,))
    assert choice.file_of(Face.FANGSONG).path == path
    assert not any("仿宋" in sentence for sentence in choice.substitutions)
    assert any("黑体" in sentence for sentence in choice.substitutions)


def test_what_an_installed_font_lacks_comes_from_the_bundled_ones(tmp_path: Path) -> None:
    named_font(tmp_path / "simfang.ttf", "FangSong")
    document = Document("方案", (Part(PartRole.BODY, (paragraph("园区☑循环"),)),))
    file = render(document, fonts=FontChoice.of_this_machine((tmp_path,)))
    assert "园区☑循环" in pages_by_pdfium(file)[0]
    assert file.missing == ()


@pytest.mark.parametrize("embedding", [0x0002, 0x0100, 0x0200])
def test_a_font_that_must_not_be_embedded_is_passed_over(tmp_path: Path, embedding: int) -> None:
    named_font(tmp_path / "simfang.ttf", "FangSong", embedding=embedding)
    assert fonts_by_name((tmp_path,)) == {}


def test_fonts_without_truetype_outlines_and_other_files_are_passed_over(tmp_path: Path) -> None:
    named_font(tmp_path / "outlines.otf", "FangSong", glyphs=False)
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0")
    (tmp_path / "empty.ttc").write_bytes(b"")
    (tmp_path / "notes.txt").write_text("no font")
    assert fonts_by_name((tmp_path,)) == {}


def test_a_damaged_installed_font_is_replaced_quietly(tmp_path: Path) -> None:
    path = named_font(tmp_path / "simfang.ttf", "FangSong")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    choice = FontChoice.of_this_machine((tmp_path,))
    assert choice.file_of(Face.FANGSONG).name == "Noto Serif SC Regular"


def test_a_missing_font_file_is_said_to_be_unusable(tmp_path: Path) -> None:
    file = FontChoice.bundled().file_of(Face.SONG)
    with pytest.raises(UnusableFont):
        load(type(file)(tmp_path / "none.ttf", "none"))


@pytest.mark.parametrize("name", ["/etc/passwd", "../run.py", "fonts/../../run.py", "", "C:\\x"])
def test_only_bundled_files_can_be_asked_for(name: str) -> None:
    with pytest.raises(ValueError, match="resource"):
        resources.path(name)


@pytest.mark.parametrize("name", BUNDLED)
def test_that_a_face_is_read_as_font_makers_read_it(name: str) -> None:
    file = resources.path(f"fonts/{name}")
    face, font = FontReader(str(file)), TTFont(file)
    order, metrics = font.getGlyphOrder(), cast("Any", font["hmtx"])
    known = font.getBestCmap() or {}
    read = {code: order[glyph] for code, glyph in face.charToGlyph.items() if glyph}
    assert read == {**known, 0xA0: known[0x20]}  # a fixed blank is drawn as a blank
    assert [tuple(pair) for pair in face.hmetrics] == [
        (advance, bearing & 0xFFFF) for advance, bearing in map(metrics.__getitem__, order)
    ]
    assert face.glyphPos == list(cast("Any", font["loca"]).locations)


def test_that_a_mapping_of_a_rare_kind_is_read_too(tmp_path: Path) -> None:
    font = TTFont(resources.path("fonts/YuanceSymbols.ttf"))
    table = cast("Any", font["cmap"]).tables[0]
    few = dict(list(table.cmap.items())[:1])
    rare = cast("Any", CmapSubtable.newSubtable(13))
    rare.format, rare.reserved, rare.length, rare.nGroups = 13, 0, 28, 1
    rare.platformID, rare.platEncID, rare.language, rare.cmap = 3, 10, 0, few
    cast("Any", font["cmap"]).tables = [rare]
    font.save(tmp_path / "rare.ttf")
    (character,) = map(chr, few)
    advance = cast("Any", font["hmtx"])[few[ord(character)]][0]
    assert load(FontFile(tmp_path / "rare.ttf", "rare")).width(character) == advance / 2048
