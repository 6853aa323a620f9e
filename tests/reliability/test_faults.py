"""A fault at every call of every writer: the old is intact, success is never told wrongly."""

from __future__ import annotations

import errno
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from storage.errors import PictureMissing, StorageError
from storage.files import REAL_FILES, Files
from tests.reliability.counts import record
from tests.reliability.faulty_files import EVERY_FAULT, Fault, FaultyFiles
from tests.reliability.writers import WRITERS, Writer

FEW = (Fault(errno.ENOSPC, sticky=True), Fault(errno.EIO), Fault(errno.ENOSPC, short=True))
MOST_CALLS = 200
LONGER = {  # one call in so many in the fast run
    "import": 6,
    "take over": 6,
    "creation": 4,
    "opening": 5,
    "send out": 4,
    "snapshot": 3,
    "restore": 5,
}


@dataclass
class Sweep:
    """How many faults were made, and what went wrong for the user with which."""

    faults: int = 0
    troubles: list[str] = field(default_factory=list)


def swept(writer: Writer, folder: Path, faults: tuple[Fault, ...], apart: int = 1) -> Sweep:
    """Let every call (or one in so many) fail in every way, each time in a fresh copy."""
    sweep = Sweep()
    (folder / "prepared").mkdir(parents=True)
    writer.prepare(folder / "prepared")
    for fault in faults:
        for nth in range(1, MOST_CALLS, apart):
            place = folder / "place"
            shutil.copytree(folder / "prepared", place)
            files = FaultyFiles(nth, fault)
            trouble = outcome(writer, place, files)
            shutil.rmtree(place)
            if trouble:
                sweep.troubles.append(f"call {nth}, {fault}: {trouble}")
            if not files.fired:
                break
            sweep.faults += 1
        else:
            pytest.fail("the sweep did not reach the end")
    return sweep


def outcome(writer: Writer, place: Path, files: FaultyFiles) -> str:
    """What is wrong after one fault, in words."""
    try:
        writer.write(place, files)
    except StorageError as error:
        if not error.sentence or not error.remedy:
            return "no sentence"
        if str(place) not in str(error) and not isinstance(error, PictureMissing):
            return f"the sentence does not say where: {error}"
        look = writer.kept
    except OSError as error:
        return f"not a sentence: {error}"
    else:
        look = writer.done
    try:
        return look(place) or _goes_on(writer, place)
    except Exception as error:
        return f"not even readable: {type(error).__name__}: {error}"


def _goes_on(writer: Writer, place: Path) -> str:
    """The disk is well again: the same is done once more, and leaves nothing behind."""
    writer.write(place, REAL_FILES)
    trouble = writer.done(place)
    left = [each.name for each in place.rglob(".~yc-*")]
    return trouble or (f"left behind: {left}" if left else "")


@pytest.mark.parametrize("name", WRITERS)
def test_that_no_fault_of_the_disk_costs_anything(memory, name):
    sweep = swept(WRITERS[name], memory, FEW, LONGER.get(name, 1))

    assert sweep.troubles == []
    assert sweep.faults >= len(FEW)


@pytest.mark.long
@pytest.mark.parametrize("name", WRITERS)
def test_that_no_fault_of_any_kind_costs_anything(memory, name):
    sweep = swept(WRITERS[name], memory, EVERY_FAULT)

    record("R4", f"{sweep.faults} faults, {len(sweep.troubles)} damaged or lied about", name)
    assert sweep.troubles == []


def test_that_writing_in_place_and_lying_are_found_out(memory):
    def write(folder: Path, files: Files) -> None:
        target = folder / "方案.docx"
        try:
            files.remove(target)
            handle = files.create(target)
            files.write(handle, memoryview(b"new " * 1000))
            files.close(handle)
        except OSError as error:
            raise StorageError(f"没有保存{folder}。", "请再试。") from error

    sweep = swept(replace(WRITERS["docx"], write=write), memory, FEW)

    found = " ".join(sweep.troubles)
    assert "the new document is not there" in found
    assert "not even readable: FileNotFoundError" in found
