"""Refunds: previewed and confirmed by the owner, run by the worker, also beside other work; and the rival, one call for each order."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from benchmarks.lab.cooked import cook, lay_table
from benchmarks.lab.stage import KITCHEN, Stage, Void, counted_id, refill_budgets
from core import health
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.proposals import Outcome, confirm_proposal
from core.refunds import ProposedRefund, preview_refund, preview_refund_rule, run_refund
from core.worker.refunds import Runner

WHY = ("late", "Came an hour late")

# What run_refund does for the next 500 orders, for one: the same locks, and the same private functions for the same rows. Not on top: it
# neither looks for orders nor whether any is left, and nobody asks who calls.
ONE = """
CREATE FUNCTION pg_temp.refund_one(proposal uuid, one uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    me app.caller := ROW('worker', NULL, NULL, 'svc_worker');
    p app.proposals := (SELECT p FROM app.proposals AS p WHERE p.id = proposal);
BEGIN
    PERFORM FROM app.orders AS o WHERE o.id = one FOR NO KEY UPDATE;
    PERFORM FROM app.accounts AS a WHERE a.id = (SELECT o.customer_id FROM app.orders AS o WHERE o.id = one) FOR NO KEY UPDATE;
    PERFORM app.give_back(me, p, ARRAY[one]);
    UPDATE app.refund_lines AS r SET state = 'done', at = clock_timestamp()
    WHERE r.proposal_id = proposal AND r.order_id = one AND r.state = 'confirmed';
END;
$$
"""
WAITING = "SELECT count(*) FROM app.refund_lines AS r WHERE r.state = 'confirmed' AND coalesce(r.proposal_id = %s, true)"
ORDERS = "SELECT r.order_id FROM app.refund_lines AS r WHERE r.proposal_id = %s AND r.state = 'confirmed' ORDER BY r.order_id"
UNCOOKED = "SELECT o.id FROM app.orders AS o WHERE o.state = 'placed' AND o.reserved = 0 ORDER BY o.id LIMIT %s"


@dataclass(frozen=True)
class Refund:
    """A refund that was confirmed, whose first lines have run: so many are left. What its preview and its confirmation took, in seconds."""

    id: UUID
    lines: int
    left: int
    preview: float
    confirm: float


@dataclass
class Ran:
    """How far the refunds came beside other work: lines, and whether there was always one to go on with."""

    lines: int = 0
    always: bool = True


def prepare(town: Stage, most: int) -> None:
    """Let the owner refund so many lines alone, and refund them once: on empty tables the server makes plans that no shop ever sees."""
    lay_table(town, most)
    with town.behind() as admin:
        admin.execute("UPDATE app.settings SET refund_alone = 100000000000, refund_a_day = 100000000000")
        by_set(town, confirm(town, most))
        admin.execute("VACUUM ANALYZE")
        admin.execute("CHECKPOINT")


def confirm(town: Stage, lines: int) -> Refund:
    """Cook so many orders of one line, and let the owner find them by a rule, preview their refund and confirm it."""
    with town.behind() as admin:
        since, until = cook(admin, lines)
    kitchen_id = counted_id(KITCHEN, 1)
    made = _confirm(town, lambda owner: preview_refund_rule(owner, new_id(), kitchen_id, since, until, ["preparing"], None, []))
    if made.lines != lines:
        raise Void(f"A refund of {lines} lines became one of {made.lines}.")
    return made


def confirm_uncooked(town: Stage, orders: int) -> Refund:
    """Let the owner refund up to so many orders that nobody cooks yet: each ends, and what it held goes back on the shelf."""
    with town.behind() as admin:
        ids = [order_id for (order_id,) in admin.execute(UNCOOKED, [orders]).fetchall()]
    nothing = [None] * len(ids)
    return _confirm(town, lambda owner: preview_refund(owner, new_id(), ids, nothing, nothing, nothing))


def _confirm(town: Stage, preview: Callable[[Database], ProposedRefund]) -> Refund:
    with town.behind() as admin, closing(town.connect("owner")) as owner:
        refill_budgets(admin)
        health.compat(owner)  # its connection is open
        began = time.perf_counter()
        proposed = preview(owner)
        seen = time.perf_counter()
        running = confirm_proposal(owner, new_id(), proposed.token or "", *WHY)
        ended = time.perf_counter()
        left = waiting(admin, running.id)
    if running.outcome != Outcome.CONFIRMED:
        raise Void(f"A refund was not confirmed: {running.outcome}.")
    return Refund(running.id, proposed.lines, left, seen - began, ended - seen)


def by_set(town: Stage, refund: Refund) -> float:
    """Run what is left of a refund as the worker does, 500 lines a call. Return the seconds."""
    with town.behind() as admin, closing(town.connect("worker")) as worker:
        left = waiting(admin, refund.id)
        health.compat(worker)
        began = time.perf_counter()
        while lines := run_refund(worker, refund.id):
            left -= lines
        seconds = time.perf_counter() - began
    if left:
        raise Void(f"Of a refund {left} lines were not run.")
    return seconds


def one_by_one(town: Stage, refund: Refund) -> float:
    """Run what is left of a refund one order a call, each its own transaction, then say that it is done. Return the seconds."""
    with town.behind() as connection:
        connection.execute(ONE)
        ids = [order_id for (order_id,) in connection.execute(ORDERS, [refund.id]).fetchall()]
        began = time.perf_counter()
        for order_id in ids:
            connection.execute("SELECT pg_temp.refund_one(%s, %s)", [refund.id, order_id], prepare=True)
        connection.execute("SELECT app.walk_proposal(%s, 'done')", [refund.id])
        return time.perf_counter() - began


def keep_waiting(town: Stage, wanted: int, most: int) -> None:
    """Confirm refunds of so many lines at most, until so many lines wait to be run."""
    with town.behind() as admin:
        there = waiting(admin)
    while there < wanted:
        there += confirm(town, most).left


def waiting(admin: psycopg.Connection[Any], proposal_id: UUID | None = None) -> int:
    """Count the lines that wait to be run: of one refund, or of all."""
    [lines] = admin.execute(WAITING, [proposal_id]).fetchone() or [0]
    return int(lines)


@contextmanager
def under_way(town: Stage) -> Iterator[Ran]:
    """Let the worker's own loop run all refunds that wait, in turns, until the end."""
    ran, stopping = Ran(), threading.Event()
    with closing(town.connect("worker")) as worker, ThreadPoolExecutor(1) as thread:
        running = thread.submit(_go_on, worker, ran, stopping)
        try:
            yield ran
        finally:
            stopping.set()
        running.result()


def _go_on(worker: Database, ran: Ran, stopping: threading.Event) -> None:
    for step in Runner(worker).look():
        ran.lines += step.lines
        if stopping.is_set():
            return
    ran.always = False
