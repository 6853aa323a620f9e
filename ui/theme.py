"""The one place for colours, type and the small style sheet of the window.

Widgets say what they are by the property "role"; nothing else in `ui` names a colour.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
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
_ICON = 0.153  # side of an icon in pixels, of the same
_CONTROL = 0.193  # height of a line of text in pixels, of tenths of a point at 96 dpi


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
    edge="#848F89",
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


def put_on(application: QApplication, look: Look, text_size: int) -> None:
    """Dress the whole application; `text_size` in tenths of a point."""
    chosen = _colours_for(application, look)
    font = ui_font()
    font.setPointSizeF(text_size / 10)
    application.setFont(font)
    application.setPalette(_palette(chosen))
    application.setStyleSheet(_sheet(chosen, text_size))


def ui_font() -> QFont:
    """The system's Chinese interface font, else the bundled one, else any that has Chinese."""
    present = set(QFontDatabase.families())
    for family in FONTS:
        if family in present:
            return _font(family)
    if resources.path(BUNDLED_FONT).exists():
        number = QFontDatabase.addApplicationFont(str(resources.path(BUNDLED_FONT)))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        if families:
            return _font(families[0])
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return _font(chinese[0]) if chinese else QFont()


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


def _sheet(chosen: Colours, text_size: int) -> str:
    names = {field.name: str(getattr(chosen, field.name)) for field in fields(Colours)}
    sizes = {
        "small": f"{text_size * 0.9 / 10:.1f}pt",
        "heading": f"{text_size * 1.14 / 10:.1f}pt",
        "title": f"{text_size * 1.6 / 10:.1f}pt",
        "icon": f"{max(16, round(text_size * _ICON))}px",
        "control": f"{round(text_size * _CONTROL)}px",
    }
    tick = "tick-dark.svg" if chosen is DARK else "tick-light.svg"
    places = {"icons": resources.path("icons").as_posix(), "tick": tick}
    source = resources.read_text("theme/window.qss")
    return Template(source).substitute(names | sizes | places)
