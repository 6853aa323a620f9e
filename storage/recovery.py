"""What is done once a draft was opened: the last crash told, damage settled, then a snapshot.

Run in the writer's thread; what goes wrong here is handed on and never stands in the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.draft import Draft
from storage.errors import StorageError
from storage.last_good import find_losses
from storage.losses import Loss, read_losses, write_losses
from storage.reading import LoadedDraft
from storage.salvage import BROKEN
from storage.snapshots import Snapshot, list_snapshots


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a draft had been through; `until` is the last commit when it was not closed properly."""

    until: datetime | None = None
    losses: tuple[Loss, ...] = ()
    damaged_now: bool = False
    trouble: Exception | None = None


def look_after(draft: Draft, loaded: LoadedDraft, *, who: str, at: datetime) -> Recovered:
    """Settle damage with its places remembered."""
    until = loaded.meta.changed if draft.was_cut_off else None
    losses = tuple(
        loss for loss in read_losses(draft.folder, draft.files) if loss.is_open(loaded.answers)
    )
    trouble: Exception | None = None
    try:
        if not loaded.whole:
            losses = _joined(losses, find_losses(draft, loaded))
            write_losses(draft.folder, losses, draft.files)
            draft.settle_damage(who=who, at=at)
    except (StorageError, *BROKEN, OSError) as error:
        trouble = error
    return Recovered(until, losses, not loaded.whole, trouble)


def keep_opened(draft: Draft, at: datetime) -> Snapshot | None:
    """Keep a snapshot of what was opened, settled if need be; None when there is one.

    Nobody waits for it: what is typed meanwhile is written behind it. Errors as `Draft.snapshot`.
    """
    return None if _has_snapshot(draft) else draft.snapshot("open", at=at)


def _joined(older: tuple[Loss, ...], newer: tuple[Loss, ...]) -> tuple[Loss, ...]:
    """Each place once, with the content found at the time it was lost."""
    seen = {(loss.place, loss.is_order) for loss in older}
    return (*older, *(loss for loss in newer if (loss.place, loss.is_order) not in seen))


def _has_snapshot(draft: Draft) -> bool:
    found = list_snapshots(draft.folder, draft.files)
    return bool(found) and found[0].root == draft.meta.root
