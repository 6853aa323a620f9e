"""What a large document was made of goes piece by piece.

Python frees a million things in one breath, and keeps itself to one thread for as long.
"""

from __future__ import annotations

from typing import Any

from forms.breathing import breathe


def let_go_one_by_one(*many: list[Any] | dict[Any, Any]) -> None:
    """Empty lists and dictionaries thing by thing: other threads run between them."""
    for known in many:
        take = known.popitem if isinstance(known, dict) else known.pop
        while known:
            take()
            breathe()
