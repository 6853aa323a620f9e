"""The worker: one received file on standard input, plain data or a refusal on standard output.

Started by the program with a hidden word as its only argument. It loads what it needs, takes from
itself whatever could reach beyond the bytes, and only then looks at them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module

from forms.values import Cut
from importers.confinement import Seal, confine
from importers.errors import Refused
from importers.guard.deadline import Deadline
from importers.guard.markup import check_markup
from importers.guard.package import Package, check_other_parts, open_package
from importers.guard.sorts import DOCX, XLSX, check_sort
from importers.reading.workbook import read_workbook
from importers.wire import Loose, WireError, from_words, from_workbook, pack, read, text, to_cut

READ_RECEIVED = "--read-received"
WORKBOOK, WORDS, PICTURE = "workbook", "words", "picture"
DEADLINE_MS = 3_800
_CODECS = ("cp437", "utf_16", "utf_16_le", "utf_16_be", "ascii", "latin_1")

Answer = tuple[Loose, list[bytes]]


def serve() -> int:
    """Answer one request; the exit code says nothing, what was written does."""
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    try:
        message, blobs = read(asked)
        told.write(pack(*answer(message, blobs[0])))
        told.flush()
    except (WireError, IndexError, MemoryError, OSError):
        return 1
    return 0


def answer(asked: Loose, content: bytes) -> Answer:
    """What is to be said of a received file; from here on this process opens nothing any more."""
    name = text(asked.get("name"))
    read_it = _reader(text(asked.get("what")), to_cut(asked.get("cut")))
    seal = Seal()
    confine()
    seal.close()
    try:
        message, blobs = read_it(content, name)
    except Refused as refused:
        message, blobs = {"refused": [refused.reason, refused.remedy]}, []
    except (MemoryError, RecursionError):
        message, blobs = {"memory": True}, []
    return {**message, "touched": list(seal.touched[:20])}, blobs


def _reader(what: str, cut: Cut | None) -> Callable[[bytes, str], Answer]:
    """Load all that reading may need: nothing can be imported once the seal is closed.

    Not even what is loaded: in the bundle Qt looks at the source of whatever is imported.
    """
    for codec in _CODECS:
        import_module(f"encodings.{codec}")
    if what == WORKBOOK:
        return _workbook
    from importers.guard.pictures import clean_picture, samples
    from importers.reading.word import read_words

    for sample in samples():
        clean_picture(sample, Cut("", 1, 0, 0, 1, 1))

    def words(content: bytes, name: str) -> Answer:
        return from_words(read_words(*_checked(content, name, DOCX)))

    def picture(content: bytes, name: str) -> Answer:
        del name
        found = clean_picture(content, cut)
        return {"size": [found.width, found.height]}, [found.content]

    return {WORDS: words, PICTURE: picture}[what]


def _workbook(content: bytes, name: str) -> Answer:
    package, outside = _checked(content, name, XLSX)
    return from_workbook(read_workbook(package, outside)), []


def _checked(content: bytes, name: str, wanted: str) -> tuple[Package, int]:
    check_sort(content, name, wanted)
    package = open_package(content, wanted, Deadline(DEADLINE_MS))
    tally = check_markup(package)
    check_other_parts(package)
    return package, tally.outside
