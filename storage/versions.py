"""Looking into snapshots: what one held, one as a plan file, and the best one after damage."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from forms.answers import Answers
from storage.errors import PictureMissing, SnapshotDamaged
from storage.info import DraftInfo, read_info
from storage.last_good import proven
from storage.pictures import read_picture
from storage.plan_file import PlanFile
from storage.reading import LoadedDraft, read_snapshot
from storage.rows import picture_names, rows_of, shown_pictures
from storage.snapshots import Snapshot, list_snapshots


@dataclass(frozen=True, slots=True)
class Rescue:
    """The best snapshot of an unreadable draft, and what the list of plans last knew of it."""

    snapshot: Snapshot
    answers: Answers
    known: DraftInfo | None

    @property
    def missing_actions(self) -> int:
        """How many actions came after the snapshot, as far as is known."""
        known = self.known.revision if self.known else 0
        return max(0, known - self.snapshot.revision)


def answers_then(snapshot: Snapshot) -> Answers:
    """What the plan held when the snapshot was taken; `SnapshotDamaged` unless all proves."""
    answers = proven(snapshot)
    if answers is None:
        raise SnapshotDamaged(snapshot.path)
    return answers


def loaded_then(snapshot: Snapshot) -> LoadedDraft:
    """The same with the meta data of that time."""
    answers_then(snapshot)
    return read_snapshot(snapshot.path)


def version_file(folder: Path, snapshot: Snapshot, program: str = "") -> PlanFile:
    """The plan as it was, ready to travel; `SnapshotDamaged` or `PictureMissing`."""
    loaded = loaded_then(snapshot)
    rows = tuple(rows_of(loaded.answers))
    needed = shown_pictures(rows)
    pictures: dict[str, bytes] = {}
    for name in sorted(picture_names(rows)):
        try:
            pictures[name] = read_picture(folder, name)
        except PictureMissing:
            if name in needed:  # prose prints a line in its place
                raise
    meta = replace(loaded.meta, program=program or loaded.meta.program)
    return PlanFile(meta, loaded.answers, pictures)


def best_snapshot(folder: Path) -> Rescue | None:
    """The newest snapshot that proves, for a draft that cannot be read."""
    for snapshot in list_snapshots(folder):
        answers = proven(snapshot)
        if answers is not None:
            return Rescue(snapshot, answers, read_info(folder))
    return None


def bytes_of(snapshots: Iterable[Snapshot]) -> int:
    """How much room snapshots take on the disk."""
    total = 0
    for each in snapshots:
        with suppress(OSError):
            total += each.path.stat().st_size
    return total
