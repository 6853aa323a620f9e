"""Editable charts of Word: DrawingML with its figures kept in it and in an embedded workbook."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, assert_never

from exporters.charts import ChartKind
from exporters.docx.markup import attribute
from exporters.docx.workbook import SHEET, column_name
from exporters.drawing import Fill, Hatch
from exporters.figures.bars import is_upright
from exporters.figures.palette import EDGE, INK, LABEL_PT, LINE, PAPER, SMALL_PT, SOFT, fill_of
from exporters.look import Face

if TYPE_CHECKING:
    from exporters.charts import Chart
    from exporters.look import Look

WORKBOOK_ID = "rIdWorkbook"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HAIR = 6350  # EMU: half a point
_LINE = 22225
_CATEGORY_AXIS, _VALUE_AXIS = 111111111, 222222222
_PATTERNS = {
    Hatch.UP: "wdUpDiag",
    Hatch.DOWN: "wdDnDiag",
    Hatch.CROSS: "diagCross",
    Hatch.HORIZONTAL: "ltHorz",
    Hatch.VERTICAL: "ltVert",
    Hatch.DOTS: "pct10",
}
_LABELLED_SHARE = Decimal("0.07")
_MARKERS = ("circle", "square", "triangle", "diamond", "x", "plus")
_DASHES = ("solid", "dash", "sysDot", "dashDot", "lgDash", "sysDash")


def chart_xml(chart: Chart, look: Look) -> str:
    """The chart part; its figures are also in the workbook of the relationship WORKBOOK_ID."""
    legend = len(chart.series) > 1 and chart.kind is not ChartKind.PIE
    return (
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}" xmlns:r="{_RELATIONS}">'
        '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart>'
        f'{_unit(chart)}<c:autoTitleDeleted val="{0 if chart.unit else 1}"/>'
        f"<c:plotArea><c:layout/>{_plot(chart)}</c:plotArea>"
        f"{_legend() if legend else ''}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f"{_text(LABEL_PT, look)}"
        f'<c:externalData r:id="{WORKBOOK_ID}"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )


def _plot(chart: Chart) -> str:
    match chart.kind:
        case ChartKind.BAR | ChartKind.STACKED:
            return _bars(chart)
        case ChartKind.LINE:
            return _lines(chart)
        case ChartKind.PIE:
            return _pie(chart)
        case _:
            assert_never(chart.kind)


def _bars(chart: Chart) -> str:
    stacked = chart.kind is ChartKind.STACKED
    upright = is_upright(chart)
    series = "".join(
        f"{_named(chart, at)}{_shape(fill_of(at))}"
        f'<c:invertIfNegative val="0"/>{_labels(chart, at, "ctr" if stacked else "outEnd")}'
        f"{_data(chart, at)}</c:ser>"
        for at in range(len(chart.series))
    )
    return (
        f'<c:barChart><c:barDir val="{"col" if upright else "bar"}"/>'
        f'<c:grouping val="{"stacked" if stacked else "clustered"}"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="{60 if upright else 45}"/>'
        f'<c:overlap val="{100 if stacked else 0}"/>{_axis_ids()}</c:barChart>{_axes(upright)}'
    )


def _lines(chart: Chart) -> str:
    series = "".join(
        f"{_named(chart, at)}{_stroke(at)}{_marker(at)}{_labels(chart, at, _beside(chart, at))}"
        f'{_data(chart, at)}<c:smooth val="0"/></c:ser>'
        for at in range(len(chart.series))
    )
    return (
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{series}<c:marker val="1"/>{_axis_ids()}</c:lineChart>{_axes(upright=True)}'
    )


def _pie(chart: Chart) -> str:
    points = "".join(
        f'<c:dPt><c:idx val="{at}"/><c:bubble3D val="0"/>{_shape(fill_of(at))}</c:dPt>'
        for at in range(len(chart.categories))
    )
    small = "".join(
        f'<c:dLbl><c:idx val="{at}"/>{_pie_label("bestFit")}</c:dLbl>'
        for at, value in enumerate(chart.series[0].values)
        if value is not None and value < _whole(chart) * _LABELLED_SHARE
    )
    labels = f'<c:dLbls>{small}{_pie_label("outEnd")}<c:showLeaderLines val="1"/></c:dLbls>'
    return (
        f'<c:pieChart><c:varyColors val="1"/>{_named(chart, 0)}{points}{labels}'
        f'{_data(chart, 0)}</c:ser><c:firstSliceAng val="0"/></c:pieChart>'
    )


def _whole(chart: Chart) -> Decimal:
    return sum((value for value in chart.series[0].values if value is not None), Decimal(0))


def _pie_label(place: str) -> str:
    """Name, figure and share outside the pie; those of small slices go where there is room."""
    return (
        f"<c:spPr>{_solid(PAPER)}</c:spPr>{_text(SMALL_PT)}"
        f'<c:dLblPos val="{place}"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="1"/><c:showSerName val="0"/><c:showPercent val="1"/>'
        '<c:showBubbleSize val="0"/><c:separator>\n</c:separator>'
    )


def _named(chart: Chart, at: int) -> str:
    place = f"{SHEET}!${column_name(at + 2)}$1"
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:strRef><c:f>{place}</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{attribute(chart.series[at].name)}'
        "</c:v></c:pt></c:strCache></c:strRef></c:tx>"
    )


def _data(chart: Chart, at: int) -> str:
    count, column = len(chart.categories), column_name(at + 2)
    names = "".join(
        f'<c:pt idx="{number}"><c:v>{attribute(name)}</c:v></c:pt>'
        for number, name in enumerate(chart.categories)
    )
    figures = "".join(
        f'<c:pt idx="{number}"><c:v>{value:f}</c:v></c:pt>'
        for number, value in enumerate(chart.series[at].values)
        if value is not None
    )
    return (
        f"<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${count + 1}</c:f><c:strCache>"
        f'<c:ptCount val="{count}"/>{names}</c:strCache></c:strRef></c:cat>'
        f"<c:val><c:numRef><c:f>{SHEET}!${column}$2:${column}${count + 1}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{figures}</c:numCache>'
        "</c:numRef></c:val>"
    )


def _beside(chart: Chart, at: int) -> str:
    """Figures stand above their line, those of the lowest line below it."""
    lows = [min(filter(None, series.values), default=None) for series in chart.series]
    present = [low for low in lows if low is not None]
    is_lowest = len(present) > 1 and lows[at] == min(present)
    return "b" if is_lowest else "t"


def _labels(chart: Chart, at: int, place: str) -> str:
    """The figure at each bar or point; in words where it reads otherwise than it is drawn."""
    said = "".join(_said(chart, at, number, place) for number in range(len(chart.categories)))
    return (
        f"<c:dLbls>{said}<c:spPr>{_behind(place)}</c:spPr>{_text(SMALL_PT)}"
        f'<c:dLblPos val="{place}"/>{_SHOWS}</c:dLbls>'
    )


def _least_labelled(chart: Chart) -> Decimal:
    """The least figure whose part of a stacked bar has room for its label."""
    wholes = [
        sum(abs(value) for series in chart.series if (value := series.values[at]) is not None)
        for at in range(len(chart.categories))
    ]
    return max(wholes) * _LABELLED_SHARE


_SHOWS = (
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


def _behind(place: str) -> str:
    """Labels on a fill stand on a patch of paper."""
    return _solid(PAPER) if place == "ctr" else "<a:noFill/>"


def _said(chart: Chart, at: int, number: int, place: str) -> str:
    """What is special about one label: it is left out, or says more than the bare figure."""
    series = chart.series[at]
    value, text = series.values[number], series.text(number)
    if value is None or (text == f"{value:f}" and place != "ctr"):
        return ""
    if place == "ctr" and abs(value) < _least_labelled(chart):
        return f'<c:dLbl><c:idx val="{number}"/><c:delete val="1"/></c:dLbl>'
    if text == f"{value:f}":
        return ""
    size = round(SMALL_PT * 100)
    return (
        f'<c:dLbl><c:idx val="{number}"/><c:tx><c:rich><a:bodyPr/><a:p><a:r>'
        f'<a:rPr lang="zh-CN" sz="{size}"/><a:t>{attribute(text)}</a:t></a:r></a:p>'
        f'</c:rich></c:tx><c:dLblPos val="{place}"/>{_SHOWS}</c:dLbl>'
    )


def _axis_ids() -> str:
    return f'<c:axId val="{_CATEGORY_AXIS}"/><c:axId val="{_VALUE_AXIS}"/>'


def _axes(upright: bool) -> str:
    order = "minMax" if upright else "maxMin"  # lying bars are read from the top
    below, beside = ("b", "l") if upright else ("l", "b")
    return (
        f'<c:catAx><c:axId val="{_CATEGORY_AXIS}"/><c:scaling><c:orientation val="{order}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{below}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{_edge(INK)}</c:spPr>{_text(LABEL_PT, level=True)}"
        f'<c:crossAx val="{_VALUE_AXIS}"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="60"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="{_VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{beside}"/>'
        f"<c:majorGridlines><c:spPr>{_edge(LINE)}</c:spPr></c:majorGridlines>"
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr>{_edge(EDGE)}</c:spPr>{_text(SMALL_PT)}<c:crossAx val="{_CATEGORY_AXIS}"/>'
        f'<c:crosses val="{"autoZero" if upright else "max"}"/><c:crossBetween val="between"/>'
        "</c:valAx>"
    )


def _legend() -> str:
    return '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>'


def _unit(chart: Chart) -> str:
    if not chart.unit:
        return ""
    return (
        "<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr/></a:pPr><a:r>"
        f'<a:rPr lang="zh-CN" sz="{round(LABEL_PT * 100)}" b="0"/>'
        f"<a:t>单位：{attribute(chart.unit)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:layout><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/>'
        '<c:x val="0.82"/><c:y val="0.01"/></c:manualLayout></c:layout>'
        '<c:overlay val="0"/></c:title>'
    )


def _text(size_pt: float, look: Look | None = None, *, level: bool = False) -> str:
    """The face of a part of the chart; Chinese and Latin fonts are named once, at the top."""
    turn = '<a:bodyPr rot="0" vert="horz"/>' if level else "<a:bodyPr/>"
    fonts = ""
    if look is not None:
        latin, han = attribute(look.latin), attribute(look.fonts[Face.SONG])
        fonts = f'<a:latin typeface="{latin}"/><a:ea typeface="{han}"/>'
    return (
        f"<c:txPr>{turn}<a:p><a:pPr>"
        f'<a:defRPr sz="{round(size_pt * 100)}" b="0">{_solid(INK)}{fonts}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill>'


def _edge(colour: str, width: int = _HAIR) -> str:
    return f'<a:ln w="{width}">{_solid(colour)}</a:ln>'


def _shape(fill: Fill) -> str:
    pattern = _PATTERNS.get(fill.hatch)
    inside = _solid(fill.colour)
    if pattern:
        inside = (
            f'<a:pattFill prst="{pattern}"><a:fgClr><a:srgbClr val="{INK[1:]}"/></a:fgClr>'
            f'<a:bgClr><a:srgbClr val="{fill.colour[1:]}"/></a:bgClr></a:pattFill>'
        )
    return f"<c:spPr>{inside}{_edge(INK)}</c:spPr>"


def _stroke(at: int) -> str:
    dash = _DASHES[at % len(_DASHES)]
    return (
        f'<c:spPr><a:ln w="{_LINE}">{_solid(SOFT if at else INK)}'
        f'<a:prstDash val="{dash}"/></a:ln></c:spPr>'
    )


def _marker(at: int) -> str:
    sign = _MARKERS[at % len(_MARKERS)]
    return (
        f'<c:marker><c:symbol val="{sign}"/><c:size val="6"/>'
        f"<c:spPr>{_solid(fill_of(at).colour)}{_edge(INK)}</c:spPr></c:marker>"
    )
