"""Whether a process of this machine still runs: who left a lock note or a temporary file."""

from __future__ import annotations

import os
import sys


def process_runs(pid: int) -> bool:
    """Whether a process of this machine is running."""
    if sys.platform == "win32":
        return _runs_on_windows(pid)
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return pid > 0


def _runs_on_windows(pid: int) -> bool:
    """`os.kill` would end the process there, so the system is asked."""
    if sys.platform != "win32":
        return True
    import ctypes  # noqa: PLC0415 -- Windows only

    kernel = ctypes.WinDLL("kernel32")
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == 259  # STILL_ACTIVE
