"""Walking a checked package: its relationships, and its XML parts as events with short names."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass

from importers.guard.markup import Attributes, chunks, feed, hardened_parser
from importers.guard.package import Package

_NAMESPACES = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "s",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "s",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
}
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Link:
    """One relationship of a part; `target` is the name of a part inside, "" when it leads out."""

    kind: str
    target: str


def short(name: str) -> str:
    """A name as `prefix:local`; `?:local` for namespaces nobody here reads."""
    space, _, local = name.rpartition(" ")
    return f"{_NAMESPACES.get(space, '?')}:{local}" if space else local


def walk(package: Package, name: str, start: Start, end: End, text: Text) -> None:
    """Send the events of one part, names made short."""
    known: dict[str, str] = {}

    def shorten(long: str) -> str:
        found = known.get(long)
        if found is None:
            found = known[long] = short(long)
        return found

    parser = hardened_parser(" ")
    parser.StartElementHandler = lambda tag, attributes: start(
        shorten(tag), {shorten(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda tag: end(shorten(tag))
    parser.CharacterDataHandler = text
    with package.open(name) as part:
        for chunk in chunks(part):
            feed(parser, chunk, last=False)
            package.deadline.check()
        feed(parser, b"", last=True)


def links_of(package: Package, name: str) -> dict[str, Link]:
    """The relationships of a part by their id; targets are resolved inside the package only."""
    folder, _, base = name.rpartition("/")
    listed = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
    found: dict[str, Link] = {}
    if not package.has(listed):
        return found

    def start(tag: str, attributes: Attributes) -> None:
        if tag != "rel:Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        is_outside = attributes.get("TargetMode", "").lower() == "external"
        target = "" if is_outside else _inside(folder, attributes.get("Target", ""))
        found[attributes.get("Id", "")] = Link(kind, target)

    walk(package, listed, start, _nothing, _nothing)
    return found


def _inside(folder: str, target: str) -> str:
    """The part a target names; "" when it would lead out of the package."""
    if target.startswith("/"):
        joined = posixpath.normpath(target.lstrip("/"))
    else:
        joined = posixpath.normpath(posixpath.join(folder, target))
    return "" if joined.startswith("..") or "\\" in joined or ":" in joined else joined


def _nothing(_: str) -> None:
    return None
