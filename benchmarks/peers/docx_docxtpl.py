"""docxtpl: a template with loops, as a person would draw it up in Word, filled in."""

from __future__ import annotations

from pathlib import Path

import docx
import docx_python_docx
import paper
from content import Chart, Content, Heading, Picture, Text
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from pictures import file_of

_BODY = (
    "{%p for block in blocks %}",
    "{%p if block.kind == 'text' %}",
    "{{ block.text }}",
    "{%p elif block.kind == 'heading' %}",
    "{{ block.text }}",  # set in a heading style
    "{%p else %}",
    "{{ block.picture }}",
    "{{ block.text }}",
    "{%p endif %}",
    "{%p endfor %}",
)


def prepare(folder: Path, _target: Path) -> None:
    """The template."""
    document = docx.Document()
    docx_python_docx.look(document)
    for text in _BODY:
        document.add_paragraph(text)
    document.paragraphs[4].style = "Heading 2"
    table = document.add_table(rows=4, cols=15, style="Table Grid")
    table.cell(1, 0).text = "{%tr for row in rows %}"
    table.cell(3, 0).text = "{%tr endfor %}"
    for column in range(15):
        table.cell(0, column).text = f"{{{{ head[{column}] }}}}"
        table.cell(2, column).text = f"{{{{ row[{column}] }}}}"
        table.cell(2, column).paragraphs[0].style = "Cell"
    document.save(str(folder / "template.docx"))


def make(content: Content, folder: Path, target: Path) -> None:
    """The Word file; contents are not to be had here."""
    document = DocxTemplate(folder / "template.docx")
    blocks = [_said(document, block, folder) for block in content.blocks]
    facts = {"blocks": blocks, "head": content.head, "rows": content.rows}
    document.render(facts, autoescape=True)
    document.save(target)


def _said(
    document: DocxTemplate, block: Heading | Text | Chart | Picture, folder: Path
) -> dict[str, object]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.number + block.text}
        case Text():
            return {"kind": "text", "text": block.text}
        case Chart() | Picture():
            file = (
                file_of(folder, block, "png") if isinstance(block, Chart) else folder / block.file
            )
            picture = InlineImage(document, str(file), width=Mm(paper.FIGURE_WIDTH_MM))
            return {"kind": "figure", "picture": picture, "text": block.title}
