"""Verify: is the trail still what was sealed?  SQL twin: core/audit/verify.sql."""

from dataclasses import dataclass
from typing import Any

from core.audit.head import Stream
from core.database.gateway import Database


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong: its kind, and where. `row_id` is None where it is a whole seal, or a row without a number.

    edited: a row is not what was sealed. deleted: it is gone. inserted: it was never sealed, though sealing went past it.
    forged: its number, or that of its transaction, was never given out, or it has none, or no sealing made its leaf. misdated: it
    says it is over ten minutes older than what was sealed before it, or newer than its seal, or bears no time of this world.
    untimed: a seal bears none. gap: positions are missing. head: the leaves are not what the head says, or a kept head is not that
    of its position. cut: the trail ends before a kept head.
    """

    kind: str
    position: int
    row_id: int | None = None


@dataclass(frozen=True)
class Step:
    """What one look at the next seals found: it came to `upto` with `head` there; `found` things are wrong, `wrong` the first."""

    upto: int
    head: str
    found: int
    wrong: list[Wrong]


@dataclass(frozen=True)
class _Answer:
    """What api.verify_trail answers."""

    upto: int
    head_there: str | None
    found: int
    wrong: list[dict[str, Any]]


def verify_trail(db: Database, stream: Stream, since: int, head: str) -> Step:
    """Have the server look at the next rows behind the seal at `since`, whose whole head (hexadecimal) somebody kept: at most 50,000.

    There is nothing more when it comes no further; what was forged behind the last seal is told then. Raises Invalid.
    """
    [answer] = db.call(_Answer, "verify_trail", stream=stream, since=since, head=head)
    return Step(answer.upto, answer.head_there or head, answer.found, [Wrong(**each) for each in answer.wrong])
