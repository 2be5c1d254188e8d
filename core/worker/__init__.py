"""The worker: what must run somewhere all the time. Each job has a thread, and is begun again when the server was away.

`rachel worker` runs it. Any number may run at once: two relays kick twice, which does no harm, and of two that end an order
one is told that it has ended. The relay has a connection of its own: whatever the other jobs wait for, it does not.
"""

import json
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import partial

from core.audit import KeptHeads, Key
from core.base.config import Server, SignIn
from core.base.errors import Offline, Refused
from core.database.gateway import Database
from core.database.scripts import VERSION
from core.database.wire import Wire
from core.live import trim_outbox
from core.worker.checks import DEADLINE, LOOK_EVERY, Checks
from core.worker.expiry import Expiry
from core.worker.load import Watch
from core.worker.reaper import Reaper
from core.worker.refunds import Runner
from core.worker.relay import Relay
from core.worker.reports import Signer
from core.worker.sealer import Contradiction, Sealer, Unsealed

APPLICATION = f"rachel-worker/{VERSION}"
TRIM_EVERY = 60.0  # seconds
SHARED = 7  # connections: one for each job that takes them in turn, so that none waits for another
PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 10.0)  # seconds between tries to reach the server
SETTLED = 10.0  # a job that lasted so long had begun well: the pauses begin anew
Work = Callable[[threading.Event], None]  # a job: works until the event is set; Offline when the server is away


def run(server: Server, sign_in: SignIn, kept: KeptHeads, key: Key | None = None) -> int:
    """Work until SIGTERM or SIGINT, and return the exit code: 0, or 1 when a job met a bug. Heads of the trail go to `kept`.

    `key` signs reports; without one they wait for another worker. Prints one sentence on stdout when it is ready, and a line of JSON on
    stderr for everything worth knowing. Raises Forbidden or Missing when the login is not a worker's; a server that is away is
    waited for.
    """
    stopping, asked, ready = threading.Event(), threading.Event(), threading.Event()

    def stop(*_: object) -> None:
        asked.set()
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    connect = partial(Database.connect, server, sign_in.login, sign_in.password, application=APPLICATION)
    with closing(connect(size=SHARED)) as database, closing(connect(size=1, deadline=DEADLINE)) as patient:
        with suppress(Offline):
            trim_outbox(database)  # also asks whether we may work at all
        relay = partial(_relay, server, sign_in, ready)
        threads = _start({"relay": relay} | jobs(database, patient, kept, key), stopping)
        while not stopping.wait(0.5):  # on Windows a wait without an end does not hear Ctrl-C
            pass
        for thread in threads:
            thread.join(0.3)  # one that waits for a dead line ends with the program
    _log("worker", "stopped")
    return 0 if asked.is_set() else 1


def jobs(database: Database, patient: Database, kept: KeptHeads, key: Key | None) -> dict[str, Work]:
    """Return what is done beside the relay, by its name in the log. `patient` waits for an answer that takes long."""
    signing = {"reports": partial(_sign, Signer(database, kept, key))} if key else {}
    return signing | {
        "trim": partial(_trim, database),
        "expiry": partial(_expire, Expiry(database)),
        "refunds": partial(_refund, Runner(database)),
        "checks": partial(_check, Checks(patient)),
        "load": Watch(database).keep_looking,
        "seal": partial(_seal, Sealer(database, kept)),
        "reap": partial(_reap, Reaper(database)),
    }


def _start(all_work: dict[str, Work], stopping: threading.Event) -> list[threading.Thread]:
    threads = [threading.Thread(target=_keep_at, args=(name, work, stopping), daemon=True) for name, work in all_work.items()]
    for thread in threads:
        thread.start()
    return threads


def _keep_at(name: str, work: Work, stopping: threading.Event) -> None:
    """Do a job again and again. A bug in it ends the whole worker: whoever runs it must see that and start it again."""
    failures = 0
    try:
        while not stopping.is_set():
            began = time.monotonic()
            try:
                work(stopping)
            except (Offline, Refused) as error:
                failures = 0 if time.monotonic() - began > SETTLED else failures
                pause = PAUSES[min(failures, len(PAUSES) - 1)]
                failures += 1
                _log(name, "interrupted", why=str(error), again_in=pause)
                stopping.wait(pause)
    finally:
        stopping.set()


def _relay(server: Server, sign_in: SignIn, ready: threading.Event, stopping: threading.Event) -> None:
    with closing(Wire.open(server, sign_in.login, sign_in.password, APPLICATION, asynchronous=True)) as wire:
        relay = Relay(wire)
        relay.look()
        _log("relay", "connected")
        if not ready.is_set():
            ready.set()
            where = f"{server.database} on {server.host}:{server.port}"
            does = "ends unpaid card orders and what is left open, runs refunds, checks promises, and seals the trail"
            print(f"The worker is ready: it announces what changes in {where}, {does}.", flush=True)
        relay.keep_looking(stopping)


def _trim(database: Database, stopping: threading.Event) -> None:
    while not stopping.wait(TRIM_EVERY):
        if rows := trim_outbox(database):
            _log("trim", "trimmed", rows=rows)


def _expire(expiry: Expiry, stopping: threading.Event) -> None:
    for order in expiry.keep_looking(stopping):
        _log("expiry", "expired", order=order.number)
        if stopping.is_set():
            break


def _refund(runner: Runner, stopping: threading.Event) -> None:
    for ran in runner.keep_looking(stopping):
        _log("refunds", "ran", proposal=str(ran.proposal_id), lines=ran.lines)


def _seal(sealer: Sealer, stopping: threading.Event) -> None:
    for found in sealer.keep_looking(stopping):
        if isinstance(found, Contradiction):
            _log("seal", "not signed", why=str(found))
        elif isinstance(found, Unsealed):
            _log("seal", "not sealed", why=found.why)
        else:
            _log("seal", "kept", head=found.head.code)


def _sign(signer: Signer, stopping: threading.Event) -> None:
    for report in signer.keep_looking(stopping):
        _log("reports", "refused" if report.refusal else "signed", report=str(report.id))


def _reap(reaper: Reaper, stopping: threading.Event) -> None:
    for ended in reaper.keep_looking(stopping):
        _log("reap", "ended", login=ended.login, rule=ended.rule, seconds=ended.seconds)


def _check(checks: Checks, stopping: threading.Event) -> None:
    for run in checks.keep_looking(stopping):
        if isinstance(run, Exception):
            _log("checks", "not checked", why=str(run), again_in=LOOK_EVERY)
        else:
            _log("checks", "checked", checks=run.checks, red=run.red, known_red=run.known_red, froze=run.froze, took_ms=run.took_ms)


def _log(job: str, event: str, **facts: object) -> None:
    """Write a line in one piece: two of print's would be glued to those of another thread."""
    line = json.dumps({"at": datetime.now(UTC).isoformat(), "job": job, "event": event, **facts})
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
