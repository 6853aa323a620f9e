"""Who signs what in this window, and which day it is: remembered, and replaceable in tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ui.settings import SettingsFile


class Signing:
    """The name a person signs with, and the day."""

    def __init__(
        self,
        name: str = "",
        remember: Callable[[str], object] | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.name = name
        self.today = today
        self._remember = remember

    def sign(self, name: str) -> None:
        """Remember the name for the next signature."""
        self.name = name.strip()
        if self._remember is not None:
            self._remember(self.name)


def remembered_signing(settings: SettingsFile) -> Signing:
    """Signing with the name this machine remembers."""
    now = settings.now
    return Signing(now.signer or now.person, lambda name: settings.change(signer=name))
