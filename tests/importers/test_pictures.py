"""A received picture is made anew: its pixels come along, and nothing else."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from forms.values import Cut
from importers.errors import ReceivedError, Refused
from importers.guard.pictures import clean_picture
from importers.reader import take_picture
from tests.importers.hostile_pictures import chunk, huge_png, png, saved

SECRET = "北纬39度-张三的手机"


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def with_exif(kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = SECRET  # maker
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (39.0, 54.0, 20.0)
    return saved(kind, exif=exif)


METADATA = {
    "JPEG 的拍摄信息": lambda: with_exif("JPEG"),
    "PNG 的拍摄信息": lambda: with_exif("PNG"),
    "TIFF 的拍摄信息": lambda: with_exif("TIFF"),
    "JPEG 的注释": lambda: saved("JPEG", comment=SECRET.encode()),
    "JPEG 的色彩配置": lambda: saved("JPEG", icc_profile=SECRET.encode() * 9),
    "PNG 的文字": lambda: png(chunk(b"tEXt", b"Author\0" + SECRET.encode())),
    "PNG 的 XMP": lambda: png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET.encode())),
    "PNG 的时间": lambda: png(chunk(b"tIME", b"\x07\xe7\x01\x01\x01\x01\x01")),
    "PNG 的私有块": lambda: png(chunk(b"prVt", SECRET.encode())),
    "JPEG 的 XMP": lambda: _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET.encode()),
    "JPEG 的 IPTC": lambda: _segment(0xED, b"Photoshop 3.0\08BIM\x04\x04" + SECRET.encode()),
    "JPEG 的厂商段": lambda: _segment(0xEA, SECRET.encode()),
    "GIF 的注释": lambda: saved("GIF", comment=SECRET.encode()),
    "PNG 之后的数据": lambda: png() + SECRET.encode(),
    "JPEG 之后的数据": lambda: saved("JPEG") + SECRET.encode(),
}


def _segment(mark: int, content: bytes) -> bytes:
    good = saved("JPEG")
    return good[:2] + bytes((0xFF, mark)) + (len(content) + 2).to_bytes(2) + content + good[2:]


@pytest.mark.parametrize("what", METADATA)
def test_that_nothing_but_the_pixels_comes_along(what):
    content = METADATA[what]()

    made = clean_picture(content).content

    assert SECRET.encode() not in made
    image = opened(made)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert made.endswith((b"IEND\xaeB`\x82", b"\xff\xd9"))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "P"), ("PNG", "I;16"), ("PNG", "1"), ("JPEG", "CMYK"), ("TIFF", "F"), ("BMP", "RGB")],
)
def test_that_odd_pixels_become_such_as_every_office_program_shows(kind, mode):
    made = clean_picture(saved(kind, mode))

    image = opened(made.content)
    assert image.format in ("PNG", "JPEG")
    assert image.mode in ("L", "RGB", "RGBA")
    assert image.size == (made.width, made.height) == (40, 30)


def test_that_a_turned_photograph_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    made = clean_picture(saved("JPEG", exif=exif))

    assert (made.width, made.height) == (30, 40)


def test_that_the_colours_of_a_picture_stay():
    image = Image.effect_noise((64, 64), 60).convert("RGB")
    out = io.BytesIO()
    image.save(out, "PNG")

    assert opened(clean_picture(out.getvalue()).content).tobytes() == image.tobytes()


def test_that_cleaning_a_photograph_again_and_again_hardly_changes_it():
    out = io.BytesIO()
    Image.effect_noise((64, 64), 60).convert("RGB").save(out, "JPEG", quality=80)
    first = opened(out.getvalue()).tobytes()

    content = out.getvalue()
    for _ in range(5):
        content = clean_picture(content).content

    worst = max(abs(one - two) for one, two in zip(first, opened(content).tobytes(), strict=True))
    assert worst <= 24
    assert len(content) <= len(out.getvalue()) * 1.05  # another quality would show in the size


def test_that_a_clear_background_stays_clear():
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")

    assert opened(clean_picture(out.getvalue()).content).getchannel("A").getextrema() == (0, 0)


def test_that_the_worker_names_the_picture_and_the_way_out():
    picture, kept = take_picture(saved("GIF"), "标志.gif")
    with pytest.raises(ReceivedError) as told:
        take_picture(b"<svg/>", "标志.svg")

    assert (picture.name, picture.media_type, picture.width) == ("标志.gif", "image/png", 40)
    assert kept.startswith(b"\x89PNG")
    assert str(told.value) == (
        "没有读入“标志.svg”：不是可用的图片。请用 PNG、JPEG、GIF、BMP 或 TIFF 图片。"
    )


def test_that_a_picture_of_many_pixels_is_refused_by_what_its_head_says():
    with pytest.raises(Refused, match="60000 × 60000"):
        clean_picture(huge_png(60_000, 60_000))


def corners(exif=None):
    """A picture of 40 × 20 whose quarters differ: red, green above blue, white."""
    image = Image.new("RGB", (40, 20))
    quarters = {(0, 0): "red", (20, 0): "lime", (0, 10): "blue", (20, 10): "white"}
    for (left, top), colour in quarters.items():
        image.paste(colour, (left, top, left + 20, top + 10))
    out = io.BytesIO()
    image.save(out, "PNG", **({"exif": exif} if exif else {}))
    return out.getvalue()


def dots(content):
    """The colours of the four corners, row by row."""
    image = opened(content).convert("RGB")
    right, lower = image.width - 1, image.height - 1
    places = [(0, 0), (right, 0), (0, lower), (right, lower)]
    return image.size, [image.getpixel(place) for place in places]


RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


@pytest.mark.parametrize(
    ("turns", "size", "seen"),
    [
        (0, (40, 20), [RED, GREEN, BLUE, WHITE]),
        (1, (20, 40), [BLUE, RED, WHITE, GREEN]),
        (2, (40, 20), [WHITE, BLUE, GREEN, RED]),
        (3, (20, 40), [GREEN, WHITE, RED, BLUE]),
    ],
)
def test_that_a_picture_is_turned_clockwise_by_quarters(turns, size, seen):
    made = clean_picture(corners(), Cut("", turns, 0, 0, *size))
    assert (made.width, made.height) == size
    assert dots(made.content) == (size, seen)


def test_that_a_picture_is_turned_first_and_cut_then():
    made = clean_picture(corners(), Cut("", 1, 10, 0, 10, 20))  # of red above green
    assert dots(made.content) == ((10, 20), [RED, RED, RED, RED])


def test_that_a_box_is_one_of_the_upright_picture():
    """A telephone held upright: what the eye sees is what is cut."""
    exif = Image.Exif()
    exif[0x0112] = 6
    made = clean_picture(corners(exif), Cut("", 0, 10, 0, 10, 20))
    assert dots(made.content) == ((10, 20), [RED, RED, RED, RED])


def test_that_what_lies_beyond_the_edge_is_left_out():
    assert clean_picture(corners(), Cut("", 0, 30, 0, 99, 99)).width == 10
    with pytest.raises(Refused, match="裁剪的范围在图片之外"):
        clean_picture(corners(), Cut("", 0, 40, 0, 10, 10))


def test_that_the_worker_cuts_and_says_from_what():
    cut = Cut("0" * 64, 3, 0, 0, 20, 20)
    picture, content = take_picture(corners(), "图.png", cut=cut)
    assert (picture.width, picture.height, picture.cut) == (20, 20, cut)
    assert dots(content)[1] == [GREEN, WHITE, GREEN, WHITE]


@pytest.mark.long
@pytest.mark.parametrize("orientation", [1, 6])
def test_that_a_photograph_of_24_megapixels_fits_whichever_way_it_was_held(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    Image.effect_noise((6000, 4000), 40).convert("RGB").save(out, "JPEG", exif=exif)
    picture, kept = take_picture(out.getvalue(), "照片.jpg")
    assert picture.width * picture.height == 24_000_000
    sides = (picture.height, picture.width)
    turned, _ = take_picture(kept, "照片.jpg", cut=Cut(picture.sha256, 1, 0, 0, *sides))
    assert (turned.width, turned.height) == sides
