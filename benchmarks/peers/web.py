"""The content as HTML, for the peers that read it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import paper
from content import FIGURE_COLUMNS, WIDTHS, Chart, Content, Heading, Picture, Text


def page(content: Content, *, chart_suffix: str, style: str = "", contents: bool = False) -> str:
    """The whole document; pictures are named by their file names."""
    parts = ["<!doctype html><html lang=zh-CN><head><meta charset=utf-8>"]
    parts.append(f"<title>{escape(content.title)}</title><style>{style}</style></head><body>")
    if contents:
        parts += _contents(content)
    number = 0
    for at, block in enumerate(content.blocks):
        match block:
            case Heading():
                title = escape(block.number + block.text)
                parts.append(f"<h{block.level} id=h{at}>{title}</h{block.level}>")
            case Text():
                parts.append(f"<p>{escape(block.text)}</p>")
            case Chart() | Picture():
                number += 1
                source = f"{block.name}.{chart_suffix}" if isinstance(block, Chart) else block.file
                title = escape(f"图{number} {block.title}")
                parts.append(
                    f'<figure><img src="{source}" alt="{escape(block.title)}">'
                    f"<figcaption>{title}</figcaption></figure>"
                )
    parts += _table(content)
    return "".join((*parts, "</body></html>"))


def _contents(content: Content) -> Iterator[str]:
    yield "<nav><h6>目录</h6>"
    for at, block in enumerate(content.blocks):
        if isinstance(block, Heading):
            title = escape(block.number + block.text)
            yield f'<a class=level{block.level} href="#h{at}">{title}</a>'
    yield "</nav>"


def _table(content: Content) -> Iterator[str]:
    yield f"<table><caption>{escape(content.table_title)}</caption><colgroup>"
    for width in WIDTHS:
        yield f'<col style="width:{100 * width / sum(WIDTHS):.3f}%">'
    yield "</colgroup><thead><tr>"
    for cell in content.head:
        yield f"<th>{escape(cell)}</th>"
    yield "</tr></thead><tbody>"
    for row in content.rows:
        yield "<tr>"
        for at, cell in enumerate(row):
            kind = " class=n" if at in FIGURE_COLUMNS else ""
            yield f"<td{kind}>{escape(cell)}</td>"
        yield "</tr>"
    yield "</tbody></table>"


def print_style() -> str:
    """CSS for paper, as the other peers set it."""
    margins = (paper.TOP_MM, paper.RIGHT_MM, paper.BOTTOM_MM, paper.LEFT_MM)
    turned = (paper.LEFT_MM, paper.TOP_MM, paper.RIGHT_MM, paper.BOTTOM_MM)
    upright, wide = (" ".join(f"{side}mm" for side in sides) for sides in (margins, turned))
    return f"""
@font-face {{ font-family: body; src: url({paper.BODY_FILE.as_uri()}) }}
@font-face {{ font-family: "{paper.HEAD_FONT}"; src: url({paper.HEAD_FILE.as_uri()}) }}
@page {{ size: A4; margin: {upright}; @bottom-center {{ content: "— " counter(page) " —" }} }}
@page wide {{ size: A4 landscape; margin: {wide} }}
body {{ margin: 0; font: {paper.SIZE_PT}pt/{paper.LINE_PT}pt body; text-align: justify }}
p {{ margin: 0; text-indent: 2em }}
h1, h2 {{ margin: 0; text-indent: 2em; break-after: avoid;
  font: {paper.SIZE_PT}pt/{paper.LINE_PT}pt "{paper.HEAD_FONT}" }}
figure {{ margin: 6pt 0; text-align: center; break-inside: avoid }}
img {{ width: {paper.FIGURE_WIDTH_MM}mm }}
figcaption, caption, h6 {{ font: 12pt/20pt "{paper.HEAD_FONT}"; text-align: center; margin: 0 }}
nav {{ break-after: page }}
nav a {{ display: block; color: black; text-decoration: none }}
nav a::after {{ content: leader(".") target-counter(attr(href), page) }}
.level2 {{ margin-left: 2em }}
table {{ page: wide; width: 100%; table-layout: fixed; border-collapse: collapse;
  font: {paper.TABLE_SIZE_PT}pt/{paper.TABLE_LINE_PT}pt body; text-align: left }}
td, th {{ border: 0.5pt solid black; padding: 3pt; font-weight: normal }}
tr {{ break-inside: avoid }}
th {{ font-family: "{paper.HEAD_FONT}" }}
.n {{ text-align: right }}
"""
