"""Debian's packages that long tests ask for: brought where they are missing, never passed over."""

from __future__ import annotations

import subprocess


def brought(*packages: str, unless: bool) -> None:
    """Install packages unless they are there; the test fails where that cannot be done."""
    if unless:
        return
    patient = ["apt-get", "-o", "DPkg::Lock::Timeout=600"]  # tests run side by side
    subprocess.run([*patient, "update", "-q"], check=True)
    subprocess.run([*patient, "install", "-qy", "--no-install-recommends", *packages], check=True)
