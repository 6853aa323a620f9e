"""Plan data from a JSON file (docs/plan-json.md), read strictly: nothing in it is passed over."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from commands.plans import CommandError, new_file
from forms.loading import open_pack, pack_ids
from forms.plan_json import Json, Object, PlanJsonError, plan_from_json
from importers.reader import take_picture
from storage import PlanFile, PlanMeta
from storage.codec import Loose, LooseError
from storage.lineage import checked_lineage, lineage_of
from storage.media import picture_name
from storage.meta import read_meta

LINEAGE = ("plan_id", "revision", "root", "parent_root", "created", "changed")
_MOST_BYTES = 600 << 20
_LONGEST_NUMBER = 60
_LARGEST_EXPONENT = 40


def read_plan_data(path: Path) -> PlanFile:
    """The plan in a JSON file; `CommandError` or `PlanJsonError` says what is wrong with it."""
    return plan_of(_read(path))


def plan_of(data: Json) -> PlanFile:
    """The plan in JSON data."""
    if not isinstance(data, dict):
        raise PlanJsonError("最外层应为对象（花括号）。")
    pack_id = data.get("pack")
    if not isinstance(pack_id, str):
        raise PlanJsonError(f"缺少 pack，应为：{'、'.join(pack_ids())}。")
    pack = open_pack(pack_id)
    answers = plan_from_json(pack, data)
    file = new_file(pack, answers, _pictures(_object(data, "pictures")))
    given = dict(_object(data, "plan"))
    line, by = _versions(given.pop("lineage", [])), given.pop("by", "")
    if not isinstance(by, str):
        raise PlanJsonError("plan 的 by 应为文字。")
    meta = _with_lineage(file.meta, given)
    if meta.parent_root != given.get("parent_root", ""):  # changed since: the given one is parent
        line = lineage_of(meta.parent_root, line)
    return replace(file, meta=meta, lineage=line, by=by)


def parse(text: str) -> Json:
    """JSON whose figures keep every digit; doubled keys, NaN and endless numbers are refused."""
    return json.loads(
        text,
        object_pairs_hook=_single_keys,
        parse_float=_figure,
        parse_int=_whole,
        parse_constant=_no_number,
    )


def _read(path: Path) -> Json:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CommandError(f"“{path.name}”太大，不是方案数据。")
        return parse(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CommandError(f"读不到“{path}”，请核对文件名和权限。") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"“{path.name}”不是 UTF-8 文本，请另存为 UTF-8 后重试。") from error
    except RecursionError as error:
        raise CommandError(f"“{path.name}”嵌套过深，不是方案数据。") from error
    except json.JSONDecodeError as error:
        where = f"第 {error.lineno} 行第 {error.colno} 字"
        raise CommandError(f"“{path.name}”{where}起不是有效的 JSON，请检查后重试。") from error


def _single_keys(pairs: list[tuple[str, Json]]) -> Object:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise PlanJsonError(f"键“{twice}”重复出现，请只保留一个。")
    return found


def _figure(text: str) -> Decimal:
    """A figure as it is written; 1.5e3 is written out, because figures have no exponent."""
    value = Decimal(_whole_text(text))
    if "e" not in text.lower():
        return value
    if abs(value.adjusted()) > _LARGEST_EXPONENT:
        _no_number(text)
    return Decimal(format(value, "f"))


def _whole(text: str) -> int:
    return int(_whole_text(text))


def _whole_text(text: str) -> str:
    if len(text) > _LONGEST_NUMBER:
        _no_number(f"{text[:12]}…")
    return text


def _no_number(text: str) -> NoReturn:
    raise PlanJsonError(f"“{text}”不是可用的数值，请核对。")


def _object(data: Mapping[str, Json], key: str) -> Object:
    found = data.get(key, {})
    if not isinstance(found, dict):
        raise PlanJsonError(f"{key} 应为对象（花括号）。")
    return found


def _pictures(listed: Object) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name, text in listed.items():
        try:
            content = base64.b64decode(str(text), validate=True)
        except (binascii.Error, ValueError) as error:
            raise PlanJsonError(f"图片“{name[:12]}”不是 base64 数据。") from error
        if picture_name(content) != name:
            raise PlanJsonError(f"图片“{name[:12]}”的内容与名称（SHA-256）不符。")
        take_picture(content, name[:12])  # raises when it is no picture
        found[name] = content
    return found


def _versions(given: Json) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise PlanJsonError("plan 的 lineage 应为列表。")
    try:
        return checked_lineage(tuple(str(root) for root in given))
    except LooseError as error:
        raise PlanJsonError(f"{error}。请核对，或删去 plan。") from error


def _with_lineage(meta: PlanMeta, given: Object) -> PlanMeta:
    """The meta data with the id and history the data names; changed data is one revision on."""
    unknown = sorted(set(given) - set(LINEAGE))
    if unknown:
        raise PlanJsonError(f"plan 中有不认识的键：{'、'.join(unknown)}。")
    try:
        named = read_meta(Loose("plan", {**meta.parts(), **given}))
    except LooseError as error:
        raise PlanJsonError(f"{error}。请核对，或删去 plan。") from error
    if named.root == meta.root:
        return named
    return replace(
        named,
        revision=named.revision + 1,
        root=meta.root,
        parent_root=named.root,
        changed=meta.changed,
    )
