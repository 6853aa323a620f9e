"""What can go wrong with drafts and files: sentences for the planner, each with its remedy.

Only known troubles stand here; any other exception is a mistake of the program.
"""

from __future__ import annotations

import errno
from datetime import datetime
from pathlib import Path


class StorageError(Exception):
    """A known trouble; `sentence` says what happened to which thing, `remedy` what to do now."""

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(f"{sentence}{remedy}")
        self.sentence = sentence
        self.remedy = remedy


# ---- writing a file ---------------------------------------------------------------------------


class DiskFull(StorageError):
    """No room left on the disk, or the quota is used up."""

    def __init__(self, place: Path) -> None:
        super().__init__(
            f"磁盘空间不足，“{place.name}”没有保存（位置：{place.parent}）。",
            "请清理磁盘或换一个位置后再试；原有内容没有改动。",
        )


class TargetUnwritable(StorageError):
    """The place refuses to be written: read-only stick, protected folder, missing rights."""

    def __init__(self, place: Path) -> None:
        super().__init__(
            f"无法写入“{place.name}”：文件夹“{place.parent}”只读或没有写入权限。",
            "请换一个文件夹，或检查 U 盘的写保护开关；原有文件没有改动。",
        )


class TargetFolderMissing(StorageError):
    """The folder is gone: the stick was pulled, the share is away."""

    def __init__(self, place: Path) -> None:
        super().__init__(
            f"找不到文件夹“{place.parent}”，“{place.name}”没有保存。",
            "请确认 U 盘或网络位置仍然连接，或换一个文件夹。",
        )


class NameRefused(StorageError):
    """The system refuses the name: too long, or the name of a folder."""

    def __init__(self, place: Path) -> None:
        super().__init__(
            f"系统不接受文件名“{place.name}”（位置：{place.parent}）。",
            "请换一个较短的、不与文件夹同名的文件名。",
        )


class WriteFailed(StorageError):
    """The disk reported an error, or did not give back what was written."""

    def __init__(self, place: Path, reason: str) -> None:
        super().__init__(
            f"“{place.name}”没有保存：{reason}（位置：{place.parent}）。",
            "请再试一次；若仍失败，请换一个磁盘。原有文件没有改动。",
        )


class ReadFailed(StorageError):
    """The file cannot be read."""

    def __init__(self, place: Path, reason: str) -> None:
        super().__init__(
            f"无法读取“{place.name}”：{reason}（位置：{place.parent}）。",
            "请确认文件仍在、没有被其他程序独占，然后再试。",
        )


# ---- plan files -------------------------------------------------------------------------------


class PlanFileError(StorageError):
    """A `.yuance` file that is not taken in."""


class NotAPlanFile(PlanFileError):
    """The file is something else."""

    def __init__(self, reason: str = "") -> None:
        more = f"（{reason}）" if reason else ""
        super().__init__(
            f"这不是园策方案文件{more}。",
            "请选择扩展名为 .yuance 的文件；扩展名已经是的，多半没有发送完整，请让对方重新发送。",
        )


class DamagedPlanFile(PlanFileError):
    """The file is truncated or altered; nothing of it was taken in."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"方案文件不完整或被改动过：{reason}。",
            "没有读入任何内容；请让对方重新发送，或改用另一份副本。",
        )


class NewerFormat(PlanFileError):
    """Written by a newer program; also raised for drafts."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"此方案由较新版本的园策保存（格式 {found}，本程序最高支持格式 {known}）。",
            "请升级园策后再打开；文件没有改动。",
        )
        self.found = found


class PlanFileTooLarge(PlanFileError):
    """The file is larger than any plan may be."""

    def __init__(self, megabytes: int, limit: int) -> None:
        super().__init__(
            f"方案文件过大（约 {megabytes} MB，上限 {limit} MB）。",
            "请检查是否选错了文件，或压缩方案中的图片。",
        )


class OtherVersion(StorageError):
    """A plan file stands where one is to be written, and the plan does not come from it."""

    def __init__(self, place: Path, title: str, *, is_same_plan: bool) -> None:
        what = "这个方案的另一个版本" if is_same_plan else f"另一个方案（{title or '未命名'}）"
        super().__init__(
            f"“{place.name}”中已有{what}，没有替换（位置：{place.parent}）。",
            "请先合并，或换一个文件名。",
        )
        self.place = place
        self.is_same_plan = is_same_plan


class PictureMissing(StorageError):
    """A picture the plan refers to is not there, or not as it was stored."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"图片“{name}”缺失或已损坏。", "请在方案中重新插入这张图片，或从快照恢复。"
        )


class PicturesLeftOut(StorageError):
    """The file was written, without pictures that are gone from the disk."""

    def __init__(self, written: Path, count: int) -> None:
        super().__init__(
            f"已另存为“{written.name}”，但有 {count} 张图片已缺失，没有写入。",
            "文字和数据都在文件中；请重新插入这些图片。",
        )


class PictureRefused(StorageError):
    """The bytes are not a picture of an accepted kind."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”不是可用的图片。", "请使用 PNG、JPEG、GIF、BMP 或 TIFF 图片。")


class ContentRefused(StorageError):
    """A value that could not be read back as it is, so it is not written."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"有一处内容无法保存：{reason}", "请修改这一处；其余内容照常保存。")


# ---- drafts -----------------------------------------------------------------------------------


class DraftError(StorageError):
    """A live draft that cannot be opened or written."""


class DraftLocked(DraftError):
    """Another window has the draft; it can be looked at through its last snapshot."""

    def __init__(self, person: str = "", machine: str = "", since: datetime | None = None) -> None:
        who = f"被 {person} " if person else "在另一个窗口"
        where = f"在 {machine} " if machine else ""
        when = f"{_clock(since)} " if since else ""
        super().__init__(
            f"本方案已{who}{where}{when}打开。", "请先在那里关闭；现在可以只读查看最近的快照。"
        )
        self.person = person
        self.machine = machine
        self.since = since


def _clock(since: datetime) -> str:
    there = since.astimezone()
    is_today = there.date() == datetime.now().astimezone().date()
    return f"{there:%H:%M}" if is_today else f"{there:%Y-%m-%d %H:%M}"


class DamagedDraft(DraftError):
    """The draft file cannot be read as a whole."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"草稿已损坏，无法读取：{reason}（位置：{folder}）。",
            "请从最近的快照恢复；损坏的文件会原样保留。",
        )


class DraftMissing(DraftError):
    """There is no draft in the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"文件夹“{folder}”中没有草稿。", "请在方案列表中重新选择。")


class DraftExists(DraftError):
    """There is a draft already where one was to be made."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"文件夹“{folder}”中已有草稿。", "请直接打开它，或另存副本。")


class DraftReplaced(DraftError):
    """The draft file was moved, deleted or changed under the open window."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"草稿文件在打开期间被移动、删除或替换（位置：{folder}）。",
            "已停止写入以免覆盖；请将当前内容另存为方案文件，再重新打开。",
        )


class DraftSettingsRefused(DraftError):
    """SQLite did not accept a setting that the safety of drafts rests on."""

    def __init__(self, setting: str) -> None:
        super().__init__(
            f"数据库未接受安全设置“{setting}”，为避免丢失内容，草稿没有打开。",
            "请使用随程序提供的运行环境。",
        )


class PlaceRefused(DraftError):
    """Drafts may not live on sticks, shares or in synchronised folders."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"草稿不能放在“{folder}”：{reason}。",
            "请使用本机硬盘上的文件夹；要带走或共享方案，请导出 .yuance 文件。",
        )


class SnapshotFailed(StorageError):
    """The snapshot does not equal the draft and was thrown away."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"快照与草稿不一致，没有保留（位置：{folder}）。", "草稿本身没有改动，请稍后再试。"
        )


class SnapshotDamaged(StorageError):
    """A snapshot that does not prove is never shown and never restored."""

    def __init__(self, place: Path) -> None:
        super().__init__(
            f"这份快照没有通过校验，不能使用（{place.name}）。", "请选择另一份；文件原样保留。"
        )


_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FULL_WINDOWS = {39, 112}
_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
_NAME = {errno.ENAMETOOLONG, errno.EISDIR, errno.EINVAL}
_NAME_WINDOWS = {123, 206}


def write_error(error: OSError, place: Path) -> StorageError:
    """The sentence for a failed write to `place`."""
    windows = getattr(error, "winerror", None)
    if error.errno in _FULL or windows in _FULL_WINDOWS:
        return DiskFull(place)
    if error.errno in _READ_ONLY:
        return TargetUnwritable(place)
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENODEV):
        return TargetFolderMissing(place)
    if error.errno in _NAME or windows in _NAME_WINDOWS:
        return NameRefused(place)
    return WriteFailed(place, error.strerror or str(error))


def read_error(error: OSError, place: Path) -> StorageError:
    """The sentence for a failed read of `place`."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return ReadFailed(place, "文件不存在")
    if error.errno in _READ_ONLY:
        return ReadFailed(place, "没有读取权限或被其他程序占用")
    return ReadFailed(place, error.strerror or str(error))
