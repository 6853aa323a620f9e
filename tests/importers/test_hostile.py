"""Strangers' files: whatever they try, a sentence within five seconds, and nothing else happens."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

import pytest

from importers.errors import ReceivedError
from importers.process import ask, worker_command
from tests.importers.hostile import CANARY, Hostile
from tests.importers.hostile_documents import hostile_documents
from tests.importers.hostile_pictures import hostile_pictures
from tests.importers.hostile_plans import hostile_plans
from tests.importers.hostile_workbooks import good, hostile_workbooks
from tests.importers.watching import READS, ROOT, Watcher, tally
from tests.reliability.counts import record

TRACED = (
    "openat,open,creat,connect,socket,execve,fork,vfork,clone,clone3,unlink,prlimit64,setrlimit"
)
SAMPLE = 14  # one file in so many is read with every change


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """A file beside the hostile ones, whose content no result may hold."""
    beside = tmp_path / "beside"
    beside.mkdir()
    file = beside / "canary.txt"
    file.write_text(CANARY, encoding="utf-8")
    return file


def corpus(canary: Path) -> list[Hostile]:
    return [
        *hostile_workbooks(canary),
        *hostile_documents(canary),
        *hostile_pictures(),
        *hostile_plans(canary),
    ]


def read_all(files: list[Hostile], folder: Path) -> str:
    """Read every file, and what went wrong; the canary's folder must be as it was."""
    watcher = Watcher(folder)
    outcomes = [watcher.run(hostile) for hostile in files]
    wrong = [f"{each.trick}: {fault}" for each in outcomes for fault in each.faults]
    assert wrong == []
    assert [file.name for file in (folder / "beside").iterdir()] == ["canary.txt"]
    return tally(outcomes)


def test_that_a_sample_of_hostile_files_is_answered_with_a_sentence(canary, tmp_path):
    files = corpus(canary)

    assert len(files) >= 300
    read_all(files[7::SAMPLE], tmp_path)


@pytest.mark.long
def test_that_every_hostile_file_is_answered_with_a_sentence(canary, tmp_path):
    record("S1", read_all(corpus(canary), tmp_path))


def test_that_the_watcher_notices_a_reader_without_a_guard(canary, tmp_path):
    """Known to be bad: entities are followed, a bomb is unpacked, an endless shape is walked."""
    bad = ROOT / "tests/importers/unguarded_worker.py"
    command = (sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
               f"import runpy; runpy.run_path({str(bad)!r})")  # fmt: skip
    watcher = Watcher(tmp_path, command)
    tricks = {each.trick: each for each in hostile_workbooks(canary)}

    leaked = watcher.run(tricks["xlsx: 外部实体在workbook.xml"])
    taken = watcher.run(tricks["xlsx: 整表合并"])
    doubled = watcher.run(tricks["xlsx: 大小写重名"])

    assert "told what stands in another file" in leaked.faults
    assert "was taken" in taken.faults
    assert "was taken" in doubled.faults


@pytest.mark.long
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_that_the_kernel_saw_no_file_and_no_connection_once_reading_began(canary, tmp_path):
    """From the last limit the worker takes on, no open, connect or new process, tried or done."""
    count = 0
    for hostile in corpus(canary)[3::29]:
        if hostile.reader == "plan":
            continue
        trace = tmp_path / "trace"
        command = (
            "strace",
            "-f",
            "-q",
            "-e",
            f"trace={TRACED}",
            "-o",
            str(trace),
            *worker_command(),
        )
        with suppress(ReceivedError):
            ask(READS[hostile.reader], hostile.make(), hostile.name, command=command)
        before, mark, after = trace.read_text().rpartition("RLIMIT_NOFILE")
        assert mark, before[-500:]
        calls = [
            line
            for line in after.splitlines()[1:]
            if "exited" not in line and "resumed" not in line
        ]
        assert calls == [], hostile.trick
        count += 1
    record(
        "S1", f"{count} of them traced: 0 opens, 0 connections once reading began", part="strace"
    )


def test_that_the_unguarded_parser_really_follows_entities(canary):
    """So that the canary's silence means something."""
    heard = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = heard.append

    def follow(context, base, system, public):
        inner = parser.ExternalEntityParserCreate(context)
        inner.Parse(Path(system.removeprefix("file://")).read_bytes(), True)
        return 1

    parser.ExternalEntityRefHandler = follow
    parser.Parse(f'<!DOCTYPE r [<!ENTITY a SYSTEM "{canary.as_uri()}">]><r>&a;</r>', True)

    assert CANARY in "".join(heard)


def test_that_a_good_workbook_passes_the_same_watcher(tmp_path):
    outcome = Watcher(tmp_path).run(Hostile("", "好.xlsx", good, "workbook"))

    assert outcome.sentence == ""
    assert outcome.faults == ()


def test_that_a_worker_that_writes_nonsense_is_not_believed():
    command = (sys.executable, "-c", "print('hello' * 9)")

    with pytest.raises(ReceivedError, match="意外中止"):
        ask("workbook", good(), "好.xlsx", command=command)
    assert subprocess.run(command, capture_output=True, check=True).stdout
