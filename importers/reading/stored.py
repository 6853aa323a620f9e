"""Whether two texts are one and the same number to a workbook, which stores binary numbers.

The one place here that knows binary numbers: it compares, and hands none on.
"""

from __future__ import annotations


def is_same_number(one: str, other: str) -> bool:
    """Whether both stand for one stored number: Excel writes 0.085 as 8.5000000000000006E-2."""
    return float(one) == float(other)
