"""Lets LibreOffice print a Word file and tells on which page everything in it then stands.

It knows nothing of our own layout: places come from the bookmarks LibreOffice writes into its PDF,
page numbers from what is printed at the foot of its pages.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

import resources
from tests.debian import brought
from tests.exporters.docx.reading import W, WordFile, text_of, w

PACKAGES = ("libreoffice-writer-nogui", "fonts-wqy-microhei")
CHINESE_FONTS = Path("/usr/share/fonts/truetype/wqy")
CHINESE_NAMES = ("仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体")
PDF = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
FOOT = re.compile(r"^— (\w+) —\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """A line of the contents or of a list: what it says, and on which page that really stands."""

    text: str
    printed: str
    actual: str


@dataclass(frozen=True)
class Printed:
    """A Word file as LibreOffice prints it: the number at the foot of each page, and places."""

    labels: tuple[str, ...]
    places: dict[str, int]  # bookmark -> page from 0

    def page_of(self, bookmark: str) -> str:
        """The printed number of the page where a bookmark stands."""
        return self.labels[self.places[bookmark]]


def entries(content: bytes, printed: Printed) -> list[Entry]:
    """Every line of the contents and the lists of a Word file."""
    found: list[Entry] = []
    word = WordFile(content)
    for link in word.document.iter(w("hyperlink")):
        if not style_of(link.getparent()).startswith("TOC"):
            continue
        text, _, page = text_of(link).partition("\t")
        found.append(Entry(text, page, printed.page_of(link.get(f"{{{W}}}anchor"))))
    return found


def style_of(paragraph) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else style.get(w("val"))


def print_by_office(content: bytes, folder: Path) -> Printed:
    """Convert a Word file in a folder; installs LibreOffice where it is missing, or fails."""
    require_office()
    source = folder / "plan.docx"
    source.write_bytes(content)
    settings = {**os.environ, "HOME": str(folder), "FONTCONFIG_FILE": str(fonts_file(folder))}
    subprocess.run(
        [
            *("soffice", "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}"),
            *("--convert-to", PDF, "--outdir", str(folder), str(source)),
        ],
        check=True,
        capture_output=True,
        env=settings,
        timeout=600,
    )
    return read_pages(folder / "plan.pdf")


def require_office() -> None:
    there = shutil.which("soffice") is not None and CHINESE_FONTS.exists()
    brought(*PACKAGES, unless=there)


def fonts_file(folder: Path) -> Path:
    """Fonts of the widths the official ones have, whatever else the machine has."""
    han = "".join(alias(name, "WenQuanYi Micro Hei") for name in CHINESE_NAMES)
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{CHINESE_FONTS}</dir><dir>{resources.path('fonts')}</dir>"
        f"<cachedir>{folder / 'fontcache'}</cachedir>"
        f"{han}{alias('Times New Roman', 'Yuance Serif')}</fontconfig>",
        encoding="utf-8",
    )
    return file


def alias(name: str, instead: str) -> str:
    return (
        f'<alias binding="same"><family>{name}</family><prefer><family>{instead}</family></prefer>'
        "</alias>"
    )


def read_pages(path: Path) -> Printed:
    document = pdfium.PdfDocument(path)
    try:
        labels: list[str] = []
        for page in document:
            feet = FOOT.findall(page.get_textpage().get_text_range().replace("\r", ""))
            labels.append(feet[-1] if feet else "")
        return Printed(tuple(labels), places(document))
    finally:
        document.close()


def places(document: pdfium.PdfDocument) -> dict[str, int]:
    """The page of each named place; LibreOffice writes an underscore as its code."""
    found: dict[str, int] = {}
    for number in range(raw.FPDF_CountNamedDests(document.raw)):
        size = ctypes.c_long(0)
        raw.FPDF_GetNamedDest(document.raw, number, None, ctypes.byref(size))
        name = ctypes.create_string_buffer(max(size.value, 0))
        place = raw.FPDF_GetNamedDest(document.raw, number, name, ctypes.byref(size))
        text = name.raw.decode("utf-16-le").rstrip("\0").replace("5F", "_")
        found[text] = raw.FPDFDest_GetDestPageIndex(document.raw, place)
    return found
