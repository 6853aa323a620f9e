"""What is known about a plan as a whole: its ids, names, times and roots."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, fields
from datetime import datetime

from storage.codec import Loose, LooseError, time_text
from storage.roots import parse_root

_ID = re.compile(r"[0-9a-z][0-9a-z-]{7,63}")  # also the name of the draft folder
LONGEST_NAME = 500


@dataclass(frozen=True, slots=True)
class PlanMeta:
    """The plan as a whole; `root` tells its content, `parent_root` the content last exchanged."""

    plan_id: str
    pack_id: str
    pack_version: str
    title: str
    park: str
    revision: int
    root: str
    parent_root: str
    created: datetime
    changed: datetime
    program: str

    def parts(self) -> dict[str, str | int]:
        """The meta data as JSON holds it."""
        return {
            "plan_id": self.plan_id,
            "pack_id": self.pack_id,
            "pack_version": self.pack_version,
            "title": self.title,
            "park": self.park,
            "revision": self.revision,
            "root": self.root,
            "parent_root": self.parent_root,
            "created": time_text(self.created),
            "changed": time_text(self.changed),
            "program": self.program,
        }


def new_plan_id() -> str:
    """A plan id nobody else has."""
    return str(uuid.uuid4())


def read_meta(loose: Loose) -> PlanMeta:
    """Meta data from JSON; `LooseError` when a part is missing, odd or unknown."""
    loose.only(*(each.name for each in fields(PlanMeta)))
    plan_id = loose.text("plan_id")
    if not _ID.fullmatch(plan_id):
        raise LooseError(f"方案编号“{plan_id[:40]}”不规范")
    return PlanMeta(
        plan_id,
        _short(loose, "pack_id"),
        _short(loose, "pack_version"),
        _short(loose, "title"),
        _short(loose, "park"),
        loose.whole("revision"),
        _root(loose, "root"),
        _root(loose, "parent_root"),
        loose.when("created"),
        loose.when("changed"),
        _short(loose, "program"),
    )


def _short(loose: Loose, key: str) -> str:
    text = loose.text(key)
    if len(text) > LONGEST_NAME:
        raise LooseError(f"“{key}”过长")
    return text


def _root(loose: Loose, key: str) -> str:
    text = loose.text(key)
    if text:
        try:
            parse_root(text)
        except ValueError as error:
            raise LooseError(f"“{key}”不是校验根") from error
    return text
