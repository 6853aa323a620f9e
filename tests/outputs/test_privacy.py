"""S5 and S8: nothing reaches for the network, nothing that leaves tells of machine or user."""

from __future__ import annotations

import io
import json
import logging
import os
import platform
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from tests.debian import brought
from tests.outputs.scenario import SECRET
from tests.outputs.unpacked import holding, parts_of
from tests.reliability.counts import record
from ui.errors import report
from ui.logs import PlainFormatter, log_of_qt, start_log

ROOT = Path(__file__).resolve().parents[2]
SCENARIO = ROOT / "tests" / "outputs" / "scenario.py"
USER = "tell-user-7391"
FORMATS = {"docx", "pdf", "xlsx", "yuance"}
DATE = re.compile(rb"20(?:19|2[1-9])-[01][0-9]-[0-3][0-9]T")


@dataclass(frozen=True)
class Day:
    """A working day that is over: where it happened, and what was told."""

    home: Path
    out: Path
    said: str  # the last line, JSON
    errors: str

    @property
    def events(self) -> list[str]:
        return json.loads(self.said)["events"]

    @property
    def reports(self) -> list[str]:
        return json.loads(self.said)["reports"]

    @property
    def files(self) -> list[Path]:
        return sorted(self.out.iterdir())


def lived(folder: Path, *before: str) -> Day:
    """A day in a process of its own, with the home of a user whose name would be noticed."""
    home, out = folder / "home" / USER, folder / "out"
    out.mkdir(parents=True)
    names = ("DATA", "CONFIG", "STATE", "CACHE", "RUNTIME")
    moved = {f"XDG_{name}_HOME": str(home / name.lower()) for name in names}
    moved["XDG_RUNTIME_DIR"] = moved.pop("XDG_RUNTIME_HOME")
    for place in moved.values():
        Path(place).mkdir(mode=0o700, parents=True)
    settings = os.environ | moved | {
        "HOME": str(home), "USERPROFILE": str(home), "USER": USER, "LOGNAME": USER,
        "USERNAME": USER, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }  # fmt: skip
    done = subprocess.run(
        [*before, sys.executable, str(SCENARIO), str(out)],
        env=settings, cwd=home, capture_output=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return Day(home, out, done.stdout.splitlines()[-1], done.stderr)


@pytest.fixture(scope="module")
def day(tmp_path_factory) -> Day:
    return lived(tmp_path_factory.mktemp("day"))


# -- S5: no network ------------------------------------------------------------------------------


def test_that_a_whole_day_makes_no_connection_and_no_look_up(day):
    assert day.events == []


def test_that_a_connection_would_be_noticed(tmp_path):
    code = "\n".join(
        (
            "import socket, tests.outputs.scenario as scenario",
            "try: socket.create_connection(('127.0.0.1', 9), timeout=1)",
            "except OSError: pass",
            "print(scenario.EVENTS)",
        )
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "socket.getaddrinfo" in done.stdout
    assert "socket.connect" in done.stdout


NETWORK = re.compile(
    r"(?:socket|connect|sendto|sendmsg|bind)\([^)]*?(AF_[A-Z0-9]+|sa_family=[A-Z_0-9]+)"
)


def families(trace: str) -> set[str]:
    """The families of addresses that system calls named."""
    return {found.removeprefix("sa_family=") for found in NETWORK.findall(trace)}


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="strace is a tool of Linux")
def test_that_no_library_reaches_for_the_network_either(tmp_path):
    brought("strace", unless=shutil.which("strace") is not None)
    trace = tmp_path / "trace"
    lived(tmp_path / "day", "strace", "-f", "-qq", "-e", "trace=network", "-o", str(trace))

    assert families(trace.read_text(errors="replace")) <= {"AF_UNIX"}
    record("S5", "a whole day under strace: 0 connections, 0 look-ups, AF_UNIX only")


def test_that_a_traced_connection_would_be_noticed():
    line = (
        '12 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("1.1.1.1")}, 16)'
    )
    assert families(line) == {"AF_INET"}
    assert families("12 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3") == {"AF_UNIX"}


# -- S8: nothing of machine and user -------------------------------------------------------------


def telling(day: Day) -> list[str]:
    """Names of user and machine, and the places of the day; where the program lies, with its parts.

    A program that lies in /plan is not told by every address that ends in /plan.
    """
    parts = (".venv", "commands", "exporters", "forms", "main.py", "resources", "storage", "ui")
    found = [USER, str(day.home), str(day.out), *(f"{ROOT}/{part}" for part in parts)]
    node = platform.node()
    return [*found, f"{sys.base_prefix}/lib/", *([node] if len(node) > 6 else [])]


def test_that_every_sort_of_file_was_made(day):
    assert {file.suffix.lstrip(".") for file in day.files} == FORMATS
    assert len(day.files) == 9


def test_that_no_export_holds_a_name_or_a_place_of_the_machine(day):
    parts = [parts_of(file) for file in day.files]

    assert [said for each in parts for said in holding(each, telling(day))] == []
    record("S8", f"{len(parts)} exports, {sum(map(len, parts))} parts, 0 names or places found")


def test_that_every_part_was_read(day):
    """The park's name is found in each file, so a user's name would be too."""
    for file in day.files:
        if file.suffix == ".pdf":  # set in glyphs; the title of the document is text
            with pikepdf.open(file) as pdf:
                assert SECRET in str(pdf.docinfo["/Title"])
        else:
            assert holding(parts_of(file), [SECRET]), file.name


def test_that_a_place_of_the_machine_in_a_part_would_be_noticed(day, tmp_path):
    inner, outer = io.BytesIO(), tmp_path / "a.docx"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("xl/a.xml", f"<a>{day.home}</a>".encode("utf-16-le"))
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/embeddings/a.xlsx", inner.getvalue())
    assert holding(parts_of(outer), telling(day))

    made, file = pikepdf.new(), tmp_path / "a.pdf"
    made.add_blank_page().Contents = made.make_stream(f"({USER}) Tj".encode())
    made.save(file, compress_streams=True)
    assert holding(parts_of(file), telling(day))


def test_that_paper_does_not_say_when_it_was_made(day):
    """The same plan gives the same bytes on any day; only the plan file knows its own dates."""
    papers = [file for file in day.files if file.suffix != ".yuance"]
    dated = [
        name
        for file in papers
        for name, content in parts_of(file).items()
        if DATE.search(content) or b"/CreationDate" in content
    ]
    assert dated == []


def test_that_nothing_is_hidden_in_a_workbook(day):
    book = openpyxl.load_workbook(day.out / "方案.xlsx")
    for sheet in book.worksheets:
        assert sheet.sheet_state == "visible"
        assert not [n for n, row in sheet.row_dimensions.items() if row.hidden]
        assert not [n for n, column in sheet.column_dimensions.items() if column.hidden]
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.comment]
    assert list(book.defined_names) == []
    assert book.properties.lastModifiedBy is None


def test_that_word_names_the_compiler_and_nobody_else(day):
    with zipfile.ZipFile(day.out / "方案.docx") as archive:
        names, core = archive.namelist(), archive.read("docProps/core.xml").decode()
    people = re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>([^<]*)<", core)
    assert people == [f"{SECRET}管委会"] * 2
    assert not [name for name in names if "people" in name or "comments" in name or "thumb" in name]


# -- Logs and reports ----------------------------------------------------------------------------


def test_that_logs_and_messages_hold_nothing_of_the_plan(day):
    logs = [file for file in day.home.rglob("*") if "log" in file.parts and file.is_file()]
    texts = [file.read_text("utf-8") for file in logs] + [day.errors]

    assert {file.name for file in logs} == {"yuance.log", "crash.log"}
    assert "ValueError" in "".join(texts)
    assert [t for t in texts if any(w in t for w in (SECRET, "12345", USER, str(day.out)))] == []


def test_that_a_fault_in_window_job_and_writer_is_shown_without_content(day):
    assert len(day.reports) == 3
    for text in day.reports:
        assert "ValueError" in text
        assert "园策" in text
        assert not [word for word in (SECRET, "12345", USER, str(ROOT)) if word in text]
    for module in ("ui.jobs", "storage.writer"):
        assert [text for text in day.reports if module in text]


def test_that_a_report_leads_to_the_line_but_not_to_the_machine():
    with pytest.raises(ValueError, match=SECRET) as caught:
        int(SECRET)
    text = report(caught.value, "1.0")

    assert "test_privacy:" in text
    assert "test_that_a_report_leads_to_the_line" in text
    assert not [word for word in (SECRET, str(ROOT), "/") if word in text]


def test_that_the_log_keeps_no_text_of_exceptions_and_of_qt():
    record = logging.LogRecord("a", logging.ERROR, "a", 1, "failed", (), None)
    try:
        raise ValueError(SECRET)
    except ValueError:
        record.exc_info = sys.exc_info()
    line = PlainFormatter().format(record)
    assert "ValueError" in line
    assert SECRET not in line


def test_that_what_qt_says_is_kept_without_names(caplog):
    from PySide6.QtCore import QMessageLogContext, QtMsgType

    said = f"QImage: cannot read '{SECRET}' at C:\\Users\\{USER}\\a.png or /home/{USER} 3 times"
    with caplog.at_level(logging.WARNING):
        log_of_qt(QtMsgType.QtWarningMsg, QMessageLogContext(), said)

    assert "QImage: cannot read" in caplog.text
    assert "3 times" in caplog.text
    assert SECRET not in caplog.text
    assert USER not in caplog.text


def test_that_the_log_stays_small_and_a_crash_outlives_the_next_start(tmp_path):
    """1.5 MB and two crash reports at most."""
    code = "\n".join(
        (
            "import logging, sys",
            "from pathlib import Path",
            "from ui.logs import start_log",
            "start_log(Path(sys.argv[1]))",
            "for number in range(int(sys.argv[2])): logging.getLogger('a').error('x' * 900)",
            "if sys.argv[2] == '1': import faulthandler; faulthandler._sigsegv()",
        )
    )
    for lines in ("1", "4000"):
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path), lines],
            cwd=ROOT, capture_output=True, check=lines != "1",
        )  # fmt: skip
    sizes = {file.name: file.stat().st_size for file in tmp_path.iterdir()}

    assert set(sizes) == {
        "yuance.log", "yuance.log.1", "yuance.log.2", "crash.log", "crash-before.log",
    }  # fmt: skip
    assert all(size <= 500_000 for size in sizes.values())
    assert "Segmentation fault" in (tmp_path / "crash-before.log").read_text("utf-8")
    assert start_log is not None
