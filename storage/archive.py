"""The ZIP around a plan file: the same bytes for the same parts, and nothing hidden on the way in.

A received archive is believed only when its parts fill the file without a gap.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from storage.errors import DamagedPlanFile, NotAPlanFile

MIMETYPE = b"application/x-yuance"
MAX_PARTS = 5_000
MAX_PART_BYTES = 200 << 20
MAX_TOTAL_BYTES = 800 << 20
_MAX_DEFLATED_BYTES = 32 << 20  # larger parts are stored, so a small file never grows large
_FIRST_TIME = (1980, 1, 1, 0, 0, 0)
_LOCAL_HEADER = 30
_CENTRAL_HEADER = 46
_END_RECORD = 22
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # encrypted; also NotImplementedError for unknown methods
    ValueError,
    IndexError,
    OverflowError,
)


def pack_archive(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP of these parts after `mimetype`: JSON deflated, pictures stored."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(_entry("mimetype", zipfile.ZIP_STORED), MIMETYPE)
        for name, content in parts.items():
            deflated = name.endswith(".json") and len(content) <= _MAX_DEFLATED_BYTES
            how = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
            archive.writestr(_entry(name, how), content)
    return out.getvalue()


def read_archive(content: bytes) -> dict[str, bytes]:
    """The parts of a received archive; `NotAPlanFile` or `DamagedPlanFile` for anything odd."""
    looks_right = content[_LOCAL_HEADER:].startswith(b"mimetype" + MIMETYPE)
    if not content.startswith(b"PK\x03\x04") or not looks_right:
        raise NotAPlanFile
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_list(entries, archive.comment)
            _check_no_gap(entries, len(content))
            return {entry.filename: _part(archive, entry) for entry in entries[1:]}
    except _ZIP_ERRORS as error:
        raise DamagedPlanFile("压缩包已损坏或被截断") from error


def _entry(name: str, how: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIRST_TIME)
    entry.compress_type = how
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry


def _check_list(entries: list[zipfile.ZipInfo], comment: bytes) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_PARTS or len(set(names)) != len(names) or comment:
        raise DamagedPlanFile("部件过多、重名或附有说明")
    if not entries or names[0] != "mimetype" or entries[0].compress_type != zipfile.ZIP_STORED:
        raise DamagedPlanFile("首个部件应为 mimetype")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL_BYTES:
        raise DamagedPlanFile("解压后过大")
    for entry in entries:
        _check_entry(entry)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    shown = f"部件“{entry.filename[:80]}”"
    if entry.flag_bits or entry.extra or entry.comment:
        raise DamagedPlanFile(f"{shown}加密或带有附加数据")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise DamagedPlanFile(f"{shown}的压缩方式不支持")
    deflated = entry.compress_type == zipfile.ZIP_DEFLATED
    if entry.file_size > (_MAX_DEFLATED_BYTES if deflated else MAX_PART_BYTES):
        raise DamagedPlanFile(f"{shown}解压后过大")


def _check_no_gap(entries: list[zipfile.ZipInfo], length: int) -> None:
    at = directory = 0
    for entry in entries:
        if entry.header_offset != at:
            raise DamagedPlanFile("部件之间夹有其他数据")
        at += _LOCAL_HEADER + len(entry.filename.encode()) + entry.compress_size
        directory += _CENTRAL_HEADER + len(entry.filename.encode())
    if at + directory + _END_RECORD != length:
        raise DamagedPlanFile("文件首尾附有其他数据")


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as part:
        content = part.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise DamagedPlanFile(f"部件“{entry.filename[:80]}”长度不符")
    return content
