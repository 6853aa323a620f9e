"""Random plans of the small pack: figures of every size, ties of rounding among them."""

from __future__ import annotations

import random

from forms.edits import EditError
from forms.view import PlanView, evaluate
from tests.forms import plans
from tests.packs.loading import small_pack

PACK = small_pack()
TASKS = ("优化布局", "高效利用、综合利用", "节能降碳", "")
LIVE = ("{{outcomes/output}}", "{{outcomes/output|万元}}", "{{outcomes/output|亿元,1}}")


def figure(rng: random.Random, most: int = 9) -> str:
    """A figure as a planner types it, without leading zeros: 0, 0.005, 1234567.895, 12.50 …"""
    whole = str(rng.randrange(10 ** rng.randint(0, most)))
    places = rng.choice((0, 0, 1, 2, 2, 3, 4))
    digits = "".join(rng.choice("0123456789") for _ in range(places))
    if digits and rng.random() < 0.3:
        digits = f"{digits[:-1]}5"  # a tie, when one digit is too many
    return f"{whole}.{digits}" if digits else whole


def random_plan(seed: int) -> tuple[PlanView, dict[str, str]]:
    """A plan and what was typed into it, by address; the same for the same seed."""
    rng = random.Random(seed)
    typed = {
        "cover/park_name": "青湖园区",
        "period/base_year": "2025",
        "period/target_year": "2027",
        "period/history_years": "2",
        "overview/location": f"目标年产值达到{rng.choice(LIVE)}，位于东部。",
        "overview/area": f"{rng.randrange(999)}.{rng.randrange(1000):03}",
        "overview/share": f"{rng.randrange(100)}.{rng.randrange(1000):03}",
        "outcomes/output": figure(rng, 5),
    }
    typed |= energy(rng) | water(rng) | works(rng)
    if rng.random() < 0.8:
        typed["outcomes/indicators/intensity/target"] = f"0.{rng.randrange(1, 99999):05}"
    kept = {address: text for address, text in typed.items() if text}
    try:
        return evaluate(PACK, plans.plan(PACK, kept)), kept
    except EditError as error:
        raise AssertionError(f"plan {seed} cannot be typed: {error}") from error


def water(rng: random.Random) -> dict[str, str]:
    years = {f"water/supply/surface/{year}": figure(rng) for year in (2024, 2025)}
    years |= {
        f"water/supply/ground/{year}": figure(rng) for year in (2025, 2024)[: rng.randrange(3)]
    }
    return years


def energy(rng: random.Random) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, fuel in enumerate(("原煤", "天然气", "原煤")[: rng.randint(0, 3)]):
        row = f"energy/balance/e{number}"
        found[f"{row}/fuel"] = fuel
        found |= {f"{row}/amount/{year}": figure(rng, 6) for year in (2024, 2025)}
    return found


def works(rng: random.Random) -> dict[str, str]:
    found: dict[str, str] = {}
    for number in range(rng.randint(1, 7)):
        row = f"works/list/p{number}"
        found[f"{row}/name"] = f"第{number}个项目"
        found[f"{row}/task"] = rng.choice(TASKS)
        for column in ("total", "own", "loan", "invest/2026", "invest/2027", "saving"):
            if rng.random() < 0.8:
                found[f"{row}/{column}"] = figure(rng)
    return found
