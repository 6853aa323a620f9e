"""Every colour of text against every ground it stands on, and what marks focus and controls."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from PySide6.QtWidgets import QLabel

import resources
from tests.ui.gallery.stage import stage
from ui import theme
from ui.settings import Look
from ui.theme import DARK, LIGHT

READABLE, VISIBLE = 4.5, 3.0
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


def darkest_against_its_ground(image):
    """How well the strokes of a text stand out from what is mostly around them."""
    counted = Counter(
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    )
    ground = counted.most_common(1)[0][0]
    return max(contrast(ground, colour) for colour in counted)


@pytest.mark.long
@pytest.mark.parametrize("chosen", [Look.LIGHT, Look.DARK], ids=["light", "dark"])
def test_that_every_label_on_screen_can_be_read(chosen, qtbot, write, tmp_path, nothing_left):
    with stage(qtbot, write, tmp_path) as here:
        here.window.windows.dress(look=chosen)
        bench = here.open_sample()
        weak = []
        for section in ("cover", "scope", "goals", "outcomes"):
            bench.open_section(section)
            here.settle()
            for label in here.window.findChildren(QLabel):
                if label.isVisible() and label.text().strip() and label.isEnabled():
                    found = darkest_against_its_ground(label.grab().toImage())
                    if found < READABLE:
                        weak.append(f"{section}: {label.text()[:20]} {found:.2f}")
        here.window.windows.dress(look=Look.LIGHT)
    assert weak == []
