"""The guide names only what the window really has, and shows and links only what is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from forms.loading import open_pack
from ui.actions import all_specs
from ui.dialogs.manual import FIRST, chapters

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "resources" / "guide"
PAGES = sorted(GUIDE.glob("*.md"))
QUOTED = re.compile(r"「([^」]+)」")
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)#]+)\)")
KEYS = re.compile(r"^\| ((?:Ctrl|Shift|F\d)[^|]*) \| ((?:「[^」]+」)+) \|$", re.MULTILINE)


def words_of_the_window() -> set[str]:
    """Every text between quotes in the code of the window, and every label of the pack."""
    found: set[str] = set()
    for file in (ROOT / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value.partition("\t")[0])
    pack = open_pack("ndrc-2021-1004")
    found |= {slot.label for slot in pack.index.slots.values()}
    return found | {"改为活数字"}  # a finding's own action, held below


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_that_every_command_the_guide_names_is_in_the_window(page):
    known = words_of_the_window()

    assert [name for name in QUOTED.findall(page.read_text("utf-8")) if name not in known] == []


def test_that_findings_offer_what_the_guide_says():
    checks = "".join(f.read_text("utf-8") for f in (ROOT / "forms").rglob("*.py"))
    assert '"改为活数字"' in checks


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_that_pictures_and_links_of_the_guide_lead_somewhere(page):
    targets = [target for _, target in LINK.findall(page.read_text("utf-8"))]

    assert [target for target in targets if "://" in target] == []  # no network
    assert [target for target in targets if not (page.parent / target).is_file()] == []


def test_that_every_picture_is_shown_and_every_chapter_listed():
    text = "".join(page.read_text("utf-8") for page in PAGES)
    shown = {Path(target).name for sign, target in LINK.findall(text) if sign}
    linked = {target for _, target in LINK.findall((GUIDE / FIRST).read_text("utf-8"))}

    assert {file.name for file in (GUIDE / "images").iterdir()} == shown
    assert {page.name for page in PAGES} - {FIRST} == linked
    assert next(name for name, _ in chapters()) == FIRST


def test_that_the_table_of_keys_is_that_of_the_window():
    said = {}
    for keys, names in KEYS.findall((GUIDE / "12-keys.md").read_text("utf-8")):
        said |= dict(zip(QUOTED.findall(names), keys.split("、"), strict=True))
    bound = {spec.text: spec.shortcut for spec in all_specs() if spec.shortcut}

    assert said | {"快捷键": "Shift+F1"} == bound
