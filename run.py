"""Prepares everything and starts it (standard library only; works before anything is installed).

    python3 run.py demo       a made-up town: a server, orders coming in, two kitchen windows and an office window
    python3 run.py kitchen    the kitchen app
    python3 run.py admin      the office app
    python3 run.py rachel …   the command line: rachel --help says what it can do
    python3 run.py check      what needs no server: ruff, mypy, import-linter, squawk
    python3 run.py test       check, then the tests; what follows goes to pytest     (on Windows: py run.py …)
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "made-from"  # written last: without it .venv was left half-made

# What PySide6 6.11 loads on Linux, by the Debian package that holds it. First for pictures in memory, then for a window under X.
OFFSCREEN = {
    "libegl1": "libEGL.so.1", "libgl1": "libGL.so.1", "libx11-6": "libX11.so.6", "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1", "libglib2.0-0": "libglib-2.0.so.0", "libxkbcommon0": "libxkbcommon.so.0",
}
WINDOW = {
    "libxcb-cursor0": "libxcb-cursor.so.0", "libxcb-icccm4": "libxcb-icccm.so.4", "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0", "libxcb-shape0": "libxcb-shape.so.0", "libxcb-xfixes0": "libxcb-xfixes.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1", "libxkbcommon-x11-0": "libxkbcommon-x11.so.0", "libx11-xcb1": "libX11-xcb.so.1",
    "libxcb-glx0": "libxcb-glx.so.0",
}


def say(sentence: str) -> None:
    print(f"run.py: {sentence}", flush=True)


def stop(code: int, sentence: str) -> NoReturn:
    print(f"run.py: {sentence}", file=sys.stderr, flush=True)
    raise SystemExit(code)


# --- what the system must have ---------------------------------------------------------------------------------------------------


def missing_packages(libraries: dict[str, str], load: Callable[[str], object] = ctypes.CDLL) -> list[str]:
    """The Debian packages of those libraries that cannot be loaded here."""
    missing = []
    for package, library in libraries.items():
        try:
            load(library)
        except OSError:
            missing.append(package)
    return missing


def names_here(packages: list[str], release: dict[str, str]) -> list[str]:
    """Debian 13 and Ubuntu 24.04 renamed one of them when time became 64 bits wide. `release`: what /etc/os-release says."""
    first = {"debian": 13.0, "ubuntu": 24.04}.get(release.get("ID", ""))
    renamed = first is not None and float(release.get("VERSION_ID", "99")) >= first  # testing and sid bear no number
    return ["libglib2.0-0t64" if renamed and package == "libglib2.0-0" else package for package in packages]


def needs_packages(libraries: dict[str, str]) -> list[str]:
    """What apt would have to install before we can go on, on Linux; nothing elsewhere."""
    if not sys.platform.startswith("linux"):
        return []
    importlib.invalidate_caches()
    can_make = importlib.util.find_spec("ensurepip") or shutil.which("uv") or not why_make()
    missing = missing_packages(libraries) + ([] if can_make else ["python3-venv"])
    release: dict[str, str] = {}
    with contextlib.suppress(OSError):  # not every Linux has that file
        release = platform.freedesktop_os_release()
    return names_here(missing, release)


def install_packages(packages: list[str], *, root: bool, apt: str | None) -> None:
    """Installs them when we are root on a Debian; else tells the line that does, and ends with 3."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    line = f"sudo apt-get update && sudo {shlex.join(install)}"
    if not (root and apt):
        stop(3, f"system packages are missing. Install them (the names are those of Debian and Ubuntu), then start again:\n{line}")
    say(f"installing with apt-get: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}
    # A source that does not answer fails the update, and the packages may be there all the same: only the install is asked.
    subprocess.call(["apt-get", "-qq", "update"], env=quiet)
    if subprocess.call([*install, "-qq", "-o", "DPkg::Lock::Timeout=300"], env=quiet, stdout=subprocess.DEVNULL):
        stop(3, f"apt-get could not install what is missing (see above). By hand:\n{line}")


# --- the environment -------------------------------------------------------------------------------------------------------------


def stamp() -> list[str]:
    """What .venv depends on: where it lies, its Python, the lock (each remakes it), and the project's settings (a second's work)."""
    sums = [hashlib.sha256(file.read_bytes()).hexdigest() for file in (LOCK, ROOT / "pyproject.toml")]
    return [str(VENV), os.path.realpath(PYTHON), *sums]


def stamped() -> list[str]:
    """What .venv was made from; nothing when it is not there, its Python has gone, or it was left half-made."""
    return STAMP.read_text("utf-8").splitlines() if STAMP.exists() and PYTHON.exists() else []


def why_make() -> str | None:
    """Why .venv must be made anew, or None."""
    was, now = stamped(), stamp()
    if not was:
        return "it is missing or half-made"
    if was[:2] != now[:2]:
        return "the folder or its Python has moved"
    return "requirements.lock has changed" if was[:3] != now[:3] else None


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Two starts at once must not meet: the second waits here. The lock is on a file that is always there."""
    if not os.access(LOCK, os.W_OK):
        stop(1, f"{ROOT} is not yours to write in. Copy the project into a folder of your own and start it there.")
    with open(LOCK, "r+b") as held:
        if sys.platform == "win32":
            import msvcrt

            held.seek(1 << 30)  # a byte far behind the end, which nobody reads
            while True:
                with contextlib.suppress(OSError):  # it gives up every ten seconds
                    msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("another start is preparing .venv; waiting for it")
                fcntl.flock(held, fcntl.LOCK_EX)
        yield


def must(words: list[str]) -> None:
    if subprocess.call(words, cwd=ROOT):
        stop(1, f"this failed (see above): {shlex.join(words)}\nOnce that is mended (is the network there?), start again.")


def make_environment() -> None:
    """Makes .venv where it is not right, then installs the project itself without the network, so that `rachel` is there."""
    python, uv, why = str(PYTHON), shutil.which("uv"), why_make()
    pip = [uv, "pip", "install", "--python", python] if uv else [python, "-m", "pip", "install", "--disable-pip-version-check"]
    if why and VENV.is_symlink():  # making it anew would empty a folder that somebody else may work in
        stop(1, f".venv points to another folder, and cannot be used ({why}). Remove the link, start again: rm {shlex.quote(str(VENV))}")
    STAMP.unlink(missing_ok=True)
    if why:
        say(f"making .venv ({why}): about a minute and 400 MB")
        base = getattr(sys, "_base_executable", sys.executable)  # we may run on the Python of the very .venv that is to go
        must([uv, "venv", "--quiet", "--clear", "--python", base, str(VENV)] if uv else [base, "-m", "venv", "--clear", str(VENV)])
        must([*pip, "-qq", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)])
    must([*pip, "-qq", "--no-deps", "--no-build-isolation", "--no-index", "-e", "."])
    STAMP.write_text("\n".join(stamp()) + "\n", encoding="utf-8")


def prepare(libraries: dict[str, str]) -> None:
    if not needs_packages(libraries) and stamped() == stamp():
        return
    with alone():
        if missing := needs_packages(libraries):
            install_packages(missing, root=hasattr(os, "geteuid") and os.geteuid() == 0, apt=shutil.which("apt-get"))
            if still := needs_packages(libraries):
                stop(3, f"apt-get installed these, and they still cannot be used: {' '.join(still)}")
        if stamped() != stamp():
            make_environment()


# --- the commands ----------------------------------------------------------------------------------------------------------------


def has_display() -> bool:
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def wait_for(child: subprocess.Popen[bytes]) -> int:
    """Ctrl-C reaches that program as well as us: it ends its servers, and we wait for it."""
    while True:
        with contextlib.suppress(KeyboardInterrupt):
            return child.wait()


def check() -> int:
    """Every tool is asked, also after one has failed; 0 when all agree."""
    tools = (["ruff", "check", "."], ["mypy"], ["lint-imports"], ["squawk", "core/database/tables/*.sql"])
    verdicts = []
    for name, *arguments in tools:
        say(f"check: {name}")
        began = time.monotonic()
        code = subprocess.call([str(BIN / name), *arguments], cwd=ROOT)
        verdicts.append((name, code, time.monotonic() - began))
    for name, code, seconds in verdicts:
        say(f"check: {name:<12} {'FAILED' if code else 'passed'} in {seconds:.1f} s")
    return int(any(code for _, code, _ in verdicts))


def test(arguments: list[str]) -> int:
    """check, then pytest on two processes, also after a failed check; 0 when both agree."""
    failed = check()
    environment = {**os.environ} if has_display() else {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    words = [str(PYTHON), "-m", "pytest", "-n", "3", "--durations=15", *arguments]
    say(f"test: {shlex.join(words[1:])}")
    code = wait_for(subprocess.Popen(words, cwd=ROOT, env=environment))
    say(f"test: check {'FAILED' if failed else 'passed'}, pytest {'FAILED' if code else 'passed'}")
    return code or failed


def hand_over(words: list[str]) -> int:
    """Becomes that program; Windows has no such thing, so there we stay and wait."""
    return wait_for(subprocess.Popen(words)) if os.name == "nt" else os.execv(words[0], words)


def main(command: str = "", *arguments: str) -> int:
    if command not in ("demo", "kitchen", "admin", "test", "check", "rachel"):
        print(__doc__)
        return 0 if command in ("-h", "--help") else 2
    windows = command in ("kitchen", "admin") or (command == "demo" and has_display() and "--offscreen" not in arguments)
    prepare({**OFFSCREEN, **WINDOW} if windows else OFFSCREEN)
    if command in ("check", "test"):
        return check() if command == "check" else test(list(arguments))
    if command in ("rachel", "demo"):
        return hand_over([str(BIN / "rachel"), *(["demo"] if command == "demo" else []), *arguments])
    return hand_over([str(PYTHON), "-P", "-m", f"{command}_app", *arguments])  # -P: a folder named core beside us is not ours


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python reads as far as here, and says so
        stop(2, f"Python 3.11 or newer is needed; this is {platform.python_version()}.")
    with contextlib.suppress(KeyboardInterrupt):
        raise SystemExit(main(*sys.argv[1:]))
    raise SystemExit(130)
