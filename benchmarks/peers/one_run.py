"""One peer, once, in a process of its own: prints what it took to make the file, as JSON.

    one_run.py <module of the peer> <folder of the content> <file to make>

The libraries are imported and the content is read before the clock starts; what a peer loads
later (fonts, a program of its own) counts. The driver measures the whole process besides.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import sys
import time
from pathlib import Path


def used() -> float:
    """Seconds of CPU so far, those of ended children included."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main(module: str, folder: Path, target: Path) -> None:
    """Make the file and say what it took."""
    peer = importlib.import_module(module)
    content = importlib.import_module("content").load(folder)
    if hasattr(peer, "prepare"):
        peer.prepare(folder, target)
    gc.collect()
    began, cpu = time.perf_counter(), used()
    peer.make(content, folder, target)
    wall, cpu = time.perf_counter() - began, used() - cpu
    peak = sum(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    print(json.dumps({"wall": wall, "cpu": cpu, "peak_mb": peak / unit}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
