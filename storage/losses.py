"""Places of a draft whose content did not prove, each with the last good content that is known.

Kept in `damage.json` beside the draft until somebody answers, however often the plan is closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from forms.address import Address, AddressError, parse_address
from forms.answers import Answers
from forms.encoding import EncodingError, decode
from forms.values import Value
from storage.codec import Loose, LooseError, dump, load, load_texts, time_text
from storage.files import REAL_FILES, Files
from storage.rows import ORDER, Row, order_row, value_row
from storage.saving import safe_save

LOSSES_NAME = "damage.json"
_NEVER = ""


@dataclass(frozen=True, slots=True)
class Loss:
    """A damaged place; `value` or `order` is its last good content, `known` when that was so.

    `known` is None when nothing good was found. `is_last` when the change log proves that nothing
    was entered there afterwards.
    """

    place: Address
    is_order: bool = False
    value: Value | None = None
    order: tuple[str, ...] = ()
    known: datetime | None = None
    is_last: bool = False

    @property
    def can_be_had_back(self) -> bool:
        """Whether there is something to put in its place."""
        return bool(self.order) if self.is_order else self.value is not None

    def put_back(self, answers: Answers) -> Answers:
        """The plan with the last good content at its place; rows entered since stay at the end."""
        if not self.can_be_had_back:
            return answers
        if not self.is_order:
            return answers.with_value(self.place, self.value)
        since = [row for row in answers.order(self.place) if row not in self.order]
        return answers.with_order(self.place, (*self.order, *since))

    def is_open(self, answers: Answers) -> bool:
        """Whether the place still lacks what it had."""
        if self.is_order:
            return not self.order or not set(self.order) <= set(answers.order(self.place))
        return answers.get(self.place) is None


def write_losses(folder: Path, losses: Iterable[Loss], files: Files = REAL_FILES) -> None:
    """Remember what is still unanswered; `StorageError` as `safe_save`."""
    parts = {f"{loss.place} {_kind(loss)}": _parts(loss) for loss in losses}
    if parts:
        safe_save(folder / LOSSES_NAME, dump(parts, indent=1), files=files)
    elif (folder / LOSSES_NAME).exists():
        with suppress(OSError):
            files.remove(folder / LOSSES_NAME)


def read_losses(folder: Path, files: Files = REAL_FILES) -> tuple[Loss, ...]:
    """What is still unanswered; an entry that is odd keeps its mark and loses its content."""
    try:
        loose = load(files.read(folder / LOSSES_NAME), LOSSES_NAME)
    except (OSError, LooseError):
        return ()
    found = (_loss(loose, key) for key in sorted(loose.parts))
    return tuple(each for each in found if each is not None)


def _kind(loss: Loss) -> str:
    return ORDER if loss.is_order else "value"


def _parts(loss: Loss) -> dict[str, str | bool | int]:
    row = _row(loss)
    return {
        "tag": row.tag if row else "",
        "text": row.text if row else "",
        "hash": row.digest if row else "",
        "known": time_text(loss.known) if loss.known else _NEVER,
        "last": int(loss.is_last),
    }


def _row(loss: Loss) -> Row | None:
    if not loss.can_be_had_back:
        return None
    if loss.is_order:
        return order_row(loss.place, loss.order)
    return None if loss.value is None else value_row(loss.place, loss.value)


def _loss(loose: Loose, key: str) -> Loss | None:
    address, _, kind = key.rpartition(" ")
    try:
        place = parse_address(address)
    except AddressError:
        return None
    try:
        return _content(loose.child(key), place, is_order=kind == ORDER)
    except (LooseError, EncodingError):
        return Loss(place, kind == ORDER)


def _content(entry: Loose, place: Address, *, is_order: bool) -> Loss:
    row = Row(str(place), entry.text("tag"), entry.text("text"))
    if not row.tag or row.digest != entry.text("hash"):
        return Loss(place, is_order)
    known, is_last = entry.when("known"), bool(entry.whole("last"))
    if is_order:
        return Loss(place, True, None, load_texts(row.text), known, is_last)
    return Loss(place, False, decode(row.tag, row.text), (), known, is_last)
