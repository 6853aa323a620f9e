"""styles.xml: every style of the Word file, made from the look table.

Each style names its fonts for all scripts and uses no theme: a theme font would win over them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from exporters.document import Align, RowRole, TextRole
from exporters.docx import dress, names
from exporters.docx.markup import attribute, namespaces
from exporters.docx.measures import character_spacing, twips, twips_of_mm
from exporters.docx.numbering import BULLETS_ID, HEADINGS_ID
from exporters.look import Face, Look, Setting, TextLook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporters.docx.names import StyleName

# The order the schema wants; Word reports a damaged file for any other.
_PARAGRAPH_ORDER = (
    *("keepNext", "keepLines", "widowControl", "numPr", "tabs"),
    *("snapToGrid", "spacing", "ind", "jc", "outlineLvl"),
)
_JUSTIFICATION = {
    Setting.JUSTIFIED: "both",
    Setting.LEFT: "left",
    Setting.CENTRE: "center",
    Setting.RIGHT: "right",
}
_CELL_SETTING = {
    Align.LEFT: Setting.LEFT,
    Align.CENTRE: Setting.CENTRE,
    Align.RIGHT: Setting.RIGHT,
}
_OFF_GRID = '<w:snapToGrid w:val="0"/>'
DEEPEST_CONTENTS = 4


def styles_xml(look: Look) -> str:
    """The whole part."""
    return f"<w:styles {namespaces('w')}>{_Sheet(look).styles()}</w:styles>"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Every style of one look."""

    look: Look

    def styles(self) -> str:
        """All of them, in the order Word lists them."""
        return "".join(
            (
                self._defaults(),
                self._basics(),
                *self._text_styles(),
                *self._heading_styles(),
                *self._list_styles(),
                *self._contents_styles(),
                *self._table_styles(),
                *self._figure_styles(),
                *self._note_styles(),
                *self._seal_styles(),
                *self._page_number_styles(),
            )
        )

    def _fonts(self, face: Face, latin: str = "") -> str:
        latin = attribute(latin or self.look.latin)
        han = attribute(self.look.fonts[face])
        return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{han}" w:cs="{latin}"/>'

    def _run_properties(self, text: TextLook, latin: str = "") -> str:
        on_grid = (
            text.size_pt == self.look.page.body_size_pt and text.line_pt == self.look.page.line_pt
        )
        spacing = f'<w:spacing w:val="{character_spacing(self.look.page)}"/>' if on_grid else ""
        not_bold = '<w:b w:val="0"/><w:bCs w:val="0"/>'
        return self._fonts(text.face, latin) + not_bold + spacing + _size(text.size_pt)

    def _paragraph_properties(self, text: TextLook, extra: dict[str, str]) -> str:
        found = {
            "spacing": _spacing(text),
            "ind": indents(text),
            "jc": f'<w:jc w:val="{_JUSTIFICATION[text.setting]}"/>',
        }
        if text.keep_with_next:
            found["keepNext"] = "<w:keepNext/>"
        if text.line_pt != self.look.page.line_pt:
            found["snapToGrid"] = _OFF_GRID
        found.update(extra)
        return "".join(found.get(name, "") for name in _PARAGRAPH_ORDER)

    def _style(
        self,
        name: StyleName,
        text: TextLook,
        *,
        following: StyleName | None = None,
        latin: str = "",
        **extra: str,
    ) -> str:
        """A paragraph style; `extra` gives paragraph properties by the name of their element."""
        own = ' w:customStyle="1"' if name.own else ""
        next_style = f'<w:next w:val="{following.id}"/>' if following else ""
        return (
            f'<w:style w:type="paragraph"{own} w:styleId="{name.id}">'
            f'<w:name w:val="{attribute(name.name)}"/><w:basedOn w:val="{names.NORMAL.id}"/>'
            f"{next_style}<w:qFormat/><w:pPr>{self._paragraph_properties(text, extra)}</w:pPr>"
            f"<w:rPr>{self._run_properties(text, latin)}</w:rPr></w:style>"
        )

    def _defaults(self) -> str:
        return (
            f"<w:docDefaults><w:rPrDefault><w:rPr>{self._fonts(Face.FANGSONG)}{_size(self.look.page.body_size_pt)}"
            '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
            "<w:pPrDefault/></w:docDefaults>"
        )

    def _basics(self) -> str:
        """What Word takes for granted in every file, and our emphasis: a change of face."""
        strong = self._fonts(self.look.strong_face)
        body = self._fonts(Face.FANGSONG) + _size(self.look.page.body_size_pt)
        return (
            f'<w:style w:type="paragraph" w:default="1" w:styleId="{names.NORMAL.id}">'
            f'<w:name w:val="{names.NORMAL.name}"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/>'
            f'<w:jc w:val="both"/></w:pPr><w:rPr>{body}'
            '</w:rPr></w:style><w:style w:type="character" w:default="1"'
            ' w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
            '<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
            '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
            '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
            f'<w:style w:type="character" w:styleId="{names.STRONG.id}">'
            f'<w:name w:val="{names.STRONG.name}"/><w:qFormat/><w:rPr>'
            f'{strong}<w:b w:val="0"/><w:bCs w:val="0"/></w:rPr></w:style>'
        )

    def _text_styles(self) -> Iterator[str]:
        following = {
            TextRole.FRONT_TITLE: TextRole.BODY,
            TextRole.ANNEX_MARK: TextRole.ANNEX_TITLE,
            TextRole.ANNEX_TITLE: TextRole.BODY,
        }
        for role in self.look.text:
            text = dress.text(self.look, role)
            yield self._style(
                names.TEXT[role], text, following=names.TEXT[following.get(role, role)]
            )
        yield self._style(names.CONTENTS_TITLE, self.look.text[TextRole.FRONT_TITLE])

    def _heading_styles(self) -> Iterator[str]:
        for level, text in self.look.headings.items():
            yield self._style(
                names.heading(level),
                text,
                following=names.TEXT[TextRole.BODY],
                keepLines="<w:keepLines/>",
                numPr=_numbering(HEADINGS_ID, level - 1),
                outlineLvl=f'<w:outlineLvl w:val="{level - 1}"/>',
            )

    def _list_styles(self) -> Iterator[str]:
        text = self.look.text[TextRole.BODY]
        yield self._style(names.ORDERED_LIST, text)
        yield self._style(names.BULLET_LIST, text, numPr=_numbering(BULLETS_ID, 0))

    def _contents_styles(self) -> Iterator[str]:
        right_edge = twips_of_mm(self.look.page.text_width_mm)
        tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{right_edge}"/></w:tabs>'
        for level in range(1, DEEPEST_CONTENTS + 1):
            text = self.look.contents_entry(level)
            left = _in_characters("left", text.first_indent, text.size_pt)
            yield self._style(names.contents_entry(level), text, tabs=tabs, ind=f"<w:ind{left}/>")

        text = self.look.contents_entry(DEEPEST_CONTENTS)
        yield self._style(names.LIST_ENTRY, text, tabs=tabs, ind="")

    def _table_styles(self) -> Iterator[str]:
        yield self._table_style()
        yield self._style(
            names.CAPTION, dress.caption(self.look), following=names.TEXT[TextRole.BODY]
        )
        yield self._style(names.UNIT_LINE, self.look.unit_line)
        yield self._style(names.LAST_NOTE, dress.last_note(self.look))
        yield self._style(names.SPACER, dress.spacer(self.look))
        yield self._style(names.SECTION_END, dress.section_end())
        for wide in (False, True):
            for align in Align:
                yield self._cell_style(None, align, wide=wide, kept=True)
                yield self._cell_style(RowRole.GROUP, align, wide=wide, kept=True)
                for role in (RowRole.NORMAL, RowRole.TOTAL):
                    for kept in (False, True):
                        yield self._cell_style(role, align, wide=wide, kept=kept)

    def _cell_style(self, role: RowRole | None, align: Align, *, wide: bool, kept: bool) -> str:
        size = self.look.table.wide_size_pt if wide else self.look.table.size_pt
        text = TextLook(
            self.look.table.row_faces[role] if role else self.look.table.head_face,
            size,
            size * self.look.table.line_factor,
            _CELL_SETTING[align],
            keep_with_next=kept,
        )
        return self._style(names.cell(role, align, wide=wide, kept=kept), text)

    def _table_style(self) -> str:
        frame, line = self.look.table.frame_width_pt, self.look.table.line_width_pt
        edges = "".join(
            f'<w:{edge} w:val="single" w:sz="{round(width * 8)}" w:space="0" w:color="auto"/>'
            for edge, width in (
                *((edge, frame) for edge in ("top", "left", "bottom", "right")),
                *((edge, line) for edge in ("insideH", "insideV")),
            )
        )
        padding = twips(self.look.table.padding_pt)
        cells = "".join(
            f'<w:{edge} w:w="{padding}" w:type="dxa"/>'
            for edge in ("top", "left", "bottom", "right")
        )
        return (
            f'<w:style w:type="table" w:default="1" w:styleId="{names.TABLE_NORMAL.id}">'
            f'<w:name w:val="{names.TABLE_NORMAL.name}"/><w:uiPriority w:val="99"/><w:semiHidden/>'
            '<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
            f'<w:style w:type="table" w:customStyle="1" w:styleId="{names.TABLE.id}">'
            f'<w:name w:val="{names.TABLE.name}"/><w:basedOn w:val="{names.TABLE_NORMAL.id}"/>'
            f"<w:qFormat/><w:tblPr><w:tblBorders>{edges}</w:tblBorders>"
            f"<w:tblCellMar>{cells}</w:tblCellMar></w:tblPr></w:style>"
        )

    def _figure_styles(self) -> Iterator[str]:
        picture = replace(
            self.look.caption, face=Face.FANGSONG, size_pt=self.look.page.body_size_pt
        )
        space = twips(self.look.caption.before_pt)
        # A picture on an exact line would be cut down to that line.
        yield self._style(
            names.FIGURE, picture, following=names.FIGURE_CAPTION, spacing=_single_line(space)
        )
        yield self._style(
            names.FIGURE_CAPTION,
            self.look.figure_caption,
            following=names.TEXT[TextRole.BODY],
        )

    def _note_styles(self) -> Iterator[str]:
        text = self.look.text[TextRole.FOOTNOTE]
        yield self._style(names.FOOTNOTE_RULE, dress.note_rule(self.look))
        yield self._style(names.HEADER, replace(text, setting=Setting.CENTRE, first_indent=0))
        yield (
            f'<w:style w:type="character" w:styleId="{names.FOOTNOTE_MARK.id}">'
            f'<w:name w:val="{names.FOOTNOTE_MARK.name}"/><w:rPr>{self._fonts(text.face)}'
            '<w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        )

    def _seal_styles(self) -> Iterator[str]:
        yield self._style(names.SEAL, dress.seal(self.look))
        edges = "".join(
            f'<w:{edge} w:val="dashed" w:sz="{round(self.look.table.line_width_pt * 8)}"'
            ' w:space="0" w:color="808080"/>'
            for edge in ("top", "left", "bottom", "right")
        )
        yield (
            f'<w:style w:type="table" w:customStyle="1" w:styleId="{names.SEAL_BOX.id}">'
            f'<w:name w:val="{names.SEAL_BOX.name}"/><w:basedOn w:val="{names.TABLE_NORMAL.id}"/>'
            f"<w:qFormat/><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr></w:style>"
        )

    def _page_number_styles(self) -> Iterator[str]:
        text = self.look.page_number
        digits = self.look.fonts[text.face]  # 半角宋体, GB/T 9704-2012, 7.5
        yield self._style(names.PAGE_NUMBER_ODD, text, latin=digits)
        indent = _in_characters("left", text.right_indent, text.size_pt)
        yield self._style(
            names.PAGE_NUMBER_EVEN,
            replace(text, setting=Setting.LEFT),
            latin=digits,
            ind=f"<w:ind{indent}/>",
        )


def _size(points: float) -> str:
    half_points = round(points * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spacing(text: TextLook) -> str:
    return (
        f'<w:spacing w:before="{twips(text.before_pt)}" w:after="{twips(text.after_pt)}"'
        f' w:line="{twips(text.line_pt)}" w:lineRule="exact"/>'
    )


def _single_line(before: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="0" w:line="240" w:lineRule="auto"/>'


def indents(text: TextLook) -> str:
    """The `w:ind` of a look, or nothing where it has no indent."""
    parts: list[str] = []
    if text.right_indent:
        parts.append(_in_characters("right", text.right_indent, text.size_pt))
    if text.first_indent:
        parts.append(_in_characters("firstLine", text.first_indent, text.size_pt))
    return f"<w:ind{''.join(parts)}/>" if parts else ""


def _in_characters(side: str, characters: float, size_pt: float) -> str:
    """Word goes by the characters, other programs by the twips."""
    return f' w:{side}Chars="{round(characters * 100)}" w:{side}="{twips(characters * size_pt)}"'


def _numbering(list_id: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
