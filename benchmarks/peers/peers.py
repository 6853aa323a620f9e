"""Who is measured, where each one comes from, and which version it is."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
_PYTHON_HOME = ROOT / ".venv-peers"
_NODE_HOME = ROOT / ".npm-peers"
_LOCK = HERE / "requirements.txt"
_PACKAGES = HERE / "package.json"


class Home(Enum):
    """Whose libraries a peer runs with."""

    OURS = "ours"
    PEERS = "peers"
    NODE = "node"


@dataclass(frozen=True, slots=True)
class Peer:
    """One way of making the file; `module` is the file beside this one that does it."""

    module: str
    title: str
    home: Home = Home.PEERS
    package: str = ""  # whose version is printed
    program: str = ""  # must be on the machine
    is_slow: bool = False  # measured once and not at four times the content
    remark: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether it is the program itself."""
        return self.home is Home.OURS

    @property
    def suffix(self) -> str:
        """Of the file it makes."""
        return self.module.split("_", 1)[0]


PEERS = (
    Peer("pdf_ours", "**园策**", Home.OURS, "reportlab"),
    Peer("pdf_typst", "typst", package="typst"),
    Peer("pdf_reportlab", "reportlab, stock", package="reportlab"),
    Peer("pdf_fpdf2", "fpdf2", package="fpdf2", remark="charts as PNG"),
    Peer("pdf_weasyprint", "weasyprint", package="weasyprint"),
    Peer(
        "pdf_libreoffice",
        "python-docx + LibreOffice",
        program="soffice",
        is_slow=True,
        remark="charts as PNG, no contents",
    ),
    Peer("docx_ours", "**园策**", Home.OURS, "python-docx"),
    Peer(
        "docx_docxtpl", "docxtpl", package="docxtpl", remark="no contents, template made beforehand"
    ),
    Peer("docx_npm", "docx (npm)", Home.NODE, program="node", remark="contents empty"),
    Peer("docx_pandoc", "pandoc", program="pandoc", remark="contents empty"),
    Peer("docx_python_docx", "python-docx", package="python-docx", remark="no contents"),
)


def install() -> None:
    """Bring the libraries of the peers into folders of their own; what fails is left out."""
    _install_python()
    _install_node()


def python_of(peer: Peer) -> Path:
    """The interpreter a peer runs with."""
    return Path(sys.executable) if peer.is_ours else _PYTHON_HOME / "bin" / "python"


def missing(peer: Peer) -> str:
    """What a peer lacks on this machine, or ""."""
    if peer.program and shutil.which(peer.program) is None:
        return peer.program
    if not peer.is_ours and not _stamp(_PYTHON_HOME).exists():
        return "its Python libraries"
    if peer.home is Home.NODE and not _stamp(_NODE_HOME).exists():
        return "its Node package"
    return ""


def version(peer: Peer) -> str:
    """The version of a peer, or of what we rest on."""
    if peer.home is Home.NODE:
        package = _NODE_HOME / "node_modules" / "docx" / "package.json"
        return json.loads(package.read_text(encoding="utf-8"))["version"]
    if peer.program:
        words = _said([peer.program, "--version"]).splitlines()[0].split()
        return next((word for word in words if word[0].isdigit()), "")
    command = f"import importlib.metadata as m; print(m.version({peer.package!r}))"
    found = _said([str(python_of(peer)), "-c", command]).strip()
    return f"on {peer.package} {found}" if peer.is_ours else found


def environment() -> dict[str, str]:
    """The project on the path of our own processes."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def _install_python() -> None:
    wanted = _digest(_LOCK)
    if _is_current(_PYTHON_HOME, wanted):
        return
    shutil.rmtree(_PYTHON_HOME, ignore_errors=True)
    print("installing the libraries of the peers …", file=sys.stderr, flush=True)
    python = _PYTHON_HOME / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(_LOCK)]
    if _works([sys.executable, "-m", "venv", str(_PYTHON_HOME)]) and _works(pip):
        _stamp(_PYTHON_HOME).write_text(wanted, encoding="utf-8")


def _install_node() -> None:
    wanted = _digest(_PACKAGES)
    if shutil.which("npm") is None or _is_current(_NODE_HOME, wanted):
        return
    shutil.rmtree(_NODE_HOME, ignore_errors=True)
    _NODE_HOME.mkdir()
    shutil.copy(_PACKAGES, _NODE_HOME)
    print("installing the Node package …", file=sys.stderr, flush=True)
    npm = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
    if _works([*npm, "--prefix", str(_NODE_HOME)]):
        _stamp(_NODE_HOME).write_text(wanted, encoding="utf-8")


def _works(command: list[str]) -> bool:
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0


def _said(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _stamp(home: Path) -> Path:
    return home / ".complete"


def _is_current(home: Path, wanted: str) -> bool:
    stamp = _stamp(home)
    return stamp.exists() and stamp.read_text(encoding="utf-8") == wanted
