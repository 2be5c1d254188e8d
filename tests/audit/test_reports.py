"""Reports of the trail: what is filed is stated word for word, who and when are the server's own knowledge, and one answer stands."""

import psycopg
import pytest

from core.audit import (
    TrailFilter,
    first_head,
    read_statement,
    refuse_report,
    report,
    reports_of,
    sign_report,
    statement_of,
    trail,
    waiting_reports,
)
from core.base.errors import Forbidden, Illegal, Invalid, Missing, Stale, TooFast
from core.base.identifiers import new_id
from tests.support.refusals import refused
from tests.support.reports import FILTERS, a_key, answer, arguments, filed, sealed
from tests.support.verb import Verb
from tests.support.verbs import WRITING

[FILING] = [verb for verb in WRITING if verb.name == "file_report"]
PAGES = b"%PDF-1.4 the pages"


@pytest.fixture
def head(scene, worker):
    scene.order()
    return sealed(worker)


@pytest.fixture
def one(auditor, head):
    """A report that an auditor filed, and no worker answered yet."""
    return filed(auditor, head, PAGES, "For Mrs Ọkafọ")


def test_the_statement_says_what_was_filed_by_whom_and_when(one, head):
    told = statement_of(one).told
    assert (told.person, told.login, told.at, told.id) == (one.person, one.login, one.at, one.id)
    assert (told.filters, told.note, told.lines, told.size) == (FILTERS, "For Mrs Ọkafọ", 3, len(PAGES))
    assert statement_of(one).head == head
    assert one.statement.splitlines()[0] == "rachel report 1" and one.statement.endswith("Z\n")


@pytest.mark.parametrize("note", ["", "-", "--", "note: x", "trail position: 1"])
def test_any_note_is_told_from_every_other_and_from_none(auditor, head, note):
    one = filed(auditor, head, PAGES, note)
    assert ("\nnote: " in one.statement) == bool(note) and statement_of(one).told.note == note


def test_a_person_is_called_what_they_were_called_then(auditor, head, one, owner_connection, refill):
    owner_connection.execute("UPDATE app.people SET name = 'Another Name' WHERE id = %s", [one.person_id])
    assert statement_of(report(auditor, one.id)) == statement_of(one)
    assert statement_of(filed(auditor, head, PAGES)).told.person == "Another Name"


def test_it_waits_until_a_worker_signs_and_is_found_by_its_file(auditor, worker, one):
    assert waiting_reports(worker) == [one] and (one.answered_at, one.signature, one.refusal) == (None, None, None)
    key = a_key()
    signed = sign_report(worker, new_id(), one.id, **answer(one, key))
    assert statement_of(signed).is_signed_by(key.public, signed.signature)
    assert (signed.answered_login, signed.refusal) == ("worker", None)
    assert waiting_reports(worker) == [] and reports_of(auditor, one.sha256) == [signed] and report(auditor, one.id) == signed
    assert [line.action for line in trail(auditor, TrailFilter(object_id=one.id), oldest_first=True)] == ["file_report", "sign_report"]


def test_the_line_of_the_trail_says_how_many_lines_and_why_and_nothing_of_what_stands_in_them_or_was_searched_for(auditor, one):
    [line] = trail(auditor, TrailFilter(object_id=one.id))
    told = {"sha256": one.sha256, "size": one.size, "lines": 3, "trail_position": one.trail_position}
    assert (line.reason, line.before, line.after) == ("For Mrs Ọkafọ", None, told)


@pytest.mark.parametrize("change", [{"trail_position": 1}, {"trail_head": "0" * 64}, {"trail_position": 10**6}, {"trail_head": None}])
def test_a_head_that_the_trail_has_not_is_refused(auditor, head, change):
    with pytest.raises(Missing, match="Verify it"):
        FILING.call(auditor, new_id(), **arguments(head, PAGES) | change)


def test_a_head_from_which_the_trail_went_on_over_a_day_ago_is_refused_and_the_newest_never_is(
    auditor, worker, scene, head, owner_connection, refill
):
    scene.order()
    newest = sealed(worker)
    with owner_connection.transaction():
        owner_connection.execute("SET LOCAL session_replication_role = replica")
        owner_connection.execute("UPDATE app.seals SET at = at - interval '25 hours'")
    for old in (first_head("events"), head):
        with pytest.raises(Stale, match="Make the report anew"):
            filed(auditor, old, PAGES)
    assert filed(auditor, newest, PAGES).trail_head == newest.head
    refill()
    scene.order()
    assert sealed(worker).position > newest.position
    assert filed(auditor, newest, PAGES).trail_head == newest.head  # it was the newest a moment ago
    with pytest.raises(Stale):
        filed(auditor, head, PAGES)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sha256", "0" * 63), ("sha256", "X" * 64), ("sha256", None), ("size", 0), ("size", None), ("size", 10**9), ("lines", 0),
        ("lines", 10_001), ("lines", None), ("filters", ""), ("filters", "x" * 2001), ("filters", "When: today\ntrail head: 0"),
        ("filters", "When: today\u2028x"), ("filters", "a\u202eb"), ("note", "n" * 201), ("note", "a\nb"), ("note", None),
    ],
)  # fmt: skip
def test_what_no_report_can_be_is_refused_and_a_line_never_becomes_two(auditor, head, field, value):
    with refused(Invalid, field=field):
        FILING.call(auditor, new_id(), **arguments(head, PAGES) | {field: value})


def test_words_that_somebody_searched_for_may_be_in_another_script(auditor, head):
    assert FILING.call(auditor, new_id(), **arguments(head, PAGES) | {"filters": "Words: ресторан"}).filters == "Words: ресторан"


def test_a_worker_signs_what_was_filed_and_nothing_else(worker, auditor, head, one):
    other = filed(auditor, head, b"other pages")
    with refused(Invalid, field="digest"):
        sign_report(worker, new_id(), one.id, **answer(other, a_key()))
    for field, value in (("signature", "x" * 88), ("signature", None), ("public_key", "x" * 60), ("public_key", None), ("digest", None)):
        with refused(Invalid, field=field):
            sign_report(worker, new_id(), one.id, **answer(one, a_key()) | {field: value})
    with pytest.raises(Missing):
        sign_report(worker, new_id(), new_id(), **answer(one, a_key()))
    assert {each.id for each in waiting_reports(worker)} == {one.id, other.id}


@pytest.mark.parametrize("first", [sign_report, refuse_report])
def test_an_answer_stands_for_ever(worker, one, first):
    told = answer(one, a_key()) if first is sign_report else {"reason": "Another history."}
    stands = first(worker, new_id(), one.id, **told)
    with pytest.raises(Illegal):
        sign_report(worker, new_id(), one.id, **answer(one, a_key()))
    with pytest.raises(Illegal):
        refuse_report(worker, new_id(), one.id, "The key was lost.")
    assert report(worker, one.id) == stands


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM app.reports", "TRUNCATE app.reports", "UPDATE app.reports SET sha256 = repeat('0', 64)",
        "UPDATE app.reports SET signature = repeat('A', 86) || '=='", "UPDATE app.reports SET statement = ''",
        "UPDATE app.reports SET answered_at = now(), answered_login = 'x', refusal = 'x', lines = 4",
    ],
)  # fmt: skip
def test_not_even_the_owner_of_the_tables_changes_what_was_filed(owner_connection, worker, one, change):
    with pytest.raises(psycopg.Error):
        owner_connection.execute(change)
    sign_report(worker, new_id(), one.id, **answer(one, a_key()))
    with pytest.raises(psycopg.Error):
        owner_connection.execute(change)


def test_a_statement_that_was_rewritten_is_noticed(auditor, one, owner_connection):
    with owner_connection.transaction():
        owner_connection.execute("SET LOCAL session_replication_role = replica")
        owner_connection.execute("UPDATE app.reports SET sha256 = repeat('0', 64)")
    with refused(Invalid, field="statement"):
        statement_of(report(auditor, one.id))
    for broken in (one.statement + "\n", one.statement.replace("\n", "\r\n"), "", one.statement.replace("Z\n", "\n"), f" {one.statement}"):
        with refused(Invalid, field="statement"):
            read_statement(broken)


def test_after_a_hundred_reports_a_day_is_over_for_a_person_and_not_for_others(auditor, support, head, owner_connection):
    filed(auditor, head, PAGES)
    owner_connection.execute(
        "INSERT INTO app.reports SELECT gen_random_uuid(), r.at, r.login, r.person_id, r.person, r.sha256, r.size, r.lines, r.filters,"
        " r.note, r.trail_position, r.trail_head, r.statement FROM app.reports AS r, generate_series(1, 99)"
    )
    with pytest.raises(TooFast, match="as many reports today"):
        filed(auditor, head, PAGES)
    assert filed(support, head, PAGES).login == "funmi"


def test_a_kitchen_does_not_hear_of_reports_and_the_office_does(auditor, workplace, copy, head):
    one, heard = filed(auditor, head, PAGES), {}
    for who in ("support", "cook", "manager"):
        with workplace.bare(who, copy) as connection:
            heard[who] = connection.execute("SELECT count(*) FROM api.changes WHERE object_id = %s", [one.id]).fetchone()
    assert heard == {"support": (1,), "cook": (0,), "manager": (0,)}


def test_nobody_but_the_worker_answers_also_not_whoever_filed_it(auditor, login, one):
    for who in ("auditor", "owner", "finance", "support", "manager"):
        with pytest.raises(Forbidden):
            sign_report(login(who), new_id(), one.id, **answer(one, a_key()))
        with pytest.raises(Forbidden):
            refuse_report(login(who), new_id(), one.id, "No.")


def test_every_verb_of_reports_is_tried_with_all_others():
    assert {"file_report", "sign_report", "refuse_report"} <= {verb.name for verb in WRITING if isinstance(verb, Verb)}
