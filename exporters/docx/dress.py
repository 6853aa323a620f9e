"""Looks the Word file has of its own, made from those of the house style.

Space before a caption would meet the space after what precedes it, and programs differ on whether
the two add up: the caption's line is so much higher instead.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from exporters.document import TextRole
from exporters.docx.pages import NOTE_RULE
from exporters.look import Face, Setting, TextLook

if TYPE_CHECKING:
    from exporters.look import Look


def caption(look: Look) -> TextLook:
    """The caption above a table."""
    own = look.caption
    return replace(own, before_pt=0, line_pt=own.line_pt + own.before_pt)


def text(look: Look, role: TextRole) -> TextLook:
    """The look of a paragraph; notes have no space before them, as they may begin a page."""
    own = look.text[role]
    return replace(own, before_pt=0) if role is TextRole.NOTE else own


def last_note(look: Look) -> TextLook:
    """The last note below a table, which sets off what follows."""
    return replace(text(look, TextRole.NOTE), after_pt=look.table.after_pt)


def spacer(look: Look) -> TextLook:
    """The empty paragraph below a table without notes: at the top of a page it counts as well."""
    return TextLook(Face.SONG, 1, look.table.after_pt)


def section_end() -> TextLook:
    """The paragraph that ends a section where the last one cannot."""
    return TextLook(Face.SONG, 1, 1)


def seal(look: Look) -> TextLook:
    """What is to be stamped, written in the box for it."""
    return replace(text(look, TextRole.NOTE), setting=Setting.CENTRE, after_pt=0)


def note_rule(look: Look) -> TextLook:
    """The paragraph that holds the rule above footnotes, as high as LibreOffice's own rule."""
    return replace(look.text[TextRole.FOOTNOTE], setting=Setting.LEFT, line_pt=NOTE_RULE / 20)
