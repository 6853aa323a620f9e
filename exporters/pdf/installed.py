"""Which fonts the user's machine has, read straight from the name tables of the files.

A file is listed only if its outlines are TrueType and its maker lets it be embedded and cut.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from exporters.pdf.typefaces import FontFile

_TYPES = frozenset((".ttf", ".ttc", ".otf"))
_NAME_FULL, _NAME_FAMILY, _NAME_STYLE = 4, 1, 2
_PLAIN_STYLES = frozenset(("regular", "normal", "book", "常规", "標準", "标准", "roman"))
_LARGEST = 64 * 1024 * 1024
_REFUSED_EMBEDDING = 0x0300  # no subsetting, bitmaps only
_RESTRICTED = 0x0002


def folders() -> tuple[Path, ...]:
    """The usual places of fonts on this kind of machine, with those of WPS Office."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return (
            windows / "Fonts",
            local / "Microsoft" / "Windows" / "Fonts",
            local / "Kingsoft" / "WPS Office",
        )
    if sys.platform == "darwin":
        return home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")
    return (
        home / ".fonts",
        home / ".local/share/fonts",
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path("/opt/kingsoft/wps-office/office6/fonts"),
    )


@lru_cache(maxsize=4)
def fonts_by_name(places: tuple[Path, ...]) -> dict[str, FontFile]:
    """Each embeddable face under every name it carries, lower case; the first folder wins."""
    found: dict[str, FontFile] = {}
    for place in places:
        for path in _font_paths(place):
            for index, names in enumerate(_names_in(path)):
                for name in sorted(names):
                    found.setdefault(name.casefold(), FontFile(path, name, index))
    return found


def _font_paths(place: Path) -> Iterator[Path]:
    for folder, folders_below, names in os.walk(place):
        folders_below.sort()
        for name in sorted(names):
            path = Path(folder) / name
            if path.suffix.lower() in _TYPES:
                yield path


def _names_in(path: Path) -> list[set[str]]:
    """The names of each face in a file; an empty set for one that cannot be embedded."""
    try:
        if path.stat().st_size > _LARGEST:
            return []
        with path.open("rb") as file:
            head = file.read(12)
            if head[:4] != b"ttcf":
                return [_face_names(path, 0)]
            count = struct.unpack(">L", head[8:12])[0]
            offsets = struct.unpack(f">{count}L", file.read(4 * count)) if count < 64 else ()
        return [_face_names(path, offset) for offset in offsets]
    except (OSError, struct.error):
        return []


def _face_names(path: Path, start: int) -> set[str]:
    with path.open("rb") as file:
        file.seek(start)
        count = struct.unpack(">4xH6x", file.read(12))[0]
        directory = file.read(16 * count)
        tables = {
            tag: (offset, length)
            for tag, _, offset, length in struct.iter_unpack(">4sLLL", directory)
        }
        if b"glyf" not in tables or b"name" not in tables or b"fvar" in tables:
            return set()
        if b"OS/2" in tables:
            file.seek(tables[b"OS/2"][0] + 8)
            embedding = struct.unpack(">H", file.read(2))[0]
            if embedding == _RESTRICTED or embedding & _REFUSED_EMBEDDING:
                return set()
        offset, length = tables[b"name"]
        file.seek(offset)
        return _plain_names(file.read(length))


def _plain_names(table: bytes) -> set[str]:
    """The full names, and the family name of the regular style only."""
    count, strings = struct.unpack(">2xHH", table[:6])
    found: dict[int, set[str]] = {_NAME_FULL: set(), _NAME_FAMILY: set(), _NAME_STYLE: set()}
    for record in struct.iter_unpack(">6H", table[6 : 6 + 12 * count]):
        platform, _, _, name_id, length, offset = record
        if platform == 3 and name_id in found:
            raw = table[strings + offset : strings + offset + length]
            found[name_id].add(raw.decode("utf-16-be", "ignore").strip())
    names = found[_NAME_FULL]
    if any(style.casefold() in _PLAIN_STYLES for style in found[_NAME_STYLE]):
        names = names | found[_NAME_FAMILY]
    return {name for name in names if name}
