"""What is known to go wrong on the way to paper: one family, user-ready Chinese sentences."""

from __future__ import annotations


class ExportError(Exception):
    """An export that cannot be made; the message is a whole Chinese sentence for the user."""
