"""Windows: the only package that knows Qt."""

from ui.overrides import guard_overrides

guard_overrides()
