"""`rachel`, the command line. Each command is a file of this folder: add_to() says what it takes, run() does it."""

import argparse
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from core.base.config import Misconfigured
from core.base.errors import Offline, Refused
from core.cli import audit, bench, demo, doctor, import_menu, init, release, replay, report, upgrade, verify, worker
from core.cli.outcome import EXIT_CODES, NOT_READY, STOPPED, USAGE, NotReady, Usage
from core.cli.table_file import BadFile
from core.cli.terminal import say
from core.database.scripts import VERSION

COMMANDS = (demo, init, upgrade, worker, import_menu, replay, verify, doctor, audit, report, release, bench)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter must not end an import
    chosen = parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except (Usage, BadFile) as error:
        say(str(error))
        return USAGE
    except (NotReady, Misconfigured, Offline, Refused) as error:
        say(str(error))
        return NOT_READY
    except KeyboardInterrupt as stop:
        say(str(stop) or "Stopped.")
        return STOPPED


def parser() -> argparse.ArgumentParser:
    """Return the whole command line."""
    whole = argparse.ArgumentParser(
        prog="rachel", description="Looks after a Rachel Foods database.", epilog=EXIT_CODES, formatter_class=argparse.RawTextHelpFormatter
    )
    whole.add_argument("--version", action="version", version=f"rachel {VERSION}")
    commands = whole.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add_to(commands)
    return whole
