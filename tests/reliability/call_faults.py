"""Lets the n-th system call of SQLite fail, or kills there, while a draft is being written.

usage: call_faults.py FOLDER JOB   prints JSON, a tally

The process that writes is forked once all is imported, and strace holds on to it only for the job.
When strace lets go, the disk is well again, and the same process must be able to go on.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from forms.changes import ChangeSet
from storage.database import DRAFT_NAME
from storage.draft import Draft
from storage.errors import StorageError
from storage.reading import read_snapshot
from storage.snapshots import list_snapshots
from tests.reliability.kill_jobs import MANY, PLACES, leave_hot_journal, plan_of, step
from tests.reliability.kill_rig import forked
from tests.storage.plans import PICTURES, same, small_plan, some_meta

ERRORS = {
    "pwrite64": ("ENOSPC", "EIO", "KILL"),
    "fdatasync": ("EIO", "ENOSPC", "KILL"),
    "fsync": ("EIO", "KILL"),
    "ftruncate": ("EIO", "KILL"),
    "openat": ("EACCES", "ENOSPC", "EIO"),
    "unlink": ("EIO", "EACCES"),
}
MOST_CALLS = 120
ANY_TRACER = 0x59616D61


@dataclass
class Tally:
    """What came of all faults of one job."""

    faults: int = 0
    kills: int = 0
    told: int = 0  # faults that were told to the user; the others did not matter
    troubles: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Work:
    """`begin` what is done before the disk fails, `do` what is done while it does."""

    begin: Callable[[Path], object]
    do: Callable[[Path, object], object]
    good: Callable[[Path, bool], str]


def commit(places: list) -> Work:
    def begin(folder: Path) -> Draft:
        return Draft.open(folder / "draft")

    def do(folder: Path, draft: object) -> None:
        assert isinstance(draft, Draft)
        write(draft, step(0, places))

    def good(folder: Path, done: bool) -> str:
        with Draft.open(folder / "draft") as draft:
            loaded = draft.load()
            held = {loaded.answers.get(each) for each in places}
            if not loaded.whole or len(held) != 1:
                return "half a save"
            if done and held != {0}:
                return "told as saved, but it is not there"
            write(draft, ChangeSet("输入", step(0, places).changes))
        return ""

    return Work(begin, do, good)


def write(draft: Draft, changes: ChangeSet) -> None:
    draft.commit(changes, who="王工", source="typed", at=datetime.now(UTC))


def _take_snapshot(folder: Path, draft: object) -> None:
    assert isinstance(draft, Draft)
    draft.snapshot("timer", at=datetime.now(UTC))


def _snapshot_good(folder: Path, done: bool) -> str:
    found = list_snapshots(folder / "draft")
    if done and not found:
        return "no snapshot, though told so"
    broken = [each.path.name for each in found if not read_snapshot(each.path).whole]
    return f"half a snapshot {broken}" if broken else commit(PLACES).good(folder, False)


def _create(folder: Path, _: object) -> None:
    if not (folder / "new" / DRAFT_NAME).exists():
        Draft.create(folder / "new", some_meta(), small_plan(), PICTURES).close()


def _create_good(folder: Path, done: bool) -> str:
    if not (folder / "new" / DRAFT_NAME).exists():
        return "no draft, though told so" if done else ""
    with Draft.open(folder / "new") as draft:
        return "" if draft.load().whole else "half a draft"


def _reopen(folder: Path, _: object) -> None:
    with Draft.open(folder / "draft") as draft:
        draft.load()


def _reopen_good(folder: Path, done: bool) -> str:
    with Draft.open(folder / "draft") as draft:
        loaded = draft.load()
    return "" if loaded.whole and same(loaded.answers) == same(plan_of(0).answers) else "half"


def _nothing(folder: Path) -> None:
    pass


class Forgetful(Draft):
    """Known bad: swallows what the disk reports."""

    def commit(self, changes: ChangeSet, **known: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        with suppress(StorageError):
            return super().commit(changes, **known)


WORKS = {
    "commit": commit(PLACES),
    "paste": commit(MANY[:40]),
    "snapshot": Work(commit(PLACES).begin, _take_snapshot, _snapshot_good),
    "creation": Work(_nothing, _create, _create_good),
    "recovery": Work(_nothing, _reopen, _reopen_good),
    "lying": Work(
        lambda folder: Forgetful.open(folder / "draft"), commit(PLACES).do, commit(PLACES).good
    ),
}


def writing(work: Work, folder: Path, told: int, heard: int) -> None:
    """The process that writes: ready, go, what came of it, well again, what came of that."""
    ctypes.CDLL(None).prctl(ANY_TRACER, ctypes.c_ulong(-1))
    ground = work.begin(folder)
    for _ in range(2):
        os.write(told, b"ready\n")
        os.read(heard, 1)
        said = attempt(work, folder, ground)
        if said == "told":  # tried again at once, as the writer does
            said = attempt(work, folder, ground)
        os.write(told, f"{said}\n".encode())
        if said == "done":
            break
    os._exit(0)


def attempt(work: Work, folder: Path, ground: object) -> str:
    try:
        work.do(folder, ground)
    except StorageError as error:
        known = error.sentence and error.remedy and folder.name in str(error)
        return "told" if known else f"no place or remedy: {error}"
    except Exception as error:
        return f"not a sentence: {type(error).__name__}: {error}"
    return "done"


def once(work: Work, folder: Path, fault: str, trace: Path) -> tuple[list[str], bool]:
    """One fault; what the process said of its two attempts, and whether the fault came about."""
    reading, told = os.pipe()
    heard, saying = os.pipe()
    child = forked(lambda: writing(work, folder, told, heard))
    os.close(told)
    os.close(heard)
    lines = os.fdopen(reading, encoding="utf-8")
    lines.readline()
    command = ["strace", "-p", str(child), "-o", str(trace), "-e", "signal=none"]
    command += ["-e", f"trace={fault.partition(':')[0]}", "-e", f"inject={fault}"]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    assert "attached" in tracer.stderr.readline()
    said: list[str] = []
    with suppress(BrokenPipeError):
        os.write(saying, b"g")
        said.append(lines.readline().strip())
        lines.readline()
        tracer.send_signal(signal.SIGTERM)
        tracer.wait()
        if said[-1] not in ("", "done"):
            os.write(saying, b"g")
            said.append(lines.readline().strip())
    tracer.wait()
    _, status = os.waitpid(child, 0)
    os.close(saying)
    lines.close()
    tracer.stderr.close()
    killed = os.WIFSIGNALED(status)
    return said, killed or "INJECTED" in trace.read_text(errors="replace")


def faults(call: str, error: str, nth: int) -> Iterator[str]:
    if error == "KILL":
        yield f"{call}:signal=KILL:when={nth}"
        return
    yield f"{call}:error={error}:when={nth}"
    yield f"{call}:error={error}:when={nth}+"


def trouble_of(work: Work, folder: Path, said: list[str], fault: str) -> str:
    """What is wrong after one fault, in words."""
    killed = "KILL" in fault
    for each in () if killed else said:
        if each not in ("told", "done"):
            return each or "ended by itself"
    if not killed and said[-1:] != ["done"]:
        return f"could not go on once the disk was well: {said}"
    try:
        return work.good(folder, "done" in said)
    except Exception as error:
        return f"not even opened: {type(error).__name__}: {error}"


def run(name: str, root: Path, calls: dict[str, tuple[str, ...]]) -> Tally:
    work, tally = WORKS[name], Tally()
    Draft.create(root / "prepared" / "draft", some_meta(), plan_of(0).answers, PICTURES).close()
    if name not in ("recovery",):
        shutil.rmtree(root / "prepared")
        Draft.create(root / "prepared" / "draft", some_meta(), small_plan(), PICTURES).close()
    else:
        os.waitpid(forked(lambda: leave_hot_journal(root / "prepared")), 0)
    for call, errors in calls.items():
        for error in errors:
            for nth in range(1, MOST_CALLS):
                if not _tried(work, root, list(faults(call, error, nth)), tally):
                    break
    return tally


def _tried(work: Work, root: Path, wanted: list[str], tally: Tally) -> bool:
    """Try one call in each manner; whether it came to any."""
    for fault in wanted:
        folder = root / "the-plan"
        shutil.copytree(root / "prepared", folder)
        said, fired = once(work, folder, fault, root / "trace")
        if fired:
            tally.faults += 1
            tally.kills += "KILL" in fault
            tally.told += said[:1] == ["told"]
            if trouble := trouble_of(work, folder, said, fault):
                tally.troubles.append(f"{fault}: {trouble}")
        shutil.rmtree(folder)
        if not fired:
            return False
    return True


def main() -> None:
    folder, name = sys.argv[1:]
    calls = {"pwrite64": ("ENOSPC",)} if name == "lying" else ERRORS
    print(json.dumps(asdict(run(name, Path(folder), calls)), ensure_ascii=False))


if __name__ == "__main__":
    main()
