"""The content as the document tree of our exporters."""

from __future__ import annotations

from pathlib import Path

from content import FIGURE_COLUMNS, WIDTHS, Block, Chart, Content, Heading, Picture, Text
from pictures import SIZE, file_of

from exporters import document as tree

_PNG_PIXELS = tuple(side * 4 for side in SIZE)


def charts(chart: Chart, folder: Path, caption: tree.Caption) -> tree.Block:
    """A chart as a block: the one place to change when the tree has charts of its own."""
    picture = file_of(folder, chart, "png").read_bytes()
    return tree.Figure(picture, "image/png", *_PNG_PIXELS, caption, chart.title)


def document_of(content: Content, folder: Path) -> tree.Document:
    """Contents in front, the text, the table on landscape pages."""
    figures = iter(range(1, len(content.blocks)))
    body = tuple(
        _block(block, number, figures, folder) for number, block in enumerate(content.blocks)
    )
    front = tree.Part(tree.PartRole.FRONT, (tree.Contents(),))
    annex = tree.Part(
        tree.PartRole.ANNEX, (_table(content),), orientation=tree.Orientation.LANDSCAPE
    )
    return tree.Document(content.title, (front, tree.Part(tree.PartRole.BODY, body), annex))


def _block(block: Block, number: int, figures: object, folder: Path) -> tree.Block:
    match block:
        case Heading():
            return tree.Heading(block.level, block.number, block.text, f"heading{number}")
        case Text():
            return tree.Paragraph((tree.Run(block.text),))
        case Chart():
            return charts(block, folder, _caption(figures, block.title))
        case Picture():
            content = (folder / block.file).read_bytes()
            caption = _caption(figures, block.title)
            return tree.Figure(
                content, "image/jpeg", block.width, block.height, caption, block.title
            )


def _caption(figures: object, text: str) -> tree.Caption:
    number = next(figures)
    return tree.Caption(f"图{number}", text, f"figure{number}")


def _table(content: Content) -> tree.Table:
    columns = tuple(
        tree.Column(width, tree.Align.RIGHT if at in FIGURE_COLUMNS else tree.Align.LEFT)
        for at, width in enumerate(WIDTHS)
    )
    label, text = content.table_title.split()
    return tree.Table(
        columns,
        (_row(content.head),),
        tuple(map(_row, content.rows)),
        tree.Caption(label, text, "table1"),
    )


def _row(texts: tuple[str, ...]) -> tree.TableRow:
    return tree.TableRow(tuple(map(tree.Cell, texts)))
