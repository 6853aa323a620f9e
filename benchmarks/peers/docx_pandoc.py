"""pandoc: HTML in, Word out."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from content import Content
from web import page


def make(content: Content, folder: Path, target: Path) -> None:
    """The Word file, its contents empty until Word fills them."""
    with tempfile.TemporaryDirectory(prefix="peer-pandoc-") as place:
        source = Path(place) / "plan.html"
        source.write_text(page(content, chart_suffix="png"), encoding="utf-8")
        subprocess.run(
            [
                *("pandoc", str(source), "-f", "html", "-t", "docx", "--toc"),
                *(f"--resource-path={folder}", "-o", str(target)),
            ],
            check=True,
        )
