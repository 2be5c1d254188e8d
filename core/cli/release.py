"""`rachel release`: let money move again after a freeze, where fewer than two approvers could agree to it."""

import argparse
from typing import Any

from core.cli.administrator import add_arguments, administrator_of, server_of
from core.cli.arguments import add_command, offer_json
from core.cli.outcome import DONE
from core.cli.terminal import tell
from core.database.release import release

DESCRIPTION = """Let money move again that was frozen because a promise about it is broken. Two people do that in the office, by a proposal;
this is for whoever runs the server, while fewer than two approvers are there. The reason stands in the trail for ever.
The same broken promise does not freeze money again before it gets worse."""


def add_to(commands: Any) -> None:
    """Add `release` to the command line."""
    parser = add_command(commands, "release", "let money move again after a freeze", DESCRIPTION, run)
    add_arguments(parser)
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why it may: for whoever reads the trail later")
    offer_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Release and tell. Returns the exit code."""
    impact = release(server_of(chosen), administrator_of(chosen), chosen.reason)
    tell(impact, ["Money moves again. What was broken, and is now:", *map(_line, impact["checks"])], chosen.json)
    return DONE


def _line(check: dict[str, Any]) -> str:
    return f"{check['name']:<5} {check['was']:,} then, {check['now']:,} now  {check['title']}"
