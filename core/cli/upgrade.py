"""`rachel upgrade`: bring the database to the state of this program; desktops may stay open."""

import argparse
from typing import Any

from core.cli.administrator import add_arguments, administrator_of, server_of
from core.cli.arguments import add_command, offer_json
from core.cli.outcome import DONE, Usage
from core.cli.terminal import tell
from core.database import install

DESCRIPTION = """Bring the database to the state of this program: new tables, then all functions and views, in one transaction.
Open desktops go on; those too old for it are told so and only read. May be run again."""


def add_to(commands: Any) -> None:
    """Add `upgrade` to the command line."""
    parser = add_command(commands, "upgrade", "bring the database up to date", DESCRIPTION, run)
    add_arguments(parser)
    offer_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Upgrade and tell. Returns the exit code."""
    server, administrator = server_of(chosen), administrator_of(chosen)
    if not install.is_prepared(server, administrator):
        raise Usage(f"The database {server.database} was never prepared. Run rachel init first, or name the right one.")
    changed = install.upgrade(server, administrator)
    where = f"{server.database} on {server.host}:{server.port}"
    tell({"server": where, "changed": changed}, [f"{where} {'is up to date now' if changed else 'was up to date already'}."], chosen.json)
    return DONE
