"""The file layer with a memory: the calls of a writer, for the model of a power cut."""

from __future__ import annotations

from pathlib import Path

from storage.files import Files
from tests.reliability.power_cut import Call


class RecordingFiles(Files):
    """Does what it is asked for below `root`, and notes it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.calls: list[Call] = []
        self._open: dict[int, tuple[str, int]] = {}

    def tell(self, step: int) -> None:
        """Note that a step was acknowledged."""
        self.calls.append(Call("tell", at=step))

    def create(self, path: Path) -> int:
        handle = super().create(path)
        self._open[handle] = (self._at(path), 0)
        self.calls.append(Call("create", self._at(path)))
        return handle

    def write(self, handle: int, part: memoryview) -> int:
        taken = super().write(handle, part)
        path, at = self._open[handle]
        self.calls.append(Call("write", path, at=at, data=bytes(part[:taken])))
        self._open[handle] = (path, at + taken)
        return taken

    def sync(self, handle: int) -> None:
        super().sync(handle)
        self.calls.append(Call("sync", self._open[handle][0]))

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        self.calls.append(Call("rename", self._at(source), self._at(target)))

    def remove(self, path: Path) -> None:
        super().remove(path)
        self.calls.append(Call("remove", self._at(path)))

    def make_folder(self, folder: Path) -> bool:
        is_new = super().make_folder(folder)
        if is_new:
            self.calls.append(Call("folder", self._at(folder)))
        return is_new

    def sync_folder(self, folder: Path) -> None:
        super().sync_folder(folder)
        self.calls.append(Call("sync folder", self._at(folder)))

    def _at(self, path: Path) -> str:
        relative = str(path.relative_to(self.root))
        return "" if relative == "." else relative
