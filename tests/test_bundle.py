"""The bundle: built by PyInstaller as a newcomer would, then made to prove that it is whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAM = "yuance.exe" if sys.platform == "win32" else "yuance"


@pytest.mark.long
def test_that_the_bundle_makes_word_pdf_and_excel_with_nothing_but_itself(tmp_path):
    build = [
        sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean",
        "--distpath", str(tmp_path / "dist"), "--workpath", str(tmp_path / "build"), "build.spec",
    ]  # fmt: skip
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    bare = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "VIRTUAL_ENV", "QT_"))
    }
    program = tmp_path / "dist" / "yuance" / PROGRAM
    done = subprocess.run(
        [program, "--self-test"],
        cwd=tmp_path,
        env=bare,
        capture_output=True,
        encoding="utf-8",
        check=False,  # the exit code is what is asked for
    )
    assert done.returncode == 0, done.stderr
    assert "自检通过" in done.stdout
    assert all(f".{suffix}（" in done.stdout for suffix in ("docx", "pdf", "xlsx"))
