"""The small pack of the tests, and copies of it with one thing changed."""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path

from forms.loading import load_pack
from forms.schema import Pack

SMALL = Path(__file__).parent / "small"
ROOT = Path(__file__).parents[2]
REAL = ROOT / "resources" / "packs" / "ndrc-2021-1004"


@lru_cache(maxsize=1)
def small_pack() -> Pack:
    """A pack with one item of each type and a value of every kind."""
    return load_pack(SMALL)


def changed(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """A copy of the small pack in which one passage reads otherwise."""
    folder = tmp_path / "pack"
    shutil.copytree(SMALL, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, f"{file} does not hold {old!r}"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder
