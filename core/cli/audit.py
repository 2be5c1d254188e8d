"""`rachel audit`: verify the trail by means of one's own, tell its heads, and hand out the key that signs them."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.audit import STREAMS, Head, KeptHeads, Key, Stream, Verdict, Verifier, Wrong, check, heads, read_code, read_heads
from core.base.config import Server, load, sign_in
from core.cli import audit_report
from core.cli.arguments import add_command, offer_json
from core.cli.outcome import DONE, WRONG, Usage
from core.cli.terminal import Progress, read_file, say, tell
from core.cli.workplace import configured, signed_in
from core.database.gateway import Database

VERIFY = """Verify that the trail and the ledger are still what was sealed: every row against its hash, and the chain of hashes against the
heads that this machine kept, those of --heads, and the codes of --head. By plain reading, so that nobody who owns the
server can replace the verifier; with --by-server the server's own function does it.
Reads with the table [auditor] of the sign-ins, or [owner]. How far it was right is kept as a head of this machine, each 50,000 rows;
--quick goes on from there, also where a verification was stopped; only where one by plain reading came, unless --by-server is asked for.
Something wrong ends it with code 1, and it says what and where."""
HEAD = "Tell the newest head of each stream as a code that fits on a printed page: keep it where the server's owner cannot change it."
KEY = "Tell the public half of the key with which the worker of this machine signs the heads it keeps."
READERS = ("auditor", "owner")  # whose sign-in is taken, the first there is
SHOWN = 20  # of what is wrong in each stream
SENTENCES = {
    "edited": "row {row_id} at position {position:,} is not what was sealed",
    "deleted": "row {row_id} at position {position:,} is gone",
    "inserted": "row {row_id} was written in below position {position:,}",
    "forged": "row {row_id} was written in under a number, or a transaction's number, that the server never gave out",
    "numberless": "a row without a number was written in",
    "misdated": "row {row_id} at position {position:,} bears a false time",
    "untimed": "the seal at position {position:,} bears no time, or one that cannot be: it was changed",
    "gap": "rows before position {position:,} are missing",
    "head": "the head at position {position:,} is another one: what stands there was rewritten",
    "cut": "the trail ends before position {position:,}: what came after it was cut off",
}
ADVICE = [
    "Somebody with the server administrator's password changed what is for ever. Change nothing yourself: back up as it is,",
    "and keep this output, the heads and the printed codes. Then: docs/server.md, “When the trail was changed”.",
]


def add_to(commands: Any) -> None:
    """Add `audit verify`, `audit head`, `audit key` and `audit report` to the command line."""
    whats = commands.add_parser("audit", help="verify the trail, and tell its heads").add_subparsers(metavar="WHAT", required=True)
    verify = add_command(whats, "verify", "is the trail still what was sealed?", VERIFY, run)
    verify.add_argument(
        "--head", action="append", default=[], metavar="CODE", help="a code from a report, that must still be true; again for more"
    )
    verify.add_argument("--heads", type=Path, metavar="FILE.jsonl", help="the heads another machine kept, that must still be true")
    verify.add_argument("--key", type=Path, metavar="FILE.pem", help="with --heads: the public key that signed them")
    verify.add_argument("--quick", action="store_true", help="begin where this machine verified last, not at the first row")
    verify.add_argument("--by-server", action="store_true", help="by the server's own function")
    head = add_command(whats, "head", "tell the newest head of each stream", HEAD, tell_heads)
    key = add_command(whats, "key", "tell the public key of this machine's worker", KEY, tell_key)
    for parser in (verify, head, key):
        offer_json(parser)
    audit_report.add_to(whats)


def run(chosen: argparse.Namespace) -> int:
    """Verify both streams and tell. Returns the exit code."""
    known = [*map(read_code, chosen.head), *_of_file(chosen.heads, chosen.key)]
    with _reader() as (server, db):
        kept = KeptHeads.of(load().data, server)
        kept.prepare()
        found = [_verified(db, stream, kept, known, chosen) for stream in STREAMS]
    result = {"ok": not any(verdict.found for verdict in found), "streams": [_result(verdict) for verdict in found]}
    tell(result, [*(line for verdict in found for line in _lines(verdict)), *([] if result["ok"] else ADVICE)], chosen.json)
    return DONE if result["ok"] else WRONG


def tell_heads(chosen: argparse.Namespace) -> int:
    """Tell the newest codes. Returns the exit code."""
    with _reader() as (_, db):
        codes: dict[str, str] = {head.stream: head.code for head in heads(db)}
    tell(codes, [f"{stream:<7} {code}" for stream, code in codes.items()], chosen.json)
    return DONE


def tell_key(chosen: argparse.Namespace) -> int:
    """Tell the public key. Returns the exit code."""
    public = Key.of(KeptHeads.key_of(load().data)).public
    tell({"public": public}, public.splitlines(), chosen.json)
    return DONE


def _verified(db: Database, stream: Stream, kept: KeptHeads, known: Sequence[Head], chosen: argparse.Namespace) -> Verdict:
    """Verify one stream, and say on the way how far it is."""
    progress = None
    for verdict in _steps(db, stream, kept, known, chosen):
        progress = progress or Progress(verdict.end - verdict.since, f"rows of the {stream} were verified")
        progress.reach(verdict.rows)
    return verdict


def _steps(db: Database, stream: Stream, kept: KeptHeads, known: Sequence[Head], chosen: argparse.Namespace) -> Iterator[Verdict]:
    """Yield each step, and keep its head as long as nothing is wrong."""
    by: Verifier = "server" if chosen.by_server else "reader"
    newest = kept.newest_verified(by).get(stream) if chosen.quick else None
    if chosen.quick and not newest:
        say(f"This machine has not verified the {stream} yet: from the first row on.")
    outside = [*known, *(each.head for each in kept.daily(stream))]
    verdict = None
    try:
        for verdict in check(db, stream, outside, since=newest.head if newest else None, by_reader=not chosen.by_server):
            if not verdict.found:
                kept.keep_verified(verdict.head, by)
            yield verdict
    except KeyboardInterrupt as stop:
        raise KeyboardInterrupt(f"Stopped in the {stream}{_so_far(verdict)}") from stop


def _so_far(verdict: Verdict | None) -> str:
    """Say how far a verification was when it was stopped, and how one goes on."""
    if verdict is None:
        return ", at its beginning."
    where = f" after {verdict.rows:,} of {verdict.end - verdict.since:,} rows"
    if verdict.found:
        return f"{where}, and {verdict.found:,} things are wrong already: run it again to its end."
    return f"{where}, nothing wrong so far: --quick goes on from there."


def _of_file(path: Path | None, key: Path | None) -> list[Head]:
    """Return the heads in a file of another machine, and refuse one that its key did not sign."""
    if (path is None) != (key is None):
        raise Usage("--heads and --key belong together: heads that nobody signed prove nothing.")
    if path is None or key is None:
        return []
    found, public = read_heads(read_file(path).decode(errors="replace")), read_file(key).decode(errors="replace")
    if forged := [each for each in found if not each.is_signed_by(public)]:
        raise Usage(f"{path}: the head at position {forged[0].head.position:,} was not signed by this key. Ask whoever gave you the file.")
    return [each.head for each in found]


@contextmanager
def _reader() -> Iterator[tuple[Server, Database]]:
    """Sign in as whoever there is a sign-in for here."""
    purpose = next((purpose for purpose in READERS if sign_in(purpose)), READERS[0])
    server, sign_ins = configured(purpose)
    with signed_in(server, sign_ins[purpose]) as db:
        yield server, db


def _lines(verdict: Verdict) -> list[str]:
    where = (
        f"{verdict.stream}: positions {verdict.since + 1:,} to {verdict.head.position:,}"
        if verdict.rows
        else f"{verdict.stream}: nothing new"
    )
    if not verdict.found:
        return [f"{where}, all as it was sealed. Head {verdict.head.code}"]
    more = [f"  and {verdict.found - SHOWN:,} more"] if verdict.found > SHOWN else []
    return [f"{where}, {verdict.found:,} wrong:", *(f"  {_sentence(each)}" for each in verdict.wrong[:SHOWN]), *more]


def _sentence(wrong: Wrong) -> str:
    kind = "numberless" if wrong.kind == "forged" and wrong.row_id is None else wrong.kind
    return SENTENCES[kind].format(position=wrong.position, row_id=wrong.row_id)


def _result(verdict: Verdict) -> dict[str, Any]:
    wrong = [{"kind": each.kind, "position": each.position, "row": each.row_id} for each in verdict.wrong]
    return {
        "stream": verdict.stream, "since": verdict.since, "upto": verdict.head.position, "rows": verdict.rows, "head": verdict.head.code,
        "found": verdict.found, "wrong": wrong,
    }  # fmt: skip
