"""The worker dies, swells or never ends: the program hears of it in time and says so."""

from __future__ import annotations

import sys
import time

import pytest

from importers.confinement import MEMORY_BYTES
from importers.errors import ReceivedError
from importers.process import ask, worker_command
from importers.reader import read_workbook
from tests.importers.hostile_documents import good as document
from tests.importers.hostile_pictures import saved
from tests.importers.hostile_workbooks import good
from tests.importers.watching import ROOT
from tests.reliability.counts import record

LATEST = 6
PATH = f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
MISHAPS = {
    "killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "意外中止"),
    "crashed": ("import os; os.abort()", "意外中止"),
    "ended early": ("pass", "意外中止"),
    "endless": ("while True: pass", "用时过长"),
    "asleep": ("import time; time.sleep(60)", "用时过长"),
    "out of memory": (
        PATH + "import importers.worker as w;"
        "w._reader = lambda what, cut: lambda content, name: ({'x': len(bytearray(2 ** 40))}, []);"
        "w.serve()",
        "内存过多",
    ),
    "swelling": (
        PATH + "import importers.worker as w\n"
        "def swell(content, name):\n"
        "    held = []\n"
        "    while True: held.append(bytearray(1 << 20))\n"
        "w._reader = lambda what, cut: swell\n"
        "w.serve()",
        "内存过多",
    ),
}


@pytest.mark.parametrize("mishap", MISHAPS)
def test_that_a_mishap_of_the_worker_is_told_within_six_seconds(mishap):
    code, words = MISHAPS[mishap]
    before = time.monotonic()

    with pytest.raises(ReceivedError, match=words) as told:
        ask("workbook", good(), "报表.xlsx", command=(sys.executable, "-c", code))

    assert time.monotonic() - before < LATEST
    assert "报表.xlsx" in str(told.value)
    assert told.value.remedy


@pytest.mark.long
def test_that_mishaps_are_counted():
    slowest = 0.0
    for code, _ in MISHAPS.values():
        before = time.monotonic()
        with pytest.raises(ReceivedError):
            ask("workbook", good(), "报表.xlsx", command=(sys.executable, "-c", code))
        slowest = max(slowest, time.monotonic() - before)
    assert slowest < LATEST
    record("S10", f"{len(MISHAPS)} mishaps of the worker, told in at most {slowest:.1f} s")


def test_that_cancelling_ends_the_worker_and_reaches_the_caller():
    asked = []

    def watch():
        asked.append(1)
        if len(asked) > 2:
            raise KeyError("cancelled")

    with pytest.raises(KeyError):
        ask("workbook", good(), "x.xlsx", watch, (sys.executable, "-c", "while True: pass"))


REACHES = {
    "a file": "open('/etc/hostname')",
    "a file of the system's": "__import__('os').open('/etc/hostname', 0)",
    "a connection": "__import__('socket').socket()",
    "a process": "__import__('os').system('true')",
    "a module": "__import__('colorsys')",
    "a folder": "__import__('os').listdir('/')",
}


@pytest.mark.parametrize("reach", REACHES)
def test_that_the_sealed_worker_reaches_nothing_outside(reach):
    code = (
        PATH + "import os, socket, importers.worker as w\n"
        f"def reach(content, name):\n    return {{'got': str({REACHES[reach]})}}, []\n"
        "def tried(content, name):\n"
        "    try: return reach(content, name)\n"
        "    except PermissionError: return {}, []\n"
        "w._reader = lambda what, cut: tried\n"
        "w.serve()"
    )

    with pytest.raises(ReceivedError, match="引向别处"):
        ask("workbook", good(), "x.xlsx", command=(sys.executable, "-c", code))


def test_that_the_kernel_alone_lets_the_worker_open_nothing():
    """The limits hold even for code that the hook does not see."""
    code = (
        PATH + "import os, importers.worker as w\n"
        "w.Seal.close = lambda self: None\n"
        "def reach(content, name):\n"
        "    try: os.open('/etc/hostname', 0); return {'got': 1}, []\n"
        "    except OSError as error:\n"
        "        return {'sheets': [], 'notes': [['', '', error.strerror]]}, []\n"
        "w._reader = lambda what, cut: reach\n"
        "w.serve()"
    )

    told = read_workbook(good(), "x.xlsx", command=(sys.executable, "-c", code))

    assert [note.words for note in told.notes] == ["Too many open files"]


@pytest.mark.parametrize("what", ["workbook", "words", "picture"])
def test_that_nothing_is_imported_once_the_worker_is_sealed(what):
    """In the bundle Qt is there from the start, and reads the source of whatever is imported."""
    command = (
        sys.executable,
        "-c",
        PATH + "import PySide6.QtCore, importers.worker as w; w.serve()",
    )
    content = {"workbook": good, "words": document, "picture": lambda: saved("PNG")}[what]()

    message, _ = ask(what, content, "x", command=command)

    assert message["touched"] == []


def test_that_the_program_starts_itself_as_the_worker():
    assert worker_command()[0] == sys.executable
    assert [sheet.name for sheet in read_workbook(good(), "好.xlsx").sheets] == ["表一"]
    assert MEMORY_BYTES <= 300 << 20
