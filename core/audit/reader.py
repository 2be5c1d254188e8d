"""The independent reader: verifies the trail by plain SELECTs and Python alone, so that nobody can replace the verifier on the server.

It makes the same bytes as app.hashed_rows (core/database/private/r_audit.sql): 0, then each field in UTF-8 behind the number of
its bytes and a colon; a hyphen where there is none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import pairwise

from core.audit.head import Stream
from core.audit.verify import Step, Wrong
from core.audit.views import Seal, SealedEntry, SealedEvent, SealedTransfer, UnsealedRow
from core.database.gateway import Database

MOST = 50_000  # rows of one step; no seal covers more
APART = timedelta(minutes=10)  # how much older a row may say it is than what was sealed before it, and how much newer than its seal
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SEALS = "api.seals WHERE stream = %(stream)s AND position BETWEEN %(since)s AND %(upto)s ORDER BY position"
ROWS = "WHERE position > %(since)s AND position <= %(upto)s ORDER BY position"
ENDS = "api.seals WHERE stream = %(stream)s AND position = ANY (%(ends)s) ORDER BY position"
PASSED = "api.unsealed_rows WHERE stream = %(stream)s AND row_id > %(row_id)s AND xid <= %(xid)s ORDER BY row_id"

Hashed = tuple[int, int, datetime | None, str, str | None]  # position, row, its time, its leaf, and what its leaf would be now


def read_trail(db: Database, stream: Stream, since: int, head: str) -> Step:
    """Look at the next rows behind the seal at `since` as verify_trail does, and find the same, but for what was written in."""
    seals = db.rows(Seal, SEALS, stream=stream, since=since, upto=since + MOST)
    kept = [seal for seal in seals[:1] if (seal.position, seal.head) == (since, head.lower())]
    wrong = [] if kept else [Wrong("head" if seals or _newest(db, stream) > since else "cut", since)]
    if seals:
        rows = (_events if stream == "events" else _transfers)(db, seals[0].position, seals[-1].position)
        for before, seal, part in _parts(seals, list(rows)):
            wrong += _look(before, seal, part)
    return Step(seals[-1].position if seals else since, seals[-1].head if seals else head, len(wrong), wrong)


def written_in(db: Database, stream: Stream, since: int, upto: int) -> list[Wrong]:
    """Return the rows that were never sealed though sealing went past them, where it went from `since` to `upto`."""
    seals = db.rows(Seal, ENDS, stream=stream, ends=[since, upto])
    if not seals:
        return []
    end = (seals[-1].xid, seals[-1].row_id)
    unsealed = db.rows(UnsealedRow, PASSED, stream=stream, row_id=seals[0].row_id, xid=end[0])
    return [Wrong("inserted", upto, row.row_id) for row in unsealed if (row.xid, row.row_id) <= end]


def _newest(db: Database, stream: Stream) -> int:
    return db.rows(Seal, "api.seals WHERE stream = %(stream)s ORDER BY position DESC LIMIT 1", stream=stream)[0].position


def _parts(seals: Sequence[Seal], rows: Sequence[Hashed]) -> Iterator[tuple[Seal, Seal, list[Hashed]]]:
    """Yield each seal with the one before it and the rows it covers."""
    place = 0
    for before, seal in pairwise(seals):
        start = place
        while place < len(rows) and rows[place][0] <= seal.position:
            place += 1
        yield before, seal, list(rows[start:place])


def _look(before: Seal, seal: Seal, rows: list[Hashed]) -> list[Wrong]:
    wrong = [Wrong(kind, position, row_id) for position, row_id, at, leaf, now in rows if (kind := _kind(before, seal, at, leaf, now))]
    if len(rows) != seal.position - before.position:
        wrong.append(Wrong("gap", seal.position))
    elif _head(before.head, (leaf for _, _, _, leaf, _ in rows)) != seal.head:
        wrong.append(Wrong("head", seal.position))
    return wrong


def _kind(before: Seal, seal: Seal, at: datetime | None, leaf: str, now: str | None) -> str:
    if at is None:
        return "deleted"
    if leaf != now:
        return "edited"
    return "misdated" if at > seal.at + APART or before.newest and at < before.newest - APART else ""


def _head(before: str, leaves: Iterable[str]) -> str:
    return sha256(b"\x01" + bytes.fromhex(before + "".join(leaves))).hexdigest()


def _events(db: Database, since: int, upto: int) -> Iterator[Hashed]:
    for row in db.rows(SealedEvent, f"api.sealed_events {ROWS}", since=since, upto=upto):
        fields = (
            row.id, row.xid, _micros(row.at), row.login, row.person_id, row.address, row.program, row.command_id, row.action, row.noun,
            row.object_id, row.kitchen_id, row.reason, row.before, row.after,
        )  # fmt: skip
        yield row.position, row.row_id, row.at, row.leaf, _leaf(fields)


def _transfers(db: Database, since: int, upto: int) -> Iterator[Hashed]:
    entries: dict[int, list[object]] = defaultdict(list)  # by position
    for row in db.rows(SealedEntry, f"api.sealed_entries {ROWS}, id", since=since, upto=upto):
        entries[row.position] += [row.id, row.account_id, row.amount, row.balance_after, row.account_version]
    for transfer in db.rows(SealedTransfer, f"api.sealed_transfers {ROWS}", since=since, upto=upto):
        fields = (
            transfer.id, transfer.xid, _micros(transfer.at), transfer.login, transfer.person_id, transfer.kind, transfer.reference,
            transfer.order_id, transfer.command_id, *entries[transfer.position],
        )  # fmt: skip
        yield transfer.position, transfer.row_id, transfer.at, transfer.leaf, _leaf(fields)


def _leaf(fields: Iterable[object]) -> str:
    return sha256(b"\x00" + b"".join(map(_bytes, fields))).hexdigest()


def _bytes(field: object) -> bytes:
    if field is None:
        return b"-"
    text = str(field).encode()
    return b"%d:%b" % (len(text), text)


def _micros(at: datetime | None) -> int | None:
    """Return the microseconds since 1970, exactly."""
    return None if at is None else (at - EPOCH) // timedelta(microseconds=1)
