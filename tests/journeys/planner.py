"""A planner who knows the park but not the program: goes where F8 leads and answers what is asked.

What is asked is read off the window: the sentence below the page, and what has the keyboard.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.journeys.drawer import Drawer, Label
from tests.journeys.told_screen import ToldScreen

_MUST = "必须改："
_ADD_TO = re.compile(r"在“(.+)”中新增")
MOST_PRESSES = 400
MOST_VISITS = 3  # of one place without what is asked for there


@dataclass(slots=True)
class Planner:
    """Somebody at the keyboard, with the papers of the park beside it."""

    screen: ToldScreen
    drawer: Drawer
    spoken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by label, in pinyin
    way: list[str] = field(default_factory=list)  # what was said at each stop
    passed: list[str] = field(default_factory=list)  # what could not be settled where it was said
    answered: set[Label] = field(default_factory=set)

    def fill(self) -> None:
        """F8 and an answer, until the program says that the plan can be sealed."""
        for _ in range(MOST_PRESSES):
            self.screen.keys("F8")
            now = self.screen.now
            if now["ready"]:
                return
            self.way.append(f"{now['sentence']}{now['rest']}")
            assert self.way.count(self.way[-1]) <= MOST_VISITS, f"in circles at {now['sentence']}"
            self.answer()
        raise AssertionError("F8 never comes to an end")

    def answer(self) -> None:
        """Answer what is asked at the place that has the keyboard, if it can be answered there."""
        now = self.screen.now
        assert now["in_sight"], f"what has the keyboard is out of sight: {now}"
        if now["kind"] == "QPushButton":
            self._press(now)
        elif now["sentence"].startswith(_MUST):
            self.passed.append(now["sentence"])
        elif now["kind"] == "SheetView":
            self._fill_sheet(now)
        elif now["kind"] == "PictureFrame":
            self.screen.paste_picture(self.drawer.pictures[now["section"], now["name"]])
            self.answered.add((now["section"], now["name"]))
        else:
            self._fill_field(now)

    def _press(self, now: Mapping) -> None:
        """A button has the keyboard: an empty table's, or that of a factor to be compared."""
        found = _ADD_TO.match(now["name"])
        if found:
            self._paste_table(found[1])
            return
        assert "记为已核对" in now["name"], now
        self.screen.keys("Return")
        self.screen.look_for("核对")
        self.screen.keys("Return")

    def _paste_table(self, label: str) -> None:
        home = (self.screen.now["section"], label)
        self.screen.paste(self.drawer.tables[home])
        self.answered.add(home)
        if self.screen.now["window"].startswith("粘贴到"):
            self.screen.keys("Return")

    def _fill_sheet(self, now: Mapping) -> None:
        """A cell: a picture it wants, a row the park does not have, else the whole table."""
        row = now["rows"][now["row"]]
        shows = next((name for name in (now["cells"] or ()) if name in self._pictures(now)), "")
        if shows and not now["cell"]:
            self.screen.paste_picture(self._pictures(now)[shows])
        elif "删去这一行" in now["sentence"] and row not in self._names(now):
            self._choose_from_menu("删除选中的行")
        else:
            self._paste_table(now["name"])

    def _pictures(self, now: Mapping) -> dict[str, Path]:
        known = self.drawer.pictures.items()
        return {name: path for (section, name), path in known if section == now["section"]}

    def _names(self, now: Mapping) -> set[str]:
        """What stands in the first column of the planner's own table."""
        text = self.drawer.tables[now["section"], now["name"]]
        return {line.partition("\t")[0] for line in text.splitlines()}

    def _choose_from_menu(self, wanted: str) -> None:
        self.screen.keys("Menu")
        at = self.screen.now["menu"].index(wanted)
        self.screen.keys(*["Down"] * (at + 1), "Return")

    def _fill_field(self, now: Mapping) -> None:
        label, text = self._found(now["section"], now["name"])
        match now["kind"]:
            case "QComboBox":
                down = now["options"].index(text) - max(0, now["chosen"])
                self.screen.keys("alt+Down")
                self.screen.keys(*["Down"] * down, "Return")
            case "QCheckBox":
                self._tick(text.split("、"))
            case "ProseEdit":
                self._say(label, text)
            case _:
                self._say(label, text)
                self.screen.keys("Return")

    def _found(self, section: str, name: str) -> tuple[str, str]:
        """A field's label and what is to stand there; a box has the option behind the label."""
        for label in (name, name.rpartition("：")[0]):
            if (section, label) in self.drawer.texts:
                self.answered.add((section, label))
                return label, self.drawer.texts[section, label]
        raise AssertionError(f"nothing in the drawer for {section} · {name}")

    def _say(self, label: str, text: str) -> None:
        words = self.spoken.get(label)
        if words is None:
            self.screen.write(text)
            return
        for letters in words:
            self.screen.pinyin(letters)

    def _tick(self, wanted: list[str]) -> None:
        group, seen = self.screen.now["name"].rpartition("：")[0], set[str]()
        while (
            self.screen.now["name"].startswith(f"{group}：") and self.screen.now["name"] not in seen
        ):
            seen.add(self.screen.now["name"])
            if self.screen.now["name"].rpartition("：")[2] in wanted:
                self.screen.keys("space")
            self.screen.keys("Tab")
