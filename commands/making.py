"""Verbs that make a plan file: sample, new, load."""

from __future__ import annotations

import base64
import binascii
import json
from argparse import Namespace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import resources
from commands.changing import apply_assignments
from commands.plans import CommandError, new_file, write
from forms.address import Address
from forms.answers import Answers
from forms.edits import seed_answers
from forms.loading import open_pack, pack_ids
from forms.plan_json import Json, PlanJsonError, plan_from_json
from forms.schema import Pack, Table
from forms.values import Value
from storage import PlanFile

DEFAULT_PACK = "ndrc-2021-1004"
_SAMPLE_ID = "00000000-sample"
_MOST_PROJECTS = 20_000
_MOST_JSON_BYTES = 600 << 20


def sample(arguments: Namespace) -> int:
    """Write the sample plan, scaled to so many projects."""
    path = write(arguments.out, sample_plan(arguments.projects))
    print(f"示例方案已写入 {path}")
    return 0


def new(arguments: Namespace) -> int:
    """Write a new plan with the rows its pack offers and the values given."""
    pack = open_pack(arguments.pack)
    answers, pictures = apply_assignments(pack, seed_answers(pack), arguments.set or [])
    path = write(arguments.out, new_file(pack, answers, pictures))
    print(f"新方案已写入 {path}")
    return 0


def load(arguments: Namespace) -> int:
    """Write a plan file from JSON data."""
    data = _read_json(Path(arguments.json))
    if not isinstance(data, dict):
        raise PlanJsonError("最外层应为对象（花括号）。")
    pack_id = data.get("pack")
    if not isinstance(pack_id, str):
        raise PlanJsonError(f"缺少 pack，应为：{'、'.join(pack_ids())}。")
    pack = open_pack(pack_id)
    answers = plan_from_json(pack, data)
    plan = data.get("plan")
    plan_id = plan.get("plan_id") if isinstance(plan, dict) else None
    file = new_file(pack, answers, _pictures(data), str(plan_id or ""))
    path = write(arguments.out, file)
    print(f"方案已写入 {path}")
    return 0


def sample_plan(projects: int | None = None, pack_id: str = DEFAULT_PACK) -> PlanFile:
    """The pack's sample plan; `projects` repeats or cuts its projects to that number."""
    pack = open_pack(pack_id)
    data = json.loads(resources.read_text(f"packs/{pack_id}/sample.json"), parse_float=Decimal)
    answers = plan_from_json(pack, data)
    if projects is not None:
        if not 0 <= projects <= _MOST_PROJECTS:
            raise CommandError(f"项目数应在 0 至 {_MOST_PROJECTS} 之间。")
        answers = _scaled(pack, answers, projects)
    folder = resources.path(f"packs/{pack_id}/pictures")
    pictures = {path.name: path.read_bytes() for path in sorted(folder.glob("*"))}
    return new_file(pack, answers, pictures, _SAMPLE_ID)


def _scaled(pack: Pack, answers: Answers, count: int) -> Answers:
    """The sample with so many projects: copies of its own, each named by its round."""
    home = pack.roles.projects
    originals = answers.order(home)
    table = pack.index.items[home.section, home.item]
    if not isinstance(table, Table) or not originals:
        return answers
    order = list(originals[:count])
    for number in range(len(originals), count):
        original = originals[number % len(originals)]
        row, round_ = f"{original}n{number}", number // len(originals) + 1
        order.append(row)
        for address, value in answers.row_values(home.at_row(original)).items():
            target = Address(home.section, home.item, row, address.column, address.year)
            answers = answers.with_value(target, _renamed(value, address, table, round_))
    for dropped in originals[count:]:
        for address in answers.row_values(home.at_row(dropped)):
            answers = answers.with_value(address, None)
    return answers.with_order(home, tuple(order))


def _renamed(value: Value, address: Address, table: Table, round_: int) -> Value:
    return f"{value}（{round_}期）" if address.column == table.naming else value


def _read_json(path: Path) -> Json:
    try:
        if path.stat().st_size > _MOST_JSON_BYTES:
            raise CommandError(f"“{path.name}”太大，不是方案数据。")
        return json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise CommandError(f"读不到“{path}”，请核对文件名和权限。") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        where = f"第 {error.lineno} 行" if isinstance(error, json.JSONDecodeError) else "编码或嵌套"
        raise CommandError(f"“{path.name}”不是有效的 JSON（{where}），请检查后重试。") from error


def _pictures(data: dict[str, Json]) -> dict[str, bytes]:
    listed = data.get("pictures", {})
    if not isinstance(listed, dict):
        raise PlanJsonError("pictures 应为对象（花括号）。")
    found: dict[str, bytes] = {}
    for name, text in listed.items():
        try:
            content = base64.b64decode(str(text), validate=True)
        except (binascii.Error, ValueError) as error:
            raise PlanJsonError(f"图片 {name[:12]} 不是 base64 数据。") from error
        if sha256(content).hexdigest() != name:
            raise PlanJsonError(f"图片 {name[:12]} 的内容与名称不符。")
        found[name] = content
    return found
