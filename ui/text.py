"""The one door through which every interface text goes, so that it can be translated."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

_CONTEXT = "yuance"


def tr(text: str) -> str:
    """The interface text in the user's language; Simplified Chinese is the source language."""
    return QCoreApplication.translate(_CONTEXT, text)
