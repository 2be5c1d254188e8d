"""Reports of the trail: filed by whoever made the pages, signed by the worker.  SQL twin: core/audit/report.sql."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.database.gateway import Database

MOST_LINES = 10_000  # of one report: more must be narrowed


@dataclass(frozen=True)
class Report:
    """One row of the view api.reports: what was filed, and what a worker answered, if it did (`answered_at`, UTC).

    `person` is the name of whoever filed it, as it was then. `sha256` and `size` (bytes) are of its PDF, `trail_head` is the whole head
    (hexadecimal) at `trail_position`; `statement` is signed: core/audit/statement.py reads it. `signature` and `public_key` are base64;
    or `refusal` says why it is not signed.
    """

    id: UUID
    at: datetime
    person_id: UUID
    person: str
    login: str
    sha256: str
    size: int
    lines: int
    filters: str
    note: str
    trail_position: int
    trail_head: str
    statement: str
    answered_at: datetime | None
    answered_login: str | None
    signature: str | None
    public_key: str | None
    refusal: str | None


def report(db: Database, report_id: UUID) -> Report | None:
    """Return a report; None: there is none."""
    found = db.rows(Report, "api.reports WHERE id = %(report_id)s", report_id=report_id)
    return found[0] if found else None


def reports_of(db: Database, sha256: str) -> list[Report]:
    """Return what was filed of a PDF with this hash (hexadecimal), the signed ones first."""
    return db.rows(Report, "api.reports WHERE sha256 = %(sha256)s ORDER BY signature IS NULL, at", sha256=sha256)


def waiting_reports(db: Database, limit: int = 20) -> list[Report]:
    """Return what no worker has answered yet, oldest first."""
    return db.rows(Report, "api.reports WHERE answered_at IS NULL ORDER BY at LIMIT %(limit)s", limit=limit)


def file_report(
    db: Database, command_id: UUID, sha256: str, size: int, lines: int, filters: str, note: str, trail_position: int, trail_head: str
) -> Report:
    """File a report of the trail and return it, with the statement that is to be signed. Nothing of what stands in it is sent.

    Raises Invalid (facts["field"]), Missing (the trail has no such head there), Stale (it went on from there over a day ago) or TooFast
    (also from the hundredth of a day on).
    """
    args = {"sha256": sha256, "size": size, "lines": lines, "filters": filters, "note": note}
    [filed] = db.call(Report, "file_report", command_id=command_id, **args, trail_position=trail_position, trail_head=trail_head)
    return filed


def sign_report(db: Database, command_id: UUID, report_id: UUID, digest: str, signature: str, public_key: str) -> Report:
    """Give a report its signature (Ed25519, base64) and return it; `digest` is the SHA-256 of the statement that was signed. The worker's.

    Raises Invalid (facts["field"]), Missing or Illegal (it was answered before).
    """
    args = {"digest": digest, "signature": signature, "public_key": public_key}
    [signed] = db.call(Report, "sign_report", command_id=command_id, report_id=report_id, **args)
    return signed


def refuse_report(db: Database, command_id: UUID, report_id: UUID, reason: str) -> Report:
    """Say why a report is not signed, and return it. The worker's. Raises Invalid, Missing or Illegal (it was answered before)."""
    [refused] = db.call(Report, "refuse_report", command_id=command_id, report_id=report_id, reason=reason)
    return refused
