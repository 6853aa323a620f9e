"""Images of pages are kept for a while, and those in sight always."""

from __future__ import annotations

from exporters.preview import PageImage, Preview
from ui.preview.images import PageImages

LARGE = (2000, 2828)  # a page at 250 %


class Pages(Preview):
    """A preview of white pages of 100 points' width."""

    def __init__(self):
        pass  # no file

    def size(self, page):
        return (72.0, 72.0 * LARGE[1] / LARGE[0])

    def image(self, page, dpi):
        width, height = round(dpi), round(dpi * LARGE[1] / LARGE[0])
        return PageImage(width, height, b"\xff" * (width * height * 4))  # white


def test_that_large_pages_in_sight_are_never_painted_twice():
    images, in_sight = PageImages(), [(0, LARGE[0]), (1, LARGE[0])]
    for page, width in in_sight:
        images.make(Pages(), page, width, in_sight)

    assert all(images.get(page, width) for page, width in in_sight)


def test_that_pages_out_of_sight_are_forgotten_when_there_are_too_many():
    images = PageImages()
    for page in range(4):
        images.make(Pages(), page, LARGE[0], [(page, LARGE[0])])

    assert images.get(3, LARGE[0]) is not None
    assert images.get(0, LARGE[0]) is None
