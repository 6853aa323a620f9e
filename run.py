#!/usr/bin/env python3
"""Set 园策 up on a bare machine, then start, test, measure or build it; standard library only.

python3 run.py                   open the window; without a screen, print the sample plan to out/
python3 run.py test [--long] …   all gates, then the tests; the other arguments go to pytest
python3 run.py bench …           run benchmarks/run_all.py; --peers: our exporters beside others
python3 run.py build             make the folder dist/yuance that runs without Python
python3 run.py doctor            say what is there and what is missing, change nothing
python3 run.py <the rest>        handed to main.py, whose exit code is returned

Words of the set-up go to standard error: standard output belongs to the verb.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
UNFINISHED = VENV / ".unfinished"  # there while .venv is being changed: left behind = start afresh
RUNTIME_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"  # holds all of RUNTIME_LOCK, same versions
WHEELHOUSE = ROOT / "wheelhouse"  # wheels brought by hand: the set-up then needs no network
LOG = ROOT / "setup.log"
OLDEST_PYTHON = (3, 11)
MOST_WORKERS = 4  # of the tests: more processes than that only wait for one another

# What Qt opens when it starts, offscreen too, and the Debian package that brings it.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",  # of Qt's sockets: one program a user
    # From here on: needed for a real window only.
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
CHINESE_FONT = "fonts-wqy-microhei"
VENV_MODULE = "python3-venv"

# Each gate as arguments of .venv's Python, never a script of .venv/bin: those stop working when
# the folder is moved.
GATES = {
    "格式 ruff format": ("-m", "ruff", "format", "--check", "."),
    "规则 ruff check": ("-m", "ruff", "check", "."),
    "类型 basedpyright": ("-m", "basedpyright"),
    "分层 import-linter": ("-c", "from importlinter import cli; cli.lint_imports_command()"),
}


def say(words: str) -> None:
    """Tell the person at the terminal one thing."""
    print(words, file=sys.stderr, flush=True)


def stop(words: str) -> NoReturn:
    """Say why it cannot go on, and leave with exit code 1."""
    say(words)
    sys.exit(1)


def logged(*command: str) -> int:
    """Run a command of the set-up with its words going to the log file; return its exit code."""
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {shlex.join(command)}\n")
        log.flush()
        settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PYTHONUTF8": "1"}
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=settings, check=False
        )
    return done.returncode


def stop_with_log(words: str) -> NoReturn:
    """Show how the log ends before leaving."""
    say("\n".join(LOG.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]))
    stop(f"{words} 完整记录：{LOG.name}")


# -- The system ------------------------------------------------------------------------------


def loads(library: str) -> bool:
    """Whether the system finds this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    """Whether a font for Chinese is there: without one, all characters are the same box."""
    if not loads("libfontconfig.so.1"):
        return False
    fontconfig = ctypes.CDLL("libfontconfig.so.1")
    for name in ("FcNameParse", "FcObjectSetCreate", "FcFontList"):
        getattr(fontconfig, name).restype = ctypes.c_void_p
    fontconfig.FcFontList.argtypes = [ctypes.c_void_p] * 3
    chinese = fontconfig.FcNameParse(b":lang=zh-cn")
    fonts = fontconfig.FcFontList(None, chinese, fontconfig.FcObjectSetCreate())
    # An FcFontSet starts with the number of its fonts.
    return bool(fonts) and ctypes.cast(fonts, ctypes.POINTER(ctypes.c_int))[0] > 0


def missing_packages() -> list[str]:
    """Debian packages this machine still needs; other systems bring everything themselves."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [package for library, package in LIBRARIES.items() if not loads(library)]
    if not has_chinese_font():
        missing.append(CHINESE_FONT)
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(VENV_MODULE)
    return list(dict.fromkeys(missing))


def missing_build_packages() -> list[str]:
    """Debian packages PyInstaller needs besides: it reads libraries with objdump, copies Python."""
    if not sys.platform.startswith("linux"):
        return []
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    missing = [] if shutil.which("objdump") else ["binutils"]
    return missing if loads(f"libpython{version}.so.1.0") else [*missing, f"libpython{version}"]


def administrator() -> list[str] | None:
    """What to put before a command that needs rights; None when they cannot be had here."""
    if sys.platform == "win32" or os.geteuid() == 0:
        return []
    return ["sudo"] if shutil.which("sudo") and sys.stdin.isatty() else None


def install_packages(packages: list[str]) -> None:
    """Have apt-get bring what is missing, or say exactly what to type."""
    if not packages:
        return
    if shutil.which("apt-get") is None:
        say(f"缺少系统组件，请用本机的软件管理器安装（Debian 名称）：{' '.join(packages)}")
        return
    update = ["apt-get", "update"]
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    rights = administrator()
    if rights is None:
        line = f"{shlex.join(update)} && {shlex.join(install)}"
        line = f"sudo sh -c '{line}'" if shutil.which("sudo") else f"su -c '{line}'"
        stop(f"缺少系统组件，当前用户无权安装。请先执行下面一行，再重新启动：\n{line}")
    say(f"安装系统组件：{' '.join(packages)} …")
    # A bare system has no package lists yet; a system that has them is spared the download.
    if logged(*rights, *install) == 0:
        return
    if logged(*rights, *update) != 0 or logged(*rights, *install) != 0:
        stop_with_log("系统组件没有装上，请检查网络后重试。")


# -- The Python environment ------------------------------------------------------------------


def fingerprint(lock: Path) -> str:
    """What the stamp of a finished set-up holds: a change of any part asks for a new set-up."""
    parts = (lock.read_bytes(), repr(sys.version_info[:2]).encode(), repr(LIBRARIES).encode())
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def stamp(lock: Path) -> Path:
    """The file written last of all once everything in this lock is installed."""
    return VENV / f".{lock.stem}.stamp"


def is_ready(lock: Path) -> bool:
    """Whether the set-up for this lock was finished and nothing has changed since."""
    try:
        finished = stamp(lock).read_text(encoding="utf-8") == fingerprint(lock)
    except FileNotFoundError:
        return False
    return finished and PYTHON.exists() and not UNFINISHED.exists()


def is_sound() -> bool:
    """Whether .venv can be built upon: whole, and made for the Python that runs now."""
    try:
        made_by = (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    version = f"version = {sys.version_info.major}.{sys.version_info.minor}."
    return version in made_by and PYTHON.exists() and not UNFINISHED.exists()


def make_environment() -> None:
    """Make .venv afresh."""
    say("创建 Python 运行环境 .venv …")
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir()
    UNFINISHED.touch()
    if logged(sys.executable, "-m", "venv", str(VENV)) != 0:
        stop_with_log("运行环境没有建成。")


def install_lock(lock: Path) -> None:
    """Bring .venv to what the lock says; every file must have one of the hashes in it."""
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    pip += ["--progress-bar=off", "--require-hashes", "-r", str(lock)]
    if WHEELHOUSE.is_dir():
        pip += ["--no-index", "--find-links", str(WHEELHOUSE)]
    source = f"文件夹 {WHEELHOUSE.name}，不联网" if WHEELHOUSE.is_dir() else "下载需要几分钟"
    say(f"安装程序库 {lock.name}（{source}）…")
    UNFINISHED.touch()
    code = logged(*pip)
    if code >= 0:  # pip came to its own end; when killed by a signal it leaves half a package
        UNFINISHED.unlink()
    if code != 0:
        stop_with_log(
            f"程序库没有装上。请检查网络；没有网络时，把安装包放进 {WHEELHOUSE.name} 文件夹。"
        )
    for done in {lock, RUNTIME_LOCK}:
        stamp(done).write_text(fingerprint(done), encoding="utf-8")


@contextmanager
def one_at_a_time() -> Generator[None]:
    """Let a second set-up wait for the first; the system frees the lock of a killed one."""
    with Path(__file__).open("rb") as door:
        if sys.platform != "win32":
            try:
                fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("另一个窗口正在做启动准备，请稍候 …")
                fcntl.flock(door, fcntl.LOCK_EX)
        yield


def prepare(lock: Path) -> None:
    """Make sure that everything in the lock is installed; costs nothing once it is."""
    if is_ready(lock):
        return
    with one_at_a_time():
        if is_ready(lock):
            return
        started = time.monotonic()
        say("正在做启动准备，只需这一次。")
        LOG.unlink(missing_ok=True)
        install_packages(missing_packages())
        importlib.invalidate_caches()
        if not is_sound():
            make_environment()
        install_lock(lock)
        say(f"准备完成，用时 {time.monotonic() - started:.0f} 秒。")


# -- The verbs -------------------------------------------------------------------------------


def child_environment() -> dict[str, str]:
    """The settings our programs start with: UTF-8 everywhere, our packages importable."""
    return {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}


def hand_over(script: Path, arguments: list[str]) -> int:
    """Become the script, so that signals and the exit code are its own."""
    command = [str(PYTHON), str(script), *arguments]
    if sys.platform != "win32":  # there, exec would return to the shell at once
        os.execve(command[0], command, child_environment())
    return subprocess.call(command, env=child_environment())


def run_gate(name: str) -> int:
    """Run one static check; its words are shown only when it fails."""
    started = time.monotonic()
    done = subprocess.run(
        [str(PYTHON), *GATES[name]],
        cwd=ROOT,
        env=child_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0:
        say(done.stdout.decode(errors="replace"))
    mark = "✗ 未通过" if done.returncode else "✓"
    say(f"{mark} {name} {time.monotonic() - started:.1f} 秒")
    return done.returncode


def test(arguments: list[str]) -> int:
    """Run every gate in order, stop at the first that fails, then run the tests."""
    prepare(DEV_LOCK)
    for name in GATES:
        code = run_gate(name)
        if code != 0:
            return code
    say("静态检查全部通过，开始测试。")
    settings = child_environment()
    settings.setdefault("QT_QPA_PLATFORM", "offscreen")
    workers = os.cpu_count() or 1
    if workers > 1 and not any(argument.startswith("-n") for argument in arguments):
        arguments = ["-n", str(min(workers, MOST_WORKERS)), *arguments]
    command = [str(PYTHON), "-m", "pytest", *arguments]
    return subprocess.call(command, cwd=ROOT, env=settings)


def bench(arguments: list[str]) -> int:
    """Measure."""
    prepare(DEV_LOCK)
    script = "peers/run_peers.py" if "--peers" in arguments else "run_all.py"
    return hand_over(ROOT / "benchmarks" / script, arguments)


def build(arguments: list[str]) -> int:
    """Make the stand-alone folder with PyInstaller."""
    prepare(DEV_LOCK)
    install_packages(missing_build_packages())
    command = [str(PYTHON), "-m", "PyInstaller", "--noconfirm", *arguments, "build.spec"]
    return subprocess.call(command, cwd=ROOT, env=child_environment())


def doctor(_arguments: list[str]) -> int:
    """Report the state of this machine; exit code 0 when the program can start."""
    missing = missing_packages()
    ready = is_ready(RUNTIME_LOCK)
    print(f"Python      {sys.version.split()[0]}")
    print(f"系统组件    {'缺少 ' + ' '.join(missing) if missing else '齐全'}")
    print(f"运行环境    {'就绪' if ready else '尚未安装'}")
    print(f"测试环境    {'就绪' if is_ready(DEV_LOCK) else '尚未安装'}")
    print(f"安装包来源  {WHEELHOUSE.name if WHEELHOUSE.is_dir() else '网络'}")
    print(f"显示器      {'有' if has_screen() else '无'}")
    return 0 if ready and not missing else 1


def has_screen() -> bool:
    """Whether a window can be shown."""
    known = ("DISPLAY", "WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in known)


def start(arguments: list[str]) -> int:
    """Open the window, or pass a verb on to main.py."""
    prepare(RUNTIME_LOCK)
    if not arguments and not has_screen():
        say("没有显示器：改为不开窗口，把示例方案写成 Word、PDF、Excel，放进 out 文件夹。")
        arguments = ["demo", "--out", "out"]
    return hand_over(ROOT / "main.py", arguments)


VERBS: dict[str, Callable[[list[str]], int]] = {
    "test": test,
    "bench": bench,
    "build": build,
    "doctor": doctor,
}


def main(arguments: list[str]) -> int:
    """Choose the verb."""
    if sys.version_info < OLDEST_PYTHON:
        stop(f"需要 Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} 或更新的版本。")
    verb = VERBS.get(arguments[0]) if arguments else None
    return verb(arguments[1:]) if verb else start(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        stop("已取消。下次启动会接着准备。")
