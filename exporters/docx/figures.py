"""Pictures inside the text: drawing markup, size on the sheet, one part for equal pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from exporters.docx.markup import attribute
from exporters.docx.measures import Sheet, emu_of_mm
from exporters.errors import ExportError

if TYPE_CHECKING:
    from exporters.document import Figure
    from exporters.look import Look

_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpeg"}
_SIGNATURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the package: its name there and what it is."""

    number: int
    media_type: str
    content: bytes

    @property
    def relationship(self) -> str:
        """The id by which the body names this picture."""
        return f"rIdPicture{self.number}"

    @property
    def part_name(self) -> str:
        """The picture's place in the package."""
        return f"/word/media/image{self.number}.{_EXTENSIONS[self.media_type]}"


@dataclass(slots=True)
class Pictures:
    """The pictures of one file, each kept once."""

    _by_digest: dict[bytes, Picture] = field(default_factory=dict[bytes, Picture])
    _drawings: int = 0

    def all(self) -> tuple[Picture, ...]:
        """Every picture in the order of first use."""
        return tuple(self._by_digest.values())

    def drawing(self, figure: Figure, sheet: Sheet, look: Look) -> str:
        """The run that shows a figure's picture on such a sheet.

        Raises ExportError when the picture is neither PNG nor JPEG.
        """
        picture = self._kept(figure)
        self._drawings += 1
        width, height = (emu_of_mm(side) for side in printed_size_mm(figure, sheet, look))
        return _drawing(picture.relationship, self._drawings, (width, height), figure)

    def _kept(self, figure: Figure) -> Picture:
        signature = _SIGNATURES.get(figure.media_type)
        if signature is None or not figure.picture.startswith(signature):
            label = figure.caption.label or "一张图"
            raise ExportError(f"{label}的图片不是PNG或JPEG格式，无法放入文档，请重新选择图片。")
        digest = sha256(figure.picture).digest()
        number = len(self._by_digest) + 1
        return self._by_digest.setdefault(
            digest, Picture(number, figure.media_type, figure.picture)
        )


def printed_size_mm(figure: Figure, sheet: Sheet, look: Look) -> tuple[float, float]:
    """Width and height on paper: as wide as the text, unless too high or too coarse for that."""
    highest = look.figure_height_mm(large=figure.large, page_mm=sheet.text_height_mm)
    return figure.printed_mm(sheet.text_width_mm, highest)


def _drawing(relationship: str, number: int, size: tuple[int, int], figure: Figure) -> str:
    width, height = size
    alt = attribute(figure.alt or figure.caption.text)
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="图{number}" descr="{alt}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="图{number}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
