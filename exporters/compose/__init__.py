"""Plan to document: composes the evaluated plan into the tree that Word and PDF render."""

from exporters.compose.volume import compose

__all__ = ["compose"]
