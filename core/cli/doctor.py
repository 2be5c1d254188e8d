"""`rachel doctor`: look whether the server is well, set up as it should be and large enough, and say what to do where it is not."""

import argparse
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from core import health
from core.base.config import Server, load
from core.base.errors import Refused, Unanswered
from core.cli import doctor_findings as findings
from core.cli import doctor_waiting as waiting
from core.cli.arguments import add_command, offer_json
from core.cli.doctor_findings import Finding, Mark
from core.cli.doctor_meter import meter
from core.cli.outcome import DONE, WRONG
from core.cli.terminal import tell
from core.cli.verify import reader, red_before
from core.cli.workplace import workplace
from core.database.gateway import Database
from core.health import CheckRun, Invariant
from core.health.meter import look, read_meter, worker_is_late

DESCRIPTION = """Look at everything that whoever runs the server should know: the promises (as `rachel verify`), the settings they hang on,
who may sign in, the disk, the worker, what waits for its seal, which programs are open and how old they are, backups, and the meter:
each trigger of docs/scaling.md with its figure of today. Changes nothing.
Reads with the table [worker] of the sign-ins, or [owner] where there is none. Run it on the server's own machine, as root, to see the disk.
Each finding is ok, look (a person should) or act; `act` ends it with code 1."""


def add_to(commands: Any) -> None:
    """Add `doctor` to the command line."""
    offer_json(add_command(commands, "doctor", "look whether the server is well", DESCRIPTION, run))


def run(chosen: argparse.Namespace) -> int:
    """Look and tell. Returns the exit code."""
    with workplace(False, reader()) as [database]:
        found = examine(database, load().server)
    marks = Counter(each.mark for each in found)
    result = {"ok": not marks["act"], "findings": [each._asdict() for each in found]}
    tell(result, [*lines(found), "", summary(marks)], chosen.json)
    return DONE if result["ok"] else WRONG


def examine(db: Database, server: Server) -> list[Finding]:
    """Return everything that was found, the most dangerous things first."""
    asked = datetime.now(UTC)
    facts = health.server(db)
    middle = asked + (datetime.now(UTC) - asked) / 2
    values = {each.name: each.value for each in health.server_settings(db)}
    roles, programs = health.logins(db), health.programs(db)
    runs = health.check_runs(db, 1)
    promises, counted = ask_promises(db, runs)
    seen = look(db, counted)
    return [
        promises, findings.checks(runs, facts.answered_at, works=not worker_is_late(seen)),
        findings.backups(facts, values), findings.worker(seen, programs), waiting.seals(seen, health.oldest_transaction(db)),
        findings.disk(facts), findings.version(facts), findings.clock(facts, middle), *findings.settings(values, server),
        findings.connections(facts, roles, values), waiting.kicks(facts), *findings.powers(roles),
        findings.versions(programs, health.compat(db).newest_client), *meter(read_meter(seen)),
    ]  # fmt: skip


def ask_promises(db: Database, runs: list[CheckRun]) -> tuple[Finding, list[Invariant] | None]:
    """Return what is to be said of the promises, and how they stand; None where the server would not count them. `runs`: the newest one."""
    frozen = health.freeze(db)
    try:
        counted = health.invariants(db)
    except (Refused, Unanswered) as error:
        return findings.uncounted(error, frozen), None
    return findings.promises(counted, frozen, red_before(frozen, runs)), counted


def lines(found: list[Finding]) -> list[str]:
    """Return a line for each finding, and one below it with what to do."""
    width = max(len(each.name) for each in found)
    told = []
    for each in found:
        told.append(f"{each.mark:<4}  {each.name:<{width}}  {each.figure}")
        if each.do:
            told.append(f"{'':<4}  {'':<{width}}  -> {each.do}")
    return told


def summary(marks: Counter[Mark]) -> str:
    """Return the last sentence."""
    if not marks["act"] and not marks["look"]:
        return f"All {marks['ok']} are well."
    return f"{marks['act']} to act on, {marks['look']} to look at, {marks['ok']} are well. `rachel doctor --json` is for scripts."
