"""A file on a stick is called safe only after it was read back from the stick itself."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from storage import places, sticks
from storage.errors import StorageError
from storage.files import Files
from storage.saving import safe_save
from storage.sticks import is_safe_to_pull

CONTENT = b"plan" * 5_000


@pytest.fixture
def stick(tmp_path, monkeypatch) -> Path:
    """A folder that the system calls a stick."""
    table = f"/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 {tmp_path} vfat rw 0 0\n"
    mounts = tmp_path / "mounts"
    mounts.write_text(table, encoding="utf-8")
    monkeypatch.setattr(places, "_MOUNTS", mounts)
    monkeypatch.setattr(places, "_REMOVABLE_PLACES", (f"{tmp_path}/",))
    return tmp_path


class Stick(Files):
    """A stick that forgets what was written to it, or is pulled out, once it is asked."""

    def __init__(self, *, forgets: bool = False, pulled: bool = False) -> None:
        self.calls: list[str] = []
        self._forgets, self._pulled = forgets, pulled

    def forget(self, path: Path) -> None:
        self.calls.append("forget")
        super().forget(path)
        if self._pulled:
            path.unlink()
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        if self._forgets:
            path.write_bytes(CONTENT[:4096] + bytes(len(CONTENT) - 4096))

    def read(self, path: Path) -> bytes:
        self.calls.append("read")
        return super().read(path)


def test_that_a_file_on_a_stick_is_read_twice_the_second_time_from_the_stick(stick):
    files = Stick()

    assert is_safe_to_pull(safe_save(stick / "方案.pdf", CONTENT), files)
    assert files.calls == ["read", "forget", "read"]


def test_that_a_stick_whose_folders_cannot_be_synced_is_safe_all_the_same(stick):
    class Fat(Files):
        def sync_folder(self, folder: Path) -> None:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    assert is_safe_to_pull(safe_save(stick / "方案.pdf", CONTENT), Fat())


def test_that_nothing_is_said_of_the_disk_of_the_machine(tmp_path):
    path = safe_save(tmp_path / "方案.pdf", CONTENT)

    assert not is_safe_to_pull(path)


def test_that_a_stick_that_gives_back_something_else_is_told(stick):
    path = safe_save(stick / "方案.pdf", CONTENT)

    with pytest.raises(StorageError) as told:
        is_safe_to_pull(path, Stick(forgets=True))
    assert "U 盘可能已坏" in told.value.sentence
    assert told.value.remedy


def test_that_a_stick_pulled_out_meanwhile_is_told(stick):
    path = safe_save(stick / "方案.pdf", CONTENT)

    with pytest.raises(StorageError) as told:
        is_safe_to_pull(path, Stick(pulled=True))
    assert "方案.pdf" in told.value.sentence
    assert told.value.remedy


def test_that_nothing_half_stands_where_the_folder_is_gone(tmp_path):
    with pytest.raises(StorageError, match="找不到文件夹"):
        safe_save(tmp_path / "拔走了" / "方案.pdf", CONTENT)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("flag", "is_stick"), [("1\n", True), ("0\n", False)])
def test_that_linux_names_a_stick_wherever_it_is_mounted(tmp_path, flag, is_stick):
    number = tmp_path.stat().st_dev
    disk = tmp_path / "devices" / "sdb"
    partition = disk / "sdb1"
    partition.mkdir(parents=True)
    (disk / "removable").write_text(flag, encoding="ascii")
    blocks = tmp_path / "block"
    blocks.mkdir()
    (blocks / f"{os.major(number)}:{os.minor(number)}").symlink_to(partition)

    assert places._is_removable_device(tmp_path, blocks) is is_stick


def test_that_a_check_without_forgetting_would_not_notice(stick):
    """What comparing with memory alone is worth: nothing."""

    class Careless(Stick):
        def forget(self, path: Path) -> None:
            self.calls.append("forget")

    path = safe_save(stick / "方案.pdf", CONTENT)
    assert sticks.is_safe_to_pull(path, Careless(forgets=True))
