"""Figures of the sample as the program itself computes them, worded for the prose."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from forms.address import Address, parse_address
from forms.live_figures import LiveFigure
from forms.live_figures import shown as printed
from forms.values import YearMonth
from forms.view import PlanView
from tools.sample.decimals import WAN, shown


class Numbers:
    """Asks the evaluated plan, so that no sentence can disagree with the data."""

    def __init__(self, view: PlanView) -> None:
        self.view = view

    def value(self, address: str) -> Decimal:
        """The figure at an address."""
        found = self.view.number(parse_address(address))
        if found is None:
            raise LookupError(f"{address} has no figure")
        return found

    def total(self, addresses: Iterable[str]) -> Decimal:
        """The sum of several figures."""
        return sum((self.value(address) for address in addresses), Decimal(0))

    def __call__(self, address: str, places: int = 2) -> str:
        """As written in a sentence."""
        return shown(self.value(address), places)

    def live(self, address: str, unit: str = "", places: int | None = None) -> str:
        """A live figure, for prose that follows the data; it must have something to print."""
        figure = LiveFigure(parse_address(address), unit, places)
        found = printed(self.view, figure)
        if found.fault:
            raise LookupError(found.fault)
        return str(figure)

    def side(self, indicator: str, side: str, unit: str = "", places: int | None = None) -> str:
        """One side of an indicator as a live figure."""
        return self.live(f"outcomes/indicators/{indicator}/{side}", unit, places)

    def wan(self, address: str, places: int = 2) -> str:
        """In units of ten thousand."""
        return shown(self.value(address) / WAN, places)

    def share(self, part: str, whole: str, places: int = 1) -> str:
        """A part in percent of the whole."""
        return shown(self.value(part) / self.value(whole) * 100, places)

    def column(self, table: str, column: str) -> Decimal:
        """The sum of a column of a table."""
        section, _, item = table.partition("/")
        rows = self.view.rows(parse_address(table))
        return self.total(
            f"{section}/{item}/{row}/{column}"
            for row in rows
            if self.view.number(parse_address(f"{section}/{item}/{row}/{column}")) is not None
        )

    def rate(self, indicator: str) -> str:
        """By how many percent an indicator rises or falls, without sign, as the table prints it."""
        return self.indicator(indicator, "rate").removeprefix("-")

    def indicator(self, key: str, side: str) -> str:
        """One side of an indicator as the table prints it."""
        return self.view.text(parse_address(f"outcomes/indicators/{key}/{side}"))

    def projects(self, task: str, column: str = "invest_total") -> tuple[int, Decimal]:
        """How many projects a task has, and the sum of a column over them."""
        table = parse_address("projects/list")
        rows = [
            row for row in self.view.rows(table) if self.view.value(table.at(row, "task")) == task
        ]
        found = [self.view.number(table.at(row, column)) for row in rows]
        return len(rows), sum((figure for figure in found if figure is not None), Decimal(0))

    def growth(self, row: str, places: int = 1) -> str:
        """The yearly growth over the history of a row, in percent."""
        first, last = self.value(f"{row}/2023"), self.value(f"{row}/2025")
        return shown(((last / first).sqrt() - 1) * 100, places)

    def months(self, column: str) -> list[YearMonth]:
        """A month column of all projects."""
        table = parse_address("projects/list")
        found = (self.view.value(table.at(row, column)) for row in self.view.rows(table))
        return [month for month in found if isinstance(month, YearMonth)]

    def cells(self, table: str, column: str) -> list[Address]:
        """The addresses of a column."""
        home = parse_address(table)
        return [home.at(row, column) for row in self.view.rows(home)]
