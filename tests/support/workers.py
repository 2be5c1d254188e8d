"""The worker as a program of its own, beside a test, and what it wrote in its log."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

from core.base.config import write_sign_ins


@contextmanager
def worker(server, sign_in, folder, *options):
    """Run it; it is ready when the block begins, and killed at its end."""
    folder.mkdir(exist_ok=True)
    write_sign_ins(folder / "sign-ins.toml", {"worker": sign_in})
    where = {"RACHEL_HOST": server.host, "RACHEL_PORT": str(server.port), "RACHEL_DATABASE": server.database}
    settings = {**os.environ, **where, "RACHEL_SIGN_INS": str(folder / "sign-ins.toml"), "RACHEL_DATA": str(folder)}
    with (folder / "log").open("w") as log:
        words = [sys.executable, "-m", "core.cli", "worker", *options]
        running = subprocess.Popen(words, env=settings, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert "ready" in running.stdout.readline()
        yield running
    finally:
        running.kill()
        running.wait()
        running.stdout.close()


def logged(folder):
    """Return the whole lines of its log, oldest first."""
    return [json.loads(line) for line in (folder / "log").read_text().splitlines(keepends=True) if line.endswith("\n")]
