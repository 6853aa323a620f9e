"""The packs that travel with the program, each read once."""

from __future__ import annotations

from functools import lru_cache

import resources
from forms.loading.node import PackError
from forms.loading.pack import load_pack
from forms.schema import Pack

_FOLDER = "packs"


def pack_ids() -> tuple[str, ...]:
    """The ids of the packs at hand."""
    folder = resources.path(_FOLDER)
    return tuple(sorted(path.parent.name for path in folder.glob("*/pack.toml")))


@lru_cache(maxsize=4)
def open_pack(pack_id: str) -> Pack:
    """The pack with this id; `PackError` when it is not at hand or must not be used."""
    if pack_id not in pack_ids():
        known = "、".join(pack_ids())
        raise PackError(pack_id, "", f"本程序没有这个政策包，现有：{known}")
    return load_pack(resources.path(f"{_FOLDER}/{pack_id}"))
