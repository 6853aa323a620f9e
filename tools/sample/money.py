"""Money of a project split by source and by year so that both add up to the last 万元."""

from __future__ import annotations

from decimal import Decimal

from tools.sample.decimals import PLAN

STEP = 10  # 万元


def by_source(total: int, loan_share: int, **public: int) -> dict[str, str]:
    """Own money is what public money and a round loan leave."""
    loan = total * loan_share // 100 // 100 * 100
    own = total - loan - sum(public.values())
    parts = {"own": own, "loan": loan, **public}
    return {f"src_{key}": str(amount) for key, amount in parts.items() if amount}


def by_plan_year(total: int, done: int, start: str, finish: str) -> dict[str, str]:
    """What is left to spend, by the months built in each year; the last year takes the rest."""
    first, last = _months(start), _months(finish)
    months = {year: max(0, min(last, year * 12 + 11) - max(first, year * 12) + 1) for year in PLAN}
    active = [year for year in PLAN if months[year]]
    left, whole = total - done, sum(months.values())
    found = {year: int(Decimal(left) * months[year] / whole / STEP) * STEP for year in active[:-1]}
    found[active[-1]] = left - sum(found.values())
    return {str(year): str(amount) for year, amount in found.items() if amount}


def _months(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1
