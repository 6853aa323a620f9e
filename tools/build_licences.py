"""Writes resources/licences: the licence texts of everything that is bundled with the program.

The texts come from the metadata of the installed wheels; those of Qt, whose wheels carry none, are
the LGPL and GPL of this system's /usr/share/common-licenses, or those written before. build.spec
runs it, so that a bundle holds the texts of the very versions it is made of.
"""

from __future__ import annotations

import json
import re
import sysconfig
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "resources" / "licences"
LOCK = ROOT / "requirements.lock"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_QT = ("pyside6-essentials", "shiboken6")
_COMMON = Path("/usr/share/common-licenses")
_SHARED = ("LGPL-3", "GPL-3")


def locked() -> dict[str, str]:
    """The version of every library of the lock, by name."""
    return dict(_PINNED.findall(LOCK.read_text("utf-8")))


def decoded(content: bytes) -> str:
    """A text in UTF-8, or as older licences are written."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def texts_of(found: Distribution) -> list[tuple[str, str]]:
    """Name and text of each licence file of a wheel."""
    files = [each for each in found.files or () if ".dist-info" in str(each)]
    wanted = [each for each in files if _TEXT.search(str(each).partition(".dist-info/")[2])]
    places = [(each, Path(str(found.locate_file(each)))) for each in sorted(wanted, key=str)]
    return [(each.name, decoded(place.read_bytes())) for each, place in places]


def licence_of(found: Distribution) -> str:
    """What the metadata says the licence is, in a few words."""
    told = found.metadata
    short = told.get("License-Expression") or (told.get("License") or "").strip()
    if short and "\n" not in short and len(short) <= 60:
        return short
    classes = [each for each in told.get_all("Classifier") or () if each.startswith("License ::")]
    return "; ".join(each.rpartition(" :: ")[2] for each in classes) or "see text"


def home_of(found: Distribution) -> str:
    """Where the sources of a library are."""
    urls = found.metadata.get_all("Project-URL") or ()
    named = dict(each.split(", ", 1) for each in urls if ", " in each)
    by_name = {key.lower(): url for key, url in named.items()}
    for key in ("source", "source code", "repository", "code", "github", "homepage", "home page"):
        if key in by_name:
            return by_name[key]
    return found.metadata.get("Home-page") or next(iter(named.values()), "")


def joined(texts: list[tuple[str, str]]) -> str:
    """Several files as one text, each under its name."""
    return "\n\n".join(f"==== {name} ====\n\n{text.strip()}" for name, text in texts) + "\n"


def common(name: str) -> str:
    """The text of a licence many share: from the system, else as it was written before."""
    system = _COMMON / name
    kept = TARGET / f"{name}.txt"
    return (system if system.is_file() else kept).read_text("utf-8")


def python_entry() -> dict[str, str]:
    """Python itself, which the bundle holds."""
    place = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    kept = TARGET / "python.txt"
    text = joined([("LICENSE", place.read_text("utf-8"))]) if place.is_file() else ""
    kept.write_text(text or kept.read_text("utf-8"), "utf-8")
    about = {"name": "Python", "version": "3", "licence": "PSF-2.0", "text": "python.txt"}
    return about | {"sources": "https://www.python.org/downloads/source/"}


def main() -> None:
    """Write every text and the index of them."""
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "yuance.txt").write_text((ROOT / "LICENSE").read_text("utf-8"), "utf-8")
    for name in _SHARED:
        (TARGET / f"{name}.txt").write_text(common(name), "utf-8")
    index = [python_entry()]
    for name, version in sorted(locked().items()):
        found = distribution(name)
        if found.version != version:
            raise SystemExit(f"{name} {found.version} is installed, {version} is locked")
        licence, sources, texts = licence_of(found), home_of(found), texts_of(found)
        if name in _QT:
            licence, sources = "LGPL-3.0-only", "https://download.qt.io/official_releases/"
            texts = [(each, common(each)) for each in _SHARED]
        if not texts:
            raise SystemExit(f"{name} brings no licence text")
        (TARGET / f"{name}.txt").write_text(joined(texts), "utf-8")
        entry = {"name": name, "version": version, "licence": licence, "sources": sources}
        index.append(entry | {"text": f"{name}.txt"})
    content = json.dumps(index, ensure_ascii=False, indent=1)
    (TARGET / "index.json").write_text(f"{content}\n", "utf-8")


if __name__ == "__main__":
    main()
