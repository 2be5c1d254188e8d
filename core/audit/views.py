"""Views: the trail, its seals, and what they were made over.  SQL twin: core/audit/views.sql."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from core.audit.head import STREAMS, Head, Stream
from core.database.gateway import Database


@dataclass(frozen=True)
class Seal:
    """One row of the view api.seals: the head (hexadecimal) at a position, and where sealing stood (`xid`, `row_id`).

    `newest_micros` is the latest time in what it covers, `at_micros` its own; the first seal of a stream, at position 0, covers nothing.
    Times are microseconds since 1970, "Infinity" for an endless one.
    """

    stream: str
    position: int
    head: str
    xid: int
    row_id: int
    newest_micros: str | None
    at_micros: str | None


@dataclass(frozen=True)
class _Sealed:
    """What sealed rows of both streams have: the position and leaf they were sealed with, and the row as it is now (None: it is gone).

    `micros`: its time in microseconds since 1970, "Infinity" for an endless one.
    """

    position: int
    row_id: int
    leaf: str
    id: int | None
    xid: str | None
    micros: str | None
    login: str | None
    person_id: UUID | None


@dataclass(frozen=True)
class SealedEvent(_Sealed):
    """One row of the view api.sealed_events: an event as it is now, with its leaf; all None but the leaf when it is gone."""

    address: str | None
    program: str | None
    command_id: UUID | None
    action: str | None
    noun: str | None
    object_id: UUID | None
    kitchen_id: UUID | None
    reason: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True)
class SealedTransfer(_Sealed):
    """One row of the view api.sealed_transfers: a transfer as it is now, with its leaf; all None but the leaf when it is gone."""

    kind: str | None
    reference: str | None
    order_id: UUID | None
    command_id: UUID | None


@dataclass(frozen=True)
class SealedEntry:
    """One row of the view api.sealed_entries: an entry of the sealed transfer at a position."""

    position: int
    id: int
    account_id: UUID
    amount: int
    balance_after: int | None
    account_version: int | None


@dataclass(frozen=True)
class UnsealedRow:
    """One row of the view api.unsealed_rows: it waits for the sealer, or was written in after sealing went past its `xid`.

    From `next_xid` on no transaction has begun. A number is None only where somebody loosened the table.
    """

    stream: str
    row_id: int | None
    xid: int | None
    next_xid: int


def first_head(stream: Stream) -> Head:
    """Return the head at position 0, which covers nothing: a verification from there covers everything."""
    return Head(stream, 0, sha256(f"rachel {stream}".encode()).hexdigest())


def heads(db: Database) -> list[Head]:
    """Return the newest head of each stream."""
    return [Head(stream, seal.position, seal.head) for stream in STREAMS for seal in newest_seals(db, stream)]


def newest_seals(db: Database, stream: Stream, many: int = 1) -> list[Seal]:
    """Return the newest seals of a stream, the newest first."""
    return db.rows(Seal, "api.seals WHERE stream = %(stream)s ORDER BY position DESC LIMIT %(many)s", stream=stream, many=many)


def head_before(db: Database, stream: Stream, position: int) -> Head:
    """Return the nearest head below a position: a verification from there covers what stands at it."""
    source = "api.seals WHERE stream = %(stream)s AND position < %(position)s ORDER BY position DESC LIMIT 1"
    [seal] = db.rows(Seal, source, stream=stream, position=position)
    return Head(stream, seal.position, seal.head)


def seals_at(db: Database, stream: Stream, positions: list[int]) -> list[Seal]:
    """Return the seals at these positions; nothing for one at which nothing was sealed."""
    source = "api.seals WHERE stream = %(stream)s AND position = ANY (%(positions)s) ORDER BY position"
    return db.rows(Seal, source, stream=stream, positions=positions)
