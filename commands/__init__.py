"""The headless verbs: what the window does to a plan, for scripts and other programs."""

from commands.running import VERBS, run

__all__ = ["VERBS", "run"]
