"""Two starts of the program by one user: one program, and every file opened in it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from commands.making import sample_plan
from forms.edits import SetValue, apply_edit
from forms.loading import open_pack
from storage.meta import new_plan_id
from storage.plan_file import PlanFile, save_plan
from tests.commands.verbs import ROOT

DRIVER = ROOT / "tests" / "journeys" / "start_driver.py"
_SECONDS = 120


@pytest.fixture
def user(tmp_path_factory):
    """The environment of a user with folders of his own; the runtime folder is short."""
    home = tmp_path_factory.mktemp("u")
    moved = {
        f"XDG_{name}_HOME": home / name.lower() for name in ("DATA", "CONFIG", "STATE", "CACHE")
    }
    places = {**moved, "HOME": home, "XDG_RUNTIME_DIR": home / "r"}
    for place in places.values():
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    named = {key: str(value) for key, value in places.items()}
    return {
        **os.environ,
        **named,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }


@pytest.fixture
def files(tmp_path):
    """Two plan files of two parks."""
    plan = sample_plan()
    pack = open_pack(plan.meta.pack_id)
    made = []
    for name in ("甲园区方案", "乙园区方案"):
        answers = apply_edit(pack, plan.answers, SetValue(pack.roles.plan_title, name)).answers
        meta = replace(plan.meta, plan_id=new_plan_id(), title=name)
        made.append(save_plan(tmp_path / f"{name}.yuance", PlanFile(meta, answers, plan.pictures)))
    return made


def first_start(user, *files):
    return subprocess.Popen(
        [sys.executable, str(DRIVER), *map(str, files)],
        env=user,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def line_of(program) -> str:
    """What the program tells next."""
    return program.stdout.readline().strip()


def rest_of(program) -> list[str]:
    """End the program by 退出; what it tells until then."""
    program.stdin.write("end\n")
    program.stdin.flush()
    return program.stdout.read().splitlines()


def second_start(user, *files, cwd):
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, files)],
        env=user,
        cwd=cwd,
        timeout=_SECONDS,
        check=False,
    ).returncode


@pytest.mark.long
def test_that_a_second_start_opens_its_file_in_the_program_that_runs(user, files, tmp_path):
    with first_start(user, files[0]) as program:
        assert line_of(program) == "甲园区方案"
        assert second_start(user, Path(files[1].name), cwd=tmp_path) == 0
        assert line_of(program) == "乙园区方案、甲园区方案"
        assert second_start(user, files[0], cwd=tmp_path) == 0, "it is open: nothing more opens"
        assert all("、" not in line for line in rest_of(program))
    assert program.returncode == 0


@pytest.mark.long
def test_that_after_a_crash_the_next_start_runs_at_once(user, files, tmp_path):
    with first_start(user, files[0]) as program:
        assert line_of(program) == "甲园区方案"
        program.kill()
    with first_start(user, files[1]) as program:
        assert line_of(program) == "乙园区方案"
        rest_of(program)
    assert program.returncode == 0
