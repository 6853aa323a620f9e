"""One program a user: what a second start does, and what is left after a crash or a hang."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from ui.instance import Entrance, Standing, meeting_place, plan_files

ROOT = Path(__file__).parents[3]
SECOND = """
import os
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.instance import Entrance, plan_files
application = QCoreApplication([])
entrance = Entrance(Path(sys.argv[1]))
standing = entrance.enter(plan_files(sys.argv[3:]), float(sys.argv[2]))
entrance.open()
print(standing.value, flush=True)
os._exit(9)  # as a crash: nothing is put away
"""


@pytest.fixture
def place(tmp_path):
    """A short path: an address of a socket has 107 bytes at most."""
    folder = Path(os.path.relpath(tmp_path)) if len(str(tmp_path)) > 90 else tmp_path
    return folder / "y.sock"


@contextmanager
def second_start(place, *files, patience=10.0):
    """A later start of the program, in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", SECOND, str(place), str(patience), *map(str, files)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        yield process


def said_by(process):
    assert process.stdout is not None
    return process.stdout.read().strip()


@pytest.fixture
def first(place, qapp):
    """The start that runs."""
    entrance = Entrance(place)
    assert entrance.enter(()) is Standing.FIRST
    entrance.open()
    yield entrance
    entrance.close()


def test_that_a_second_start_hands_its_files_over_and_ends(first, place, tmp_path, qtbot):
    plan = tmp_path / "临江 方案.yuance"
    with (
        qtbot.waitSignal(first.files_came, timeout=10_000) as came,
        second_start(place, plan, "别的.docx") as later,
    ):
        pass_events_until_gone(later, qtbot)
        assert said_by(later) == "handed over"
    assert came.args == [(plan,)]


def pass_events_until_gone(process, qtbot):
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=10_000)


def test_that_a_first_start_that_hangs_is_waited_for_briefly_only(first, place):
    begun = time.monotonic()
    with second_start(place, patience=0.3) as later:  # no event of the first is worked off
        assert said_by(later) == "unanswered"
    assert time.monotonic() - begun < 8


def test_that_what_a_crash_left_behind_is_cleared_away(place, qtbot):
    with second_start(place) as crashed:
        assert said_by(crashed) == "first"
    assert place.exists()
    entrance = Entrance(place)
    standing = entrance.enter((), 0.1)
    entrance.open()
    with second_start(place) as later:
        pass_events_until_gone(later, qtbot)
        assert said_by(later) == "handed over"
    entrance.close()
    assert standing is Standing.FIRST


def test_that_the_place_is_free_again_after_the_end(place, qapp):
    for _ in range(2):
        entrance = Entrance(place)
        assert entrance.enter(()) is Standing.FIRST
        entrance.close()


def test_that_a_place_that_cannot_be_made_means_to_run_alone(tmp_path, qapp):
    (tmp_path / "file").write_text("")
    assert Entrance(tmp_path / "file" / "y.sock").enter(()) is Standing.ALONE


@pytest.mark.parametrize("line", [b"\xff\n", b"{}\n", b'"x"\n', b"7" * 70_000 + b"\n"])
def test_that_strange_messages_open_nothing_and_are_not_answered(first, place, line, qtbot):
    came = []
    first.files_came.connect(came.append)
    socket = QLocalSocket()
    socket.connectToServer(str(place))
    socket.write(line)
    socket.flush()
    state = QLocalSocket.LocalSocketState.UnconnectedState
    qtbot.waitUntil(lambda: socket.state() is state, timeout=5000)
    assert bytes(socket.readAll().data()) == b""
    assert came == []


def test_that_only_the_user_may_knock(first, place):
    assert place.stat().st_mode & 0o077 == 0


def test_that_another_set_of_folders_is_another_program(monkeypatch, tmp_path):
    before = meeting_place()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert meeting_place() != before


def test_that_only_plan_files_are_handed_over(tmp_path):
    assert plan_files(["甲.YUANCE", "乙.docx", "--x"]) == (Path("甲.YUANCE").absolute(),)
