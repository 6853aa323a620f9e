"""The list of a received ZIP package, believed only when every entry is ordinary."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from importers.errors import Refused
from importers.guard.deadline import Deadline
from importers.guard.limits import LIMITS
from importers.guard.sorts import check_parts

_LOCAL_HEADER = 30
_END = struct.Struct("<4s4H2LH")
_LONGEST_COMMENT = 65_535
_XML = (".xml", ".rels", ".vml")
_CHUNK = 1 << 16
_ZIP64 = 0xFFFFFFFF
_ENCRYPTED = 0x1 | 0x40 | 0x2000
DAMAGED = "压缩结构已损坏或被截断"
_ASK_AGAIN = "请让对方重新发送，或在 WPS、Office 中打开后另存一份。"
ZIP_ERRORS = (
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


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose list was checked; parts by their names in lower case."""

    archive: zipfile.ZipFile
    parts: dict[str, zipfile.ZipInfo]
    deadline: Deadline

    def has(self, name: str) -> bool:
        """Whether there is a part of this name, in any case."""
        return name.lower() in self.parts

    def open(self, name: str) -> zipfile.ZipExtFile:
        """The stream of a part; `Refused` when the entry is damaged."""
        try:
            return self.archive.open(self.parts[name.lower()])  # pyright: ignore[reportReturnType]
        except ZIP_ERRORS as error:
            raise Refused(DAMAGED, _ASK_AGAIN) from error

    def read(self, name: str, most: int) -> bytes:
        """The bytes of a part of at most so many; its checksum is verified."""
        try:
            with self.open(name) as part:
                content = part.read(most + 1)
        except ZIP_ERRORS as error:
            raise Refused(DAMAGED, _ASK_AGAIN) from error
        if len(content) > most:
            raise Refused("其中有过大的部件")
        return content

    @property
    def xml_parts(self) -> list[str]:
        """The parts that are XML by their names."""
        return [name for name in self.parts if name.endswith(_XML)]

    @property
    def other_parts(self) -> list[str]:
        """The parts that are not."""
        return [name for name in self.parts if not name.endswith((*_XML, "/"))]


def open_package(content: bytes, wanted: str, deadline: Deadline) -> Package:
    """The package in received bytes, its list checked; otherwise `Refused`."""
    listed = _listed(content)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except ZIP_ERRORS as error:
        raise Refused(DAMAGED, _ASK_AGAIN) from error
    if len(entries) != listed:
        raise Refused(DAMAGED, _ASK_AGAIN)
    parts: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        _check_entry(entry)
        key = entry.filename.lower()
        if key in parts:
            raise Refused("压缩包内有重名的部件，无法判断哪一个是真的")
        parts[key] = entry
    if sum(entry.file_size for entry in entries) > LIMITS.total_bytes:
        raise Refused("解压后的内容过大")
    _check_places(entries, archive.start_dir)
    package = Package(archive, parts, deadline)
    mimetype = package.read("mimetype", 200) if package.has("mimetype") else b""
    check_parts(frozenset(parts), wanted, mimetype)
    return package


def check_other_parts(package: Package) -> None:
    """Read every part that is no XML to its end: real size and checksum must be as listed."""
    for name in package.other_parts:
        length = 0
        try:
            with package.open(name) as part:
                while chunk := part.read(_CHUNK):
                    package.deadline.check()
                    length += len(chunk)
                    if length > LIMITS.other_bytes:
                        raise Refused("其中有过大的部件")
        except ZIP_ERRORS as error:
            raise Refused(DAMAGED, _ASK_AGAIN) from error
        if length != package.parts[name].file_size:
            raise Refused(DAMAGED, _ASK_AGAIN)


def _listed(content: bytes) -> int:
    """How many entries the end record lists, checked before a library builds a list of them."""
    at = content.rfind(b"PK\x05\x06", max(0, len(content) - _END.size - _LONGEST_COMMENT))
    if at < 0 or at + _END.size > len(content):
        raise Refused(DAMAGED, _ASK_AGAIN)
    _, disk, first, here, total, size, start, comment = _END.unpack_from(content, at)
    if disk or first:
        raise Refused("它是分卷压缩包的一部分")
    if content[max(0, at - 20) : at].startswith(b"PK\x06\x07") or start == _ZIP64:
        raise Refused("压缩包用了超大文件的写法（ZIP64）")
    if max(here, total) > LIMITS.entries or size > LIMITS.directory_bytes:
        raise Refused("压缩包内部件过多")
    if at + _END.size + comment != len(content) or start + size != at:
        raise Refused("压缩包首尾附有其他数据")
    return total


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    if not _is_plain(name):
        raise Refused("压缩包内有指向别处的部件名")
    if entry.flag_bits & _ENCRYPTED:
        raise Refused("其中的内容加了密码", "请取消密码后另存，再试一次。")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("压缩方式不常见，不能读取")
    most = LIMITS.xml_bytes if name.lower().endswith(_XML) else LIMITS.other_bytes
    if entry.file_size > most:
        raise Refused("其中有过大的部件")
    grows = entry.file_size > LIMITS.ratio_from
    if grows and entry.file_size > LIMITS.ratio * max(1, entry.compress_size):
        raise Refused("其中有异常压缩的部件，解压后会撑满内存")


def _is_plain(name: str) -> bool:
    odd = any(char < " " or char in '\\:*?"<>|' for char in name)
    return bool(name) and not odd and not name.startswith("/") and ".." not in name.split("/")


def _check_places(entries: list[zipfile.ZipInfo], directory: int) -> None:
    """Entries may not share bytes: overlapping ones are how a small file becomes huge."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            raise Refused("压缩包内的部件互相重叠")
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
    first = min((entry.header_offset for entry in entries), default=0)
    if first or end > directory:
        raise Refused("压缩包首尾附有其他数据")
