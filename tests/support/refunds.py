"""Refunds in a test: previewing and confirming in one word, people who may approve, and time that passes."""

from collections.abc import Callable
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest

from core.base.errors import Forbidden
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.proposals import Proposal, confirm_proposal
from core.refunds import ProposedRefund, preview_refund

WHY = ("late", "Came an hour late")


def preview(db: Database, *order_ids: UUID, destination: str | None = None) -> ProposedRefund:
    """Preview the refund of whole orders."""
    n = len(order_ids)
    return preview_refund(db, new_id(), list(order_ids), [None] * n, [None] * n, [destination] * n)


def preview_line(
    db: Database, order_id: UUID, dish_id: UUID, quantity: int | None = None, destination: str | None = None
) -> ProposedRefund:
    """Preview the refund of one line, or of a part of it."""
    return preview_refund(db, new_id(), [order_id], [dish_id], [quantity], [destination])


def confirm(db: Database, proposed: ProposedRefund | Proposal) -> Proposal:
    assert proposed.token
    return confirm_proposal(db, new_id(), proposed.token, *WHY)


def refund(db: Database, *order_ids: UUID) -> Proposal:
    """Preview and confirm at once."""
    return confirm(db, preview(db, *order_ids))


@contextmanager
def behind_the_guards(admin: psycopg.Connection):
    """As a superuser whom no trigger stops: for time that passes, and for what must never be."""
    with admin.transaction():
        admin.execute("SET LOCAL session_replication_role = replica")
        yield admin


def name_approvers(admin: psycopg.Connection, *logins: str, days: int = 2) -> None:
    """Let these people have been approvers for so many days."""
    with behind_the_guards(admin):
        admin.execute(
            "UPDATE app.people SET approver_since = clock_timestamp() - make_interval(days => %s)"
            " WHERE id IN (SELECT person_id FROM app.staff WHERE login = ANY (%s))",
            [days, list(logins)],
        )


def set_limits(admin: psycopg.Connection, alone: int = 10**11, a_day: int = 10**11) -> None:
    """What everybody may refund alone, in kobo, at once and in a day."""
    admin.execute("UPDATE app.settings SET refund_alone = %s, refund_a_day = %s", [alone, a_day])


def age(admin: psycopg.Connection, proposal_id: UUID, minutes: int) -> None:
    """Let so much time have passed since a proposal was made."""
    with behind_the_guards(admin):
        admin.execute(
            "UPDATE app.proposals SET created_at = created_at - d, expires_at = expires_at - d, confirmed_at = confirmed_at - d,"
            " approve_by = approve_by - d FROM make_interval(mins => %s) AS d WHERE id = %s",
            [minutes, proposal_id],
        )


def why(call: Callable[..., Any], *args: Any) -> str:
    """Return why a call was forbidden."""
    with pytest.raises(Forbidden) as refused:
        call(*args)
    return str(refused.value.facts["why"])
