"""`rachel demo`: a made-up town at work. core.demo reads its arguments and says how it ended."""

import argparse
from typing import Any

from core import demo


def add_to(commands: Any) -> None:
    """Add `demo` to the command line; what follows it is not looked at here (no text begins with its prefix)."""
    parser = commands.add_parser("demo", help="show a made-up town at work", add_help=False, prefix_chars="\0")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Show the town. Returns the exit code."""
    return demo.main(chosen.arguments)
