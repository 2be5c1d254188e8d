"""Seal: what was written gets its position and its hash, behind the writers' backs.  SQL twin: core/audit/seal.sql."""

from dataclasses import dataclass

from core.database.gateway import Database


@dataclass(frozen=True)
class _Sealed:
    """What api.seal_trail answers."""

    seal_trail: int


def seal_trail(db: Database) -> int:
    """Seal what was committed since the last time, at most 50,000 rows of each stream, and return how many. The worker's.

    Raises Illegal (why: forged) while there are leaves that no sealing made.
    """
    [row] = db.call(_Sealed, "seal_trail")
    return row.seal_trail
