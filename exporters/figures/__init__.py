"""Figures as drawings: data of a chart, a schedule, flows or a chain in, a display list out."""
