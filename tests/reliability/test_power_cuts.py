"""After a power cut: nothing acknowledged is lost, nothing is corrupt, documents are old or new."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.plan_file import open_plan, save_plan
from storage.saving import safe_save
from tests.debian import brought
from tests.reliability.counts import record
from tests.reliability.kill_jobs import JOBS, plan_of
from tests.reliability.power_cut import Tree, Verdict, taken_in, tried
from tests.reliability.recording import RecordingFiles
from tests.reliability.trace_reading import TRACED, read_trace

WORK = Path(__file__).parent / "power_work.py"
VERSIONS = [bytes([n]) * (1500 * n + 700) for n in range(1, 6)]
OLD = b"old " * 900
Saver = Callable[[Path, bytes, RecordingFiles], object]


def document_states(saver: Saver, folder: Path, suffix: str = "docx") -> Verdict:
    """Save five versions of a document over each other, and cut the power after every call."""
    work = folder / "work"
    work.mkdir()
    target = work / f"方案.{suffix}"
    target.write_bytes(OLD)
    begin = taken_in(work)
    files = RecordingFiles(work)
    for number, content in enumerate(VERSIONS):
        saver(target, content, files)
        files.tell(number)

    def good(place: Path, told: int) -> str:
        path = place / target.name
        if not path.exists():
            return "gone"
        content = path.read_bytes()
        if content not in (OLD, *VERSIONS):
            return "half a document"
        number = VERSIONS.index(content) if content != OLD else -1
        return "acknowledged, but the older one is back" if number < told else ""

    return tried(begin, files.calls, good, folder, chances=8)


def test_that_a_power_cut_leaves_the_old_document_or_the_new_one(tmp_path):
    found = document_states(
        lambda path, content, files: safe_save(path, content, files=files), tmp_path
    )

    assert found.troubles == []
    assert found.states > 300


def in_place(path: Path, content: bytes, files: RecordingFiles) -> None:
    files.remove(path)
    handle = files.create(path)
    files.write(handle, memoryview(content))
    files.sync(handle)
    files.close(handle)


class Unsynced(RecordingFiles):
    """Known bad: nothing is forced to the disk, only renamed."""

    def sync(self, handle: int) -> None:
        pass

    def sync_folder(self, folder: Path) -> None:
        pass


def without_sync(path: Path, content: bytes, files: RecordingFiles) -> None:
    careless = Unsynced(files.root)
    safe_save(path, content, files=careless)
    files.calls += careless.calls


def without_folder_sync(path: Path, content: bytes, files: RecordingFiles) -> None:
    class NoFolder(RecordingFiles):
        def sync_folder(self, folder: Path) -> None:
            pass

    careless = NoFolder(files.root)
    safe_save(path, content, files=careless)
    files.calls += careless.calls


@pytest.mark.parametrize(
    ("saver", "words"),
    [
        (in_place, "half a document"),
        (without_sync, "half a document"),
        (without_folder_sync, "acknowledged, but the older one is back"),
    ],
)
def test_that_a_careless_saver_is_found_out(tmp_path, saver, words):
    assert words in document_states(saver, tmp_path).kinds


def test_that_a_power_cut_leaves_a_plan_file_whole(tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    plans = [plan_of(number, plan_id="the-one-plan") for number in range(3)]
    save_plan(work / "方案.yuance", plans[0])
    begin, files = taken_in(work), RecordingFiles(work)
    for number, plan in enumerate(plans[1:], 1):
        save_plan(work / "方案.yuance", plan, files)
        files.tell(number)

    def good(place: Path, told: int) -> str:
        title = open_plan(place / "方案.yuance").meta.title
        number = [plan.meta.title for plan in plans].index(title)
        return "acknowledged, but the older one is back" if number < told else ""

    found = tried(begin, files.calls, good, tmp_path, chances=8)
    assert found.troubles == []


# ---- the draft, by the calls SQLite really makes -------------------------------------------------

STEPS = {"commits": 30, "bulk": 6, "snapshot": 8, "export": 10, "import": 3, "merge": 4}


def traced(job: str, folder: Path, steps: int) -> tuple[Tree, list]:
    """What a job did to the disk, call by call, and what was there before."""
    brought("strace", unless=shutil.which("strace") is not None)
    work = folder / "work"
    JOBS[job].prepare(work)
    begin = taken_in(work)
    trace = folder / "trace"
    command = ["strace", "-o", str(trace), "-e", f"trace={TRACED}", "-e", "signal=none"]
    command += ["-xx", "-s", "100000000", sys.executable, str(WORK), job, str(work), str(steps)]
    subprocess.run(command, check=True, capture_output=True)
    return begin, read_trace(trace, work, begin)


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="strace is of Linux only")
@pytest.mark.parametrize("job", STEPS)
def test_that_no_power_cut_loses_or_breaks_anything(memory, job):
    begin, calls = traced(job, memory, STEPS[job])
    assert [call.at for call in calls if call.kind == "tell"] == list(range(STEPS[job]))

    found = tried(begin, calls, JOBS[job].good, memory, chances=3)

    record(
        "R3",
        f"{found.states:,} states ({found.different:,} different) of {len(calls):,} calls,"
        f" {len(found.troubles)} lost or broken",
        job,
    )
    assert found.kinds == set()


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="strace is of Linux only")
def test_that_a_draft_without_syncs_is_found_out(memory):
    begin, calls = traced("unsynced", memory, 6)

    found = tried(begin, calls, JOBS["unsynced"].good, memory)

    assert len(found.troubles) > found.states / 20


def test_that_the_model_keeps_what_was_synced_and_nothing_else_for_sure(tmp_path):
    """Each of the three plain states, by hand, for one file renamed over another."""
    work = tmp_path / "w"
    work.mkdir()
    (work / "a").write_bytes(b"old")
    begin, files = taken_in(work), RecordingFiles(work)
    handle = files.create(work / "t")
    files.write(handle, memoryview(b"new!"))
    files.close(handle)
    files.replace(work / "t", work / "a")
    seen = []
    tried(begin, files.calls, lambda place, _: seen.append(taken_in(place)) or "", tmp_path)

    assert {"a": b"old"} in seen
    assert {"a": b"old", "t": b""} in seen
    assert {"a": b""} in seen
    assert {"a": bytes(4)} in seen
