"""A plan from nothing to paper in the real window, through a kill -9."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.commands.filling import FIRST, picture
from tests.commands.verbs import ROOT, good, started
from tests.journeys.papers import words_of

DRIVER = ROOT / "tests" / "journeys" / "window_driver.py"
PARK = FIRST["cover/park_name"]


def driving(what, folder):
    """A driver in a process of its own, with folders of the user of its own."""
    home = folder / "home"
    names = ("DATA", "CONFIG", "STATE", "CACHE", "RUNTIME")
    moved = {f"XDG_{name}_HOME": str(home / name.lower()) for name in names}
    for place in (*moved.values(), str(home)):
        Path(place).mkdir(mode=0o700, parents=True, exist_ok=True)
    settings = {
        **os.environ,
        **moved,
        "HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "PYTHONFAULTHANDLER": "1",
    }
    return subprocess.Popen(
        [sys.executable, str(DRIVER), what, str(folder)],
        env=settings,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def killed_after_saving(folder) -> str:
    """What the window says once everything is saved; then it is gone, mid-air."""
    with driving("fill", folder) as process:
        assert process.stdout
        said = process.stdout.readline()
        process.kill()
    return said


def resumed(folder) -> list[str]:
    """What the window says that opens the plan again."""
    with driving("resume", folder) as process:
        said, _ = process.communicate()
    assert process.returncode == 0, said
    return said.splitlines()


def test_that_a_plan_typed_in_the_window_survives_a_kill_and_comes_to_paper(tmp_path):
    (tmp_path / "图.png").write_bytes(picture())

    said = killed_after_saving(tmp_path)
    assert said.startswith("saved "), said
    _, filled, _, wanted, _, sections, _ = said.split()
    assert int(filled) > int(wanted) * 9 // 10
    assert int(sections) > 40
    steps = resumed(tmp_path)

    assert steps[:2] == ["all there", "undone"]
    assert steps[-1] == "closed"
    for suffix in ("docx", "pdf", "xlsx"):
        assert (PARK if suffix != "xlsx" else "项目名称之一") in words_of(
            tmp_path / f"青湖.{suffix}"
        )
    expected = json.loads((tmp_path / "expected.json").read_text(encoding="utf-8"))
    data = json.loads(good(started("dump", tmp_path / "青湖.yuance")))
    assert data["sections"] == expected
    assert data["sections"]["cover"]["park_name"] == PARK
    assert len(data["pictures"]) == 1
    assert "完好" in good(started("verify", tmp_path / "青湖.yuance"))
