"""Who may end whose connections: the worker alone, of people and counters alone, and never the administrator's, nor in another database."""

import time

import psycopg
import pytest

from core.audit import TrailFilter, trail
from core.base.errors import Forbidden
from core.base.identifiers import new_id
from core.health import server
from core.staff import Role, end_overdue, me, revoke_staff
from tests.support.races import REPEATS
from tests.support.verbs import EVERYBODY
from tests.support.waiting import wait_until


@pytest.fixture
def bare(workplace, copy):
    """Sign in without our programs, and stay: `bare("cook")`."""
    connections = []

    def bare(who, database=copy):
        connections.append(workplace.bare(who, database))
        return connections[-1]

    yield bare
    for connection in connections:
        connection.close()


@pytest.fixture
def let_go(owner_connection):
    """Write a login's row as it is when its person has left, and as it was when the test is over: `let_go("chidi")`."""
    gone = []

    def let_go(*logins):
        gone.extend(logins)
        owner_connection.execute("UPDATE app.staff SET active = false WHERE login = ANY (%s)", [list(logins)])

    yield let_go
    owner_connection.execute("UPDATE app.staff SET active = true WHERE login = ANY (%s)", [gone])


def is_open(connection):
    try:
        connection.execute("SELECT")
    except psycopg.OperationalError:
        return False
    return True


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who != "worker"])
def test_nobody_but_the_worker_ends_anything(login, bare, let_go, owner_connection, who):
    left = bare("stranger")
    let_go("emeka")
    with pytest.raises(Forbidden):
        end_overdue(login(who))
    assert is_open(left)
    assert owner_connection.execute("SELECT count(*) FROM app.audit_events WHERE action = 'end_overdue'").fetchone() == (0,)


def test_whatever_a_leaver_still_has_open_is_ended_and_is_a_line_each_without_a_word_of_theirs(login, bare, let_go, worker, auditor, town):
    cook, still = bare("cook"), [bare("stranger") for _ in range(3)]
    still[0].execute("SET application_name = 'not for the trail'")
    still[1].execute("BEGIN; SELECT 'neither is this'")
    assert end_overdue(worker) == []
    let_go("emeka")
    assert [(each.login, each.rule) for each in end_overdue(worker)] == [("emeka", "left")] * 3
    assert not any(map(is_open, still)) and is_open(cook)
    lines = trail(auditor, TrailFilter(action="end_overdue"))
    assert [(line.login, line.object, line.reason, line.before) for line in lines] == [("worker", "Emeka Obi", None, None)] * 3
    assert all(line.after.keys() == {"login", "rule", "seconds"} for line in lines)
    wait_until(lambda: end_overdue(worker) == [])
    assert len(trail(auditor, TrailFilter(action="end_overdue"))) == 3


def test_two_workers_that_look_at_once_write_one_line_for_each_connection(again, worker, bare, race, town, owner_connection):
    workers = [worker, again("worker")]
    for number in range(1, REPEATS + 1):
        still = [bare("stranger") for _ in range(3)]
        owner_connection.execute("UPDATE app.staff SET active = false WHERE login = 'emeka'")
        answers = race(2, lambda n: end_overdue(workers[n]))
        owner_connection.execute("UPDATE app.staff SET active = true WHERE login = 'emeka'")
        assert sum(map(len, answers)) == 3 and not any(map(is_open, still))
        [lines] = owner_connection.execute("SELECT count(*) FROM app.audit_events WHERE action = 'end_overdue'").fetchone()
        assert lines == 3 * number


@pytest.mark.long
def test_it_looks_anew_also_in_a_transaction_of_the_workers_that_saw_the_others_earlier(bare):
    """A worker's password in the wrong hands could keep a look, and end in it whoever was in a transaction then."""
    keeper, busy = bare("worker"), bare("cook")
    busy.execute("BEGIN")
    keeper.execute("BEGIN; SELECT FROM api.end_overdue()")
    time.sleep(5)
    busy.execute("COMMIT; BEGIN")
    time.sleep(5.5)
    assert keeper.execute("SELECT login FROM api.end_overdue()").fetchall() == [] and is_open(busy)


def test_who_came_in_once_more_while_their_login_was_being_ended_is_out_at_the_next_look(hire, bare, owner, worker, owner_connection, town):
    hire("tobi", Role.KITCHEN_STAFF, [town.yaba])
    early = bare("tobi")
    revoke_staff(owner, new_id(), "tobi", "left")
    assert not is_open(early)
    owner_connection.execute("ALTER ROLE tobi LOGIN CONNECTION LIMIT 10")  # as before PostgreSQL 16, and in the moment before the commit
    late = bare("tobi")
    owner_connection.execute("ALTER ROLE tobi NOLOGIN")
    assert is_open(late) and late.execute("SELECT login FROM api.me").fetchall() == []
    assert [(each.login, each.rule) for each in end_overdue(worker)] == [("tobi", "left")]
    assert not is_open(late)


def test_a_service_is_not_ended_whatever_its_row_says(bare, let_go, worker):
    service = bare("ordering")
    let_go("ordering")
    assert end_overdue(worker) == [] and is_open(service)


def test_a_login_that_somebody_made_an_administrator_does_not_keep_the_others_from_being_ended(bare, let_go, worker, owner_connection):
    above, left = bare("cook"), bare("stranger")
    owner_connection.execute("ALTER ROLE chidi SUPERUSER")
    try:
        let_go("chidi", "emeka")
        assert [each.login for each in end_overdue(worker)] == ["emeka"]
        assert is_open(above) and not is_open(left)
    finally:
        owner_connection.execute("ALTER ROLE chidi NOSUPERUSER")


def test_what_the_same_login_has_open_in_another_database_is_not_of_this_one(bare, let_go, worker, workplace):
    other = workplace.copy()
    try:
        elsewhere = bare("stranger", other)
        let_go("emeka")
        assert end_overdue(worker) == [] and is_open(elsewhere)
        elsewhere.close()
    finally:
        workplace.drop(other)


def test_a_queue_that_is_filled_behind_a_listener_who_never_looks_is_seen_and_free_when_that_one_is_ended(bare, let_go, worker, auditor):
    asleep, flood = bare("stranger"), bare("cook")
    asleep.execute("LISTEN rachel")
    asleep.execute("BEGIN; SELECT FROM api.me")
    flood.execute("BEGIN")
    for number in range(3000):
        flood.execute(f"NOTIFY rachel, '{number:07000}'")
    flood.execute("COMMIT")  # far from full: it holds a million pages
    assert server(auditor).kick_queue >= 1
    let_go("emeka")
    assert len(end_overdue(worker)) == 1
    flood.execute("NOTIFY rachel")  # the next one clears away what nobody waits for
    wait_until(lambda: server(auditor).kick_queue == 0)


@pytest.mark.long
def test_who_listens_and_hears_a_kick_is_not_ended_for_the_age_of_their_last_statement_but_who_takes_nothing_is(
    bare, worker, owner_connection, town
):
    """The kick is read in a transaction for which the server notes when the last statement began."""
    hearing = [bare(who) for who in ("cook", "manager", "support", "owner") for _ in range(2)]
    for each in hearing:
        each.execute("LISTEN rachel")
    time.sleep(10.5)
    for _ in range(100):
        owner_connection.execute("SELECT pg_notify('rachel', n::text) FROM generate_series(1, 1000) AS n")
        assert end_overdue(worker) == []
        for each in hearing:
            each.pgconn.consume_input()
            while each.pgconn.notifies():
                pass
    for each in hearing:
        each.execute("UNLISTEN *")
    deaf = bare("stranger")
    deaf.execute("LISTEN rachel")
    time.sleep(10.5)
    owner_connection.execute("SELECT pg_notify('rachel', lpad(n::text, 7000)) FROM generate_series(1, 3000) AS n")
    wait_until(lambda: [(each.login, each.rule) for each in end_overdue(worker)] == [("emeka", "transaction")])


def test_who_works_with_our_programs_is_never_touched(login, worker, town):
    cooks = [login(who) for who in ("cook", "manager", "support", "owner", "counter")]
    before = [me(each) for each in cooks]
    assert end_overdue(worker) == []
    assert [me(each) for each in cooks] == before
