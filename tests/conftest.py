"""What holds for every test: no screen, nobody's real folders, repeatable examples, `--long`."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# Set here, before any test file can import Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

HOMES = {
    "HOME": "home",
    "XDG_DATA_HOME": "home/data",
    "XDG_CONFIG_HOME": "home/config",
    "XDG_STATE_HOME": "home/state",
    "XDG_CACHE_HOME": "home/cache",
    "XDG_RUNTIME_DIR": "home/runtime",
    "USERPROFILE": "home",
    "WIN_PD_OVERRIDE_LOCAL_APPDATA": "home/data",  # platformdirs does not read LOCALAPPDATA
    "WIN_PD_OVERRIDE_APPDATA": "home/config",
}
home_key = pytest.StashKey[Path]()
left_out_key = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests marked long")


def pytest_configure(config: pytest.Config) -> None:
    """Move every folder of the user away, before anything asks where they are."""
    root = Path(tempfile.mkdtemp(prefix="yuance-tests-"))
    for name, folder in HOMES.items():
        (root / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
        os.environ[name] = str(root / folder)
    config.stash[home_key] = root


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[home_key], ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests out, openly, unless they are asked for."""
    if config.getoption("--long"):
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)
    config.stash[left_out_key] = len(left_out)
    # In a worker of pytest-xdist the summary is printed elsewhere: send the count there.
    getattr(config, "workeroutput", {})["left_out"] = len(left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node) -> None:
    """Take over the count of a pytest-xdist worker; each of them has collected everything."""
    node.config.stash[left_out_key] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    count = config.stash.get(left_out_key, 0)
    if count:
        terminalreporter.write_line(
            f"{count} long tests were not run; to run them: python3 run.py test --long"
        )
