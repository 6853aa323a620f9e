"""Numbers Word counts by itself: headings, lists and captions, and when it may be trusted to.

The plan says which number is printed. Word counts it where its own count comes out the same;
elsewhere the number is typed, so what stands on paper is always what the plan says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from exporters.document import Caption, Heading, TextRole
from exporters.docx import names
from exporters.docx.markup import namespaces
from exporters.docx.measures import twips
from exporters.look import Look, TextLook

HEADINGS_ID = 1
BULLETS_ID = 2
_FIRST_ORDERED_ID = 3
_HEADING_LEVELS = (
    ("chineseCounting", "{}、"),
    ("chineseCounting", "（{}）"),
    ("decimal", "{}."),
    ("decimal", "（{}）"),
)
BULLET = "•"
_CHINESE_DIGITS = "零一二三四五六七八九"
_HIGHEST_CHINESE = 99  # beyond, programs differ: 一百 or 一〇〇
_LABEL = re.compile(r"(?P<kind>[^\W\d]+)(?:(?P<chapter>\d+)(?P<dash>[-－—–.]))?(?P<number>\d+)")


def chinese_number(number: int) -> str:
    """A number from 1 to 99 as Word's chineseCounting prints it, such as 二十一."""
    tens, ones = divmod(number, 10)
    digits = _CHINESE_DIGITS
    return (
        ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")
    )


@dataclass(slots=True)
class HeadingCount:
    """Word's count of the headings so far."""

    _counts: list[int] = field(default_factory=lambda: [0] * len(_HEADING_LEVELS))

    def takes(self, heading: Heading) -> bool:
        """Whether Word would print this heading's number here; if so the heading is counted."""
        depth = heading.level - 1
        if not all(self._counts[:depth]):  # programs differ on what a skipped level counts for
            return False
        number = self._counts[depth] + 1
        if heading.number != _printed(depth, number):
            return False
        self._counts[depth:] = [number] + [0] * (len(self._counts) - depth - 1)
        return True


@dataclass(frozen=True, slots=True)
class CountedLabel:
    """A caption label Word can count: typed `prefix`, then a number of the named sequence."""

    prefix: str
    sequence: str
    number: str


@dataclass(slots=True)
class CaptionCount:
    """Word's count of the captions so far; each kind and chapter is a sequence of its own."""

    _counts: dict[str, int] = field(default_factory=dict[str, int])

    def takes(self, caption: Caption) -> CountedLabel | None:
        """The label in parts if Word would count to it here, or None if it has to be typed."""
        found = _LABEL.fullmatch(caption.label)
        if not found:
            return None
        sequence = found["kind"] + (found["chapter"] or "")
        number = self._counts.get(sequence, 0) + 1
        if found["number"] != str(number):
            return None
        self._counts[sequence] = number
        return CountedLabel(caption.label.removesuffix(str(number)), sequence, str(number))


@dataclass(slots=True)
class ListCount:
    """The ordered lists so far: each starts at 1 and so is a list of its own in Word."""

    ordered: int = 0

    def next_id(self) -> int:
        """The id of a new ordered list."""
        self.ordered += 1
        return _FIRST_ORDERED_ID + self.ordered - 1


def numbering_xml(ordered_lists: int, look: Look) -> str:
    """The part numbering.xml for a file with so many ordered lists."""
    body = look.text[TextRole.BODY]
    headings = (_heading_level(depth, body) for depth in range(len(_HEADING_LEVELS)))
    abstract = "".join(
        (
            _abstract(0, "".join(headings)),
            _abstract(1, _level(body, 0, "bullet", BULLET, suffix="space")),
            _abstract(2, _level(body, 0, "decimal", "%1.", suffix="space")),
        )
    )
    lists = [_list(HEADINGS_ID, 0), _list(BULLETS_ID, 1)]
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists += [_list(_FIRST_ORDERED_ID + place, 2, restart) for place in range(ordered_lists)]
    return f"<w:numbering {namespaces('w')}>{abstract}{''.join(lists)}</w:numbering>"


def _printed(depth: int, number: int) -> str:
    counting, pattern = _HEADING_LEVELS[depth]
    if counting == "decimal":
        return pattern.format(number)
    return pattern.format(chinese_number(number)) if number <= _HIGHEST_CHINESE else ""


def _heading_level(depth: int, body: TextLook) -> str:
    counting, pattern = _HEADING_LEVELS[depth]
    style = f'<w:pStyle w:val="{names.heading(depth + 1).id}"/>'
    return _level(body, depth, counting, pattern.format(f"%{depth + 1}"), style)


def _level(
    body: TextLook,
    depth: int,
    counting: str,
    text: str,
    style: str = "",
    *,
    suffix: str = "nothing",
) -> str:
    indent = (
        f'<w:ind w:left="0" w:firstLineChars="{round(body.first_indent * 100)}"'
        f' w:firstLine="{twips(body.first_indent * body.size_pt)}"/>'
    )
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{counting}"/>{style}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr>{indent}</w:pPr><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:lvl>'
    )


def _abstract(number: int, levels: str) -> str:
    kind = "multilevel" if number == 0 else "singleLevel"
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="{kind}"/>'
        f"{levels}</w:abstractNum>"
    )


def _list(number: int, abstract: int, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
