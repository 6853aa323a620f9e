"""Diagrams of the plan on screen, drawn from the same lists as on paper."""
