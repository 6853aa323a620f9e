"""Packs from disk: TOML and CSV read strictly into the frozen schema, or refused with a reason."""

from forms.loading.node import PackError
from forms.loading.pack import load_pack
from forms.loading.shelf import open_pack, pack_ids

__all__ = ["PackError", "load_pack", "open_pack", "pack_ids"]
