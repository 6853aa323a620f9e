"""Printed numbers: headings 一、（一）1.（1） and captions 表3-1, 图3-1, as composed."""

from __future__ import annotations

from dataclasses import dataclass, field

from exporters.document import Caption, Heading
from forms.heading_numbers import LAST_LEVEL, chinese_number, heading_number

_BEFORE_CHAPTERS = "0"
_SCANS = "附件"  # its pictures are what it holds: 附件1-1


@dataclass(slots=True)
class Numbers:
    """The counters of one volume; each call gives the next number."""

    _headings: list[int] = field(default_factory=lambda: [0] * LAST_LEVEL)
    _tables: int = 0
    _figures: int = 0
    _anchors: int = 0
    _prefix: str = _BEFORE_CHAPTERS

    @property
    def is_before_chapters(self) -> bool:
        """Whether no chapter or annex has begun: the front matter, which counts nothing."""
        return self._prefix == _BEFORE_CHAPTERS

    def heading(self, level: int, text: str) -> Heading:
        """The next heading of a level; a chapter starts its captions anew."""
        self._headings[level - 1] += 1
        self._headings[level:] = [0] * (LAST_LEVEL - level)
        if level == 1:
            self._prefix, self._tables, self._figures = str(self._headings[0]), 0, 0
        number = heading_number(level, self._headings[level - 1])
        return Heading(level, number, text, self.anchor("h"))

    def spoken(self, level: int) -> str:
        """How prose calls the last heading of a level: 第一章, 一、（三）, 一、（三）1."""
        if level == 1:
            return f"第{chinese_number(self._headings[0])}章"
        counted = [(n, self._headings[n - 1]) for n in range(1, level + 1)]
        return "".join(heading_number(n, at) for n, at in counted if at).rstrip(".")

    def start_section(self) -> None:
        """Count the headings below a chapter anew, where no numbered heading says so."""
        self._headings[1:] = [0] * (LAST_LEVEL - 1)

    def annex(self, label: str, text: str, anchor: str = "") -> Heading:
        """The heading of an annex, such as 附表3; its captions are 附表3-1 …."""
        self._prefix, self._tables, self._figures = label, 0, 0
        self.start_section()
        return Heading(1, f"{label}　", text, anchor or self.anchor("a"))

    def table(self, text: str) -> Caption | None:
        """The next table's caption; tables before the first chapter have none."""
        if self._prefix == _BEFORE_CHAPTERS:
            return None
        self._tables += 1
        return Caption(self._label("表", self._tables), text, self.anchor("t"))

    def figure(self, text: str) -> Caption:
        """The next figure's caption."""
        self._figures += 1
        return Caption(self._label("图", self._figures), text, self.anchor("f"))

    def anchor(self, kind: str) -> str:
        """A fresh anchor."""
        self._anchors += 1
        return f"{kind}{self._anchors}"

    def _label(self, kind: str, number: int) -> str:
        if self._prefix.isdigit():
            return f"{kind}{self._prefix}-{number}"
        is_plain = kind in self._prefix or (kind == "图" and self._prefix.startswith(_SCANS))
        own = "" if is_plain else kind
        return f"{self._prefix}{own}-{number}"
