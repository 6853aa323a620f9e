"""run.py: the set-up is done once, recovers, needs no network twice, and stays out of the way."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).resolve().parents[1]

# Says what it was given, so that a test sees what main.py would see.
ECHO = """
import json, os, sys
print(json.dumps([sys.argv[1:], os.environ["PYTHONUTF8"]]))
sys.exit(7 if "seven" in sys.argv else 0)
"""


def start(folder, *arguments, **environment):
    """Start the copy of run.py in this folder; a variable given as None is left out."""
    settings = {**run.os.environ, "DISPLAY": ":99", "WAYLAND_DISPLAY": None, **environment}
    return subprocess.run(
        [sys.executable, str(folder / "run.py"), *arguments],
        env={name: value for name, value in settings.items() if value is not None},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A program that needs no libraries, set up by its first start."""
    folder = tmp_path_factory.mktemp("program")
    shutil.copy(ROOT / "run.py", folder)
    (folder / "main.py").write_text(ECHO, encoding="utf-8")
    for name in ("requirements.lock", "requirements-dev.lock"):
        (folder / name).write_text("", encoding="utf-8")
    done = start(folder, "doctor")
    assert done.returncode == 1
    assert not (folder / ".venv").exists(), "doctor must change nothing"
    done = start(folder, "dump")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def outside(monkeypatch, tmp_path):
    """The outside world: records the commands of a set-up; each fails while it is in `failing`."""

    class Outside:
        commands: list[str]
        failing: list[str]

    world = Outside()
    world.commands, world.failing = [], []

    def logged(*command):
        line = " ".join(command)
        world.commands.append(line)
        if line in world.failing:
            world.failing.remove(line)
            return 1
        return 0

    monkeypatch.setattr(run, "logged", logged)
    monkeypatch.setattr(run, "LOG", tmp_path / "setup.log")
    run.LOG.write_text("what apt-get said\n", encoding="utf-8")
    return world


# -- Once it is set up ---------------------------------------------------------------------------


def test_that_a_verb_gets_its_arguments_and_gives_its_exit_code(installed):
    done = start(installed, "export", "--to", "方案.docx", "seven")

    assert done.returncode == 7
    assert done.stdout == '[["export", "--to", "\\u65b9\\u6848.docx", "seven"], "1"]\n'


def test_that_a_second_start_sets_nothing_up(installed):
    assert start(installed, "dump").stderr == ""


def test_that_without_a_screen_the_windowless_job_is_done(installed):
    done = start(installed, DISPLAY=None)

    assert '["demo", "--out", "out"]' in done.stdout
    assert len(done.stderr.splitlines()) == 1


def test_that_with_a_screen_the_window_is_opened(installed):
    assert "[[]," in start(installed).stdout


def test_that_an_interrupted_set_up_is_done_afresh(installed):
    (installed / ".venv" / ".unfinished").touch()
    leftover = installed / ".venv" / "half-a-library"
    leftover.touch()

    done = start(installed, "dump")

    assert done.returncode == 0
    assert "创建 Python 运行环境" in done.stderr
    assert not leftover.exists()


def test_that_a_new_lock_is_installed_into_the_same_environment(installed):
    kept = installed / ".venv" / "kept"
    kept.touch()
    (installed / "requirements.lock").write_text("# one more library\n", encoding="utf-8")

    done = start(installed, "dump")

    assert "安装程序库 requirements.lock" in done.stderr
    assert done.stdout.startswith("[["), "standard output belongs to the verb"
    assert kept.exists()


def test_that_a_failed_installation_shows_why_and_leaves_the_environment_usable(installed):
    lock = installed / "requirements.lock"
    before = lock.read_text(encoding="utf-8")
    (installed / "wheelhouse").mkdir()
    lock.write_text("not-there==1.0 --hash=sha256:" + "0" * 64, encoding="utf-8")

    failed = start(installed, "dump")
    lock.write_text(before, encoding="utf-8")
    (installed / "wheelhouse").rmdir()
    again = start(installed, "dump")

    assert failed.returncode == 1
    assert "not-there" in failed.stderr
    assert "setup.log" in failed.stderr
    assert (again.returncode, again.stderr) == (0, "")


# -- The system ----------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux needs system packages")
def test_that_missing_libraries_are_named_by_their_package(monkeypatch):
    monkeypatch.setattr(run, "LIBRARIES", {"libnowhere.so.1": "libnowhere1", "libc.so.6": "libc6"})

    assert "libnowhere1" in run.missing_packages()
    assert "libc6" not in run.missing_packages()


def test_that_a_system_with_package_lists_is_spared_the_update(outside, monkeypatch):
    monkeypatch.setattr(run, "administrator", list)

    run.install_packages(["libgl1"])

    assert outside.commands == ["apt-get install -y --no-install-recommends libgl1"]


def test_that_a_bare_system_gets_its_package_lists_first(outside, monkeypatch):
    monkeypatch.setattr(run, "administrator", lambda: ["sudo"])
    install = "sudo apt-get install -y --no-install-recommends libgl1"
    outside.failing = [install]

    run.install_packages(["libgl1"])

    assert outside.commands == [install, "sudo apt-get update", install]


def test_that_an_ordinary_user_is_told_the_line_to_run(outside, monkeypatch, capsys):
    monkeypatch.setattr(run, "administrator", lambda: None)

    with pytest.raises(SystemExit) as left:
        run.install_packages(["libgl1", "libegl1"])

    assert left.value.code == 1
    assert outside.commands == []
    line = "apt-get update && apt-get install -y --no-install-recommends libgl1 libegl1"
    assert line in capsys.readouterr().err


def test_that_a_failed_package_installation_shows_the_log(outside, monkeypatch, capsys):
    monkeypatch.setattr(run, "administrator", list)
    outside.failing = ["apt-get install -y --no-install-recommends libgl1", "apt-get update"]

    with pytest.raises(SystemExit):
        run.install_packages(["libgl1"])

    assert "what apt-get said" in capsys.readouterr().err


def test_that_a_wheelhouse_is_used_without_the_network(outside, monkeypatch, tmp_path):
    for name in ("VENV", "WHEELHOUSE"):
        monkeypatch.setattr(run, name, tmp_path / name.lower())
        getattr(run, name).mkdir()
    monkeypatch.setattr(run, "UNFINISHED", run.VENV / ".unfinished")

    run.install_lock(run.RUNTIME_LOCK)

    assert "--require-hashes" in outside.commands[0]
    assert f"--no-index --find-links {run.WHEELHOUSE}" in outside.commands[0]


# -- The gates -----------------------------------------------------------------------------------

# For each gate, a file it must refuse.
BAD_FILES = {
    "格式 ruff format": ("forms/bad.py", "x = { }\n"),
    "规则 ruff check": ("forms/bad.py", '"""A plan."""\n\nimport threading\n\nthreading.Lock()\n'),
    "类型 basedpyright": ("forms/bad.py", 'months: int = "twelve"\n'),
    "分层 import-linter": ("forms/bad.py", "import exporters\n"),
}
GATED_PROJECT = """
[tool.ruff.lint.flake8-tidy-imports.banned-api]
"threading".msg = "no"
[tool.ruff.lint]
select = ["TID"]
[tool.importlinter]
root_packages = ["forms", "exporters"]
[[tool.importlinter.contracts]]
name = "Layers"
type = "layers"
layers = ["exporters", "forms"]
"""


@pytest.mark.parametrize("gate", run.GATES)
def test_that_each_gate_refuses_what_it_is_for(gate, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    (tmp_path / "pyproject.toml").write_text(GATED_PROJECT, encoding="utf-8")
    for package in ("forms", "exporters"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text('"""A package."""\n', encoding="utf-8")
    assert run.run_gate(gate) == 0

    name, text = BAD_FILES[gate]
    (tmp_path / name).write_text(text, encoding="utf-8")

    assert run.run_gate(gate) != 0
    assert "✗" in capsys.readouterr().err


# -- The locks -----------------------------------------------------------------------------------


def pins(name):
    """Each requirement of a lock with its exact version and marker."""
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = [line.rstrip(" \\") for line in text.splitlines() if re.match(r"[a-z]", line)]
    assert all("==" in line for line in lines)
    return set(lines)


def test_that_tests_run_on_the_versions_that_ship():
    assert pins("requirements.lock") < pins("requirements-dev.lock")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_that_a_lock_names_no_place_and_hashes_everything(name):
    text = (ROOT / name).read_text(encoding="utf-8")

    assert not re.search(r"https?:|file:|@ |--(extra-)?index|--find-links", text)
    assert text.count("\n    --hash=sha256:") >= len(pins(name))
    assert not re.search(r"^[a-z].*(?<!\\)$", text, re.MULTILINE), "a pin without a hash"


def test_that_qt_is_the_version_that_python_311_survives():
    assert "pyside6-essentials==6.9.3" in pins("requirements.lock")


def test_that_numpy_stays_out():
    """Libraries import it when it is there, and every start would pay for it."""
    assert not any(line.startswith("numpy") for line in pins("requirements-dev.lock"))
