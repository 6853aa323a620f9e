"""No code writes to a file but through the file layer, so that every fault can be tried."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ui", "commands", "exporters", "importers", "storage", "forms", "resources", "main.py")
LAYER = "storage/files.py"
# Where something is written all the same, and why that may be.
ALLOWED = {
    "storage/database.py": "SQLite writes the draft itself; its faults are made by strace",
    "storage/snapshots.py": "SQLite writes the copy",
    "importers/process.py": "what a worker says, in a file without a name",
    "importers/worker.py": "the standard streams of a worker",
    "ui/application.py": "the log and the crash report: nothing rests on them",
    "ui/logs.py": "the same",
    "ui/instance.py": "the lock of the one program that runs: nothing of a plan is in it",
    "commands/exporting.py": "the self-test works in a temporary folder",
    "commands/running.py": "a closed pipe is led to the null device",
}
METHODS = {
    "write_text",
    "write_bytes",
    "mkdir",
    "unlink",
    "rmdir",
    "touch",
    "rename",
    "symlink_to",
    "hardlink_to",
    "chmod",
}
MODULES = {
    "os": {
        *("open", "write", "remove", "unlink", "rename", "renames", "replace", "mkdir", "makedirs"),
        *("rmdir", "removedirs", "truncate", "ftruncate", "link", "symlink", "fdopen", "sendfile"),
    },
    "shutil": None,  # all of it
    "tempfile": None,
    "io": {"open", "FileIO"},
    "sqlite3": {"connect"},
}
NAMES = {
    *("open", "FileHandler", "RotatingFileHandler", "TimedRotatingFileHandler"),
    *("QFile", "QSaveFile", "QTemporaryFile", "QTemporaryDir", "QPdfWriter", "QLockFile"),
}
HINT = re.compile(
    rf"\b(?:{'|'.join([*METHODS, *NAMES, *MODULES])})\b(?!\()|\b(?:open|save|{'|'.join(METHODS)})\("
    r"|\.replace\("
)


def calls(source: str) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]


def writes(source: str) -> Iterator[str]:
    """The calls in a module that can write to a file."""
    yield from written_by(calls(source))


def written_by(found: list[ast.Call]) -> Iterator[str]:
    for call in found:
        if name := _written(call):
            yield f"line {call.lineno}: {name}"


def _written(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Name):
        return function.id if function.id in NAMES and _may_write(call, 1) else ""
    if not isinstance(function, ast.Attribute):
        return ""
    owner = function.value.id if isinstance(function.value, ast.Name) else ""
    name = function.attr
    if owner in MODULES:
        known = MODULES[owner]
        return f"{owner}.{name}" if known is None or name in known else ""
    if name in METHODS or name in NAMES - {"open"}:
        return name
    if name == "open" and _mode(call, 0):
        return "open" if _may_write(call, 0) else ""
    return "replace" if name == "replace" and _is_move(call) else ""


def _mode(call: ast.Call, at: int) -> str:
    named = [each.value for each in call.keywords if each.arg == "mode"]
    given = named or call.args[at : at + 1]
    found = given[0] if given else None
    return found.value if isinstance(found, ast.Constant) and isinstance(found.value, str) else ""


def _may_write(call: ast.Call, at: int) -> bool:
    if isinstance(call.func, ast.Name) and call.func.id != "open":
        return True
    return bool(set(_mode(call, at)) & set("wax+"))


def _is_move(call: ast.Call) -> bool:
    """`Path.replace(target)` has one argument; `str.replace` two, `dataclasses.replace` names."""
    return len(call.args) == 1 and not call.keywords


@cache
def calls_of(path: Path) -> list[ast.Call]:
    text = path.read_text(encoding="utf-8")
    return calls(text) if HINT.search(text) else []  # reading the text is quick, parsing is not


def found_in(path: Path) -> list[str]:
    return list(written_by(calls_of(path)))


def modules() -> list[Path]:
    found = [ROOT / name for name in PACKAGES if (ROOT / name).exists()]
    return [
        each for top in found for each in ([top] if top.is_file() else sorted(top.rglob("*.py")))
    ]


def test_that_only_the_file_layer_writes_to_files():
    hits = {str(path.relative_to(ROOT)): found_in(path) for path in modules()}

    assert {name: hits[name] for name in hits if hits[name] and name not in {LAYER, *ALLOWED}} == {}


def test_that_every_exception_is_still_needed():
    there = {name: found_in(ROOT / name) for name in ALLOWED if (ROOT / name).exists()}
    logs = [there.pop(name, []) for name in ("ui/application.py", "ui/logs.py")]

    assert [name for name, found in there.items() if not found] == []
    assert any(logs)


def test_that_documents_are_made_in_memory():
    """`save(…)` of the libraries writes to a file when it is given one."""
    hits = []
    for path in modules():
        for node in calls_of(path):
            if (
                isinstance(node.func, ast.Attribute)
                and node.func.attr == "save"
                and node.args
                and not (isinstance(node.args[0], ast.Name) and node.args[0].id in IN_MEMORY)
            ):
                hits.append(f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}")
    assert hits == []


IN_MEMORY = {"out", "target", "buffer"}  # names of BytesIO and QBuffer


@pytest.mark.parametrize(
    "line",
    [
        "open('a', 'w')",
        "open('a', mode='ab')",
        "path.open('w')",
        "path.write_text('x')",
        "path.unlink()",
        "path.mkdir(parents=True)",
        "path.replace(other)",
        "os.replace('a', 'b')",
        "os.open('a', os.O_WRONLY)",
        "shutil.copy('a', 'b')",
        "tempfile.mkdtemp()",
        "QSaveFile('a')",
        "logging.FileHandler('a')",
        "sqlite3.connect('a')",
    ],
)
def test_that_the_rule_finds_every_way_to_write(line):
    assert list(writes(line))


@pytest.mark.parametrize(
    "line",
    [
        "open('a')",
        "path.open('rb')",
        "text.replace('a', 'b')",
        "replace(meta, root='')",
        "f.read()",
    ],
)
def test_that_the_rule_lets_reading_pass(line):
    assert not list(writes(line))
