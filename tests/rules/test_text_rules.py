"""Received and typed text is never handed to anything that would interpret it: rules on the source.

Each rule is a function from the name and the syntax tree of a file to sentences, and is shown to
bite on bad examples. `run.py`, which sets the program up, is not part of the program.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ui", "commands", "importers", "exporters", "storage", "forms", "resources")
GUARDED = "importers/"  # checks received files, and reads them in a process with limits

MANUAL = "ui/dialogs/manual.py"  # the guide: our own text
CHANGES = "ui/history/change_text.py"  # puts text in by a cursor, with links of its own
REMARKS = "ui/fields/frame.py"  # findings with links in them, all else escaped
PLAIN = "ui/plain.py"

RICH = {"setHtml", "insertHtml", "appendHtml", "setMarkdown", "insertMarkdown", "RichText"}
GUESSING_BOXES = {"QInputDialog", "QErrorMessage", "QProgressDialog", "QSplashScreen", "QWhatsThis"}
STATIC_BOXES = {"critical", "warning", "information", "question", "about"}
CAPTIONED = {
    "QPushButton",
    "QCheckBox",
    "QRadioButton",
    "QAction",
    "QGroupBox",
    "QCommandLinkButton",
}
ENTRIES = {"addAction", "addMenu"}

NETWORK = {
    "socket", "socketserver", "ssl", "urllib.request", "http", "ftplib", "smtplib", "poplib",
    "imaplib", "nntplib", "telnetlib", "xmlrpc", "asyncio", "webbrowser", "requests", "httpx",
    "aiohttp", "urllib3", "PySide6.QtNetwork", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets",
}  # fmt: skip
INSTANCE = "ui/instance.py"  # one program a user: sockets between processes of one machine
LOCAL_SOCKETS = {
    "PySide6.QtNetwork", "PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"
}  # fmt: skip
RUNNING = {"pickle", "shelve", "marshal", "dill", "yaml", "jsonpickle", "code", "codeop"}
PASTED = "ui/prose/pasted_html.py"  # a parser that follows nothing, and a short list of tags
PROVED = "exporters/docx/package.py"  # reads what it has written itself, to prove it
PARSERS = {"lxml", "xml.etree", "xml.dom", "xml.sax", "xml.parsers", "html.parser"}

# Who may open what: each of them reads only what the program itself has made or proven.
OPENERS = {
    "load_workbook": (),
    "opc_package": (),
    "Image.open": ("storage/intake.py", "exporters/pdf/pictures.py"),
    "sqlite3.connect": ("storage/database.py", "storage/snapshots.py"),
    "ZipFile": (
        "storage/archive.py",
        "exporters/xlsx.py",
        "exporters/docx/package.py",
        "exporters/docx/workbook.py",
    ),
    "pikepdf.open": ("exporters/pdf/archive.py",),
    "pypdfium2.PdfDocument": ("exporters/pdf/pixels.py",),
    "docx.Document": (),
    "tarfile.open": (),
    "shutil.unpack_archive": (),
}
WRITERS = {"write_text", "write_bytes"}
COPIERS = ("copy", "move")
WRITING_FILES = ("storage/", "ui/logs.py")


# -- The rules -----------------------------------------------------------------------------------


def rich_text(name: str, tree: ast.AST) -> Iterator[str]:
    """Nothing is shown as HTML or Markdown but the guide, and findings whose words are escaped."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in RICH and name not in (MANUAL, REMARKS):
            yield f"{name}:{node.lineno} shows rich text ({node.attr})"
        if (
            isinstance(node, ast.Name)
            and node.id == "QTextBrowser"
            and name not in (MANUAL, CHANGES)
        ):
            yield f"{name}:{node.lineno} uses QTextBrowser, which guesses what a text is"
        if isinstance(node, ast.Name) and node.id in GUESSING_BOXES:
            yield f"{name}:{node.lineno} uses {node.id}, which guesses what a text is"


def labels(name: str, tree: ast.AST) -> Iterator[str]:
    """A QLabel gets its text after it was told that it is plain; a message box in one place."""
    for scope in ast.walk(tree):
        if isinstance(scope, ast.ClassDef) and guesses(scope):
            yield f"{name}:{scope.lineno} {scope.name} is a QLabel that guesses"
        if not isinstance(scope, ast.FunctionDef):
            continue
        calls = [node for node in ast.walk(scope) if isinstance(node, ast.Call)]
        verbs = calls_in(scope)
        for call in calls:
            if called(call.func) == "QLabel" and not is_told(call, verbs):
                yield f"{name}:{call.lineno} makes a QLabel that guesses: use plain_label"
            if called(call.func) == "QMessageBox" and name != PLAIN:
                yield f"{name}:{call.lineno} makes a message box: use plain_box"
            if called(call.func) in STATIC_BOXES and owner(call.func) == "QMessageBox":
                yield f"{name}:{call.lineno} shows a message box that guesses: use plain_box"


def tips_and_captions(name: str, tree: ast.AST) -> Iterator[str]:
    """Tips are escaped; & in buttons, menus and [*] in titles are signs, not orders."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or name == PLAIN:
            continue
        verb, first = called(call.func), call.args[0] if call.args else None
        if verb in ("setToolTip", "setWhatsThis") and not fit(first, "plain_tip"):
            yield f"{name}:{call.lineno} sets a tip that may be taken for HTML: use plain_tip"
        if verb == "showText" and not (len(call.args) > 1 and fit(call.args[1], "plain_tip")):
            yield f"{name}:{call.lineno} shows a tip that may be taken for HTML: use plain_tip"
        if verb == "setWindowTitle" and not fit(first, "plain_title"):
            yield f"{name}:{call.lineno} sets a title in which [*] would vanish: use plain_title"
        if (
            verb in CAPTIONED | ENTRIES
            and is_text(first)
            and not fit(first, "plain_caption", "plain_entry")
        ):
            yield f"{name}:{call.lineno} {verb} takes & for a shortcut: use plain_caption"


def openers(name: str, tree: ast.AST) -> Iterator[str]:
    """What comes from outside is opened by the guarded modules only."""
    if name.startswith(GUARDED):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            verb = called(node.func)
            whole = f"{owner(node.func)}.{verb}" if owner(node.func) else verb
            for known in (whole, verb):
                if known in OPENERS and name not in OPENERS[known]:
                    yield f"{name}:{node.lineno} opens a file with {known}: importers does that"
    for module, line in imported(tree):
        if name == PASTED and within(module, {"html.parser"}):
            continue
        if name == PROVED and within(module, {"xml.parsers.expat"}):
            continue
        if within(module, PARSERS) and not within(module, {"xml.sax.saxutils"}):
            yield f"{name}:{line} parses XML or HTML with {module}: importers does that"


def running(name: str, tree: ast.AST) -> Iterator[str]:
    """No text becomes code, no other program is started."""
    for module, line in imported(tree):
        if within(module, RUNNING):
            yield f"{name}:{line} imports {module}, which runs what it reads"
        if within(module, {"subprocess", "pty"}) and not name.startswith(GUARDED):
            yield f"{name}:{line} starts other programs"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        verb, whose = called(node.func), owner(node.func)
        is_bare = isinstance(node.func, ast.Name)
        if is_bare and verb in ("eval", "exec", "compile", "__import__"):
            yield f"{name}:{node.lineno} runs text as code"
        if whose == "os" and verb.startswith(("system", "popen", "spawn", "exec", "startfile")):
            yield f"{name}:{node.lineno} starts another program"
        if any(k.arg == "shell" for k in node.keywords):
            yield f"{name}:{node.lineno} hands text to a shell"


def network(name: str, tree: ast.AST) -> Iterator[str]:
    """No module that can reach a network is imported; what is opened is a file of this machine."""
    for module, line in imported(tree):
        if name == INSTANCE and module in LOCAL_SOCKETS:
            continue
        if within(module, NETWORK):
            yield f"{name}:{line} imports {module}: the program makes no network call"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or called(node.func) != "openUrl":
            continue
        if "fromLocalFile" not in calls_in(node):
            yield f"{name}:{node.lineno} opens an address that need not be a file"


def markup_paragraphs(name: str, tree: ast.AST) -> Iterator[str]:
    """reportlab draws glyphs and lines: its paragraphs, which read markup, are not used."""
    banned = {"reportlab.platypus", "reportlab.lib.paraparser", "reportlab.lib.rl_safe_eval"}
    for module, line in imported(tree):
        if within(module, banned):
            yield f"{name}:{line} imports {module}, which reads text as markup"


def sheet_values(name: str, tree: ast.AST) -> Iterator[str]:
    """In Excel a text is written by one function, as text; all else is a Decimal."""
    if name != "exporters/xlsx.py":
        return
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef) or function.name == "_put":
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and "value" in map(attribute, node.targets):
                yield f"{name}:{node.lineno} writes a cell by itself: use _put"
            if not isinstance(node, ast.Call) or owner(node.func) != "sheet":
                continue
            written = node.args[2:] if called(node.func) == "cell" else []
            if called(node.func) == "append" or any(called(each) != "Decimal" for each in written):
                yield f"{name}:{node.lineno} writes a cell by itself: use _put"


def writers(name: str, tree: ast.AST) -> Iterator[str]:
    """Everything that leaves the program goes through `safe_save`."""
    if name.startswith(WRITING_FILES):
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        verb = called(node.func)
        modes = [a.value for a in node.args if isinstance(a, ast.Constant)]
        opens_to_write = verb == "open" and any(
            isinstance(mode, str) and set(mode) & set("wax+") and set(mode) <= set("wbaxrt+")
            for mode in modes
        )
        copies = owner(node.func) == "shutil" and verb.startswith(COPIERS)
        if verb in WRITERS or copies or opens_to_write:
            yield f"{name}:{node.lineno} writes a file by itself: use storage.safe_save"


RULES = (
    rich_text, labels, tips_and_captions, openers, running, network, markup_paragraphs,
    sheet_values, writers,
)  # fmt: skip


# -- What a node says ----------------------------------------------------------------------------


def called(node: ast.AST | None) -> str:
    """The last name of a call or of what is called."""
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def owner(node: ast.AST) -> str:
    """What the name stands on: `sqlite3` in sqlite3.connect."""
    return called(node.value) if isinstance(node, ast.Attribute) else ""


def attribute(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else ""


def is_call(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Call)


def calls_in(scope: ast.AST) -> set[str]:
    return {called(node.func) for node in ast.walk(scope) if isinstance(node, ast.Call)}


def guesses(scope: ast.ClassDef) -> bool:
    return "QLabel" in map(called, scope.bases) and "setTextFormat" not in calls_in(scope)


def is_told(call: ast.Call, verbs: set[str]) -> bool:
    """Whether a new label is empty, or has only a parent, and is then made plain or a picture."""
    parents = all(called(a) in ("parent", "self") for a in call.args) and not call.keywords
    return parents and bool(verbs & {"setTextFormat", "setPixmap"})


def is_text(node: ast.AST | None) -> bool:
    """Whether an argument may be a text: no widget, no icon, no action that stands there."""
    return node is not None and not isinstance(node, ast.Subscript) and called(node) not in {
        "parent", "self", "menu", "window", "action", "inner", "source", "icon", "each", "plain",
        "find", "insert", "refer", "note", "_action",
    }  # fmt: skip


def fit(node: ast.AST | None, *safe: str) -> bool:
    """Whether a text is the program's own words, or made safe by one of the named functions."""
    # An interface text: what is filled in afterwards would be .format, not tr.
    return isinstance(node, ast.Constant) or (is_call(node) and called(node) in ("tr", *safe))


def imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or "", node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def within(module: str, roots: set[str]) -> bool:
    return any(module == root or module.startswith(f"{root}.") for root in roots)


# -- The program keeps them, and each bites ------------------------------------------------------


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.AST]:
    files = [ROOT / "main.py"]
    files += [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    return {
        file.relative_to(ROOT).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in files
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_that_the_program_keeps_the_rule(rule, trees):
    assert len(trees) > 300
    assert [said for name, tree in trees.items() for said in rule(name, tree)] == []


BAD = [
    (rich_text, "ui/a.py", "view.setHtml(text)"),
    (rich_text, "ui/a.py", "view = QTextBrowser()"),
    (rich_text, "ui/a.py", "label.setTextFormat(Qt.TextFormat.RichText)"),
    (rich_text, "ui/a.py", "QInputDialog.getText(None, title, text)"),
    (labels, "ui/a.py", "def f():\n    return QLabel(name)"),
    (labels, "ui/a.py", "def f():\n    label = QLabel()\n    label.setText(name)"),
    (labels, "ui/a.py", "class Name(QLabel):\n    pass"),
    (labels, "ui/a.py", "def f():\n    QMessageBox.critical(None, title, text)"),
    (labels, "ui/a.py", "def f():\n    box = QMessageBox(window)"),
    (tips_and_captions, "ui/a.py", "button.setToolTip(name)"),
    (tips_and_captions, "ui/a.py", "button.setToolTip(tr('删除{0}').format(name))"),
    (tips_and_captions, "ui/a.py", "QToolTip.showText(place, name)"),
    (tips_and_captions, "ui/a.py", "window.setWindowTitle(title)"),
    (tips_and_captions, "ui/a.py", "QPushButton(name)"),
    (tips_and_captions, "ui/a.py", "menu.addAction(name)"),
    (openers, "ui/a.py", "book = openpyxl.load_workbook(path)"),
    (openers, "ui/a.py", "picture = Image.open(path)"),
    (openers, "forms/a.py", "sqlite3.connect(path)"),
    (openers, "ui/a.py", "with zipfile.ZipFile(path) as archive: pass"),
    (openers, "commands/a.py", "document = docx.Document(path)"),
    (openers, "ui/a.py", "from lxml import etree"),
    (openers, "ui/a.py", "import xml.etree.ElementTree as tree"),
    (running, "forms/a.py", "value = eval(text)"),
    (running, "forms/a.py", "exec(text)"),
    (running, "storage/a.py", "import pickle"),
    (running, "storage/a.py", "import shelve"),
    (running, "storage/a.py", "from yaml import load"),
    (running, "ui/a.py", "import subprocess"),
    (running, "ui/a.py", "os.system(f'open {path}')"),
    (running, "importers/a.py", "import subprocess\nsubprocess.run(text, shell=True)"),
    (network, "ui/a.py", "import socket"),
    (network, "ui/a.py", "from urllib.request import urlopen"),
    (network, "ui/a.py", "from urllib import request"),
    (network, "ui/a.py", "import http.client"),
    (network, "commands/a.py", "import smtplib"),
    (network, "ui/a.py", "from PySide6.QtNetwork import QNetworkAccessManager"),
    (network, "ui/a.py", "from PySide6 import QtNetwork"),
    (network, "ui/a.py", "from PySide6.QtNetwork import QLocalSocket"),
    (network, "ui/instance.py", "from PySide6.QtNetwork import QTcpSocket"),
    (network, "ui/a.py", "QDesktopServices.openUrl(QUrl(text))"),
    (markup_paragraphs, "exporters/pdf/a.py", "from reportlab.platypus import Paragraph"),
    (sheet_values, "exporters/xlsx.py", "def f(sheet):\n    sheet.cell(1, 1, text)"),
    (sheet_values, "exporters/xlsx.py", "def f(cell):\n    cell.value = text"),
    (writers, "ui/a.py", "path.write_text(text)"),
    (writers, "exporters/a.py", "with path.open('wb') as file: pass"),
    (writers, "commands/a.py", "open(path, 'w')"),
    (writers, "ui/a.py", "shutil.copy2(path, other)"),
]
GOOD = [
    (labels, "ui/a.py", "def f():\n    sign = QLabel()\n    sign.setPixmap(p)"),
    (tips_and_captions, "ui/a.py", "button.setToolTip(plain_tip(name))"),
    (tips_and_captions, "ui/a.py", "button.setToolTip(tr('显示或收起侧栏'))"),
    (tips_and_captions, "ui/a.py", "QPushButton(plain_caption(name), parent)"),
    (network, "ui/a.py", "QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))"),
    (network, "ui/instance.py", "from PySide6.QtNetwork import QLocalServer, QLocalSocket"),
    (running, "ui/a.py", "dialog.exec()"),
    (running, "forms/a.py", "pattern = re.compile(text)"),
    (openers, "importers/a.py", "book = openpyxl.load_workbook(path)"),
    (openers, "exporters/a.py", "from xml.sax.saxutils import escape"),
    (writers, "exporters/a.py", "with path.open('rb') as file: pass"),
]


@pytest.mark.parametrize(("rule", "name", "source"), BAD)
def test_that_a_breach_is_named(rule, name, source):
    assert list(rule(name, ast.parse(source)))


@pytest.mark.parametrize(("rule", "name", "source"), GOOD)
def test_that_what_is_right_is_not_named(rule, name, source):
    assert not list(rule(name, ast.parse(source)))


def test_that_every_rule_is_shown_to_bite():
    assert {rule for rule, _, _ in BAD} == set(RULES)
