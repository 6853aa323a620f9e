"""Hostile plan files: what travels as .yuance is believed no more than any other file."""

from __future__ import annotations

import json
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from forms.answers import Answers
from storage.meta import PlanMeta
from storage.plan_file import PlanFile, pack_plan
from tests.importers.hostile import Hostile, patched, with_entries, with_size
from tests.importers.packages import docx, packed, paragraph

MIB = 1 << 20
MIMETYPE = b"application/x-yuance"


def good() -> bytes:
    """A small good plan file."""
    day = datetime(2026, 1, 1, tzinfo=UTC)
    meta = PlanMeta(
        plan_id="p" * 16, pack_id="x", pack_version="1", title="方案", park="园区", revision=1,
        root="", parent_root="", created=day, changed=day, program="",
    )  # fmt: skip
    return pack_plan(PlanFile(meta, Answers()))


def hostile_plans(canary: Path) -> Iterator[Hostile]:
    """Every hostile plan file; what may be taken is a lie about what no part depends on."""
    for trick, make in (*_archives(canary), *_contents(canary), *_damage()):
        harmless = trick.startswith(("翻一位", "谎报部件数"))
        yield Hostile(f"yuance: {trick}", f"{trick[:20]}.yuance", make, "plan", harmless)


def _archives(canary: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    plan = good()
    yield "数据库改名", lambda: b"SQLite format 3\x00" + bytes(4_080)
    yield "空文件", lambda: b""
    yield "文档改名", lambda: docx(paragraph("字"))
    yield "普通压缩包", lambda: packed({"a": "b"})
    yield "附加数据", lambda: plan + b"x"
    yield "前面附数据", lambda: b"MZ" + plan
    yield "标为加密", lambda: patched(plan, "plan.json", 8, b"\x01\x00")
    yield "不常见压缩", lambda: patched(plan, "plan.json", 10, struct.pack("<H", 14))
    yield "谎报大小", lambda: with_size(plan, "plan.json", 0xFFFFFFF0)
    yield "谎报很小", lambda: with_size(plan, "plan.json", 1)
    yield "谎报部件数", lambda: with_entries(plan, 60_000)
    yield "上级部件名", lambda: _plan({"../escape.json": b"{}"})
    yield "绝对部件名", lambda: _plan({str(canary): b"{}"})
    yield "多余部件", lambda: _plan({"evil.exe": b"MZ"})
    yield "解压炸弹", lambda: _plan({"plan.json": b" " * (150 * MIB)})
    yield "大炸弹", lambda: _plan({"plan.json": b"[" + b"1," * (15 * MIB) + b"1]"})
    yield "六千个部件", lambda: _plan({f"pictures/{n}": b"" for n in range(6_000)})


def _contents(canary: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for trick, text in {
        "嵌套十万层": "[" * 100_000 + "]" * 100_000,
        "嵌套对象": '{"a":' * 100_000 + "1" + "}" * 100_000,
        "无穷": '{"meta": Infinity, "orders": {}, "values": {}}',
        "巨大整数": '{"meta": ' + "9" * 100_000 + "}",
        "巨大指数": '{"meta": 1e999999999}',
        "重复的键": '{"meta": {}, "meta": {}, "orders": {}, "values": {}}',
        "不是对象": "[]",
        "空": "",
        "不是JSON": "<plan/>",
        "孤立代理": '{"meta": "\\ud800"}',
        "包含路径": json.dumps({"meta": {"include": canary.as_uri()}, "orders": {}, "values": {}}),
        "多余的键": '{"meta": {}, "orders": {}, "values": {}, "sql": "DROP TABLE"}',
    }.items():
        yield (
            f"正文{trick}",
            lambda t=text: _plan({"plan.json": t.encode("utf-8", "surrogatepass")}),
        )
        yield (
            f"清单{trick}",
            lambda t=text: _plan({"manifest.json": t.encode("utf-8", "surrogatepass")}),
        )


def _damage() -> Iterator[tuple[str, Callable[[], bytes]]]:
    plan = good()
    chance = random.Random(11)
    for number in range(12):
        at, bit = chance.randrange(len(plan)), 1 << chance.randrange(8)
        yield f"翻一位{number}", lambda a=at, b=bit: plan[:a] + bytes([plan[a] ^ b]) + plan[a + 1 :]
    for tenth in range(1, 10):
        yield f"截到{tenth}成", lambda t=tenth: plan[: len(plan) * t // 10]


def _plan(parts: dict[str, bytes]) -> bytes:
    made: dict[str, str | bytes] = {
        "mimetype": MIMETYPE,
        "plan.json": b"{}",
        "manifest.json": b"{}",
    }
    made |= parts
    first = {"mimetype": made.pop("mimetype")}
    if len(made["plan.json"]) > MIB:
        return packed(first | made, zipfile.ZIP_DEFLATED)
    return packed(first | made, zipfile.ZIP_STORED)
