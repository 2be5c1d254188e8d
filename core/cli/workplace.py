"""Where a command works: on a scratch server of its own, or on the configured one with the sign-ins of this machine."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from core.base.config import Server, SignIn, load, sign_in
from core.cli.outcome import NotReady
from core.database.embedded import Cluster, scratch_server
from core.database.gateway import Database
from core.database.install import init
from core.database.scripts import VERSION

APPLICATION = f"rachel-cli/{VERSION}"
DEADLINE = 120.0  # seconds; nobody waits at a screen, and five hundred items at once take a while


@contextmanager
def workplace(scratch: bool, *purposes: str) -> Iterator[list[Database]]:
    """Open one database for each purpose (owner, ordering), in that order. Raises NotReady."""
    with ExitStack() as ends:
        server, sign_ins = ends.enter_context(_scratch()) if scratch else configured(*purposes)
        yield [ends.enter_context(signed_in(server, sign_ins[purpose])) for purpose in purposes]


@contextmanager
def signed_in(server: Server, it: SignIn) -> Iterator[Database]:
    """Open the database with this sign-in, and close it at the end."""
    database = Database.connect(server, it.login, it.password, application=APPLICATION, deadline=DEADLINE)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def _scratch() -> Iterator[tuple[Server, dict[str, SignIn]]]:
    with scratch_cluster() as cluster:
        server = cluster.server("rachel")
        yield server, init(server, cluster.superuser, "owner", "Owner")


@contextmanager
def scratch_cluster() -> Iterator[Cluster]:
    """Run a server that is removed at the end, also when the program is told to end."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # else it would leave the server behind
    try:
        with scratch_server(fast=True) as cluster:
            yield cluster
    finally:
        signal.signal(signal.SIGTERM, before)


def configured(*purposes: str) -> tuple[Server, dict[str, SignIn]]:
    """Return the server of this machine's settings, and a sign-in for each purpose. Raises NotReady."""
    found = {purpose: sign_in(purpose) for purpose in purposes}
    missing = [f"[{purpose}]" for purpose, it in found.items() if it is None]
    if missing:
        raise NotReady(
            f"No sign-in for {' and '.join(missing)}: name the file that holds it in RACHEL_SIGN_INS (rachel init writes one). "
            "Commands that know --scratch also work without one, on a database of their own."
        )
    return load().server, {purpose: it for purpose, it in found.items() if it is not None}
