"""园策 Yuance: starts the window, or runs a verb when one is named. The only place that wires."""

from __future__ import annotations

import sys


def main(arguments: list[str]) -> int:
    """Run the program; the exit code of the verb or window."""
    if arguments == ["--read-received"]:  # this process is to read what somebody else wrote
        from importers.worker import serve

        return serve()
    if arguments and not arguments[0].lower().endswith(".yuance"):  # a file opens in the window
        from commands import run as run_verb

        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:  # Windows consoles default to a code page
                reconfigure(encoding="utf-8")
        return run_verb(arguments)

    from ui.instance import Entrance, Standing, meeting_place, plan_files

    entrance = Entrance(meeting_place())
    if entrance.enter(plan_files(arguments)) is Standing.HANDED_OVER:
        return 0  # before anything large is imported: a second start ends at once

    from commands.making import sample_plan
    from ui.application import run as run_window

    return run_window(entrance, sample=sample_plan)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
