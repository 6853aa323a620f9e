"""docx of npm, on Node."""

from __future__ import annotations

import subprocess
from pathlib import Path

from content import Content

_SCRIPT = Path(__file__).with_name("docx_npm.js")


def make(_content: Content, folder: Path, target: Path) -> None:
    """The Word file, its contents empty until Word fills them."""
    subprocess.run(["node", str(_SCRIPT), str(folder), str(target)], check=True)
