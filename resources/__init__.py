"""The files that travel with the program, behind one accessor that works frozen and unfrozen."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath


def path(name: str) -> Path:
    """Where a bundled file or folder lies; ValueError for an absolute name or one with `..`."""
    parts = PurePosixPath(name).parts
    if not parts or "\\" in name or ":" in name or name.startswith("/") or ".." in parts:
        raise ValueError(f"not a resource name: {name!r}")
    return _root().joinpath(*parts)


def read_text(name: str) -> str:
    """A bundled UTF-8 text; FileNotFoundError when there is none."""
    return path(name).read_text(encoding="utf-8")


def read_bytes(name: str) -> bytes:
    """A bundled file as it is; FileNotFoundError when there is none."""
    return path(name).read_bytes()


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)  # set by PyInstaller's start code
    return Path(frozen) / "resources" if frozen else Path(__file__).resolve().parent


def version() -> str:
    """The version of the program."""
    return read_text("version.txt").strip()
