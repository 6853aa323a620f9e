"""Ctrl+K: one line that leads to any action, section, field or row by a few of its letters."""
