"""`rachel worker`: what must run somewhere all the time."""

import argparse
from typing import Any

from core import worker
from core.audit import KeptHeads, Key
from core.base.config import load
from core.cli.arguments import add_command
from core.cli.workplace import configured

DESCRIPTION = """Do what must be done all the time: tell open desktops to look again when something changed, end card orders
that nobody paid in time, go on with refunds, check every promise every few minutes (and freeze money where one about it
is broken), seal the trail, sign reports of it, end what somebody leaves open for too long, note how busy the server is, and tidy up.
It keeps a signed head of the trail on this machine each minute: run it on another than the database's. Only on the database's it can
measure the processor: run one there as well, with --no-signing, for a key that lies beside the database proves nothing.
Runs until it is stopped. It says in a sentence when it is ready; what it does goes to stderr, one line of JSON each.
Two at once do no harm."""


def add_to(commands: Any) -> None:
    """Add `worker` to the command line."""
    parser = add_command(commands, "worker", "do what must be done all the time", DESCRIPTION, run)
    parser.add_argument("--no-signing", action="store_true", help="sign no reports: for a second one, on the database's own machine")


def run(chosen: argparse.Namespace) -> int:
    """Work until stopped. Returns the exit code."""
    server, sign_ins = configured("worker")
    data = load().data
    key = None if chosen.no_signing else Key.of(KeptHeads.key_of(data))
    return worker.run(server, sign_ins["worker"], KeptHeads.of(data, server, signed=True), key)
