"""Why a received file is not taken in: a sentence for the planner, with the remedy."""

from __future__ import annotations

SAVE_AGAIN = "请在 WPS 或 Office 中打开它，另存为一份新文件后再试。"


class Refused(Exception):
    """A guard's verdict on content; it does not know the file's name."""

    def __init__(self, reason: str, remedy: str = SAVE_AGAIN) -> None:
        super().__init__(f"{reason}。{remedy}")
        self.reason = reason
        self.remedy = remedy


class ReceivedError(Exception):
    """A received file that was not read; `sentence` names file and reason, `remedy` the way out."""

    def __init__(self, name: str, reason: str, remedy: str = SAVE_AGAIN) -> None:
        self.sentence = f"没有读入“{shown_name(name)}”：{reason}。"
        self.remedy = remedy
        super().__init__(f"{self.sentence}{remedy}")


def shown_name(name: str) -> str:
    """A received name as one short line that only its own characters make up."""
    longest = 80
    plain = "".join(char for char in name if char.isprintable())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"
