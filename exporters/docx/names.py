"""The names of all styles of the Word file: the id used inside, the name Word shows.

Readers look for names: LibreOffice gives styles other ids when it saves, and keeps their names.
"""

from __future__ import annotations

from dataclasses import dataclass

from exporters.document import Align, RowRole, TextRole
from exporters.docx.markup import STRONG_STYLE_ID


@dataclass(frozen=True, slots=True)
class StyleName:
    """One style; `own` tells ours from those Word knows by itself."""

    id: str
    name: str
    own: bool = True


NORMAL = StyleName("Normal", "Normal", own=False)
STRONG = StyleName(STRONG_STYLE_ID, "Strong", own=False)
TABLE_NORMAL = StyleName("TableNormal", "Normal Table", own=False)
TABLE = StyleName("PlanTable", "公文表格")
CAPTION = StyleName("TableCaption", "公文表题")
FIGURE_CAPTION = StyleName("FigureCaption", "公文图题")
FIGURE = StyleName("Figure", "公文图")
UNIT_LINE = StyleName("UnitLine", "公文表单位")
LAST_NOTE = StyleName("LastNote", "公文表末注")
SPACER = StyleName("AfterTable", "公文表后")
SECTION_END = StyleName("SectionEnd", "公文分节")
CONTENTS_TITLE = StyleName("TOCHeading", "TOC Heading", own=False)
PAGE_NUMBER_ODD = StyleName("Footer", "footer", own=False)
PAGE_NUMBER_EVEN = StyleName("FooterEven", "公文页码双页")
ORDERED_LIST = StyleName("ListNumber", "List Number", own=False)
FOOTNOTE_MARK = StyleName("FootnoteReference", "footnote reference", own=False)
FOOTNOTE_RULE = StyleName("FootnoteRule", "公文脚注线")
HEADER = StyleName("Header", "header", own=False)
SEAL = StyleName("SealText", "公文盖章")
SEAL_BOX = StyleName("SealBox", "公文盖章框")
LIST_LEVEL = 5  # of Word's contents styles: the one lists of tables and figures are set in
BULLET_LIST = StyleName("ListBullet", "List Bullet", own=False)

TEXT: dict[TextRole, StyleName] = {
    TextRole.COVER_TITLE: StyleName("CoverTitle", "公文封面标题"),
    TextRole.COVER_LINE: StyleName("CoverLine", "公文封面信息"),
    TextRole.COVER_NOTE: StyleName("CoverNote", "公文封面标注"),
    TextRole.FRONT_TITLE: StyleName("FrontTitle", "公文前页标题"),
    TextRole.BODY: StyleName("PlanBody", "公文正文"),
    TextRole.LABELLED: StyleName("LabelledText", "公文标签正文"),
    TextRole.SIGNATURE: StyleName("Signature", "公文落款"),
    TextRole.NOTE: StyleName("TableNote", "公文表注"),
    TextRole.FOOTNOTE: StyleName("FootnoteText", "footnote text", own=False),
    TextRole.ANNEX_MARK: StyleName("AnnexMark", "公文附件标识"),
    TextRole.ANNEX_TITLE: StyleName("AnnexTitle", "公文附件标题"),
}
_ALIGN_NAMES = {Align.LEFT: "左", Align.CENTRE: "中", Align.RIGHT: "右"}
_ROW_NAMES = {RowRole.NORMAL: "文字", RowRole.GROUP: "分组", RowRole.TOTAL: "合计"}


def heading(level: int) -> StyleName:
    """The style of headings of a level, 1 to 4."""
    return StyleName(f"Heading{level}", f"heading {level}", own=False)


def contents_entry(level: int) -> StyleName:
    """The style of the contents entries of a level."""
    return StyleName(f"TOC{level}", f"toc {level}", own=False)


LIST_ENTRY = contents_entry(LIST_LEVEL)
FOOTNOTE = TEXT[TextRole.FOOTNOTE]


def cell(role: RowRole | None, align: Align, *, wide: bool) -> StyleName:
    """The style of the text in a table cell; no role means the table's head."""
    kind = role.value.capitalize() if role else "Head"
    size = "Small" if wide else ""
    label = _ROW_NAMES[role] if role else "表头"
    return StyleName(
        f"Cell{kind}{align.value.capitalize()}{size}",
        f"公文表{'小字' if wide else ''}{label}{_ALIGN_NAMES[align]}",
    )
