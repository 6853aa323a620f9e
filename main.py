"""园策 Yuance: starts the window, or runs a verb when one is named. The only place that wires."""

from __future__ import annotations

import sys


def main(arguments: list[str]) -> int:
    """Run the program; the exit code of the verb or window."""
    from commands import VERBS

    if arguments and (arguments[0] in VERBS or arguments[0].startswith("-")):
        from commands import run as run_verb

        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:  # Windows consoles default to a code page
                reconfigure(encoding="utf-8")
        return run_verb(arguments)

    from commands.making import sample_plan
    from ui.application import run as run_window

    return run_window(arguments, sample=sample_plan)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
