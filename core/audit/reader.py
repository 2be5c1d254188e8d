"""The independent reader: verifies the trail by plain SELECTs and Python alone, so that nobody can replace the verifier on the server.

It makes the same bytes as app.hashed_rows (core/database/private/r_audit.sql): 0, then each field in UTF-8 behind the number of
its bytes and a colon; a hyphen where there is none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from core.audit.head import Stream
from core.audit.verify import Step, Wrong
from core.audit.views import Seal, SealedEntry, SealedEvent, SealedTransfer, UnsealedRow
from core.database.gateway import Database

MOST = 50_000  # rows of one step; no seal covers more
APART = 600_000_000  # microseconds that a row may say it is older than what was sealed before it, or newer than its seal
LAST = 253_370_764_800_000_000  # microseconds since 1970, in 9999: no clock of ours tells a later time
SEALS = "api.seals WHERE stream = %(stream)s AND position BETWEEN %(since)s AND %(upto)s ORDER BY position"
ROWS = "WHERE position > %(since)s AND position <= %(upto)s ORDER BY position"
END = "api.seals WHERE stream = %(stream)s AND position <= %(upto)s ORDER BY position DESC LIMIT 1"
STRAY = """
api.sealed_{rows} WHERE position IS NULL OR position <= 0
    OR position BETWEEN (SELECT max(position) + 1 FROM api.seals WHERE stream = %(stream)s) AND 9223372036854775807
"""  # told as a span, or the planner would read all leaves
FORGED = "xid IS NULL OR xid >= next_xid OR row_id IS NULL OR row_id <= 0"
PASSED = f"api.unsealed_rows WHERE stream = %(stream)s AND (xid <= %(xid)s OR {FORGED}) ORDER BY row_id"

ROWS_OF: dict[Stream, str] = {"events": "events", "ledger": "transfers"}

Hashed = tuple[int, int, int | None, str, str | None]  # position, row, its time, its leaf, and what that would be now (None: it is gone)


@dataclass(frozen=True)
class _Stray:
    """A leaf at a position to which no seal comes: no sealing made it."""

    row_id: int | None


def read_trail(db: Database, stream: Stream, since: int, head: str) -> Step:
    """Look at the next rows behind the seal at `since` as verify_trail does, and find the same, but for what was written in."""
    seals = db.rows(Seal, SEALS, stream=stream, since=since, upto=since + MOST)
    kept = [seal for seal in seals[:1] if (seal.position, seal.head) == (since, head.lower())]
    wrong = [] if kept else [Wrong("head" if seals else "cut", since)]
    if seals:
        rows = (_events if stream == "events" else _transfers)(db, seals[0].position, seals[-1].position)
        for before, seal, part in _parts(seals, list(rows)):
            wrong += _look(before, seal, part)
    return Step(seals[-1].position if seals else since, seals[-1].head if seals else head, len(wrong), wrong)


def written_in(db: Database, stream: Stream, upto: int) -> list[Wrong]:
    """Return the rows that were never sealed though sealing went past them on its way to `upto`, and those that are forged."""
    seals = db.rows(Seal, END, stream=stream, upto=upto)
    end = (seals[0].xid, seals[0].row_id) if seals else (0, 0)
    unsealed = {
        (kind, row.row_id): None for row in db.rows(UnsealedRow, PASSED, stream=stream, xid=end[0]) if (kind := _unsealed(row, end))
    }
    stray = {("forged", leaf.row_id): None for leaf in db.rows(_Stray, STRAY.format(rows=ROWS_OF[stream]), stream=stream)}
    return [Wrong(kind, upto, row_id) for kind, row_id in unsealed | stray]


def _unsealed(row: UnsealedRow, end: tuple[int, int]) -> str:
    if row.row_id is None or row.xid is None or row.row_id <= 0 or row.xid >= row.next_xid:
        return "forged"
    return "inserted" if (row.xid, row.row_id) <= end else ""


def _parts(seals: Sequence[Seal], rows: Sequence[Hashed]) -> Iterator[tuple[Seal, Seal, list[Hashed]]]:
    """Yield each seal with the one before it and the rows it covers."""
    place = 0
    for before, seal in pairwise(seals):
        start = place
        while place < len(rows) and rows[place][0] <= seal.position:
            place += 1
        yield before, seal, list(rows[start:place])


def _look(before: Seal, seal: Seal, rows: list[Hashed]) -> list[Wrong]:
    oldest, newest = _time(before.newest_micros), _time(seal.at_micros)
    earliest, latest = 0 if oldest is None else oldest - APART, LAST if newest is None else newest + APART
    wrong = [Wrong(kind, row[0], row[1]) for row in rows if (kind := _kind(row, earliest, latest))]
    if newest is None or _time(seal.newest_micros) is None:
        wrong.append(Wrong("untimed", seal.position))
    if len(rows) != seal.position - before.position:
        wrong.append(Wrong("gap", seal.position))
    elif _head(before.head, (leaf for _, _, _, leaf, _ in rows)) != seal.head:
        wrong.append(Wrong("head", seal.position))
    return wrong


def _kind(row: Hashed, earliest: int, latest: int) -> str:
    _, row_id, at, leaf, now = row
    if now is None:
        return "deleted"
    if leaf != now:
        return "edited"
    if row_id <= 0:
        return "forged"
    return "" if at is not None and earliest <= at <= latest else "misdated"


def _head(before: str, leaves: Iterable[str]) -> str:
    return sha256(b"\x01" + bytes.fromhex(before + "".join(leaves))).hexdigest()


def _events(db: Database, since: int, upto: int) -> Iterator[Hashed]:
    for row in db.rows(SealedEvent, f"api.sealed_events {ROWS}", since=since, upto=upto):
        fields = (
            row.id, row.xid, row.micros, row.login, row.person_id, row.address, row.program, row.command_id, row.action, row.noun,
            row.object_id, row.kitchen_id, row.reason, row.before, row.after,
        )  # fmt: skip
        yield row.position, row.row_id, _time(row.micros), row.leaf, None if row.id is None else _leaf(fields)


def _transfers(db: Database, since: int, upto: int) -> Iterator[Hashed]:
    entries: dict[int, list[object]] = defaultdict(list)  # by position
    for row in db.rows(SealedEntry, f"api.sealed_entries {ROWS}, id", since=since, upto=upto):
        entries[row.position] += [row.id, row.account_id, row.amount, row.balance_after, row.account_version]
    for transfer in db.rows(SealedTransfer, f"api.sealed_transfers {ROWS}", since=since, upto=upto):
        fields = (
            transfer.id, transfer.xid, transfer.micros, transfer.login, transfer.person_id, transfer.kind, transfer.reference,
            transfer.order_id, transfer.command_id, *entries[transfer.position],
        )  # fmt: skip
        yield transfer.position, transfer.row_id, _time(transfer.micros), transfer.leaf, None if transfer.id is None else _leaf(fields)


def _leaf(fields: Iterable[object]) -> str:
    return sha256(b"\x00" + b"".join(map(_bytes, fields))).hexdigest()


def _bytes(field: object) -> bytes:
    if field is None:
        return b"-"
    text = str(field).encode()
    return b"%d:%b" % (len(text), text)


def _time(micros: str | None) -> int | None:
    """Return a time in microseconds since 1970; None where there is none, an endless one, or one that no clock of ours tells."""
    at = None if micros is None or micros.endswith("Infinity") else int(micros)
    return at if at is not None and 0 <= at <= LAST else None
