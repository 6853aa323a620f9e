"""Make the bundled font subsets in resources/fonts; run by hand, never by the program or its tests.

Sources come from npm and Debian through their own clients (`npm pack`, `apt-get download`), so the
script needs a Linux machine with both and fontTools from requirements-dev. It writes the .ttf files
and the licence texts; resources/fonts/README.md names the versions it was last run with.
"""

from __future__ import annotations

import argparse
import bz2
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
NPM_VERSION = "0.4.3"
DEBIAN_PACKAGES = (
    "fonts-lxgw-wenkai",
    "fonts-dejavu-core",
    "fonts-liberation2",
    "unicode-data",
)
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"
OFFICE_RANGES = (
    (0x0020, 0x007F),
    (0x00A0, 0x0180),
    (0x0370, 0x0400),
    (0x2010, 0x20C0),
    (0x2100, 0x2300),
    (0x2460, 0x2620),
    (0x2713, 0x2719),
    (0x2E3A, 0x2E3C),
    (0x3000, 0x3040),
    (0x3200, 0x3400),
    (0xFF00, 0xFFF0),
)
LATIN_RANGES = (
    (0x0020, 0x007F),
    (0x00A0, 0x0180),
    (0x0370, 0x0460),
    (0x2010, 0x2040),
    (0x20AC, 0x20AD),
)
SYMBOLS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₓ☐☑☒✓✔✗✘•‣▪▫◦"


@dataclass(frozen=True, slots=True)
class Source:
    """One face to be cut: where it lies under the work folder and what it is called afterwards."""

    path: str
    target: str
    licence: str
    licence_target: str
    family: str = ""  # new family name, where the source's name is reserved
    copyright: str = ""  # heads the licence text, where that comes from another face
    symbols_only: bool = False
    latin_only: bool = False


SERIF = "noto-serif-sc/package"
SANS = "noto-sans-sc/package"
WENKAI = "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
SOURCES = (
    Source(
        f"{SERIF}/400Regular/NotoSerifSC_400Regular.ttf",
        "NotoSerifSC-Regular.ttf",
        f"{SERIF}/LICENSE_FONT",
        "NotoSerifSC-OFL.txt",
    ),
    Source(
        f"{SERIF}/700Bold/NotoSerifSC_700Bold.ttf",
        "NotoSerifSC-Bold.ttf",
        f"{SERIF}/LICENSE_FONT",
        "NotoSerifSC-OFL.txt",
    ),
    Source(
        f"{SANS}/500Medium/NotoSansSC_500Medium.ttf",
        "NotoSansSC-Medium.ttf",
        f"{SANS}/LICENSE_FONT",
        "NotoSansSC-OFL.txt",
    ),
    Source(
        WENKAI,
        "YuanceKai-Regular.ttf",
        f"{SERIF}/LICENSE_FONT",  # the same licence; its first line is replaced by `copyright`
        "YuanceKai-OFL.txt",
        family="Yuance Kai",
        copyright=(
            "Yuance Kai is a subset of LXGW WenKai under another name.\n"
            "Copyright 2021-2023 LXGW (https://github.com/lxgw/LxgwWenKai),\n"
            'with Reserved Font Names "霞鹜" and "LXGW".\n'
            "Copyright 2020 The Klee Project Authors "
            "(https://github.com/fontworks-fonts/Klee)"
        ),
    ),
    Source(
        "usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
        "YuanceSerif-Regular.ttf",
        f"{SERIF}/LICENSE_FONT",
        "YuanceSerif-OFL.txt",
        family="Yuance Serif",
        copyright=(
            "Yuance Serif is a subset of Liberation Serif under another name.\n"
            "Digitized data copyright (c) 2010 Google Corporation\n"
            "with Reserved Font Arimo, Tinos and Cousine.\n"
            "Copyright (c) 2012 Red Hat, Inc. with Reserved Font Name Liberation."
        ),
        latin_only=True,
    ),
    Source(
        "usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "YuanceSymbols.ttf",
        "usr/share/doc/fonts-dejavu-core/copyright",
        "YuanceSymbols-licence.txt",
        family="Yuance Symbols",
        symbols_only=True,
    ),
)


def fetch(work: Path) -> None:
    """Bring the source packages into `work` and unpack them."""
    work.mkdir(parents=True, exist_ok=True)
    for name in ("noto-serif-sc", "noto-sans-sc"):
        package = f"@expo-google-fonts/{name}@{NPM_VERSION}"
        subprocess.run(["npm", "pack", "--silent", package], cwd=work, check=True)
        archive = f"expo-google-fonts-{name}-{NPM_VERSION}.tgz"
        (work / name).mkdir(exist_ok=True)
        subprocess.run(["tar", "-xzf", archive, "-C", name], cwd=work, check=True)
    subprocess.run(["apt-get", "download", *DEBIAN_PACKAGES], cwd=work, check=True)
    for package in sorted(work.glob("*.deb")):
        subprocess.run(["dpkg", "-x", str(package), str(work)], check=True)


def general_characters(unihan: Path) -> set[int]:
    """The 8,105 characters of 通用规范汉字表, from Unihan's kTGH property."""
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        found = {
            int(match[1], 16)
            for line in lines
            if (match := re.match(r"U\+([0-9A-F]+)\tkTGH\t", line))
        }
    if len(found) < 8000:
        raise SystemExit(f"{unihan}: only {len(found)} characters with kTGH")
    return found


def gb2312() -> Iterator[int]:
    """Every character of GB/T 2312."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield ord(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue


def wanted(source: Source, han: set[int]) -> set[int]:
    """The characters a face is cut down to."""
    if source.symbols_only:
        return {ord(character) for character in SYMBOLS} | {0x20}
    if source.latin_only:
        return {code for first, end in LATIN_RANGES for code in range(first, end)}
    office = {code for first, end in OFFICE_RANGES for code in range(first, end)}
    return han | office | {ord(character) for character in SYMBOLS}


def cut(source: Source, work: Path, han: set[int]) -> None:
    """Write one subset, without hints, renamed where its licence asks for that."""
    options = subset.Options()
    options.layout_features = ["kern"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.glyph_names = False
    options.recalc_timestamp = False
    options.drop_tables += ["vhea", "vmtx", "VORG", "DSIG", "BASE", "FFTM", "GDEF", "STAT"]
    font = TTFont(work / source.path, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted(source, han))
    subsetter.subset(font)
    if source.family:
        rename(font, source.family)
    target = FONTS / source.target
    font.save(target)
    licence = (work / source.licence).read_text(encoding="utf-8")
    if source.copyright:
        licence = source.copyright + licence[licence.index("\n") :]
    (FONTS / source.licence_target).write_text(licence, encoding="utf-8")
    print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB, {font['maxp'].numGlyphs} glyphs")


def rename(font: TTFont, family: str) -> None:
    """Give the face another family name; copyright and licence records stay."""
    names = font["name"]
    postscript = family.replace(" ", "") + "-Regular"
    values = {1: family, 2: "Regular", 3: f"{postscript};1", 4: family, 6: postscript}
    keep = [record for record in names.names if record.nameID in {0, 5, 8, 9, 11, 12, 13, 14}]
    names.names = [record for record in keep if record.langID in {0, 0x409}]
    for name_id, value in values.items():
        names.setName(value, name_id, 3, 1, 0x409)


def main() -> None:
    """Fetch (unless told the packages are there) and cut every face."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("/tmp/yuance-fonts"))
    parser.add_argument("--no-fetch", action="store_true", help="the packages are unpacked already")
    arguments = parser.parse_args()
    if not arguments.no_fetch:
        fetch(arguments.work)
    han = general_characters(arguments.work / UNIHAN) | set(gb2312())
    FONTS.mkdir(parents=True, exist_ok=True)
    for source in SOURCES:
        cut(source, arguments.work, han)


if __name__ == "__main__":
    main()
