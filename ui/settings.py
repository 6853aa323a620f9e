"""What the window remembers between two starts: a small JSON file of the non-default values."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from enum import Enum
from pathlib import Path
from typing import TypeAlias

import platformdirs

from storage.errors import StorageError
from storage.files import REAL_FILES, Files
from storage.saving import make_folders, safe_save

_LOG = logging.getLogger(__name__)
_FILE = "settings.json"
_PROGRAM = "Yuance"
_FORMER_SIZE, _FORMER_SIZES = "text_size", {120: 110, 140: 125}  # in tenths of a point, once


class Look(Enum):
    """Which of the two colour sets the window wears."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every remembered value with its default; widths in pixels of the ordinary size of text."""

    look: str = Look.SYSTEM.value
    text_percent: int = 100
    geometry: str = ""  # base64 of what Qt saves
    places: str = ""  # the same for the windows of plans: lines of plan id and base64
    panel_shown: bool = True
    navigator_width: int = 232
    panel_width: int = 320
    preview_width: int = 560
    copies_folder: str = ""  # the second place for copies; "" for none
    folder: str = ""  # where files were last written or opened
    formats: str = "docx,pdf,xlsx"
    workbooks: str = ""  # names of the further workbooks, with commas
    duplex: bool = False
    annex_volume: bool = False
    charts_as_pictures: bool = False
    look_file: str = ""  # a house style; "" for the official one
    report: str = "nowhere"  # where the check report goes
    spine: bool = False
    copies_list: bool = False
    copies: int = 4
    receivers: str = ""
    person: str = ""
    reviewer: str = ""  # who last said why a finding was left as it is
    sheets: str = ""  # JSON: how the columns of each table are laid out
    signer: str = ""  # who last confirmed a factor
    tour_seen: bool = False

    def chosen_look(self) -> Look:
        """The colour set; an unknown one follows the system."""
        return next((look for look in Look if look.value == self.look), Look.SYSTEM)


Later: TypeAlias = Callable[[Callable[[], None]], object]


def _at_once(work: Callable[[], None]) -> None:
    work()


class SettingsFile:
    """The file behind the settings; a file that cannot be read or written costs nothing else."""

    def __init__(self, path: Path, files: Files = REAL_FILES, later: Later = _at_once) -> None:
        self._path = path
        self._files = files
        self._later = later  # the window must not wait for the disk
        self.now = _read(path)

    def change(self, **values: str | int | bool) -> Settings:
        """Change some values; the file is written soon."""
        changed = replace(self.now, **values)  # pyright: ignore[reportArgumentType] -- names checked by replace
        if changed != self.now:
            self.now = changed
            self._later(self._write)
        return self.now

    def end(self, **values: str | int | bool) -> None:
        """Change some values and write the file at once: the program ends."""
        self.now = replace(self.now, **values)  # pyright: ignore[reportArgumentType] -- names checked by replace
        self._write()

    def _write(self) -> None:
        plain = asdict(Settings())
        kept = {key: value for key, value in asdict(self.now).items() if value != plain[key]}
        content = json.dumps(kept, ensure_ascii=False, indent=1).encode()
        try:
            make_folders(self._path.parent, self._files)
            safe_save(self._path, content, files=self._files)
        except (OSError, StorageError) as error:
            _LOG.info("settings not written: %s", type(error).__name__)


def settings_path() -> Path:
    """Where the settings of this user lie."""
    return Path(platformdirs.user_config_dir(_PROGRAM, appauthor=False)) / _FILE


def _read(path: Path) -> Settings:
    try:
        loose: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(loose, dict):
        return Settings()
    known = {field.name: field.default for field in fields(Settings)}
    good: dict[str, str | int | bool] = {}
    for key, value in loose.items():  # pyright: ignore[reportUnknownVariableType] -- any JSON
        if isinstance(key, str) and key in known and type(known[key]) is type(value):  # pyright: ignore[reportUnknownArgumentType]
            good[key] = value
        else:
            _LOG.info("setting %s ignored", key)  # pyright: ignore[reportUnknownArgumentType]
    former = loose.get(_FORMER_SIZE)  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    if former in _FORMER_SIZES:
        good.setdefault("text_percent", _FORMER_SIZES[former])
    return replace(Settings(), **good)  # pyright: ignore[reportArgumentType] -- types compared above
