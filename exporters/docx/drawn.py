"""Figures drawn from the plan: as editable charts, else as pictures, PNG with SVG beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from exporters.docx.charts import WORKBOOK_ID, chart_xml
from exporters.docx.markup import attribute
from exporters.docx.measures import Sheet, emu_of_mm
from exporters.docx.workbook import chart_workbook
from exporters.figures.svg import drawing_svg

if TYPE_CHECKING:
    from exporters.charts import Chart
    from exporters.document import DrawnFigure
    from exporters.drawing import Drawing
    from exporters.look import Look

DrawPng = Callable[["Drawing"], bytes]

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_SPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_TYPE = "image/svg+xml"
_NUMBERS_FROM = 5000  # of drawing ids, apart from those of photographs
_CAPTION_MM = 24  # of the page's height for caption and notes


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part of the package that another part refers to by an id."""

    name: str
    media_type: str
    relation: str
    id: str
    content: bytes
    attached: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureForm:
    """How drawn figures appear: charts editable or as pictures, and what draws a picture."""

    png: DrawPng | None = None
    charts_as_pictures: bool = False


@dataclass(slots=True)
class DrawnFigures:
    """The drawn figures of one file."""

    look: Look
    form: FigureForm
    attachments: list[Attachment] = field(default_factory=list[Attachment])
    _count: int = 0

    def run(self, figure: DrawnFigure, sheet: Sheet) -> str:
        """The run that shows a figure: a chart where it is one and pictures are not asked for."""
        self._count += 1
        if figure.chart is not None and not self.form.charts_as_pictures:
            return self._chart(figure, figure.chart, sheet)
        return self._picture(figure, sheet)

    def _chart(self, figure: DrawnFigure, chart: Chart, sheet: Sheet) -> str:
        number = self._count
        workbook = Attachment(
            f"/word/embeddings/chart{number}.xlsx",
            CONTENT_TYPE.SML_SHEET,
            RELATIONSHIP_TYPE.PACKAGE,
            WORKBOOK_ID,
            chart_workbook(chart),
        )
        self.attachments.append(
            Attachment(
                f"/word/charts/chart{number}.xml",
                CONTENT_TYPE.DML_CHART,
                RELATIONSHIP_TYPE.CHART,
                f"rIdChart{number}",
                (_DECLARATION + chart_xml(chart, self.look)).encode(),
                (workbook,),
            )
        )
        graphic = (
            f'<a:graphicData uri="{_DRAWING}/chart"><c:chart xmlns:c="{_DRAWING}/chart" '
            f'r:id="rIdChart{number}"/></a:graphicData>'
        )
        return self._inline(figure, sheet, graphic, "<wp:cNvGraphicFramePr/>")

    def _picture(self, figure: DrawnFigure, sheet: Sheet) -> str:
        if self.form.png is None:
            raise ValueError("a drawn figure is to be a picture and nothing draws it")
        number = self._count
        for suffix, media_type, content in (
            ("png", "image/png", self.form.png(figure.drawing)),
            ("svg", _SVG_TYPE, drawing_svg(figure.drawing)),
        ):
            self.attachments.append(
                Attachment(
                    f"/word/media/drawing{number}.{suffix}",
                    media_type,
                    RELATIONSHIP_TYPE.IMAGE,
                    f"rIdDrawing{number}{suffix}",
                    content,
                )
            )
        width, height = map(emu_of_mm, drawn_size_mm(figure.drawing, sheet))
        graphic = (
            f'<a:graphicData uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="{_NUMBERS_FROM + number}" name="绘图{number}"/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdDrawing{number}png"><a:extLst>'
            f'<a:ext uri="{_SVG_EXTENSION}"><asvg:svgBlip xmlns:asvg="{_SVG_SPACE}" '
            f'r:embed="rIdDrawing{number}svg"/></a:ext></a:extLst></a:blip><a:stretch>'
            "<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
            f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        )
        frame = (
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        )
        return self._inline(figure, sheet, graphic, frame)

    def _inline(self, figure: DrawnFigure, sheet: Sheet, graphic: str, frame: str) -> str:
        width, height = map(emu_of_mm, drawn_size_mm(figure.drawing, sheet))
        number = self._count
        return (
            '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width}" cy="{height}"/>'
            f'<wp:docPr id="{_NUMBERS_FROM + number}" name="绘图{number}" '
            f'descr="{attribute(figure.alt or figure.caption.text)}"/>{frame}'
            f"<a:graphic>{graphic}</a:graphic></wp:inline></w:drawing></w:r>"
        )


def drawn_size_mm(drawing: Drawing, sheet: Sheet) -> tuple[float, float]:
    """Width and height on paper: the drawing's own, smaller only where the page is."""
    room = sheet.text_height_mm - _CAPTION_MM
    scale = min(1.0, sheet.text_width_mm / drawing.width_mm, room / drawing.height_mm)
    return drawing.width_mm * scale, drawing.height_mm * scale
