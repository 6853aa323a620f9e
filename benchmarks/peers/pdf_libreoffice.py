"""A python-docx file converted by LibreOffice, with a profile of its own."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import docx_python_docx
from content import Content
from paper import FONTS

_FONTS = "<fontconfig><dir>{}</dir><include>/etc/fonts/fonts.conf</include></fontconfig>"


def make(content: Content, folder: Path, target: Path) -> None:
    """The Word file and its PDF."""
    with tempfile.TemporaryDirectory(prefix="peer-office-") as place:
        word = Path(place) / f"{target.stem}.docx"
        docx_python_docx.make(content, folder, word)
        profile = (Path(place) / "profile").as_uri()
        fonts = Path(place) / "fonts.conf"
        fonts.write_text(_FONTS.format(FONTS), encoding="utf-8")
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation={profile}", "--headless"),
                *("--convert-to", "pdf", "--outdir", place, str(word)),
            ],
            check=True,
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        word.with_suffix(".pdf").replace(target)
