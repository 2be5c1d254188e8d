"""How the trail is read: by an index that ends in its order, at any depth, though row policies stand before it."""

import re

import pytest

from core.audit import TrailFilter, trail, trail_logins
from core.database.gateway import DIALECT
from tests.support.trail import NEWEST, write_lines

INDEXES = {
    "none": "audit_events_time", "person": "audit_events_person", "login": "audit_events_login", "action": "audit_events_action",
    "person and action": "audit_events_deeds", "kitchen": "audit_events_kitchen", "object": "audit_events_object",
    "command": "audit_events_command", "days": "audit_events_time", "ids": "audit_events_pkey",
}  # fmt: skip


@pytest.fixture
def explained(town, owner_connection, auditor, copy, workplace, monkeypatch):
    """How the auditor's page of a filter is read: `explained(TrailFilter(…), deep=True)`."""
    write_lines(owner_connection, town, 20_000)
    owner_connection.execute("VACUUM ANALYZE app.audit_events")

    def explained(wanted, deep=False):
        asked = []
        monkeypatch.setattr(auditor, "select", lambda row, statement: asked.append(statement) or [])
        trail(auditor, wanted, (NEWEST, 0) if deep else None, 51)
        monkeypatch.undo()
        composed = asked[0].compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
        with workplace.bare("auditor", copy) as connection:
            plan = connection.execute(f"EXPLAIN {composed}", composed.params).fetchall()
        return "\n".join(line for (line,) in plan)

    return explained


def filters(town, db):
    [line] = trail(db, TrailFilter(action="cancel_order"), limit=1)
    person_id = next(each.person_id for each in trail_logins(db) if each.login == "funmi")
    return {
        "none": TrailFilter(), "person": TrailFilter(person_id=person_id), "login": TrailFilter(login="webhook"),
        "action": TrailFilter(action="cancel_order"), "person and action": TrailFilter(person_id=person_id, action="cancel_order"),
        "kitchen": TrailFilter(kitchen_id=town.lekki), "object": TrailFilter(object_id=line.object_id),
        "command": TrailFilter(command_id=line.command_id), "days": TrailFilter(since=line.at, until=NEWEST),
        "ids": TrailFilter(ids=[line.id]),
    }  # fmt: skip


@pytest.mark.parametrize("deep", [False, True], ids=["first page", "deep page"])
def test_each_filter_is_read_by_its_index_and_nothing_is_sorted_that_is_not_small(town, auditor, explained, deep):
    for name, wanted in filters(town, auditor).items():
        plan = explained(wanted, deep)
        assert INDEXES[name] in plan, f"{name}\n{plan}"
        assert "Seq Scan on audit_events" not in plan, f"{name}\n{plan}"
        assert name == "ids" or "Sort" not in plan, f"{name}\n{plan}"


def test_who_has_only_old_lines_is_not_looked_for_among_those_of_all_others(town, auditor, explained):
    """The rarer a filter the further down; here it is the most common one of all, for which any index would do at first sight."""
    assert "audit_events_login" in explained(TrailFilter(login="ordering"))


def test_the_cursor_is_where_a_deep_page_begins(town, auditor, explained):
    plan = explained(TrailFilter(until=NEWEST), deep=True)
    assert re.search(r"Index Cond: \(ROW\(e?\.?at, e?\.?id\) <", plan), plan
    assert "at <" not in plan.replace("ROW(e.at, e.id) <", "")


def test_words_are_found_by_their_index(town, owner_connection):
    write_lines(owner_connection, town, 20_000)
    [body] = owner_connection.execute("SELECT prosrc FROM pg_proc WHERE proname = 'find_trail'").fetchone()
    query = re.search(r"WITH found.*?LIMIT 5001", body, re.S)[0].split("MATERIALIZED (")[1]
    query = re.sub(r"\(?find_trail\.\w+|\b(since|until)\b", lambda found: found[0].startswith("(") and "(NULL::uuid" or "NULL", query)
    query = query.replace("wanted", "'sade:*'::tsquery")
    with owner_connection.transaction():
        owner_connection.execute("SET LOCAL ROLE r_api")
        plan = "\n".join(line for (line,) in owner_connection.execute(f"EXPLAIN {query}").fetchall())
    assert "audit_events_words" in plan, plan
