"""The pages about the code say what is so."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib import import_module

import pytest

from tests.commands.verbs import ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
RECORDS = sorted((ROOT / "docs" / "adr").glob("0*.md"))
PAGES = [ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]


def glossary_rows() -> list[list[str]]:
    lines = [line for line in GLOSSARY.splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in rows if row[0] not in ("Chinese", "---")]


def test_that_the_glossary_gives_each_word_one_name():
    rows = glossary_rows()

    assert all(len(row) == 3 for row in rows)
    chinese = Counter(row[0] for row in rows)
    assert [word for word, times in chinese.items() if times > 1] == []
    assert [row[1] for row in rows if re.search("[一-龥]", row[1])] == []


def test_that_the_glossary_names_every_chapter_section_and_annex(pack):
    named = set(re.findall(r"`([^`]+)`", GLOSSARY))
    chapters = {chapter.key for chapter in pack.chapters}
    sections = {section.key for section in pack.sections()}

    assert sorted(chapters | sections | {annex.key for annex in pack.annexes}) == sorted(
        (chapters | sections | {annex.key for annex in pack.annexes}) & named
    )


def test_that_the_classes_the_glossary_names_exist():
    classes = set(re.findall(r"`([A-Z][A-Za-z]+)`", GLOSSARY + ARCHITECTURE))
    source = "\n".join(
        file.read_text(encoding="utf-8")
        for package in ("forms", "storage", "exporters", "importers", "ui")
        for file in (ROOT / package).rglob("*.py")
    )

    def is_defined(name: str) -> bool:
        return bool(re.search(rf"^(class {name}\b|{name}\b.*=)", source, re.MULTILINE))

    assert [name for name in sorted(classes) if not is_defined(name)] == []


def test_that_the_architecture_names_the_contracts_and_the_doors():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = [each["name"] for each in settings["tool"]["importlinter"]["contracts"]]

    assert [f"- {name}" for name in contracts if f"- {name}\n" not in ARCHITECTURE] == []
    doors = re.findall(r"^\| `([a-z_.]+)\.([A-Za-z_]+)", ARCHITECTURE, re.MULTILINE)
    assert len(doors) == 6
    assert [name for module, name in doors if not hasattr(import_module(module), name)] == []
    files = re.findall(r"`([a-z_/]+\.py)`", ARCHITECTURE)
    assert [file for file in files if "/" in file and not (ROOT / file).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_that_links_between_the_pages_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]

    assert [link for link in links if not (page.parent / link).exists() and link != "sha256"] == []


def test_that_every_decision_has_its_three_parts_and_is_listed():
    listed = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")

    assert len(RECORDS) >= 10
    for number, page in enumerate(RECORDS, start=1):
        text = page.read_text(encoding="utf-8")
        assert page.name.startswith(f"{number:04d}-")
        assert text.startswith(f"# {number}. ")
        assert f"({page.name})" in listed
        for part in ("**Context.**", "**Decision.**", "**Consequence.**"):
            assert text.count(part) == 1, page.name
