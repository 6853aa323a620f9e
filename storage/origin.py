"""Beside a draft: the exchanged versions it comes from, and what of a merge is still to be chosen.

    exchanged/origin.json    {"lineage": [root, …], "open": {"base", "theirs", "file"} or {}}
    exchanged/<root>.rows    the plan at that root: deflated JSON of its rows, proved when read

Kept apart from the draft's tables: a damaged draft keeps its ancestors, and these cost nothing
until two versions meet. Whatever does not prove is as good as absent.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from forms.answers import Answers, answers_of
from storage.codec import Loose, LooseError, dump, dump_list, load
from storage.errors import TargetFolderMissing, write_error
from storage.files import REAL_FILES, Files
from storage.lineage import checked_lineage, lineage_of
from storage.roots import root_over
from storage.rows import ORDER, Row, RowError, read_order, read_value, root_of, rows_of
from storage.saving import make_folders, safe_save

FOLDER_NAME = "exchanged"
KEPT_VERSIONS = 20

_ORIGIN = "origin.json"
_SUFFIX = ".rows"
_MOST_BYTES = 400 << 20


@dataclass(frozen=True, slots=True)
class OpenMerge:
    """What keeps the conflicts of a merge that are not chosen yet: both versions by their root."""

    base: str
    theirs: str
    file: str  # whose file it was, in words


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a draft comes from."""

    lineage: tuple[str, ...] = ()
    open: OpenMerge | None = None


def read_origin(folder: Path, files: Files = REAL_FILES) -> Origin:
    """The origin noted beside a draft; an empty one when there is none or it is odd."""
    try:
        loose = load(files.read(folder / FOLDER_NAME / _ORIGIN), _ORIGIN)
        lineage = checked_lineage(loose.texts("lineage"))
        left = loose.child("open")
        if not left.parts:
            return Origin(lineage)
        return Origin(lineage, OpenMerge(left.text("base"), left.text("theirs"), left.text("file")))
    except (OSError, LooseError):
        return Origin()


def write_origin(folder: Path, origin: Origin, files: Files = REAL_FILES) -> None:
    """Note where a draft comes from, and drop versions nothing leads to; `StorageError`."""
    left = origin.open
    parts = {
        "lineage": list(lineage_of(origin.lineage)),
        "open": {"base": left.base, "theirs": left.theirs, "file": left.file} if left else {},
    }
    place = folder / FOLDER_NAME
    _make(place, files)
    safe_save(place / _ORIGIN, dump(parts, indent=1), files=files)
    wanted = {*origin.lineage[:KEPT_VERSIONS], *((left.base, left.theirs) if left else ())}
    with suppress(OSError):
        for name in files.names(place):
            if name.endswith(_SUFFIX) and name.removesuffix(_SUFFIX) not in wanted:
                files.remove(place / name)


def keep_version(folder: Path, answers: Answers, files: Files = REAL_FILES) -> str:
    """Keep a version as the ancestor of later merges; its root. `StorageError` as `safe_save`."""
    rows = sorted(rows_of(answers), key=lambda row: (row.address, row.tag))
    root = str(root_over(row.digest for row in rows))
    packed = zlib.compress(dump_list("rows", ([row.address, row.tag, row.text] for row in rows)))
    place = folder / FOLDER_NAME / f"{root}{_SUFFIX}"
    _make(place.parent, files)
    with suppress(OSError):
        if files.read(place) == packed:
            return root
    safe_save(place, packed, files=files)
    return root


def read_version(folder: Path, root: str, files: Files = REAL_FILES) -> Answers | None:
    """A kept version; None when it is not there or does not prove."""
    try:
        packed = files.read(folder / FOLDER_NAME / f"{root}{_SUFFIX}")
        content = zlib.decompressobj().decompress(packed, _MOST_BYTES)
        rows = list(_rows(load(content, "版本")))
        values = [read_value(row) for row in rows if row.tag != ORDER]
        found = answers_of(values, [read_order(row) for row in rows if row.tag == ORDER])
    except (OSError, zlib.error, LooseError, RowError):
        return None
    return found if str(root_of(found)) == root else None


def _rows(loose: Loose) -> Iterable[Row]:
    for row in loose.lists("rows"):
        if len(row) != len(("address", "tag", "text")):
            raise LooseError("版本中有一行不规范")
        yield Row(*row)


def _make(place: Path, files: Files) -> None:
    """Make the folder, but never a draft folder that has been moved away."""
    if not place.parent.exists():
        raise TargetFolderMissing(place)
    try:
        make_folders(place, files)
    except OSError as error:
        raise write_error(error, place) from error
