"""weasyprint: HTML and CSS with contents by target-counter and charts as SVG."""

from __future__ import annotations

from pathlib import Path

from content import Content
from weasyprint import HTML
from web import page, print_style


def make(content: Content, folder: Path, target: Path) -> None:
    """The PDF."""
    text = page(content, chart_suffix="svg", style=print_style(), contents=True)
    HTML(string=text, base_url=f"{folder.resolve().as_uri()}/").write_pdf(target)
