"""Starting verbs as other programs do, and in this process where that is enough."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from commands import run

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Done:
    """How a verb ended."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line of a refusal; anything else than one line of Chinese fails."""
        assert self.code == 2, (self.code, self.err)
        assert self.out == ""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert any("一" <= char <= "龥" for char in lines[0]), self.err
        assert "Error" not in lines[0], self.err
        return lines[0]


def started(*arguments: object, folder: Path | None = None) -> Done:
    """A verb in a process of its own: `python main.py …`."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def within(capsys, *arguments: object) -> Done:
    """A verb in this process."""
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return Done(code, said.out, said.err)


def good(done: Done) -> str:
    """What a verb that must succeed has said."""
    assert (done.code, done.err) == (0, ""), done
    return done.out


def files_in(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, to the byte; folders stand with their slash."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"/"
        for path in sorted(folder.rglob("*"))
    }
