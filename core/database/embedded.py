"""Our launcher of the embedded PostgreSQL (demo, trial, tests): real passwords, loopback only, never as root."""

import os
import random
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from core.base.config import Server, SignIn
from core.database.binaries import installation, unprivileged
from core.database.limits import LIMITS

if sys.platform != "win32":
    import fcntl

HBA = "host all all 127.0.0.1/32 scram-sha-256\n"
SCRATCH = "rachel-scratch-"
PORTS = (20_000, 30_000)  # below those the system hands out: nobody takes ours while the server is down
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 300
timezone = 'UTC'
"""
FAST = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 512MB
shared_buffers = 32MB
"""


@dataclass
class Cluster:
    """One server in one folder. `fast` is for tests: it survives no power cut."""

    home: Path
    fast: bool = False
    port: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def superuser(self) -> SignIn:
        return SignIn("postgres", (self.home / "superuser").read_text(encoding="utf-8"))

    def server(self, database: str = "postgres") -> Server:
        return Server("127.0.0.1", self.port, database, sslmode="disable")

    def create(self) -> None:
        """Make the folder's cluster. The folder above must be one the unprivileged user may enter."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret = self.home / "superuser"
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(24), encoding="utf-8")
        if drop := unprivileged():
            os.chown(self.home, drop["user"], drop["group"])
            os.chown(secret, drop["user"], drop["group"])
        speed = ["--no-sync", "--wal-segsize=1"] if self.fast else []
        self._run("initdb", "-D", self.data, "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={secret}",
                  "--encoding=UTF8", "--data-checksums", *self._locale(), "--no-instructions", *speed)  # fmt: skip
        (self.data / "pg_hba.conf").write_text(HBA, encoding="utf-8")
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(SETTINGS + "".join(f"{name} = '{value}'\n" for name, value in LIMITS.items()) + (FAST if self.fast else ""))

    def start(self, port: int = 0) -> None:
        """Start on `port`, else on the port it had, else on a free one. A server still running in the folder is taken over.

        Tried again for some seconds: another program may take a free port first, and after a crash the rest of the
        old server may live a moment longer.
        """
        if running := self._running():
            self.port = running
            return
        self._drop_foreign_pid_file()
        port = port or self.port
        for pause in (0.25, 0.5, 1.0, 2.0, None):
            self.port = port or _free_port()
            try:
                return self._start_once()
            except RuntimeError:
                if pause is None:
                    raise
                time.sleep(pause)

    def stop(self) -> None:
        """Stop cleanly: whoever is connected is sent away, all is written down."""
        if self._running():
            self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")
        self._collect()

    def kill(self) -> None:
        """End every process of the server at once, as a power cut would (for crash tests). start() then recovers."""
        postmaster = int(self._pid_file()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text(encoding="utf-8").split()
        for process in (postmaster, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._collect()

    def _start_once(self) -> None:
        """Start the server as our own child, not by pg_ctl: a dead child that nobody collects still looks alive to the next start."""
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [installation() / "bin" / "postgres", "-D", self.data, "-p", str(self.port)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True, **unprivileged(),
            )  # fmt: skip
        while self._pid_file()[::7] != [str(self._process.pid), "ready"]:
            if self._process.poll() is not None:
                raise RuntimeError(f"The server did not start. {self._end_of_log()}")
            time.sleep(0.01)

    def _collect(self) -> None:
        if self._process:
            self._process.wait(60)
            self._process = None

    def _running(self) -> int:
        """Return the port of the server that answers in this folder, or 0."""
        if self._process:
            self._process.poll()
        try:
            self._run("pg_ctl", "-D", self.data, "status")
            port = int(self._pid_file()[3])
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except (RuntimeError, OSError, IndexError):
            return 0
        return port

    def _pid_file(self) -> list[str]:
        """Read what the server says of itself: its process first, its port fourth, its state eighth."""
        try:
            return [line.strip() for line in (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()]
        except FileNotFoundError:
            return []

    def _drop_foreign_pid_file(self) -> None:
        """After a power cut numbers are given out anew: a pid file that names somebody else would keep the server from starting."""
        name = Path("/proc", *self._pid_file()[:1], "comm")
        if name.exists() and name.read_text(encoding="utf-8").strip() != "postgres":
            (self.data / "postmaster.pid").unlink()

    def _end_of_log(self) -> str:
        log = self.home / "log"
        return log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else ""

    def _locale(self) -> list[str]:
        version = self._run("initdb", "--version").split()[2]
        if int(version.split(".")[0]) >= 17:  # the builtin provider sorts alike on every machine
            return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        return ["--locale=C.UTF-8"]

    def _run(self, program: str, *arguments: str | Path) -> str:
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [installation() / "bin" / program, *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/", **unprivileged(),
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout}{self._end_of_log()}")
        return done.stdout


@contextmanager
def scratch_server(fast: bool = False) -> Iterator[Cluster]:
    """Run a server of its own in a new folder, and remove both at the end. `fast` ones lie in memory when there is room.

    Removes first what programs left behind that were killed in here.
    """
    place = _memory() if fast else Path(tempfile.gettempdir())
    _sweep(place)
    cluster = Cluster(Path(tempfile.mkdtemp(prefix=SCRATCH, dir=place)), fast)
    with _claim(cluster.home):
        try:
            cluster.create()
            cluster.start()
            yield cluster
        finally:
            cluster.stop()
            shutil.rmtree(cluster.home)


@contextmanager
def _claim(home: Path) -> Iterator[None]:
    """Show that somebody lives in `home`, by a lock that ends with this program, however it ends."""
    with (home / "moving-in").open("w") as lock:
        if sys.platform != "win32":
            fcntl.flock(lock, fcntl.LOCK_EX)
        (home / "moving-in").rename(home / "claim")
        yield


def _sweep(place: Path) -> None:
    """Stop and remove the scratch servers whose program is gone. (Not on Windows, which has no such lock.)"""
    for claim in place.glob(f"{SCRATCH}*/claim"):
        with suppress(OSError, RuntimeError), claim.open() as lock:
            if sys.platform != "win32":
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                Cluster(claim.parent).stop()
                shutil.rmtree(claim.parent)


def _memory() -> Path:
    """Return a folder that lies in memory, if there is a roomy one: databases are made 10 to 30 times faster there."""
    shared = Path("/dev/shm")
    return shared if shared.is_dir() and shutil.disk_usage(shared).free > 2**30 else Path(tempfile.gettempdir())


def _free_port() -> int:
    for _ in range(100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", random.randrange(*PORTS)))
            return int(probe.getsockname()[1])
    raise RuntimeError(f"No free port between {PORTS[0]} and {PORTS[1]}.")
