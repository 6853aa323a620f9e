"""The program on a screen of its own, worked by the keys and the mouse of an X server.

Xvfb, openbox and xdotool must be there, for pinyin ibus with libpinyin too. `Screen` starts
`main.py` as a person does and knows nothing of its inside: it waits until the program rests, looks
at titles of windows, and at files.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from tests.commands.verbs import ROOT

SIZE = "1366x768x24"
PRINTED = (".docx", ".pdf", ".xlsx")
_LONGEST_S = 60.0
_STILL_S = 0.35  # without work for so long, the program rests
TOOLS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "import": "imagemagick",
}
PINYIN_TOOLS = {"dbus-daemon": "dbus", "ibus-daemon": "ibus"}
LIBPINYIN = Path("/usr/share/ibus/component/libpinyin.xml")
CLIPBOARD_TOOLS = {"xclip": "xclip"}


def must_have(tools: dict[str, str]) -> None:
    """Fail with a sentence when this machine lacks what the journey needs."""
    missing = {package for tool, package in tools.items() if shutil.which(tool) is None}
    assert not missing, f"this journey cannot run here: apt-get install {' '.join(sorted(missing))}"


class Screen:
    """One screen, one window manager, one program."""

    def __init__(self, folder: Path, *, pinyin: bool = False) -> None:
        must_have({**TOOLS, **(PINYIN_TOOLS if pinyin else {})})
        assert not pinyin or LIBPINYIN.exists(), (
            "this journey cannot run here: apt-get install ibus-libpinyin"
        )
        self.folder = folder
        self.home = folder / "home"
        self.log = (folder / "program.log").open("w")
        self._started: list[subprocess.Popen] = []
        self._environment = self._homes()
        self._pinyin = pinyin
        self.program: subprocess.Popen | None = None

    def __enter__(self) -> Self:
        try:
            self._display()
            if self._pinyin:
                self._environment |= {"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus"}
                self._environment["IBUS_ENABLE_SYNC_MODE"] = "1"
                self._bus()
                self._input_method()
        except BaseException as fault:
            self.__exit__(type(fault), fault, None)
            raise
        return self

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> None:
        if fault is not None:
            self.picture("fault")
            print(f"the screen as it was: {self.folder / 'fault.png'}")
            self.log.flush()
            print((self.folder / "program.log").read_text()[-2000:])
        for each in reversed(self._started):
            if each.poll() is None:
                os.killpg(each.pid, signal.SIGKILL)
            each.wait()
        self.log.close()

    # -- Starting --------------------------------------------------------------------------------

    def _homes(self) -> dict[str, str]:
        moved = {
            f"XDG_{name}_HOME": str(self.home / name.lower())
            for name in ("DATA", "CONFIG", "STATE", "CACHE")
        }
        moved["XDG_RUNTIME_DIR"] = str(self.home / "run")
        for place in moved.values():
            Path(place).mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("QT_", "DBUS_"))}
        return {
            **kept,
            **moved,
            "HOME": str(self.home),
            "QT_QPA_PLATFORM": "xcb",
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
            "PYTHONFAULTHANDLER": "1",
        }

    def _start(self, *command: str) -> subprocess.Popen:
        started = subprocess.Popen(
            command,
            env=self._environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._started.append(started)
        return started

    def _display(self) -> None:
        read, write = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-noreset", "-screen", "0", SIZE],
            pass_fds=(write,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(write)
        self._started.append(server)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        self._environment["DISPLAY"] = f":{number}"
        self.wait_until(lambda: self._said("xdotool", "getmouselocation") != "", "the screen")
        self._start("openbox")
        wanted = ("xdotool", "get_desktop")  # known to who manages windows, to nobody else
        self.wait_until(lambda: self._said(*wanted) != "", "the window manager")

    def _bus(self) -> None:
        bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address"],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self._started.append(bus)
        assert bus.stdout
        with bus.stdout as told:
            self._environment["DBUS_SESSION_BUS_ADDRESS"] = told.readline().strip()

    def _input_method(self) -> None:
        self._start("ibus-daemon", "--xim", "--panel", "disable", "--replace")
        self.wait_until(lambda: self._engine("libpinyin"), "ibus takes libpinyin")

    def _engine(self, name: str) -> bool:
        self._said("ibus", "engine", name)
        return self._said("ibus", "engine") == name

    def _said(self, *command: str) -> str:
        asked = subprocess.run(command, env=self._environment, capture_output=True, check=False)
        done, said = asked.returncode == 0, asked.stdout.decode(errors="replace")
        return said.strip() if done else ""

    def open(self, *arguments: str | Path) -> None:
        """Start the program and wait for its window."""
        self.program = self._start(sys.executable, str(ROOT / "main.py"), *map(str, arguments))
        self.wait_until(lambda: "园策" in self.title(), "the window")
        self.rest()

    # -- Waiting ---------------------------------------------------------------------------------

    def wait_until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds that can be seen from outside."""
        end = time.monotonic() + _LONGEST_S
        while not holds():
            assert time.monotonic() < end, f"waited in vain for: {what}"
            time.sleep(0.05)

    def rest(self) -> None:
        """Wait until the program has nothing to do."""
        still_since, before = time.monotonic(), self._work()
        end = time.monotonic() + _LONGEST_S
        while time.monotonic() - still_since < _STILL_S:
            assert time.monotonic() < end, "the program never rests"
            time.sleep(0.05)
            now = self._work()
            if now - before > 2:  # a caret that blinks is no work
                still_since, before = time.monotonic(), now

    def _work(self) -> int:
        assert self.program is not None
        assert self.program.poll() is None, "the program has ended"
        fields = Path(f"/proc/{self.program.pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    def leave(self) -> None:
        """Ctrl+Q, and the program ends well."""
        self._do("xdotool", "key", "--clearmodifiers", "ctrl+q")
        assert self.program is not None
        assert self.program.wait(_LONGEST_S) == 0

    # -- What many journeys do -------------------------------------------------------------------

    def begin_plan(self, park: str) -> None:
        """Start the program and make a new plan; the tour is put away."""
        self.open()
        self.keys("ctrl+n")
        self.wait_for("新建")
        self.write(park)
        self.keys("Return")
        self.wait_for(park)
        self.keys("Escape")

    def go_to(self, place: str, *more: str) -> None:
        """Ctrl+K, the name of a place or an action, Return."""
        self.keys("ctrl+k")
        self.write(place)
        self.keys(*more, "Return")

    def save_as(self, path: Path) -> Path:
        """Ctrl+Shift+S: the plan as a file."""
        self.keys("ctrl+shift+s")
        self.wait_for("另存为文件")
        self.keys("ctrl+a")
        self.write(str(path))
        self.keys("Return")
        self.wait_until(path.exists, f"the file {path.name}")
        self.rest()
        return path

    def print_all(self) -> dict[str, Path]:
        """Ctrl+E: Word, PDF and Excel into the folder that is offered; the files by suffix."""
        title, before = self.title(), set(self.folder.rglob("*.*"))
        self.keys("ctrl+e")
        self.wait_for("送印台")
        self.keys("Return")
        found: dict[str, Path] = {}

        def are_there() -> bool:
            fresh = {each for each in self.folder.rglob("*.*") if each.is_file()} - before
            made = [each for each in fresh if not each.name.startswith(".")]
            found.update({each.suffix: each for each in made if each.suffix in PRINTED})
            return len(found) == len(PRINTED)

        self.wait_until(are_there, "Word, PDF and Excel")
        self.rest()
        self.keys("Escape")
        self.wait_for(title)
        return found

    # -- Keys, mouse, clipboard ------------------------------------------------------------------

    def keys(self, *names: str, delay_ms: int = 40) -> None:
        """Press keys by the names xdotool has for them, and wait for what comes of them."""
        self._do("xdotool", "key", "--clearmodifiers", "--delay", str(delay_ms), *names)
        self.rest()

    def write(self, text: str) -> None:
        """Type ASCII; anything else comes from the clipboard, as X has no keys for it."""
        if self._pinyin:
            self.wait_until(lambda: self._engine("xkb:us::eng"), "ibus takes plain keys")
        if text.isascii():
            self._do("xdotool", "type", "--delay", "25", "--", text)
            self.rest()
            return
        self.copy(text)
        self.keys("ctrl+v")

    def pinyin(self, letters: str) -> None:
        """Type the letters of a word and take the first word the input method offers."""
        self.wait_until(lambda: self._engine("libpinyin"), "ibus takes libpinyin")
        self._do("xdotool", "type", "--delay", "90", "--", letters)
        self.rest()
        self.keys("space")

    def click(self, x: int, y: int) -> None:
        """Press the left button somewhere on the screen."""
        self._do("xdotool", "mousemove", str(x), str(y), "click", "1")
        self.rest()

    def copy(self, text: str) -> None:
        """Have another program hold a text on the clipboard."""
        must_have(CLIPBOARD_TOOLS)
        holder = subprocess.Popen(
            ["xclip", "-selection", "clipboard", "-quiet"],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._started.append(holder)
        assert holder.stdin
        holder.stdin.write(text.encode())
        holder.stdin.close()
        self.wait_until(lambda: self._said(*_ASKING) == text.strip(), "the clipboard")

    def _do(self, *command: str) -> None:
        subprocess.run(command, env=self._environment, check=True, capture_output=True)

    # -- Looking ---------------------------------------------------------------------------------

    def title(self) -> str:
        """The title of the window that has the keyboard."""
        return self._said("xdotool", "getactivewindow", "getwindowname")

    def wait_for(self, words: str) -> None:
        """Wait for a window with these words in its title, and until it rests."""
        self.wait_until(lambda: words in self.title(), f"a window named {words}")
        self.rest()

    def picture(self, name: str) -> Path:
        """The screen as a picture."""
        path = self.folder / f"{name}.png"
        self._said("import", "-window", "root", str(path))
        return path


_ASKING = ("xclip", "-selection", "clipboard", "-out")
