"""`rachel report`: one day of the company, as a signed page to file and as figures for a script."""

import argparse
import json
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from core import health
from core.audit import Head, KeptHeads, Key, heads
from core.base.config import load, sign_in
from core.base.days import LAGOS
from core.base.errors import Refused
from core.base.files import whole
from core.cli.arguments import add_command, offer_json
from core.cli.outcome import DONE, WRONG, Usage
from core.cli.terminal import tell
from core.cli.workplace import workplace
from core.health import Day, Invariant

DESCRIPTION = """Report one day (Lagos's): the orders by kitchen and state, money by kind, who gave back how much and who agreed,
whether every promise holds, and the head codes of the trail. Writes rachel-DAY.pdf and rachel-DAY.json into a folder, and beside the page
rachel-DAY.pdf.sig, its signature by this machine's key. Whoever has the key (rachel audit key) checks it:
  openssl pkeyutl -verify -pubin -inkey KEY.pem -rawin -in rachel-DAY.pdf -sigfile rachel-DAY.pdf.sig
A broken promise ends it with code 1."""
READERS = ("auditor", "owner")  # whose sign-in is taken, the first there is


def add_to(commands: Any) -> None:
    """Add `report` to the command line."""
    parser = add_command(commands, "report", "one day, as a signed page and as figures", DESCRIPTION, run)
    parser.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="yesterday, if left out")
    parser.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="where the files go: here, if left out")
    offer_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Read the day, write the files, tell. Returns the exit code."""
    day = chosen.day or datetime.now(UTC).astimezone(LAGOS).date() - timedelta(days=1)
    if day > datetime.now(UTC).astimezone(LAGOS).date():
        raise Usage(f"{day} is still to come.")
    with workplace(False, next((purpose for purpose in READERS if sign_in(purpose)), READERS[0])) as [reader]:
        found, promises, newest = health.read_day(reader, day), health.invariants(reader), heads(reader)
    result = figures(found, promises, newest)
    _write(chosen.out / f"rachel-{day}", result, found, promises, newest)
    tell(
        result, [f"Written: {chosen.out / f'rachel-{day}.pdf'}, its signature and the figures beside it.", _verdict(promises)], chosen.json
    )
    return DONE if result["ok"] else WRONG


def figures(day: Day, promises: list[Invariant], newest: list[Head]) -> dict[str, Any]:
    """Return the report for a script; money in kobo."""
    broken = [{"name": each.name, "title": each.title, "violations": each.violations} for each in promises if each.violations]
    return {
        "day": f"{day.day}", "read_at": day.read_at.isoformat(), "ok": not broken, "orders": [asdict(each) for each in day.orders],
        "money": [asdict(each) for each in day.money], "acts": [asdict(each) for each in day.acts],
        "promises": {"asked": len(promises), "broken": broken}, "heads": {head.stream: head.code for head in newest},
    }  # fmt: skip


def _write(path: Path, result: dict[str, Any], day: Day, promises: list[Invariant], newest: list[Head]) -> None:
    from core.cli.report_page import write_page  # loads Qt, which no other command needs

    said = [_verdict(promises), *(f"{each.name}: {each.title}" for each in promises if each.violations)]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole(*(path.with_name(f"{path.name}.{kind}") for kind in ("json", "pdf", "pdf.sig"))) as [figures, page, signature]:
            figures.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
            write_page(page, day, said, newest)
            signature.write_bytes(Key.of(KeptHeads.key_of(load().data)).sign_bytes(page.read_bytes()))
    except OSError as error:
        raise Refused(f"{path.parent} cannot be written: {error.strerror}.") from error


def _verdict(promises: list[Invariant]) -> str:
    broken = sum(bool(each.violations) for each in promises)
    return f"{broken} of {len(promises)} promises are broken: run rachel verify." if broken else f"All {len(promises)} promises hold."
