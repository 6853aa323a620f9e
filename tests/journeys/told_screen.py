"""A screen whose program tells what it shows, so that a planner can be led by it alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.commands.verbs import ROOT
from tests.journeys.screen import CLIPBOARD_TOOLS, Screen, must_have

_DRIVER = ROOT / "tests" / "journeys" / "told_driver.py"
_PLAIN, _PINYIN = "xkb:us::eng", "libpinyin"


class ToldScreen(Screen):
    """A screen that is looked at: after every act stands what the window shows."""

    def __init__(self, folder: Path, *, pinyin: bool = False) -> None:
        super().__init__(folder, pinyin=pinyin)
        self.now: dict = {}
        self.pressed = 0
        self._unanswered = 0
        self._language = ""

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> None:
        super().__exit__(kind, fault, trace)
        for pipe in (self.program.stdin, self.program.stdout) if self.program else ():
            if pipe is not None:
                pipe.close()

    def open(self, *arguments: str | Path) -> None:
        """Start the program and wait for its window."""
        assert not arguments
        self.program = subprocess.Popen(
            [sys.executable, str(_DRIVER)],
            env=self._environment | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            start_new_session=True,
        )
        self._started.append(self.program)
        self.wait_until(lambda: "园策" in self.title(), "the window")
        self.rest()

    def rest(self) -> None:
        """Wait until the program has done what the keys asked for, and look at it."""
        program = self.program
        assert program is not None
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(f"{self._unanswered}\n".encode())
        program.stdin.flush()
        self._unanswered = 0
        line = program.stdout.readline()
        assert line, "the program has ended"
        self.now = json.loads(line)

    def look_for(self, words: str) -> None:
        """Look until a window with these words in its title has the keyboard."""

        def has_come() -> bool:
            self.rest()
            return words in self.now["window"] and self.now["kind"] != ""

        self.wait_until(has_come, f"a window named {words}")

    def wait_for(self, words: str) -> None:
        """The same, as the other journeys say it."""
        self.look_for(words)

    def keys(self, *names: str, delay_ms: int = 12) -> None:
        """Press keys, and look at what comes of them."""
        self._speak(_PLAIN)
        self._count(len(names))
        super().keys(*names, delay_ms=delay_ms)

    def write(self, text: str) -> None:
        """Type ASCII; anything else comes from the clipboard."""
        if not text.isascii():
            self.paste(text)
            return
        self._speak(_PLAIN)
        self._count(len(text))
        self._do("xdotool", "type", "--delay", "8", "--", text)
        self.rest()

    def paste(self, text: str) -> None:
        """Ctrl+V, of what another program holds."""
        self.copy(text)
        self.keys("ctrl+v")

    def paste_picture(self, path: Path) -> None:
        """Ctrl+V, of a picture."""
        must_have(CLIPBOARD_TOOLS)
        kind = ("-selection", "clipboard", "-target", "image/png")
        self._start("xclip", *kind, "-quiet", "-in", str(path))
        self.wait_until(lambda: self._holds(path), "the clipboard")
        self.keys("ctrl+v")

    def pinyin(self, letters: str) -> None:
        """Type the letters of a word and take the first word the input method offers."""
        self._speak(_PINYIN)
        self._do("xdotool", "type", "--delay", "90", "--", letters)
        Screen.rest(self)  # the input method has its own pace
        self._do("xdotool", "key", "space")  # the input method's: the program never gets it
        self.pressed += len(letters) + 1
        Screen.rest(self)
        self.rest()

    def close(self) -> None:
        """Ctrl+Q, and the program ends well."""
        self._speak(_PLAIN)
        self.leave()

    def _holds(self, path: Path) -> bool:
        asking = ["xclip", "-selection", "clipboard", "-target", "image/png", "-out"]
        asked = subprocess.run(asking, env=self._environment, capture_output=True, check=False)
        return asked.stdout == path.read_bytes()

    def _count(self, keys: int) -> None:
        self.pressed += keys
        self._unanswered += keys

    def _speak(self, language: str) -> None:
        if self._pinyin and self._language != language:
            self.wait_until(lambda: self._engine(language), f"ibus takes {language}")
            self._language = language
