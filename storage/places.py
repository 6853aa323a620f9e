"""Where drafts may live: on the machine's own disk, never on sticks, shares or in synced folders.

A live draft in such a place gets lost or mixed up behind the program's back; files travel instead.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from storage.errors import PlaceRefused

_SYNC_WORDS = {
    "onedrive": "OneDrive",
    "nutstore": "坚果云",
    "坚果云": "坚果云",
    "dropbox": "Dropbox",
    "baidunetdisk": "百度网盘",
    "baidusyncdisk": "百度网盘",
    "百度网盘": "百度网盘",
    "百度云": "百度网盘",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "google drive": "Google Drive",
    "wps云盘": "WPS 云盘",
    "wpsdrive": "WPS 云盘",
    "wps cloud files": "WPS 云盘",
}
_SYNC_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_NETWORK_TYPES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "davfs"}
_NETWORK_PROGRAMS = ("fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.gvfsd")
_REMOVABLE_PLACES = ("/media/", "/run/media/")
_MOUNTS = Path("/proc/self/mounts")
_DEVICES = Path("/sys/dev/block")
_REMOVABLE = "这是可移动磁盘"


def refuse_place(folder: Path, environment: Mapping[str, str] = os.environ) -> None:
    """Raise `PlaceRefused` when drafts may not live in the folder, which need not exist yet."""
    place = folder.resolve()
    reason = _sync_reason(place, environment) or _device_reason(place)
    if reason:
        raise PlaceRefused(folder, reason)


def is_removable(place: Path) -> bool:
    """Whether a place is on a stick or another disk that somebody will pull out."""
    place = place.resolve()
    return _device_reason(place) == _REMOVABLE or _is_removable_device(place)


def _sync_reason(place: Path, environment: Mapping[str, str]) -> str:
    for variable in _SYNC_VARIABLES:
        root = environment.get(variable)
        if root and place.is_relative_to(Path(root).resolve()):
            return "这是 OneDrive 的同步文件夹"
    for part in place.parts:
        for word, name in _SYNC_WORDS.items():
            if part.lower() == word or part.lower().startswith((f"{word} ", f"{word}-")):
                return f"这是{name}的同步文件夹"
    return ""


def _device_reason(place: Path) -> str:
    if sys.platform == "win32":
        return _windows_reason(place)
    if not _MOUNTS.exists():
        return ""
    return mount_reason(place, _MOUNTS.read_text("utf-8", errors="replace"))


def mount_reason(place: Path, mounts: str) -> str:
    """Why the device under the place is refused, by a table like /proc/mounts; else ""."""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ")
        if place.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, fields[2]
    if kind in _NETWORK_TYPES or kind.startswith(_NETWORK_PROGRAMS):
        return "这是网络位置"
    if f"{best}/".startswith(_REMOVABLE_PLACES):
        return _REMOVABLE
    return ""


def _is_removable_device(place: Path, devices: Path = _DEVICES) -> bool:
    """Whether Linux calls the disk below a place removable, wherever it is mounted."""
    if not devices.is_dir():
        return False
    number = place.stat().st_dev
    device = (devices / f"{os.major(number)}:{os.minor(number)}").resolve()
    for disk in (device, device.parent):  # a partition lies in the folder of its disk
        flag = disk / "removable"
        if flag.is_file():
            return flag.read_text("ascii").strip() == "1"
    return False


def _windows_reason(place: Path) -> str:
    if sys.platform != "win32":
        return ""
    if place.drive.startswith("\\\\"):
        return "这是网络位置"
    import ctypes  # noqa: PLC0415 -- Windows only

    kind = ctypes.WinDLL("kernel32").GetDriveTypeW(f"{place.drive}\\")
    return {2: _REMOVABLE, 4: "这是网络位置", 5: "这是光盘"}.get(kind, "")
