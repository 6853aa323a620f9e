"""勾稽与形式审查: rules over the evaluated plan, each finding with its places and the remedy."""

from forms.checks.engine import run_checks
from forms.checks.finding import Finding

__all__ = ["Finding", "run_checks"]
