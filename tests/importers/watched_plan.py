"""Reads one plan file from standard input as the program does; tells memory and sentence."""

from __future__ import annotations

import sys
from pathlib import Path

from storage.errors import StorageError
from storage.plan_file import read_plan

idle = Path("/proc/self/status").read_text()
sentence = ""
try:
    read_plan(sys.stdin.buffer.read())
except StorageError as error:
    sentence = f"{error.sentence}{error.remedy}"
except Exception as error:
    sentence = f"意外中止 {type(error).__name__}"
sys.stdout.buffer.write(f"{idle}\0{Path('/proc/self/status').read_text()}\0{sentence}".encode())
