"""A long trail to read, and what the server spends: lines made by set as a superuser, and the processor time of all its processes."""

import os
from pathlib import Path
from uuid import UUID

import psycopg
from psycopg import sql

from benchmarks.lab.stage import KITCHEN, Stage, counted_id

PERSON = 6 * 100_000_000_000  # kind of id, beside those of the stage
PEOPLE = 20
ACTIONS = "advance_order", "start_cooking", "count_stock", "cancel_order"  # of people
RARE, COMMON = "ogbono", "chicken"  # words of reasons: one line of 20,000, and every 20th
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100

# Each a microsecond after the one before, behind what the town did: sealed in the order of their times. Half are the ordering service's.
LINES = """
INSERT INTO app.audit_events (at, login, person_id, command_id, action, noun, object_id, kitchen_id, reason, before, after)
SELECT newest.at + n * interval '1 microsecond', CASE n %% 2 WHEN 0 THEN 'ordering' ELSE 'cook' END,
    CASE n %% 2 WHEN 1 THEN (%(people)s::uuid[])[1 + n / 2 %% cardinality(%(people)s::uuid[])] END, gen_random_uuid(),
    CASE n %% 2 WHEN 0 THEN 'place_order' ELSE (%(actions)s::text[])[1 + n / 40 %% cardinality(%(actions)s::text[])] END,
    'orders', gen_random_uuid(), kitchens.ids[1 + n / 7 %% cardinality(kitchens.ids)],
    CASE WHEN n %% 20000 = 1 THEN 'Ọ̀gbọ̀nọ̀ came late' WHEN n %% 20 = 1 THEN 'Out of stock: no chicken' END,
    '{"state": "placed", "version": 1}', '{"state": "accepted", "version": 2, "total": 250000}'
FROM (SELECT max(e.at) AS at FROM app.audit_events AS e) AS newest, (SELECT array_agg(k.id) AS ids FROM app.kitchens AS k) AS kitchens,
    generate_series(1, %(many)s) AS n
"""
INDEXES = """
SELECT i.indexname::text, i.indexdef FROM pg_indexes AS i
WHERE i.schemaname = 'app' AND i.tablename = 'audit_events' AND i.indexname <> 'audit_events_pkey'
"""


def person(number: int) -> UUID:
    """Return the id of one of PEOPLE, counted from 1."""
    return counted_id(PERSON, number)


def lengthen(town: Stage, many: int) -> None:
    """Add so many lines to the trail, and look at what is there as the server does at night."""
    people = [person(number) for number in range(1, PEOPLE + 1)]
    with town.behind() as admin:
        indexes = admin.execute(INDEXES).fetchall()  # made anew afterwards: a tenth of the time
        for name, _ in indexes:
            admin.execute(sql.SQL("DROP INDEX app.{}").format(sql.Identifier(name)))
        admin.execute(LINES, {"many": many, "people": people, "actions": list(ACTIONS)})
        admin.execute("SET maintenance_work_mem = '256MB'")
        for _, definition in indexes:
            admin.execute(definition.encode())
        admin.execute("VACUUM ANALYZE app.audit_events")
        admin.execute("CHECKPOINT")


def kitchen() -> UUID:
    return counted_id(KITCHEN, 1)


def middle(town: Stage) -> tuple[object, int]:
    """Return (at, id) of the line in the middle of the trail."""
    with town.behind() as admin:
        found = admin.execute(
            "SELECT e.at, e.id FROM app.audit_events AS e ORDER BY e.at DESC, e.id DESC OFFSET %s LIMIT 1", [count(admin) // 2]
        ).fetchone()
    assert found
    return found[0], found[1]


def count(admin: psycopg.Connection) -> int:
    [many] = admin.execute("SELECT count(*) FROM app.audit_events").fetchone() or [0]
    return int(many)


def spent(town: Stage) -> float:
    """Return the seconds of processor time that the server took so far, those of sessions that ended included. Linux only: /proc."""
    town.wait_until_left()
    with town.behind() as admin:
        [lines] = admin.execute("SELECT pg_read_file('postmaster.pid')").fetchone() or [""]
    postmaster = lines.split()[0]
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    return sum(_ticks(process, ended=process == postmaster) for process in (postmaster, *children)) / TICKS


def _ticks(process: str, ended: bool) -> int:
    """Return the ticks of a process, for the postmaster with those of its children that ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile, and is counted with its parent
        return 0
    return sum(map(int, fields[11 : 15 if ended else 13]))
