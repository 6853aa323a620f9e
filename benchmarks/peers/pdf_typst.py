"""typst, by its Python wheel: the script reads the content itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import typst
from content import Content
from paper import FONTS

_SCRIPT = Path(__file__).with_name("plan.typ")


def prepare(folder: Path, _target: Path) -> None:
    """Put the script beside the content, for typst reads nothing outside its root."""
    shutil.copy(_SCRIPT, folder)


def make(_content: Content, folder: Path, target: Path) -> None:
    """The PDF."""
    typst.compile(
        str(folder / _SCRIPT.name),
        output=str(target),
        root=str(folder),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
