"""The size of a picture is read from its head, whatever program has made it."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from exporters.compose.picture_sizes import PictureSize, picture_size


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_that_the_size_is_that_of_the_picture(kind):
    made = BytesIO()
    Image.new("RGB", (321, 45), "green").save(made, kind)

    assert picture_size(made.getvalue()) == PictureSize(f"image/{kind.lower()}", 321, 45)


def test_that_a_progressive_photo_with_a_profile_is_measured():
    made = BytesIO()
    photo = Image.new("RGB", (1200, 800))
    photo.save(
        made, "JPEG", progressive=True, exif=b"Exif\0\0" + bytes(900), icc_profile=b"x" * 70_000
    )

    assert picture_size(made.getvalue()) == PictureSize("image/jpeg", 1200, 800)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"\xff\xd8\xff\xe0\x00\x00" * 9, b"GIF89a", b"<svg/>"],
)
def test_that_what_is_no_whole_picture_has_no_size(content):
    assert picture_size(content) is None
