"""Statement: what is signed of a report of the trail, word for word. Written by app.report_statement (private/r_api/reports.sql)."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from core.audit.head import Head
from core.audit.report import Report
from core.audit.signing import signed_by
from core.base.errors import Invalid

FORM = re.compile(
    r"""rachel report 1
report: (?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})
pdf sha256: (?P<sha256>[0-9a-f]{64})
pdf bytes: (?P<size>[1-9][0-9]{0,8})
lines: (?P<lines>[1-9][0-9]{0,4})
filters: (?P<filters>[^\n]+)
(?:note: (?P<note>[^\n]+)
)?trail position: (?P<position>[0-9]{1,18})
trail head: (?P<head>[0-9a-f]{64})
filed by: (?P<person>[^\n]+)
filed as: (?P<login>[^\n]+)
filed at: (?P<at>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6}Z)
"""
)


class Told(NamedTuple):
    """What a statement says, as the row of a report has it."""

    id: UUID
    sha256: str
    size: int
    lines: int
    filters: str
    note: str
    trail_position: int
    trail_head: str
    person: str
    login: str
    at: datetime


@dataclass(frozen=True)
class Statement:
    """A statement, and what it says. `at` is when it was filed, UTC."""

    text: str
    told: Told

    @property
    def head(self) -> Head:
        """Return the head up to which the trail was verified for it."""
        return Head("events", self.told.trail_position, self.told.trail_head)

    def is_signed_by(self, public: str, signature: str) -> bool:
        """Tell whether the key with this public half (PEM) signed it. Raises Invalid when it is no such key."""
        return signed_by(public, self.text, signature)


def read_statement(text: str) -> Statement:
    """Return what a statement says. Raises Invalid when it is none, to the letter."""
    found = FORM.fullmatch(text)
    if not found:
        raise Invalid("This is no statement of a report.", {"field": "statement"})
    it = found.groupdict()
    try:
        at = datetime.fromisoformat(it["at"])
    except ValueError as error:
        raise Invalid("The statement tells a time that is none.", {"field": "statement"}) from error
    numbers = int(it["size"]), int(it["lines"])
    trail_head, note = (int(it["position"]), it["head"]), it["note"] or ""  # without a note there is no line of it
    return Statement(text, Told(UUID(it["id"]), it["sha256"], *numbers, it["filters"], note, *trail_head, it["person"], it["login"], at))


def statement_of(report: Report) -> Statement:
    """Return the statement of a report that was filed. Raises Invalid when it says something else than the report's row does."""
    stated = read_statement(report.statement)
    filed = Told(**{name: getattr(report, name) for name in Told._fields})
    if stated.told != filed:
        raise Invalid("The statement says something else than what was filed.", {"field": "statement"})
    return stated


def one_line(public: str) -> str:
    """Return a public key (PEM) in one line, as a report has it."""
    return "".join(public.splitlines()[1:-1])


def in_pem(line: str) -> str:
    """Return the public key of a report as PEM, which programs read."""
    return f"-----BEGIN PUBLIC KEY-----\n{line}\n-----END PUBLIC KEY-----\n"
