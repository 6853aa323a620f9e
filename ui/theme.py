"""The one place for colours, type and the small style sheet of the window.

Widgets say what they are by the property "role"; nothing else in `ui` names a colour.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass, fields
from functools import cache
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

import resources
from ui.settings import Look

FONTS = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
)
BUNDLED_FONT = "fonts/NotoSansSC-Medium.ttf"
_DARK_BELOW = 128
SIZES = (80, 90, 100, 110, 125, 150, 175, 200)  # of the text and all that goes with it, per cent
_POINTS = 10.5  # the text at 100 %
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_LEAST = 3  # pixels; what is thinner is a line
_PIXELS = re.compile(r"(?<![\w.])(\d+)px")


@dataclass(frozen=True, slots=True)
class Colours:
    """The colour of each role, as #RRGGBB."""

    ink: str
    soft: str  # second-rank text; still readable: contrast over 4.5 on paper and canvas
    pale: str  # disabled text and placeholders; readable all the same
    canvas: str
    paper: str
    line: str
    edge: str  # outlines of controls: contrast over 3 on paper and canvas
    handle: str  # of scroll bars: there, and no more than that
    hover: str
    chosen: str
    accent: str
    on_accent: str
    accent_soft: str
    should: str
    should_soft: str
    must: str
    must_soft: str


LIGHT = Colours(
    ink="#1F2A2E",
    soft="#535F63",
    pale="#66726F",
    canvas="#F6F7F5",
    paper="#FFFFFF",
    line="#DDE2DE",
    edge="#86918B",
    handle="#B4BDB7",
    hover="#ECEFEC",
    chosen="#E0EDE6",
    accent="#1A7153",
    on_accent="#FFFFFF",
    accent_soft="#EDF5F1",
    should="#8F5E12",
    should_soft="#FBF3E2",
    must="#B83227",
    must_soft="#FBECEA",
)
DARK = Colours(
    ink="#E3E8E5",
    soft="#A9B5B0",
    pale="#87928D",
    canvas="#191D1C",
    paper="#222827",
    line="#343C39",
    edge="#6B7771",
    handle="#55605B",
    hover="#2B3230",
    chosen="#24392F",
    accent="#54B48D",
    on_accent="#0F1B16",
    accent_soft="#1F2F28",
    should="#E0AA52",
    should_soft="#352D1C",
    must="#F08A7E",
    must_soft="#3A2321",
)


def colours() -> Colours:
    """The colours the window wears now."""
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window.lightness() < _DARK_BELOW else LIGHT


def colour(role: str) -> QColor:
    """One colour by the name of its role."""
    return QColor(getattr(colours(), role))


def set_role(widget: QWidget, role: str) -> None:
    """Say what a widget is, and let it look so at once."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def put_on(application: QApplication, look: Look, percent: int) -> None:
    """Dress the whole application; `percent` is the size of the text, one of `SIZES`."""
    for _ in putting_on(application, look, percent):
        pass


def putting_on(application: QApplication, look: Look, percent: int) -> Generator[None]:
    """The same in steps, each of which goes through every widget; undressed in between."""
    chosen = _colours_for(application, look)
    font = ui_font()
    font.setPointSizeF(_POINTS * percent / 100)
    application.setStyleSheet("")  # changing a sheet costs Qt four times what a fresh one costs
    yield
    application.setFont(font)
    application.setPalette(_palette(chosen))
    yield
    application.setStyleSheet(_sheet(chosen, percent / 100))


def scale() -> float:
    """How large the text is, 1.0 for the ordinary size; icons and widths go along with it."""
    return QGuiApplication.font().pointSizeF() / _POINTS


def px(pixels: float) -> int:
    """A length that is so many pixels at the ordinary size of text, at the size of now."""
    return round(pixels * scale())


def next_size(percent: int, by: int) -> int:
    """The size so many steps larger, or smaller when negative; the last one at either end."""
    nearest = min(range(len(SIZES)), key=lambda at: abs(SIZES[at] - percent))
    return SIZES[max(0, min(len(SIZES) - 1, nearest + by))]


def ui_font() -> QFont:
    """The system's Chinese interface font, else the bundled one, else any that has Chinese."""
    family = _ui_family()
    return _font(family) if family else QFont()


@cache
def _ui_family() -> str:
    """Looked for once: every caption of a diagram asks."""
    present = set(QFontDatabase.families())
    for family in FONTS:
        if family in present:
            return family
    if resources.path(BUNDLED_FONT).exists():
        number = QFontDatabase.addApplicationFont(str(resources.path(BUNDLED_FONT)))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        if families:
            return families[0]
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return chinese[0] if chinese else ""


def _font(family: str) -> QFont:
    font = QFont(family)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def has_chinese(font: QFont) -> bool:
    """Whether the machine really has a font for Chinese behind this one."""
    family = QFontInfo(font).family()
    return family in QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)


def _colours_for(application: QApplication, look: Look) -> Colours:
    if look is Look.SYSTEM:
        dark = application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if look is Look.DARK else LIGHT


def _palette(chosen: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    roles = {
        role.Window: chosen.canvas,
        role.WindowText: chosen.ink,
        role.Base: chosen.paper,
        role.AlternateBase: chosen.canvas,
        role.Text: chosen.ink,
        role.Button: chosen.paper,
        role.ButtonText: chosen.ink,
        role.BrightText: chosen.must,
        role.ToolTipBase: chosen.ink,
        role.ToolTipText: chosen.paper,
        role.PlaceholderText: chosen.pale,
        role.Highlight: chosen.accent,
        role.HighlightedText: chosen.on_accent,
        role.Accent: chosen.accent,
        role.Link: chosen.accent,
        role.LinkVisited: chosen.accent,
        role.Light: chosen.paper,
        role.Midlight: chosen.hover,
        role.Mid: chosen.line,
        role.Dark: chosen.edge,
        role.Shadow: chosen.edge,
    }
    for each, value in roles.items():
        palette.setColor(each, QColor(value))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(chosen.pale))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(chosen.line))
    return palette


def _sheet(chosen: Colours, by: float) -> str:
    names = {field.name: str(getattr(chosen, field.name)) for field in fields(Colours)}
    points = _POINTS * by
    sizes = {
        "small": f"{points * 0.9:.1f}pt",
        "heading": f"{points * 1.14:.1f}pt",
        "title": f"{points * 1.6:.1f}pt",
    }
    tick = "tick-dark.svg" if chosen is DARK else "tick-light.svg"
    places = {"icons": resources.path("icons").as_posix(), "tick": tick}
    source = _RULE.sub(lambda rule: _scaled_rule(rule, by), resources.read_text("theme/window.qss"))
    return Template(source).substitute(names | sizes | places | _marks(by))


def _scaled_rule(rule: re.Match[str], by: float) -> str:
    """A rule with its lengths scaled; lines of 1 and 2 pixels stay lines.

    A rule for the focus makes room for its thicker line by one pixel less of padding: that must
    hold at every size, or what has the focus would jump.
    """
    selector, body = rule.groups()
    lines = [_scaled_line(line, by, ":focus" in selector) for line in body.split(";")]
    return f"{selector}{{{';'.join(lines)}}}"


def _scaled_line(line: str, by: float, has_focus: bool) -> str:
    less = int(has_focus and "padding" in line)

    def length(found: re.Match[str]) -> str:
        pixels = int(found.group(1)) + less
        return f"{(pixels if pixels < _LEAST else round(pixels * by)) - less}px"

    return _PIXELS.sub(length, line)


def _marks(by: float) -> dict[str, str]:
    """The lengths of check boxes and radio buttons, the same outside in every state; of tabs."""
    inside = round(16 * by)
    dot = inside - 2 * round(4 * by)
    lengths = {
        "mark": inside,  # within a line of 1
        "mark_focus": inside - 2,  # within a line of 2
        "mark_round": inside // 2 + 1,
        "dot": dot,
        "dot_ring": (inside - dot) // 2 + 1,
        "tab_air": max(4, round(7 * min(1, 2 - by))),  # five tabs fit a narrow panel
    }
    return {name: f"{value}px" for name, value in lengths.items()}
