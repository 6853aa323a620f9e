"""Every colour of text against every ground it stands on, and what marks focus and controls."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPixmap, QRegion
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QRadioButton

import resources
from tests.ui.gallery.stage import stage
from tests.ui.overlays import OVERLAYS
from ui import theme
from ui.settings import Look
from ui.theme import DARK, LIGHT

READABLE, VISIBLE = 4.5, 3.0
ENLARGED = 3  # times
LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = {
    "ink": "canvas paper line hover chosen accent_soft should_soft must_soft",
    "soft": "canvas paper line hover chosen accent_soft should_soft",
    "pale": "canvas paper",  # placeholders, disabled controls
    "accent": "canvas paper hover chosen accent_soft",
    "should": "canvas paper chosen should_soft",
    "must": "canvas paper chosen must_soft",
    "on_accent": "accent",
    "paper": "ink",  # tool tips
}
SIGNS = {  # icons, outlines of controls, rings of focus
    "accent": "canvas paper chosen line",
    "edge": "canvas paper",
    "ink": "canvas paper",
    "pale": "canvas paper",
    "must": "canvas paper chosen",
    "should": "canvas paper chosen",
}
DRAWN = {"line"}  # rules between tools: no text
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COLOUR = re.compile(r"(?:^|[;\s])color:\s*\$(\w+)")
GROUND = re.compile(r"background(?:-color)?:\s*\$(\w+)")


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """The ratio of WCAG 2, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_weak(look, pairs, least):
    return [
        f"{front} on {ground}: {found:.2f}"
        for front, grounds in pairs.items()
        for ground in grounds.split()
        if (found := contrast(getattr(look, front), getattr(look, ground))) < least
    ]


@LOOKS
def test_that_text_can_be_read_on_every_ground_it_stands_on(look):
    assert too_weak(look, GROUNDS, READABLE) == []


@LOOKS
def test_that_signs_outlines_and_rings_of_focus_can_be_seen(look):
    assert too_weak(look, SIGNS, VISIBLE) == []


@LOOKS
def test_that_no_rule_of_the_style_sheet_names_a_pair_that_is_hard_to_read(look):
    weak = []
    for selector, body in RULE.findall(resources.read_text("theme/window.qss")):
        front, ground = COLOUR.search(body), GROUND.search(body)
        if front is None or front[1] in DRAWN:
            continue
        grounds = [ground[1]] if ground else ["canvas", "paper"]
        if {front[1], *grounds} - set(theme.Colours.__slots__):
            continue
        pairs = {front[1]: " ".join(grounds)}
        name = selector.split("*/")[-1].strip()
        weak += [f"{name}: {each}" for each in too_weak(look, pairs, READABLE)]
    assert weak == []


def test_that_every_text_colour_of_the_style_sheet_is_looked_at():
    named = set(COLOUR.findall(resources.read_text("theme/window.qss")))
    assert named <= set(GROUNDS) | DRAWN


def drawn(widget):
    """How often each colour of a widget is drawn, large enough for thin strokes to be full."""
    shot = QPixmap(widget.size() * ENLARGED)
    shot.setDevicePixelRatio(ENLARGED)
    window = widget.window()  # with the ground below it, whoever draws that
    part = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    window.render(shot, QPoint(0, 0), QRegion(part))
    image = shot.toImage().convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(image.constBits()).cast("B").cast("I"))
    return Counter({f"#{pixel & 0xFFFFFF:06x}": times for pixel, times in counted.items()})


def darkest_against_its_ground(colours):
    """How well the strokes of a text stand out from what is mostly around them."""
    ground = colours.most_common(1)[0][0]
    return max(contrast(ground, colour) for colour in colours)


def hard_to_read(root):
    """The words below a widget that stand out too little from their ground, as they are drawn."""
    kinds = (QLabel, QPushButton, QCheckBox, QRadioButton)
    seen = [each for kind in kinds for each in root.findChildren(kind)]
    weak = []
    for each in seen:
        is_seen = each.visibleRegion().boundingRect() == each.rect()  # wholly, where it scrolls
        if is_seen and each.isEnabled() and each.text().strip():
            found = darkest_against_its_ground(drawn(each))
            if found < READABLE:
                weak.append(f"{each.text()[:20]} {found:.2f}")
    return weak


@pytest.fixture
def here(qtbot, write, tmp_path, nothing_left, chosen):
    with stage(qtbot, write, tmp_path) as opened:
        opened.window.windows.dressing.put_on(look=chosen)
        opened.open_sample()
        yield opened
        opened.window.windows.dressing.put_on(look=Look.LIGHT)


BOTH = pytest.mark.parametrize("chosen", [Look.LIGHT, Look.DARK], ids=["light", "dark"])


@pytest.mark.long
@BOTH
def test_that_every_label_on_screen_can_be_read(here):
    weak = {}
    for section in ("cover", "scope", "goals", "outcomes"):
        here.bench.open_section(section)
        here.settle()
        if found := hard_to_read(here.window):
            weak[section] = found
    assert weak == {}


@pytest.mark.long
@BOTH
def test_that_every_word_laid_over_the_plan_can_be_read(here):
    weak = {}
    for overlay in OVERLAYS:
        shown = overlay.open(here)
        here.settle()
        if found := hard_to_read(shown):
            weak[overlay.name] = found
        if shown.isWindow():
            shown.close()
    assert weak == {}
