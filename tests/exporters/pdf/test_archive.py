"""The file as an archive takes it: PDF/A-2b by our own audit, by a validator where there is one.

veraPDF, the reference validator of PDF/A-2, is in no package source we use. Apache PDFBox checks
PDF/A-1b only: what it complains about must be something that edition 2 allows.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import resources
from exporters.document import Document, Part, PartRole
from exporters.pdf import FontChoice, PdfFile, archive, render
from tests.debian import brought
from tests.exporters import volume
from tests.exporters.pdf.reading import paragraph

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}
JARS = Path("/usr/share/java")  # of Debian's libpdfbox2-java and what it needs
PREFLIGHT = (
    *("default-jre-headless", "libpdfbox2-java"),
    *("libjaxb-api-java", "libactivation-java", "libcommons-logging-java"),
)
NEEDED_JARS = ("preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "jaxb-api")
ALLOWED_SINCE_PDF_A_2 = (
    "XRef cross reference streams are not allowed",
    "The CIDSet entry is missing",
    "part must be 1",
)


def named(title: str = "方案 & <甲>", **more: Any) -> PdfFile:
    parts = volume.document().parts
    document = Document(title, parts, "管委会 ]]>", "循环化", keywords=("园区", "节水"), **more)
    return render(document, fonts=FontChoice.bundled())


@pytest.fixture(scope="module")
def file() -> PdfFile:
    return named(watermark="征求意见稿")


@pytest.fixture(scope="module")
def pdf(file: PdfFile) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(file.content))


def dictionaries(pdf: pikepdf.Pdf) -> list[Any]:
    """Every dictionary of the file, those inside others too."""
    found: list[Any] = []

    def walk(item: Any) -> None:
        if isinstance(item, pikepdf.Stream):
            found.append(item)
            item = item.stream_dict
        if isinstance(item, pikepdf.Dictionary):
            found.append(item)
            for value in item.values():
                if not value.is_indirect if isinstance(value, pikepdf.Object) else False:
                    walk(value)
        elif isinstance(item, pikepdf.Array):
            for value in item:
                if isinstance(value, pikepdf.Object) and not value.is_indirect:
                    walk(value)

    for item in pdf.objects:
        walk(item)
    return found


def test_that_every_font_is_embedded_as_a_subset_with_its_text(pdf: pikepdf.Pdf) -> None:
    fonts = [item for item in dictionaries(pdf) if item.get("/Type") == "/Font"]
    whole = [font for font in fonts if font.Subtype == "/Type0"]
    parts = [font for font in fonts if font.Subtype == "/CIDFontType2"]
    assert len(whole) == len(parts) == len(fonts) / 2 > 3
    for font in whole:
        assert re.fullmatch("/[A-Z]{6}[+][A-Za-z-]+", str(font.BaseFont))
        assert "/ToUnicode" in font
    for font in parts:
        assert len(font.FontDescriptor.FontFile2.read_bytes()) > 500
        assert "/CIDToGIDMap" in font


def test_that_widths_in_the_file_are_those_of_the_embedded_glyphs(pdf: pikepdf.Pdf) -> None:
    from fontTools.ttLib import TTFont

    for font in dictionaries(pdf):
        if font.get("/Subtype") != "/CIDFontType2":
            continue
        program = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
        glyphs = font.CIDToGIDMap.read_bytes()
        advances = list(program["hmtx"].metrics.values())  # type: ignore[attr-defined]
        scale = 1000 / program["head"].unitsPerEm  # type: ignore[attr-defined]
        for cid, width in enumerate(font.W[1], 1):
            glyph = int.from_bytes(glyphs[2 * cid : 2 * cid + 2], "big")
            assert abs(advances[glyph][0] * scale - float(width)) <= 1
            assert glyph != 0


def test_that_the_colours_have_a_meaning(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    profile = intent.DestOutputProfile
    assert profile.N == 3
    assert profile.read_bytes() == resources.read_bytes("colour/sRGB.icc")
    spaces = {str(item.ColorSpace) for item in dictionaries(pdf) if "/ColorSpace" in item}
    assert spaces <= {"/DeviceRGB", "/DeviceGray"}


def test_that_both_kinds_of_metadata_say_the_same(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes().decode("utf-8")
    tree = ET.fromstring(re.sub(r"<\?xpacket.*?\?>", "", packet).strip())

    def said(path: str) -> str:
        return "".join(tree.find(f".//{path}", NAMES).itertext()).strip()  # type: ignore[union-attr]

    info = {str(key): str(value) for key, value in pdf.docinfo.items()}
    assert info == {
        "/Title": said("dc:title"),
        "/Author": said("dc:creator"),
        "/Subject": said("dc:description"),
        "/Keywords": said("pdf:Keywords"),
        "/Creator": said("xmp:CreatorTool"),
        "/Producer": said("pdf:Producer"),
    }
    assert info["/Title"] == "方案 & <甲>"
    assert (said("pdfaid:part"), said("pdfaid:conformance")) == ("2", "B")
    assert "/Filter" not in pdf.Root.Metadata


def test_that_what_is_not_said_is_in_neither() -> None:
    plain = render(Document("", (Part(PartRole.BODY, (paragraph("文"),)),)))
    pdf = pikepdf.open(io.BytesIO(plain.content))
    assert set(pdf.docinfo.keys()) == {"/Creator", "/Producer"}
    assert b"dc:title" not in pdf.Root.Metadata.read_bytes()


def test_that_nothing_in_the_file_acts_hides_or_reaches_outside(pdf: pikepdf.Pdf) -> None:
    banned = {
        *("/JS", "/JavaScript", "/AA", "/OpenAction", "/EmbeddedFiles", "/AF", "/XFA", "/AcroForm"),
        *("/URI", "/Launch", "/GoToR", "/F", "/SMask", "/Mask", "/OPI", "/PS", "/Alternates"),
        *("/TR", "/HTO", "/OCProperties", "/Encrypt", "/PresSteps"),
    }
    for item in dictionaries(pdf):
        keys = set(item.keys())
        if item.get("/Subtype") == "/Link":
            assert item.F == 4  # printed, and not hidden
            keys -= {"/F"}
        assert not keys & banned
        assert item.get("/Interpolate", False) is False
        assert item.get("/CA", 1) == 1
        assert item.get("/S") not in {"/Transparency", "/JavaScript", "/Launch", "/URI"}
    assert not pdf.is_encrypted


def test_that_a_picture_one_can_see_through_becomes_opaque() -> None:
    from PIL import Image

    from exporters.document import Caption, Figure

    target = io.BytesIO()
    Image.new("RGBA", (30, 20), (10, 200, 10, 90)).save(target, "PNG")
    picture = Figure(target.getvalue(), "image/png", 30, 20, Caption("图1-1", "", "f"), "")
    made = render(Document("", (Part(PartRole.BODY, (picture,)),)), fonts=FontChoice.bundled())
    images = [
        item
        for item in dictionaries(pikepdf.open(io.BytesIO(made.content)))
        if item.get("/Subtype") == "/Image"
    ]
    assert images
    assert not any("/SMask" in item or "/Mask" in item for item in images)


def test_that_the_reader_gets_language_bookmarks_and_page_labels(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "zh-CN"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "/Outlines" in pdf.Root
    assert "/PageLabels" in pdf.Root


def test_that_no_clock_and_no_chance_is_in_the_file(file: PdfFile) -> None:
    again = named(watermark="征求意见稿")
    assert again.content == file.content
    assert named("另一个").content != file.content
    assert not re.search(rb"D:20\d\d|CreationDate|ModDate", file.content)
    assert all(map(bytes, pikepdf.open(io.BytesIO(file.content)).trailer.ID))


def test_that_the_same_bytes_come_from_another_process(file: PdfFile) -> None:
    script = (
        "import sys; from tests.exporters.pdf.test_archive import named;"
        "sys.stdout.buffer.write(named(watermark='征求意见稿').content)"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", script],
            capture_output=True,
            check=True,
            env={"PYTHONPATH": ".", "PYTHONHASHSEED": seed, "PATH": "", "TZ": f"UTC-{seed}"},
        )
        assert done.stdout == file.content


@pytest.mark.long
def test_that_qpdf_finds_no_fault(file: PdfFile, tmp_path: Path) -> None:
    brought("qpdf", unless=shutil.which("qpdf") is not None)
    path = tmp_path / "plan.pdf"
    path.write_bytes(file.content)
    done = subprocess.run(
        ["qpdf", "--check", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stdout + done.stderr


def test_that_the_library_behind_qpdf_finds_no_fault(pdf: pikepdf.Pdf) -> None:
    assert pdf.check_pdf_syntax() == []


@pytest.mark.long
def test_that_preflight_asks_for_nothing_but_what_edition_2_allows(
    file: PdfFile, tmp_path: Path
) -> None:
    there = all((JARS / f"{jar}.jar").exists() for jar in NEEDED_JARS)
    brought(*PREFLIGHT, unless=there and shutil.which("java") is not None)
    path = tmp_path / "plan.pdf"
    path.write_bytes(file.content)
    jars = ":".join(map(str, JARS.glob("*.jar")))
    done = subprocess.run(
        ["java", "-cp", jars, "org.apache.pdfbox.preflight.Validator_A1b", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in done.stdout.splitlines() if re.match(r"\d[\d.]* : ", line)]
    assert said, done.stderr
    assert [line for line in said if not any(each in line for each in ALLOWED_SINCE_PDF_A_2)] == []


def test_that_others_run_again_and_again_while_a_file_is_finished(monkeypatch):
    breaths = []
    monkeypatch.setattr(archive, "_breathe", breaths.append)
    named()
    assert len(breaths) > 10
    assert breaths == sorted(breaths)
