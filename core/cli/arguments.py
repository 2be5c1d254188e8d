"""How each command of `rachel` is described: what it does, its exit codes, and --json where there is a result."""

import argparse
from collections.abc import Callable
from typing import Any

from core.cli.outcome import EXIT_CODES


def add_command(
    commands: Any, name: str, summary: str, description: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    """Add a command to the command line and return its parser, for the arguments of its own."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=description, epilog=EXIT_CODES, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.set_defaults(run=run)
    return parser


def offer_json(parser: argparse.ArgumentParser) -> None:
    """Let a script ask for the result."""
    parser.add_argument("--json", action="store_true", help="print the result as one line of JSON")
