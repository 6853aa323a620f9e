"""A disk that is really full, at 26 levels: the old stays whole, and nothing is left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.draft import Draft
from storage.errors import DiskFull, StorageError
from storage.plan_file import open_plan, save_plan
from storage.saving import safe_save
from tests.reliability.counts import record
from tests.reliability.kill_jobs import MANY, PLACES, plan_of, step
from tests.reliability.real_exports import real_exports
from tests.storage.plans import PICTURES

LEVELS_KB = range(0, 104, 4)
SIZE_KB = 1_400

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk"),
]


@contextmanager
def small_disk(place: Path) -> Iterator[None]:
    """A disk of its own; only root may mount one, and not in every container."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_KB}k", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("R5 NOT TRIED: a small disk can be mounted by root only")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path, free_kb: int) -> None:
    """Leave so much room and no more."""
    room = shutil.disk_usage(place).free - free_kb * 1024
    with (place / "filler").open("wb") as filler, suppress(OSError):
        filler.write(bytes(max(room, 0)))


def attempt(work) -> str:
    """done, told, or what is wrong with the sentence."""
    try:
        work()
    except DiskFull as error:
        return "told" if "磁盘空间不足" in error.sentence and error.remedy else "no remedy"
    except StorageError as error:
        return f"another sentence: {error}"
    return "done"


def write(draft: Draft, number: int) -> None:
    changes = step(number, [*PLACES, *MANY])
    draft.commit(changes, who="王工", source="typed", at=datetime.now(UTC))


def level(place: Path, free_kb: int, made: list[dict[str, bytes]]) -> tuple[list[str], int]:
    """Troubles of one level, and how many writers were told that the disk is full."""
    save_plan(place / "方案.yuance", plan_of(0, "the-one-plan"))
    for suffix, content in made[0].items():
        (place / f"方案.{suffix}").write_bytes(content)
    with Draft.open(place / "draft") as draft:
        fill(place, free_kb)
        said = {
            suffix: attempt(lambda s=suffix: safe_save(place / f"方案.{s}", made[1][s]))
            for suffix in made[1]
        }
        said["yuance"] = attempt(
            lambda: save_plan(place / "方案.yuance", plan_of(1, "the-one-plan"))
        )
        said["draft"] = attempt(lambda: write(draft, 1))
        said["snapshot"] = attempt(lambda: draft.snapshot("timer", at=datetime.now(UTC)))
        (place / "filler").unlink()
        write(draft, 1)  # there is room again: editing goes on
        safe_save(place / "方案.docx", made[0]["docx"])
    troubles = [f"{name}: {word}" for name, word in said.items() if word not in ("done", "told")]
    return troubles + looked_at(place, said, made), list(said.values()).count("told")


def looked_at(place: Path, said: dict[str, str], made: list[dict[str, bytes]]) -> list[str]:
    found = []
    for suffix in ("pdf", "xlsx"):
        new = said[suffix] == "done"
        if (place / f"方案.{suffix}").read_bytes() != made[new][suffix]:
            found.append(f"{suffix} is not as told")
    title = open_plan(place / "方案.yuance").meta.title
    if title != f"第{int(said['yuance'] == 'done')}稿":
        found.append("the plan file is not as told")
    with Draft.open(place / "draft") as draft:
        loaded = draft.load()
    if not loaded.whole or {loaded.answers.get(each) for each in (*PLACES, *MANY)} != {1}:
        found.append("the draft is not as told")
    left = [each.name for each in place.rglob(".*")]
    return [*found, *([f"left behind: {left}"] if left else [])]


def test_that_a_full_disk_costs_nothing_at_any_level(tmp_path):
    made = [real_exports(0), real_exports(1)]
    troubles, told = {}, 0
    with small_disk(tmp_path / "disk"):
        for free_kb in LEVELS_KB:
            place = tmp_path / "disk" / "work"
            place.mkdir()
            Draft.create(
                place / "draft", plan_of(0, "the-one-plan").meta, plan_of(0).answers, PICTURES
            ).close()
            found, count = level(place, free_kb, made)
            told += count
            if found:
                troubles[free_kb] = found
            shutil.rmtree(place)

    record(
        "R5", f"{len(LEVELS_KB)} levels, {told} times told, {len(troubles)} damaged or left behind"
    )
    assert troubles == {}
    assert told > len(LEVELS_KB)
