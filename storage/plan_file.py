"""The plan file `.yuance`: what travels by stick or mail, verified whole before any of it counts.

    mimetype                application/x-yuance, stored, first
    plan.json               {"meta": {…}, "orders": {table: [row, …]},
                             "values": {address: {tag: text}}}
    pictures/<sha256>       as they are
    manifest.json           {"format": 1, "plan_id", "revision", "root", "parent_root",
                             "parts": {name: {"bytes", "sha256"}}}

JSON is UTF-8 with sorted keys; tags and texts are those of `forms.encoding`. Addresses the pack no
longer knows are kept: storage does not know packs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from forms.answers import Answers, answers_of
from storage.archive import MAX_PART_BYTES, MAX_TOTAL_BYTES, pack_archive, read_archive
from storage.codec import Loose, LooseError, dump, load
from storage.errors import (
    DamagedPlanFile,
    NewerFormat,
    PictureMissing,
    PictureRefused,
    PlanFileTooLarge,
    StorageError,
    read_error,
)
from storage.files import REAL_FILES, Files
from storage.media import media_type, picture_name
from storage.meta import PlanMeta, read_meta
from storage.roots import Root, root_over
from storage.rows import (
    ORDER,
    Row,
    RowError,
    picture_names,
    read_order,
    read_value,
    root_of,
    rows_of,
)
from storage.saving import safe_save

FORMAT = 1
MAX_FILE_BYTES = 600 << 20
MAX_VALUES = 1_000_000
_PLAN, _MANIFEST, _PICTURES = "plan.json", "manifest.json", "pictures/"


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A whole plan; pictures by their SHA-256 (hex)."""

    meta: PlanMeta
    answers: Answers
    pictures: Mapping[str, bytes] = field(default_factory=dict[str, bytes])


def pack_plan(plan: PlanFile) -> bytes:
    """The bytes of a plan file, the same for the same plan; the root is worked out here.

    `PictureMissing` when a picture field refers to a picture the plan does not carry.
    """
    rows = sorted(rows_of(plan.answers), key=lambda row: (row.address, row.tag))
    meta = replace(plan.meta, root=str(root_over(row.digest for row in rows)))
    _check_pictures(rows, plan.pictures)
    parts = {_PLAN: dump(_plan_parts(meta, rows), indent=1)}
    parts |= {_PICTURES + name: content for name, content in sorted(plan.pictures.items())}
    _check_size(parts)
    manifest = {
        "format": FORMAT,
        "plan_id": meta.plan_id,
        "revision": meta.revision,
        "root": meta.root,
        "parent_root": meta.parent_root,
        "parts": {
            name: {"bytes": len(content), "sha256": sha256(content).hexdigest()}
            for name, content in parts.items()
        },
    }
    return pack_archive({**parts, _MANIFEST: dump(manifest, indent=1)})


def read_plan(content: bytes) -> PlanFile:
    """The plan in received bytes, verified to the last of them; otherwise a `PlanFileError`."""
    if len(content) > MAX_FILE_BYTES:
        raise PlanFileTooLarge(len(content) >> 20, MAX_FILE_BYTES >> 20)
    parts = read_archive(content)
    if _MANIFEST not in parts or _PLAN not in parts:
        raise DamagedPlanFile("缺少清单或正文")
    try:
        return _read_parts(parts)
    except (LooseError, RowError, PictureRefused) as error:
        raise DamagedPlanFile(str(error)) from error


def open_plan(path: Path, files: Files = REAL_FILES) -> PlanFile:
    """Read and verify a plan file; `ReadFailed` or a `PlanFileError`."""
    try:
        length = files.length(path)
        if length > MAX_FILE_BYTES:
            raise PlanFileTooLarge(length >> 20, MAX_FILE_BYTES >> 20)
        content = files.read(path)
    except OSError as error:
        raise read_error(error, path) from error
    return read_plan(content)


def save_plan(path: Path, plan: PlanFile, files: Files = REAL_FILES) -> Path:
    """Write a plan file and prove it by reading it back; the path written, as `safe_save`."""
    root = str(root_of(plan.answers))

    def verify(written: bytes) -> None:
        if read_plan(written).meta.root != root:
            raise DamagedPlanFile("写入后核对不一致")

    return safe_save(path, pack_plan(plan), verify, files)


def _plan_parts(meta: PlanMeta, rows: list[Row]) -> dict[str, object]:
    return {
        "meta": meta.parts(),
        "orders": {row.address: list(read_order(row)[1]) for row in rows if row.tag == ORDER},
        "values": {row.address: {row.tag: row.text} for row in rows if row.tag != ORDER},
    }


def _check_pictures(rows: list[Row], pictures: Mapping[str, bytes]) -> None:
    for name in picture_names(row for row in rows if row.tag == "picture"):
        if name not in pictures:
            raise PictureMissing(name[:12])
    for name, content in pictures.items():
        if picture_name(content) != name:
            raise PictureMissing(name[:12])
        media_type(content, name[:12])


def _check_size(parts: Mapping[str, bytes]) -> None:
    """A file that could not be opened again is not written."""
    total = sum(len(content) for content in parts.values())
    if total > MAX_FILE_BYTES - (8 << 20) or len(parts[_PLAN]) > MAX_PART_BYTES:
        raise PlanFileTooLarge(total >> 20, MAX_FILE_BYTES >> 20)


def _read_parts(parts: Mapping[str, bytes]) -> PlanFile:
    manifest = load(parts[_MANIFEST], _MANIFEST)
    found = manifest.whole("format")
    if found > FORMAT:
        raise NewerFormat(found, FORMAT)
    manifest.only("format", "plan_id", "revision", "root", "parent_root", "parts")
    _check_parts(manifest.child("parts"), parts)
    loose = load(parts[_PLAN], _PLAN)
    loose.only("meta", "orders", "values")
    meta = read_meta(loose.child("meta"))
    for key in ("plan_id", "root", "parent_root"):
        if manifest.text(key) != getattr(meta, key):
            raise DamagedPlanFile("清单与正文不一致")
    if found != FORMAT or manifest.whole("revision") != meta.revision:
        raise DamagedPlanFile("清单与正文不一致")
    return _plan_of(meta, list(_rows(loose)), parts)


def _check_parts(listed: Loose, parts: Mapping[str, bytes]) -> None:
    if set(listed.parts) != set(parts) - {_MANIFEST}:
        raise DamagedPlanFile("部件与清单不一致")
    for name, content in parts.items():
        if name == _MANIFEST:
            continue
        part = listed.child(name)
        part.only("bytes", "sha256")
        digest = sha256(content).hexdigest()
        if part.whole("bytes") != len(content) or part.text("sha256") != digest:
            raise DamagedPlanFile(f"部件“{name[:80]}”与清单不一致")
        if name not in (_PLAN, _PICTURES + digest):
            raise DamagedPlanFile(f"部件“{name[:80]}”不属于方案文件")


def _rows(loose: Loose) -> Iterator[Row]:
    values, orders = loose.child("values"), loose.child("orders")
    if len(values.parts) + len(orders.parts) > MAX_VALUES:
        raise LooseError("内容条目过多")
    for address in values.parts:
        value = values.child(address)
        if len(value.parts) != 1:
            raise LooseError(f"“{address[:80]}”应只有一个值")
        tag = next(iter(value.parts))
        yield Row(address, tag, value.text(tag))
    for table in orders.parts:
        yield Row(table, ORDER, dump(list(orders.texts(table))).decode())


def _plan_of(meta: PlanMeta, rows: list[Row], parts: Mapping[str, bytes]) -> PlanFile:
    root: Root = root_over(row.digest for row in rows)
    if str(root) != meta.root:
        raise DamagedPlanFile("内容与校验根不一致")
    pictures = {
        name.removeprefix(_PICTURES): content
        for name, content in parts.items()
        if name.startswith(_PICTURES)
    }
    for name, content in pictures.items():
        media_type(content, name[:12])
    try:
        _check_pictures(rows, pictures)
    except StorageError as error:
        raise DamagedPlanFile(error.sentence) from error
    values = (read_value(row) for row in rows if row.tag != ORDER)
    orders = (read_order(row) for row in rows if row.tag == ORDER)
    return PlanFile(meta, answers_of(values, orders), pictures)


assert MAX_TOTAL_BYTES > MAX_FILE_BYTES
