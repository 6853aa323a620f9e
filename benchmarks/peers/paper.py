"""The look every peer is asked for: A4, 22 lines of 28 characters, the bundled fonts."""

from __future__ import annotations

from pathlib import Path

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
BODY_FONT, BODY_FILE = "Noto Serif SC", FONTS / "NotoSerifSC-Regular.ttf"
HEAD_FONT, HEAD_FILE = "Noto Sans SC", FONTS / "NotoSansSC-Medium.ttf"

POINTS_PER_MM = 72 / 25.4
PAGE_MM = (210, 297)
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 37, 35, 28, 26
SIZE_PT = 15.79  # 28 characters in 156 mm
LINE_PT = 28.95  # 22 lines in 225 mm
TABLE_SIZE_PT = 9.0
TABLE_LINE_PT = 12.15
FIGURE_WIDTH_MM = 150
