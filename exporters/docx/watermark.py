"""The watermark of a draft: slanting grey letters behind the text, in the header as in Word."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from exporters.docx import names
from exporters.docx.markup import attribute, namespaces
from exporters.look import Face

if TYPE_CHECKING:
    from exporters.look import Look

HEADER = "rIdHeader"
_SHAPE_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
_LARGEST_PT = 96.0
_REACH = 0.9  # of the measure, for the slanting words
# The shape every office program knows as text along a line.
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
    '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom"'
    ' o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight"'
    ' xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)


def header_xml(text: str, look: Look) -> str:
    """The header with the watermark."""
    width, height = _size(text, look.page.text_width_mm / 25.4 * 72)
    place = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width:.0f}pt;height:{height:.0f}pt;"
        "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin"
    )
    font = attribute(f'font-family:"{look.fonts[Face.HEI]}";font-size:1pt')
    shape = (
        '<v:shape id="YuanceWatermark" o:spid="_x0000_s2049" type="#_x0000_t136"'
        f' alt="水印：{attribute(text)}" style="{place}" o:allowincell="f"'
        ' fillcolor="silver" stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style="{font}" string="{attribute(text)}"/>'
        '<w10:wrap anchorx="margin" anchory="margin"/></v:shape>'
    )
    return (
        f"<w:hdr {namespaces('w')} {_SHAPE_NAMESPACES}><w:p><w:pPr>"
        f'<w:pStyle w:val="{names.HEADER.id}"/></w:pPr><w:r><w:pict>{_SHAPE_TYPE}{shape}</w:pict>'
        "</w:r></w:p></w:hdr>"
    )


def _size(text: str, measure: float) -> tuple[float, float]:
    """Width and height of the words before they are turned; turned, they fit the measure."""
    letters = max(len(text), 1)
    turned = (letters * cos(pi / 4) + sin(pi / 4)) or 1.0
    size = min(_LARGEST_PT, measure * _REACH / turned)
    return letters * size, size
