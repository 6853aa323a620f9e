"""Saving a file: whatever fails, the old file is whole, or the new one is and is told."""

from __future__ import annotations

import errno
import os
import time
from typing import TYPE_CHECKING

import pytest

from storage.errors import DiskFull, StorageError, TargetFolderMissing, TargetUnwritable
from storage.files import REAL_FILES, Files
from storage.saving import safe_save
from tests.reliability.faulty_files import EVERY_FAULT, Fault, FaultyFiles
from tests.storage.plans import names

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = b"old " * 1000, b"new and longer " * 200_000


def sweep(saver, folder: Path) -> list[str]:
    """Let each call of a saver fail in each way; what went wrong for the user, in words."""
    troubles = []
    for fault in EVERY_FAULT:
        for nth in range(1, 60):
            place = folder / f"{fault} {nth}"
            place.mkdir()
            files = FaultyFiles(nth, fault)
            found = outcome(saver, place / "方案.docx", files)
            if found:
                troubles.append(f"{place.name}: {found}")
            if not files.fired:
                break
        else:
            pytest.fail("the sweep did not reach the end of the save")
    return troubles


def outcome(saver, target: Path, files: FaultyFiles) -> str:
    target.write_bytes(OLD)
    try:
        written = saver(target, NEW, None, files)
    except StorageError as error:
        if not error.sentence or not error.remedy:
            return "no sentence"
        if not target.exists() or target.read_bytes() != OLD:
            return "old file damaged"
        left = [each for each in target.parent.iterdir() if each != target]
        return "temporary file left" if left and not files.fault.sticky else ""
    return "" if written.read_bytes() == NEW else "false success"


def test_that_no_fault_damages_the_old_file_or_is_told_as_success(tmp_path):
    assert sweep(safe_save, tmp_path) == []


def test_that_the_sweep_finds_a_saver_that_writes_in_place(tmp_path):
    def in_place(target, content, verify, files):
        try:
            files.remove(target)
            handle = files.create(target)
            files.write(handle, memoryview(content))
            files.close(handle)
        except OSError as error:
            raise StorageError("没有保存。", "请再试。") from error
        return target

    found = " ".join(sweep(in_place, tmp_path))

    assert "old file damaged" in found
    assert "false success" in found


def test_that_a_saved_file_has_all_bytes_and_leaves_nothing_beside(tmp_path):
    target = tmp_path / "方案.docx"

    assert safe_save(target, NEW) == target
    assert target.read_bytes() == NEW
    assert names(tmp_path) == ["方案.docx"]


def test_that_a_file_refused_by_its_check_leaves_the_old_one(tmp_path):
    target = tmp_path / "方案.pdf"
    target.write_bytes(OLD)

    def refuse(content: bytes) -> None:
        assert content == NEW
        raise ValueError("页数不符")

    with pytest.raises(ValueError, match="页数不符"):
        safe_save(target, NEW, refuse)
    assert target.read_bytes() == OLD
    assert names(tmp_path) == ["方案.pdf"]


def test_that_bytes_altered_on_the_way_are_noticed(tmp_path):
    class ForgetfulFiles(Files):
        def read(self, path):
            return super().read(path)[:-1] + b"?"

    target = tmp_path / "方案.pdf"
    target.write_bytes(OLD)

    with pytest.raises(StorageError, match="读回的内容与写入的不符"):
        safe_save(target, NEW, files=ForgetfulFiles())
    assert target.read_bytes() == OLD


def test_that_a_file_open_in_wps_is_saved_beside_under_a_number(tmp_path):
    held = tmp_path / "方案.docx"
    held.write_bytes(OLD)
    pauses = []

    class HeldFiles(Files):
        def replace(self, source, target):
            if target == held:
                raise PermissionError(errno.EACCES, "in use")
            super().replace(source, target)

        def pause(self, milliseconds):
            pauses.append(milliseconds)

    first = safe_save(held, NEW, files=HeldFiles())
    second = safe_save(held, NEW, files=HeldFiles())

    assert [first.name, second.name] == ["方案(1).docx", "方案(2).docx"]
    assert first.read_bytes() == second.read_bytes() == NEW
    assert held.read_bytes() == OLD
    assert sum(pauses) <= 2 * 2_600


def test_that_a_file_let_go_in_time_is_replaced(tmp_path):
    target = tmp_path / "方案.docx"
    target.write_bytes(OLD)
    tries = []

    class BusyFiles(Files):
        def replace(self, source, target):
            tries.append(target)
            if len(tries) < 3:
                raise PermissionError(errno.EACCES, "in use")
            super().replace(source, target)

        def pause(self, milliseconds):
            pass

    assert safe_save(target, NEW, files=BusyFiles()) == target
    assert target.read_bytes() == NEW


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (errno.ENOSPC, DiskFull, "磁盘空间不足"),
        (errno.EROFS, TargetUnwritable, "写保护"),
        (errno.ENOENT, TargetFolderMissing, "U 盘"),
    ],
)
def test_that_the_sentence_names_the_file_and_the_remedy(tmp_path, code, kind, words):
    with pytest.raises(kind, match=words) as caught:
        safe_save(tmp_path / "方案.docx", NEW, files=FaultyFiles(2, Fault(code)))
    assert "方案.docx" in str(caught.value)


def test_that_a_missing_folder_is_told(tmp_path):
    with pytest.raises(TargetFolderMissing):
        safe_save(tmp_path / "gone" / "方案.docx", NEW)


def test_that_only_our_own_temporary_files_of_yesterday_are_cleaned(tmp_path):
    own, fresh, foreign = ".~yc-0123456789abcdef.tmp", ".~yc-fedcba9876543210.tmp", "~$方案.docx"
    for name in (own, fresh, foreign):
        (tmp_path / name).write_bytes(b"x")
    yesterday = time.time() - 25 * 3600
    for name in (own, foreign):
        os.utime(tmp_path / name, (yesterday, yesterday))

    safe_save(tmp_path / "方案.docx", NEW)

    assert names(tmp_path) == sorted([fresh, foreign, "方案.docx"])


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_that_a_link_keeps_pointing_to_the_saved_file(tmp_path):
    (tmp_path / "real.docx").write_bytes(OLD)
    (tmp_path / "link.docx").symlink_to(tmp_path / "real.docx")

    safe_save(tmp_path / "link.docx", NEW, files=REAL_FILES)

    assert (tmp_path / "link.docx").is_symlink()
    assert (tmp_path / "real.docx").read_bytes() == NEW
