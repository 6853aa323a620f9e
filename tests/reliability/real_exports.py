"""Documents as the exporters really make them, of a small plan, for tests of how they are saved."""

from __future__ import annotations

from functools import cache

from exporters.compose.source import Source
from exporters.export import export_plan
from exporters.order import PrintOrder
from forms.view import evaluate
from tests.exporters.compose import filling
from tests.forms import plans
from tests.packs.loading import small_pack


@cache
def real_exports(number: int) -> dict[str, bytes]:
    """Word, PDF and Excel of one version of a small plan, by suffix."""
    answers = plans.sample() if number else plans.plan(typed={})
    source = Source(evaluate(small_pack(), answers), filling.pictures, f"plan-{number}", "e", None)
    return {file.format.value: file.content for file in export_plan(source, PrintOrder())}
