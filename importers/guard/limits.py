"""How large and how odd a received file may be; far beyond what a park ever sends.

Sizes are bytes, spans cells. The figures are chosen so that a file at every limit is read in a few
seconds and within the memory of the worker.
"""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one received file."""

    file_bytes: int = 64 * _MIB
    entries: int = 3_000
    directory_bytes: int = _MIB
    total_bytes: int = 256 * _MIB
    xml_bytes: int = 96 * _MIB
    other_bytes: int = 64 * _MIB
    ratio: int = 200  # how often larger a part of more than `ratio_from` bytes may become
    ratio_from: int = 2 * _MIB
    depth: int = 200
    elements: int = 2_000_000
    attribute: int = 100_000
    text: int = 1_000_000  # characters in one run
    silent_bytes: int = _MIB  # of XML in which nothing begins or ends
    cells: int = 300_000
    rows: int = 65_536
    columns: int = 1_024
    merges: int = 5_000
    merged_cells: int = 500_000
    sheets: int = 200
    styles: int = 70_000
    names: int = 20_000
    span: int = 100
    nested_tables: int = 10
    paragraphs: int = 60_000
    runs: int = 300_000
    links: int = 20_000
    told_characters: int = 12_000_000  # in all that is handed on


LIMITS = Limits()

MOST_PIXELS = 50_000_000
MOST_OF_PHOTOGRAPH = 33_000_000  # a larger one is kept at half size: turning takes memory twice
LONGEST_SIDE = 20_000
MOST_PICTURE_BYTES = 64 * _MIB
MOST_PICTURES = 200  # of one document
