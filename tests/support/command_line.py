"""`rachel` in a test: in this process, with the sign-ins of the test's own database, or as a program of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from core.base.config import write_sign_ins
from core.cli import main


@dataclass(frozen=True)
class Ran:
    """How one command ended."""

    code: int
    out: str
    err: str

    @property
    def result(self):
        """What --json printed: one line, and nothing else on stdout."""
        [line] = self.out.splitlines()
        return json.loads(line)


def rachel_for(capsys):
    """Return `rachel("import", "menu", file)`, which runs a command in this process."""

    def rachel(*arguments):
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return rachel


def sign_in(monkeypatch, folder, workplace, database):
    """Set this process up as a machine that knows the test's database and has its sign-ins."""
    server = workplace.cluster.server(database)
    (folder / "config.toml").write_text(
        f'[server]\nhost = "{server.host}"\nport = {server.port}\ndatabase = "{database}"\n', encoding="utf-8"
    )
    write_sign_ins(folder / "sign-ins.toml", {who: workplace.sign_ins[who] for who in ("owner", "ordering", "worker")})
    monkeypatch.setenv("RACHEL_CONFIG", str(folder / "config.toml"))
    monkeypatch.setenv("RACHEL_DATA", str(folder / "data"))
    monkeypatch.setenv("RACHEL_SIGN_INS", str(folder / "sign-ins.toml"))


def start(*arguments):
    """Start `rachel` as a program of its own, which signals can be sent to."""
    words = [sys.executable, "-m", "core.cli", *map(str, arguments)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def server_of(process):
    """Return the process and the folder of the scratch server that a program started."""
    [server] = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="utf-8").split()
    command = Path(f"/proc/{server}/cmdline").read_bytes().split(b"\0")
    return Path(f"/proc/{server}"), Path(os.fsdecode(command[command.index(b"-D") + 1]))
