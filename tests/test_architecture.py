"""The rules of the code base that no linter knows, each shown to fail on a bad example."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
PACKAGES = SETTINGS["importlinter"]["root_packages"]
PACKS = ROOT / "resources" / "packs"

FILE_LINES = 500
FUNCTION_LINES = 50
CLASS_METHODS = 20
SHORT_FILES = {"main.py": 80, "ui/main_window.py": 300}
WIDGET_FREE = {"ui/session.py", "ui/undo.py", "ui/autosave.py", "ui/jobs.py"}
EXACT = (
    "forms/", "storage/", "commands/", "exporters/compose/",
    "importers/reading/numbers.py", "importers/reading/sheet.py", "importers/wire.py",
)  # fmt: skip
BINARY = {"math", "cmath", "statistics", "random", "numpy"}
# No figure of a plan: seconds to wait for a lock, how alike two words are.
WAITS = {"storage/database.py": 1, "forms/units.py": 1}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def product_files() -> list[Path]:
    """Every Python file of the program itself."""
    inside = (file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
    return [file for file in (ROOT / "main.py", ROOT / "run.py", *sorted(inside)) if file.exists()]


# -- The checks: the name of a file and its text, to the sentences that say what is wrong --------


def oversized(name: str, source: str) -> Iterator[str]:
    limit = SHORT_FILES.get(name, FILE_LINES)
    lines = source.count("\n")
    if lines > limit:
        yield f"{name} has {lines} lines, {limit} are allowed"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{name}: {node.name} has {length} lines"
        elif isinstance(node, ast.ClassDef):
            methods = sum(isinstance(child, Function) for child in node.body)
            if methods > CLASS_METHODS:
                yield f"{name}: {node.name} has {methods} methods"


def widgets_where_none_belong(name: str, source: str) -> Iterator[str]:
    if name in WIDGET_FREE and re.search(r"\bQtWidgets\b", source):
        yield f"{name} uses QtWidgets; it must work without a window"


def binary_floats(name: str, source: str) -> Iterator[str]:
    """Figures are Decimal: 0.1 + 0.2 must print 0.3, and 四舍五入 is done in one place."""
    if not name.startswith(EXACT):
        return
    literals = 0
    for node in ast.walk(ast.parse(source)):
        for said in floating(node):
            yield f"{name}:{getattr(node, 'lineno', 0)} {said}"
        literals += isinstance(node, ast.Constant) and isinstance(node.value, float)
    if literals > WAITS.get(name, 0):
        yield f"{name} has {literals} binary numbers such as 0.5: write Decimal('0.5')"


def floating(node: ast.AST) -> Iterator[str]:
    """What in one node makes, reads or rounds a binary number."""
    match node:
        case ast.Name(id="float"):
            yield "uses float for a figure"
        case ast.Import(names=names) if {alias.name for alias in names} & BINARY:
            yield "imports a module that counts in binary numbers"
        case ast.ImportFrom(module=module) if module in BINARY:
            yield "imports from a module that counts in binary numbers"
        case ast.Call(func=ast.Name(id="round")):
            yield "rounds: forms.wording does that, half up"
        case ast.Call(func=ast.Attribute(value=ast.Name(id=reader), attr=verb), keywords=given):
            is_read = reader in ("json", "tomllib") and verb in ("load", "loads")
            if is_read and "parse_float" not in {keyword.arg for keyword in given}:
                yield f"reads {reader} without parse_float, which makes figures binary"
        case ast.BinOp(left=left, op=ast.Div(), right=right) if whole(left) and whole(right):
            yield "divides one whole number by another, which gives a binary number"
        case ast.Constant(value=str(text)) if re.search(r"\b(REAL|DOUBLE|FLOAT)\b", text):
            yield "keeps a binary number in the database"


def whole(node: ast.AST) -> bool:
    """Whether a term is a whole number by its looks: digits, a length, a count, a year."""
    match node:
        case ast.Constant(value=int()):
            return True
        case ast.Call(func=ast.Name(id="len" | "int" | "ord")):
            return True
        case ast.Attribute(attr="year" | "month" | "day" | "base" | "target" | "history"):
            return True
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult(), right=right):
            return whole(left) and whole(right)
        case _:
            return False


def pack_words(packs: Path) -> frozenset[str]:
    """Every address of the packs, and every key of an item that nobody writes by accident."""
    words: set[str] = set()
    for file in packs.rglob("*.toml"):
        for section in tomllib.loads(file.read_text(encoding="utf-8")).get("sections", []):
            for item in section.get("items", []):
                words.add(f"{section['key']}/{item['key']}")
                parts = (item, *item.get("columns", []), *item.get("rows", []))
                keys = (part["key"] for part in parts if isinstance(part, dict))
                words.update(key for key in keys if "_" in key)
    return frozenset(words)


def spelled_pack_words(name: str, source: str, words: frozenset[str]) -> Iterator[str]:
    """No `if` on a field key, anywhere: what a pack describes, code only interprets."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and node.value in words:
            yield f"{name}:{node.lineno} spells {node.value!r}, which a pack may change"


# -- The program keeps them ----------------------------------------------------------------------


def problems(check: Callable[[str, str], Iterator[str]]) -> list[str]:
    return [
        problem
        for file in product_files()
        for problem in check(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("check", [oversized, widgets_where_none_belong, binary_floats])
def test_that_the_program_keeps_the_rule(check):
    assert problems(check) == []


def test_that_no_code_spells_a_word_of_a_pack():
    words = pack_words(PACKS)

    assert words, "no pack was found"
    assert problems(lambda name, source: spelled_pack_words(name, source, words)) == []


def test_that_test_folders_are_not_packages():
    """tests/ui/__init__.py would hide the package ui."""
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_that_every_package_is_under_the_contracts_and_strictly_typed():
    found = {file.parent.name for file in ROOT.glob("*/__init__.py")}

    assert found == set(PACKAGES)
    assert found <= set(SETTINGS["basedpyright"]["strict"])


# -- Each check bites ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "source", "complaint"),
    [
        ("forms/a.py", "\n" * 501, "forms/a.py has 501 lines, 500 are allowed"),
        ("main.py", "\n" * 81, "main.py has 81 lines, 80 are allowed"),
        ("ui/main_window.py", "\n" * 301, "ui/main_window.py has 301 lines, 300 are allowed"),
        ("ui/a.py", "def long():\n" + "    x = 1\n" * 50, "ui/a.py: long has 51 lines"),
        (
            "ui/a.py",
            "class Wide:\n" + "".join(f"    def m{n}(self): ...\n" for n in range(21)),
            "ui/a.py: Wide has 21 methods",
        ),
    ],
)
def test_that_an_oversized_piece_is_named(name, source, complaint):
    assert list(oversized(name, source)) == [complaint]


def test_that_a_widget_in_the_session_is_named():
    source = "from PySide6.QtWidgets import QLabel\n"

    assert list(widgets_where_none_belong("ui/session.py", source))
    assert not list(widgets_where_none_belong("ui/navigation.py", source))


@pytest.mark.parametrize(
    "source",
    [
        "total = float('1.5')",
        "total: float = 0",
        "def add(amount: float): ...",
        "def total() -> float | None: ...",
        "totals = list(map(float, texts))",
        "is_figure = isinstance(value, float)",
        "total = amount * 0.5",
        "from math import floor",
        "import statistics",
        "shown = round(amount, 2)",
        "data = json.loads(text)",
        "data = tomllib.load(file)",
        "share = 1 / 3",
        "mean = (2024 + 2025) / len(years)",
        "columns = 'amount REAL NOT NULL'",
    ],
)
def test_that_a_binary_float_is_named(source):
    assert list(binary_floats("exporters/compose/budget.py", source))
    assert not list(binary_floats("exporters/pdf/lines.py", source))


@pytest.mark.parametrize(
    "source",
    [
        "share = amount / total",
        "half = rough / 2",
        "path = folder / 'plan'",
        "data = json.loads(text, parse_float=Decimal)",
        "tens, ones = divmod(number, 10)",
        "'REAL_FILES'",
    ],
)
def test_that_exact_arithmetic_is_not_named(source):
    assert not list(binary_floats("forms/budget.py", source))


def test_that_a_spelled_pack_word_is_named(tmp_path):
    (tmp_path / "water.toml").write_text(
        '[[sections]]\nkey = "water"\n'
        '[[sections.items]]\nkey = "supply"\nrows = [{ key = "from_river" }]\n',
        encoding="utf-8",
    )
    words = pack_words(tmp_path)

    assert words == {"water/supply", "from_river"}
    assert list(spelled_pack_words("ui/a.py", "if key == 'from_river': pass", words))
    assert list(spelled_pack_words("ui/a.py", "place = 'water/supply'", words))
    assert not list(spelled_pack_words("ui/a.py", "label = 'supply'", words))


@pytest.mark.parametrize(
    ("name", "is_refused"),
    [
        ("forms/a.py", True),
        ("ui/main_window.py", True),
        ("ui/jobs.py", False),
        ("storage/writer.py", False),
    ],
)
def test_that_threads_are_refused_outside_two_files(name, is_refused):
    """This one is a rule of ruff; what is proved here is where it holds."""
    for line in ("import threading", "from PySide6.QtCore import QThread"):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", "check", "--select=TID251", f"--stdin-filename={name}"],
            input=f"{line}\n",
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

        assert ("TID251" in done.stdout) == is_refused


# -- Each contract bites -------------------------------------------------------------------------

# The name of each contract, the file that breaks it, and the line that does.
VIOLATIONS = {
    "Layers": ("forms/__init__.py", "import exporters"),
    "Qt stays in ui": ("storage/__init__.py", "import PySide6.QtCore"),
    "The plan is pure": ("forms/__init__.py", "import sqlite3"),
    "SQLite stays in storage": ("ui/__init__.py", "import sqlite3"),
    "python-docx stays in exporters.docx": ("exporters/pdf/__init__.py", "import docx"),
    "reportlab stays in exporters.pdf": (
        "exporters/docx/__init__.py",
        "import reportlab",
    ),
    "pikepdf stays in exporters.pdf": ("exporters/docx/__init__.py", "import pikepdf"),
    "pypdfium2 stays in exporters.pdf.pixels": ("exporters/pdf/__init__.py", "import pypdfium2"),
    "openpyxl stays in exporters.xlsx": ("exporters/compose/__init__.py", "import openpyxl"),
    "Renderers know the tree, not the plan": ("exporters/look.py", "import forms"),
    "Renderers do not know each other": ("exporters/docx/__init__.py", "import exporters.pdf"),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter in a copy of the packages, under this project's own contracts."""
    code = "from importlinter import cli; cli.lint_imports_command(['--no-cache', '--no-logo'])"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copied_packages(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            copy = tmp_path / file.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)
    return tmp_path


def test_that_the_program_keeps_the_contracts(copied_packages):
    done = lint_imports(copied_packages)

    assert done.returncode == 0, done.stdout


def test_that_every_contract_has_a_violation_to_prove_it():
    names = {contract["name"] for contract in SETTINGS["importlinter"]["contracts"]}

    assert names == set(VIOLATIONS)


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_that_a_forbidden_import_breaks_its_contract(contract, copied_packages):
    name, line = VIOLATIONS[contract]
    with (copied_packages / name).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")

    done = lint_imports(copied_packages)

    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout
