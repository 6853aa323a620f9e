"""勾稽与形式审查: rules over the evaluated plan, each finding with its places and the remedy."""

from forms.checks.engine import check_steps, in_plan_order, run_checks
from forms.checks.finding import Finding, Step

__all__ = ["Finding", "Step", "check_steps", "in_plan_order", "run_checks"]
