"""The programs of the demo, each a process of its own: the worker, two counters of one kitchen, the office.

A program gets its settings and its sign-in as files named by the environment, never as arguments: anybody can read those.
"""

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, NamedTuple

from core.base.config import Server, SignIn, write_sign_ins
from core.demo.keeper import Keeper
from core.demo.town import COUNTERS, OWNER

PATIENCE = 15.0  # seconds for an answer, on top of what the step itself may take


class Window(NamedTuple):
    """A window of the demo: what it is called, its program, the table of the sign-ins it reads, and who sits there."""

    name: str
    module: str
    purpose: str
    login: str


WINDOWS = (
    *(Window(counter, "kitchen_app", "kitchen", login) for counter, login in COUNTERS.items()),
    Window("Office", "admin_app", "admin", OWNER.login),
)


class Failed(Exception):
    """A program did not do what it should; the message says which, what, and what it showed instead."""


class Program:
    """One running program. Where it is driven from here: a step in, an answer out (core/qt/rehearsal.py)."""

    def __init__(self, name: str, process: subprocess.Popen[str], log: Path) -> None:
        self.name, self.process, self._log = name, process, log
        self._answers: queue.Queue[str] = queue.Queue()
        if process.stdout:
            threading.Thread(target=self._hear, daemon=True).start()

    def do(self, step: dict[str, Any]) -> dict[str, Any]:
        """Do one step and return the answer. Raises Failed."""
        assert self.process.stdin
        try:
            self.process.stdin.write(json.dumps(step) + "\n")
            self.process.stdin.flush()
        except OSError as error:
            raise Failed(f"{self.name} has ended by itself. {self.last_words()}") from error
        answer: dict[str, Any] = json.loads(self.line(float(step.get("seconds", 0)) + PATIENCE))
        if not answer["ok"]:
            raise Failed(f"{self.name}, {json.dumps(step, ensure_ascii=False)}: {answer['why']}. It showed: {' | '.join(answer['texts'])}")
        return answer

    def line(self, seconds: float) -> str:
        """Return the next line it writes. Raises Failed when none comes."""
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            line = ""
        if not line:
            raise Failed(f"{self.name} does not answer. {self.last_words()}")
        return line

    @property
    def runs(self) -> bool:
        return self.process.poll() is None

    def last_words(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")[-2000:].strip()

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(3)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _hear(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._answers.put(line)
        self._answers.put("")


class Programs:
    """Starts them, and ends them all."""

    def __init__(self, home: Path, server: Server, keeper: Keeper) -> None:
        self._home, self._server, self._keeper = home / "programs", server, keeper
        self._running: list[Program] = []

    def start_worker(self, sign_in: SignIn) -> Program:
        """Start it and wait until it is ready."""
        worker = self._start("Worker", "worker", sign_in, ["-m", "core.cli", "worker"], {})
        worker.line(PATIENCE)
        return worker

    def start_window(self, window: Window, sign_in: SignIn, *, offscreen: bool) -> Program:
        """Start a window; an offscreen one is driven from here."""
        words, settings = ["-m", window.module], {}
        if offscreen:
            words, settings = [*words, "--rehearse", "-"], {"QT_QPA_PLATFORM": "offscreen"}
        return self._start(window.name, window.purpose, sign_in, words, settings)

    def end(self) -> None:
        for program in reversed(self._running):
            program.end()
            self._keeper.told(program.process.pid, "ended")

    def _start(self, name: str, purpose: str, sign_in: SignIn, words: list[str], settings: dict[str, str]) -> Program:
        place = self._home / name.lower().replace(" ", "-")
        place.mkdir(mode=0o700, parents=True)
        write_sign_ins(place / "sign-ins.toml", {purpose: sign_in})
        self._write_config(place, name)
        log = place / "log"
        with log.open("w", encoding="utf-8") as errors:
            process = subprocess.Popen(
                [sys.executable, "-P", *words], env=_environment(place) | settings, stderr=errors, encoding="utf-8",
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=place, start_new_session=True,
            )  # fmt: skip
        self._keeper.told(process.pid, "began")
        self._running.append(Program(name, process, log))
        return self._running[-1]

    def _write_config(self, place: Path, name: str) -> None:
        """Write the settings file (TOML writes these values as JSON does)."""
        server = [f"{key} = {json.dumps(getattr(self._server, key))}" for key in ("host", "port", "database", "sslmode")]
        lines = [f"counter = {json.dumps(name)}", f"data = {json.dumps(str(place / 'data'))}", "[server]", *server]
        (place / "config.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _environment(place: Path) -> dict[str, str]:
    """Return our own environment, without what it says of another installation of this program."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("RACHEL_")}
    named = {"RACHEL_CONFIG": str(place / "config.toml"), "RACHEL_SIGN_INS": str(place / "sign-ins.toml")}
    return ours | named | {"PYTHONUTF8": "1"}  # what is said between us is UTF-8, whatever the terminal speaks
