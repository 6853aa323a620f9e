"""Anchors: how a place in the Word file is found again, by a reader or after an edit.

A printed value sits in an inline content control (tag = its address) with a bookmark around it;
office programs lose now the one, now the other. The forms, which a reader relies on:

    control tag          the address, or "#" and its digest where it is longer than Word allows
    bookmark v_<digest>  the value at an address; v_<digest>_2 where it is printed a second time
    bookmark r_<digest>  the first cell of the row with a key; _2 as above
    bookmark l_<digest>  the number of a live figure, inside the value it is a part of; the custom
                         document property of that name is its mark, so the prose reads back whole
    bookmark _Toc<12 digits>, _Ref<12 digits>   the heading or caption with an anchor

A digest is the first 20 hexadecimal digits of SHA-256 over the UTF-8 text. The full address behind
a "#" tag is the custom document property of that name. An empty value has a bookmark only: Word
prints its own prompt in an empty control. The last mark of a paragraph stands behind control and
bookmark where it hangs outside the measure: LibreOffice would put an empty line below it. Controls
are never of the text kind and never around paragraphs, cells or rows: LibreOffice 7.4 doubles
Chinese text in those.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from exporters.docx.markup import attribute, clean

_TAG_LIMIT = 64
_FIRST_CONTROL_ID = 710_000_000


def value_bookmark(address: str) -> str:
    """The name of the bookmark around the value at an address."""
    return f"v_{_digest(address)}"


def live_bookmark(mark: str) -> str:
    """The name of the bookmark around the number a live figure prints."""
    return f"l_{_digest(mark)}"


def row_bookmark(key: str) -> str:
    """The name of the bookmark in the first cell of a row."""
    return f"r_{_digest(key)}"


def heading_bookmark(anchor: str) -> str:
    """The name of the bookmark around a heading, of the kind Word's own contents use."""
    return f"_Toc{_digits(anchor)}"


def caption_bookmark(anchor: str) -> str:
    """The name of the bookmark around a caption's label, of the kind Word's references use."""
    return f"_Ref{_digits(anchor)}"


def control_tag(address: str) -> str:
    """The tag of the content control around the value at an address."""
    address = clean(address)
    return address if len(address) <= _TAG_LIMIT else f"#{_digest(address)}"


@dataclass(slots=True)
class Anchors:
    """The anchors of one file: hands out names and ids, each only once."""

    long_addresses: dict[str, str] = field(default_factory=dict[str, str])  # tag -> address
    live_marks: dict[str, str] = field(default_factory=dict[str, str])  # bookmark -> mark
    _taken: dict[str, int] = field(default_factory=dict[str, int])
    _bookmarks: int = 0
    _controls: int = 0

    def value(self, address: str, content: str) -> str:
        """The content of a run or cell as the value at an address; unchanged without one."""
        if not address:
            return content
        return self.marked(value_bookmark(address), self._control(address, content))

    def live(self, mark: str, content: str) -> str:
        """The number of a live figure, by its mark; unchanged without one."""
        if not mark or not content:
            return content
        name = live_bookmark(mark)
        self.live_marks[name] = mark
        return self.marked(name, content)

    def picture(self, address: str, content: str) -> str:
        """A picture as the value at an address: a bookmark, for controls hold text here."""
        return self.marked(value_bookmark(address), content) if address else content

    def row(self, key: str, content: str) -> str:
        """The content of a row's first cell, marked with the row's key if it has one."""
        return self.marked(row_bookmark(key), content) if key else content

    def heading(self, anchor: str, content: str) -> str:
        """The content of a heading, as the target of the contents."""
        return self._target(heading_bookmark(anchor), content) if anchor else content

    def caption(self, anchor: str, content: str) -> str:
        """The label of a caption, as the target of references."""
        return self._target(caption_bookmark(anchor), content) if anchor else content

    def marked(self, name: str, content: str) -> str:
        """The content inside a bookmark; a name met again gets a number."""
        count = self._taken[name] = self._taken.get(name, 0) + 1
        return self._bookmark(name if count == 1 else f"{name}_{count}", content)

    def _target(self, name: str, content: str) -> str:
        if name in self._taken:  # what links to it, links to the first
            return content
        return self.marked(name, content)

    def _bookmark(self, name: str, content: str) -> str:
        self._bookmarks += 1
        number = self._bookmarks
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def _control(self, address: str, content: str) -> str:
        if not content:
            return ""
        tag = control_tag(address)
        if tag != clean(address):
            self.long_addresses[tag] = address
        self._controls += 1
        return (
            f'<w:sdt><w:sdtPr><w:tag w:val="{attribute(tag)}"/>'
            f'<w:id w:val="{_FIRST_CONTROL_ID + self._controls}"/></w:sdtPr>'
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )


def _digest(text: str) -> str:
    return sha256(clean(text).encode()).hexdigest()[:20]


def _digits(anchor: str) -> str:
    return f"{int(_digest(anchor), 16) % 10**12:012d}"
