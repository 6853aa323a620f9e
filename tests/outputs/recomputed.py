"""The figures of a random plan worked out once more, in fractions, from what was typed alone.

Nothing of the program is used: neither its decimals, nor its rounding, nor its sums.
"""

from __future__ import annotations

from fractions import Fraction

COEFFICIENTS = {"原煤": Fraction("0.7143"), "天然气": Fraction("13.3")}
TASKS = ("优化布局", "高效利用、综合利用", "节能降碳")
MONEY = ("total", "own", "loan", "invest/2026", "invest/2027")
DECIMALS = 2
Typed = dict[str, str]


def half_up(value: Fraction, decimals: int = DECIMALS) -> Fraction:
    """四舍五入: a five goes away from zero."""
    scale = 10**decimals
    whole = (abs(value) * scale * 2 + 1) // 2
    return Fraction(whole if value >= 0 else -whole, scale)


def as_typed(text: str, decimals: int = DECIMALS) -> str:
    """How a typed figure reads: its own digits, rounded only when it has too many."""
    if len(text.partition(".")[2]) <= decimals:
        return text
    whole = int(half_up(Fraction(text), decimals) * 10**decimals)
    return f"{whole // 10**decimals}.{whole % 10**decimals:0{decimals}}"


def rows_of(typed: Typed, table: str) -> list[str]:
    """The rows of a table in the order in which they were typed."""
    names = (address.removeprefix(f"{table}/").partition("/")[0] for address in typed)
    places = [name for address, name in zip(typed, names, strict=True) if table in address]
    return list(dict.fromkeys(places))


def summed(typed: Typed, rows: list[str], column: str) -> Fraction | None:
    """The sum of a column over some projects; nothing where nothing was typed."""
    found = [typed[a] for row in rows if (a := f"works/list/{row}/{column}") in typed]
    return sum(map(Fraction, found), Fraction(0)) if found else None


def shares(amounts: list[Fraction | None]) -> list[Fraction | None]:
    """Each amount as a percentage of all."""
    whole = sum((amount or Fraction(0) for amount in amounts), Fraction(0))
    if not whole:
        return [None] * len(amounts)
    return [None if amount is None else half_up(amount * 100 / whole) for amount in amounts]


def groups(typed: Typed) -> dict[str, list[str]]:
    """The projects of each task, those without one last."""
    rows = rows_of(typed, "works/list")
    found: dict[str, list[str]] = {task: [] for task in (*TASKS, "未归类")}
    for row in rows:
        found[typed.get(f"works/list/{row}/task", "未归类")].append(row)
    return found


def computed(typed: Typed) -> dict[str, Fraction]:
    """Every value that the pack computes, by address, exact."""
    found: dict[str, Fraction] = {}
    for year in (2024, 2025):
        surface = typed[f"water/supply/surface/{year}"]
        ground = typed.get(f"water/supply/ground/{year}", "0")
        found[f"water/supply/total/{year}"] = Fraction(surface) + Fraction(ground)
    for row in rows_of(typed, "energy/balance"):
        fuel = COEFFICIENTS[typed[f"energy/balance/{row}/fuel"]]
        for year in (2024, 2025):
            amount = Fraction(typed[f"energy/balance/{row}/amount/{year}"])
            found[f"energy/balance/{row}/tce/{year}"] = amount * fuel
    base = [v for a, v in found.items() if a.endswith("/tce/2025")]
    if base:
        found["energy/total"] = sum(base, Fraction(0))
    found["outcomes/output_small"] = Fraction(typed["outcomes/output"]) * 10_000
    return found


def totals(typed: Typed, rows: list[str]) -> list[Fraction]:
    """A line of totals: the sums of the columns in which anything stands."""
    sums = (summed(typed, rows, column) for column in MONEY)
    return [half_up(total) for total in sums if total is not None]


def by_task(typed: Typed) -> list[tuple[str, list[Fraction | None]]]:
    """按任务分投资: name, number of projects, amount and share of each task, then of all."""
    found = groups(typed)
    if not found["未归类"]:
        del found["未归类"]
    sums = [summed(typed, rows, "total") for rows in found.values()]
    counts = [Fraction(len(rows)) for rows in found.values()]
    return with_total(list(found), counts, sums)


def by_year(typed: Typed) -> list[tuple[str, list[Fraction | None]]]:
    """分年度投资."""
    return by_columns(typed, {"2026年": "invest/2026", "2027年": "invest/2027"})


def by_source(typed: Typed) -> list[tuple[str, list[Fraction | None]]]:
    """按来源分投资."""
    return by_columns(typed, {"自筹": "own", "贷款": "loan"})


def by_columns(typed: Typed, columns: dict[str, str]) -> list[tuple[str, list[Fraction | None]]]:
    rows = rows_of(typed, "works/list")
    return with_total(list(columns), None, [summed(typed, rows, c) for c in columns.values()])


def with_total(
    names: list[str], counts: list[Fraction] | None, sums: list[Fraction | None]
) -> list[tuple[str, list[Fraction | None]]]:
    """Rows of an overview and its total; the parts are rounded after they were added up."""
    found = [each for each in sums if each is not None]
    whole = sum(found, Fraction(0)) if found else None
    lines = zip([*names, "合计"], [*sums, whole], [*shares(sums), share_of_all(whole)], strict=True)
    number = iter([*counts, sum(counts, Fraction(0))]) if counts else None
    return [
        (name, [*([next(number)] if number else []), None if s is None else half_up(s), share])
        for name, s, share in lines
    ]


def share_of_all(whole: Fraction | None) -> Fraction | None:
    return Fraction(100) if whole else None
