"""勾稽与形式审查: rules over the evaluated plan, each finding with its places and the remedy."""

from forms.checks.engine import check_steps, in_plan_order, run_checks
from forms.checks.finding import Finding, Mend, Step

__all__ = ["Finding", "Mend", "Step", "check_steps", "in_plan_order", "run_checks"]
