"""What the worker takes from itself before it looks at a stranger's bytes: memory, files, network.

On POSIX the kernel then lets it open no file and no connection at all. On Windows a job object
bounds memory, time and processes; there the audit hook alone keeps files and network away.
"""

from __future__ import annotations

import sys
from pathlib import Path

CPU_SECONDS = 8
MEMORY_BYTES = 288 << 20  # beyond what the idle worker has
_PAGE = 4096
_IDLE_BYTES = 256 << 20  # of addresses, where the system does not tell
_TOUCHES = (
    "open", "os.", "socket.", "subprocess.", "shutil.", "tempfile.", "glob.", "ctypes.", "winreg.",
    "urllib.", "http.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "telnetlib.", "webbrowser.",
    "import", "exec", "compile", "pickle.", "marshal.", "sqlite3.", "mmap.", "msvcrt.", "pty.",
    "_winapi.", "signal.",
)  # fmt: skip


class Seal:
    """The hook that stops whatever would reach beyond the bytes, and notes that it was tried."""

    def __init__(self) -> None:
        self.touched: list[str] = []

    def close(self) -> None:
        """From now on nothing of this process reaches beyond itself; there is no way back."""
        sys.addaudithook(self._watch)

    def _watch(self, event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_TOUCHES):
            first = str(arguments[0])[:80] if arguments else ""
            self.touched.append(f"{event} {first}".strip())
            raise PermissionError("nothing outside is opened while a received file is read")


def confine() -> None:
    """Bound memory, time, files and processes of this process, for good."""
    if sys.platform == "win32":
        _confine_by_job()
    else:
        _confine_by_limits()


if sys.platform != "win32":
    import resource

    def _confine_by_limits() -> None:
        memory = _addresses() + MEMORY_BYTES
        for limit, value in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_CPU, CPU_SECONDS),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NPROC, 0),
            (resource.RLIMIT_NOFILE, 0),  # last: those that are open stay open
        ):
            resource.setrlimit(limit, (value, value))

    def _addresses() -> int:
        """Bytes of addresses this process has now."""
        try:
            return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * _PAGE
        except (OSError, ValueError, IndexError):
            return _IDLE_BYTES

else:
    import ctypes
    from ctypes import wintypes

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    _EXTENDED_INFORMATION = 9
    _PROCESS_TIME, _ACTIVE_PROCESSES, _PROCESS_MEMORY = 0x2, 0x8, 0x100
    _DIE_ON_UNHANDLED = 0x400
    _TICKS = 10_000_000  # of 100 ns in a second
    _IDLE_COMMIT = 96 << 20

    def _confine_by_job() -> None:
        """Put this process into a job of its own; jobs nest since Windows 8."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.restype = wintypes.BOOL
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD,
        )  # fmt: skip
        kernel.AssignProcessToJobObject.restype = wintypes.BOOL
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = kernel.CreateJobObjectW(None, None)
        limits = _Extended()
        basic = limits.BasicLimitInformation
        basic.LimitFlags = _PROCESS_TIME | _ACTIVE_PROCESSES | _PROCESS_MEMORY | _DIE_ON_UNHANDLED
        basic.PerProcessUserTimeLimit = CPU_SECONDS * _TICKS
        basic.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = _IDLE_COMMIT + MEMORY_BYTES
        size = ctypes.sizeof(limits)
        is_set = job and kernel.SetInformationJobObject(
            job, _EXTENDED_INFORMATION, ctypes.byref(limits), size
        )
        if not is_set or not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
            raise OSError(ctypes.get_last_error(), "job object")
