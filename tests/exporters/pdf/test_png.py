"""PNG files handed on as they are: the same pixels on paper, and nothing damaged let through."""

from __future__ import annotations

import io
import random
import struct
import zlib

import pypdfium2
import pytest
from PIL import Image

from exporters.document import Caption, Figure
from exporters.pdf.pictures import pdf_image
from exporters.pdf.png import packed_pixels
from tests.exporters.pdf.reading import rendered

SIZE = (60, 40)


def picture(mode: str) -> Image.Image:
    chance = random.Random(3)
    count = SIZE[0] * SIZE[1] * len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, SIZE, chance.randbytes(count))


def png(image: Image.Image, **how: object) -> bytes:
    target = io.BytesIO()
    image.save(target, "PNG", **how)  # pyright: ignore[reportArgumentType]  # Pillow says Any
    return target.getvalue()


def with_chunk(file: bytes, kind: bytes, content: bytes) -> bytes:
    crc = struct.pack(">L", zlib.crc32(kind + content))
    return file[:33] + struct.pack(">L", len(content)) + kind + content + crc + file[33:]


def with_colours(count: int) -> Image.Image:
    return picture("RGB").quantize(count, dither=Image.Dither.NONE)


@pytest.mark.parametrize(
    "image",
    [
        *(picture("L"), picture("RGB"), picture("L").convert("1")),
        *(with_colours(count) for count in (2, 3, 15, 16, 200, 256)),
    ],
    ids=lambda image: f"{image.mode}",
)
def test_that_a_plain_picture_is_printed_pixel_for_pixel(image: Image.Image) -> None:
    content = png(image)
    assert pdf_image(content, 400).is_filtered
    file = rendered(Figure(content, "image/png", *SIZE, Caption("图1", "流程", "f"), "流程"))
    page = pypdfium2.PdfDocument(file.content)[0]
    (found,) = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    assert isinstance(found, pypdfium2.PdfImage)
    shown = found.get_bitmap().to_pil().convert("RGB")
    assert shown.tobytes() == image.convert("RGB").tobytes()


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_that_what_shows_through_is_not_handed_on(mode: str) -> None:
    assert packed_pixels(png(picture(mode))) is None


def test_that_a_see_through_colour_and_a_turned_camera_are_heeded() -> None:
    whole = png(picture("RGB"))
    assert packed_pixels(with_chunk(whole, b"tEXt", b"Title\0plan")) is not None
    assert packed_pixels(with_chunk(whole, b"tRNS", bytes(6))) is None
    assert packed_pixels(with_chunk(whole, b"eXIf", b"MM\0*")) is None


def test_that_no_damage_passes() -> None:
    whole = png(picture("RGB"))
    assert packed_pixels(whole) is not None
    for at in range(0, len(whole) - 12, 97):
        spoilt = bytearray(whole)
        spoilt[at] ^= 1
        assert packed_pixels(bytes(spoilt)) is None
        assert packed_pixels(whole[:at]) is None


def test_that_rows_that_are_missing_are_missed() -> None:
    whole = png(picture("RGB"))
    header = bytearray(whole[12:29])
    header[8:12] = struct.pack(">L", SIZE[1] + 1)
    taller = whole[:12] + bytes(header) + struct.pack(">L", zlib.crc32(header)) + whole[33:]
    assert packed_pixels(taller) is None
