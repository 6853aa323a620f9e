"""The plan file `.yuance`: what travels by stick or mail, verified whole before any of it counts.

    mimetype                application/x-yuance, stored, first
    plan.json               {"meta": {…}, "orders": {table: [row, …]},
                             "values": {address: {tag: text}},
                             "lineage": [root, …], "by": text}
    pictures/<sha256>       as they are
    manifest.json           {"format": 2, "plan_id", "revision", "root", "parent_root",
                             "parts": {name: {"bytes", "sha256"}}}

`lineage` are the exchanged versions the plan comes from, the newest first, `by` is the person who
saved it; format 1 had neither. JSON is UTF-8 with sorted keys; tags and texts are those of
`forms.encoding`. Addresses the pack no longer knows are kept: storage does not know packs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from forms.answers import Answers, answers_of
from forms.breathing import breathing
from storage.archive import MAX_PART_BYTES, MAX_TOTAL_BYTES, pack_archive, read_archive
from storage.codec import Loose, LooseError, dump, load, mended
from storage.errors import (
    DamagedPlanFile,
    NewerFormat,
    OtherVersion,
    PictureMissing,
    PictureRefused,
    PlanFileError,
    PlanFileTooLarge,
    ReadFailed,
    StorageError,
    read_error,
)
from storage.files import REAL_FILES, Files
from storage.lineage import checked_lineage, lineage_of
from storage.media import media_type, picture_name
from storage.meta import LONGEST_NAME, PlanMeta, read_meta
from storage.roots import Root, root_over
from storage.rows import (
    ORDER,
    Row,
    RowError,
    read_order,
    read_value,
    root_of,
    rows_of,
    shown_pictures,
)
from storage.saving import safe_save

FILE_SUFFIX = ".yuance"
FORMAT = 2
_FIRST_FORMAT = 1
MAX_FILE_BYTES = 600 << 20
MAX_VALUES = 1_000_000
_PLAN, _MANIFEST, _PICTURES = "plan.json", "manifest.json", "pictures/"


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A whole plan; pictures by their SHA-256 (hex)."""

    meta: PlanMeta
    answers: Answers
    pictures: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    lineage: tuple[str, ...] = ()
    by: str = ""

    @property
    def ancestors(self) -> tuple[str, ...]:
        """The roots of the exchanged versions the plan comes from, the newest first."""
        return lineage_of(self.lineage, self.meta.parent_root)


def pack_plan(plan: PlanFile) -> bytes:
    """The bytes of a plan file, the same for the same plan; the root is worked out here.

    `PictureMissing` when a picture field refers to a picture the plan does not carry.
    """
    rows = sorted(rows_of(plan.answers), key=lambda row: (row.address, row.tag))
    meta = replace(plan.meta, root=str(root_over(row.digest for row in rows)))
    _check_pictures(rows, plan.pictures)
    parts = {_PLAN: dump(_plan_parts(plan, meta, rows), indent=1)}
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


def save_plan(
    path: Path,
    plan: PlanFile,
    files: Files = REAL_FILES,
    replaceable: Collection[str] | None = None,
) -> Path:
    """Write a plan file and prove it by reading it back; the path written, as `safe_save`.

    With `replaceable` roots, a version of this plan with another root that stands there is never
    replaced, nor is another plan: `OtherVersion`. Looked at last, right before the replacing.
    """
    root = str(root_of(plan.answers))

    def verify(written: bytes) -> None:
        if read_plan(written).meta.root != root:
            raise DamagedPlanFile("写入后核对不一致")
        if replaceable is not None:
            _check_standing(path, plan.meta.plan_id, {root, *replaceable}, files)

    return safe_save(path, pack_plan(plan), verify, files)


def standing_plan(path: Path, files: Files = REAL_FILES) -> PlanFile | None:
    """The plan file at a place; None when there is none, or something else, or a damaged one."""
    try:
        return open_plan(path, files)
    except (PlanFileError, ReadFailed):
        return None


def _check_standing(path: Path, plan_id: str, known: Collection[str], files: Files) -> None:
    there = standing_plan(path, files)
    if there is None:
        return
    is_same_plan = there.meta.plan_id == plan_id
    if not is_same_plan or there.meta.root not in known:
        raise OtherVersion(path, there.meta.title, is_same_plan=is_same_plan)


def _plan_parts(plan: PlanFile, meta: PlanMeta, rows: list[Row]) -> dict[str, object]:
    return {
        "by": mended(plan.by)[:LONGEST_NAME],
        "lineage": list(lineage_of(plan.lineage)),
        "meta": meta.parts(),
        "orders": {row.address: list(read_order(row)[1]) for row in rows if row.tag == ORDER},
        "values": {row.address: {row.tag: row.text} for row in rows if row.tag != ORDER},
    }


def _check_pictures(rows: list[Row], pictures: Mapping[str, bytes]) -> None:
    for name in shown_pictures(rows):
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
    former = ("meta", "orders", "values")
    loose.only(*former, *(() if found == _FIRST_FORMAT else ("lineage", "by")))
    meta = read_meta(loose.child("meta"))
    for key in ("plan_id", "root", "parent_root"):
        if manifest.text(key) != getattr(meta, key):
            raise DamagedPlanFile("清单与正文不一致")
    if found < _FIRST_FORMAT or manifest.whole("revision") != meta.revision:
        raise DamagedPlanFile("清单与正文不一致")
    plan = _plan_of(meta, list(_rows(loose)), parts)
    return plan if found == _FIRST_FORMAT else _with_origin(plan, loose)


def _with_origin(plan: PlanFile, loose: Loose) -> PlanFile:
    by = loose.text("by")
    if len(by) > LONGEST_NAME:
        raise LooseError("“by”过长")
    return replace(plan, lineage=checked_lineage(loose.texts("lineage")), by=by)


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
    for address in breathing(values.parts):
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
