"""How high the lines of the findings list are: measured where that is known, guessed elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Generator

from PySide6.QtCore import QSize

from ui.panels.findings_lines import Group, Lines, Part, Row

_GUESS = 90  # pixels, of a finding never measured before
_SPARE = 1_000  # lines that are gone, remembered until so many


class Heights:
    """Measures each line once for the same words, width and font.

    Thousands of lines take longer than the window may wait. Until a line is measured, it is taken
    to be as high as before.
    """

    def __init__(self, measure: Callable[[Group | Row], int]) -> None:
        self._measure = measure
        self._circumstances: object = None
        self._width = 0
        self._known: dict[Part, int] = {}
        self._former: dict[Part, int] = {}
        self._sizes: list[QSize] = []  # by line, for Qt asks thousands of times
        self._guessed: list[int] = []  # lines

    def begin(self, lines: Lines, width: int, given: object) -> None:
        """Be about these lines at a width; `given` is what heights rest on besides."""
        if (width, given) != self._circumstances:
            self._circumstances, self._width = (width, given), width
            self._former.update(self._known)
            self._known = {}
        heights = [self._known.get(part, 0) for part in lines.parts]
        self._guessed = [row for row, height in enumerate(heights) if not height]
        for row in self._guessed:
            heights[row] = self._former.get(lines.parts[row], _GUESS)
        self._sizes = [QSize(width, height) for height in heights]
        if len(self._known) > len(lines) + _SPARE:
            self._known = {part: self._known[part] for part in lines.parts if part in self._known}

    def measured(self, lines: Lines, first: int) -> Generator[None]:
        """Measure what was guessed: from one line on to the end, then from the top."""
        for row in sorted(self._guessed, key=lambda row: (row < first, row)):
            height = self._known[lines.parts[row]] = self._measure(lines[row])
            self._sizes[row] = QSize(self._width, height)
            yield
        self._former = {}

    def of(self, row: int) -> QSize:
        """The size of a line in pixels, as far as that is known."""
        return self._sizes[row] if row < len(self._sizes) else QSize(self._width, _GUESS)
