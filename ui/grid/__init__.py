"""Grids: one sheet look for tables of rows, quantities by year and indicators."""
