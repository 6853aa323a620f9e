"""Every part of an exported file in clear: archives within archives, and all streams of a PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf


def parts_of(file: Path) -> dict[str, bytes]:
    """All parts of a file by their names, the names included as a part of their own."""
    found = dict(_parts(file.name, file.read_bytes()))
    return found | {"names": "\n".join(found).encode()}


def _parts(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                yield f"{name}!{entry.filename}:comment", entry.comment + entry.extra
                yield from _parts(f"{name}!{entry.filename}", archive.read(entry))
    elif content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for number, each in enumerate(pdf.objects):
                yield f"{name}!{number}", _in_clear(each)
            yield f"{name}!info", str(dict(pdf.docinfo)).encode()


def _in_clear(each: pikepdf.Object) -> bytes:
    if isinstance(each, pikepdf.Stream):
        try:
            return each.read_bytes() + repr(dict(each.items())).encode()
        except pikepdf.PdfError:  # a picture in a form of its own
            return each.read_raw_bytes()
    return repr(each).encode()


def holding(parts: dict[str, bytes], words: list[str]) -> list[str]:
    """Which parts hold one of the words, in any of the encodings office files use."""
    sought = [
        (word, [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")])
        for word in words
    ]
    return [
        f"{name} holds {word!r}"
        for name, content in parts.items()
        for word, forms in sought
        if any(form in content for form in forms)
    ]
