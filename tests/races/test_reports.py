"""Races for one report: workers that answer at once, and a person who files more at once than a day allows."""

from core.audit import refuse_report, report, sign_report
from core.base.identifiers import new_id
from tests.support.races import REPEATS, tally
from tests.support.reports import a_key, answer, filed, sealed


def test_of_two_workers_one_answers_and_the_other_is_told(scene, again, worker, auditor, refill, race):
    head, workers, key = sealed(worker), [worker, again("worker")], a_key()

    def reply(n):
        if n:
            return refuse_report(workers[1], new_id(), one.id, "The head is not known here.")
        return sign_report(workers[0], new_id(), one.id, **answer(one, key))

    for _ in range(REPEATS):
        refill()
        one = filed(auditor, head, b"pages")
        answers = race(2, reply)
        assert tally(answers) == {"done": 1, "Illegal": 1}, answers
        [stands] = [each for each in answers if not isinstance(each, Exception)]
        assert report(auditor, one.id) == stands


def test_the_hundredth_report_of_a_day_is_filed_once(scene, worker, login, owner_connection, refill, race):
    head, auditor = sealed(worker), login("auditor", size=8)
    filed(auditor, head, b"pages")
    owner_connection.execute(
        "INSERT INTO app.reports SELECT gen_random_uuid(), r.at, r.login, r.person_id, r.person, r.sha256, r.size, r.lines, r.filters,"
        " r.note, r.trail_position, r.trail_head, r.statement FROM app.reports AS r, generate_series(1, 98)"
    )
    for _ in range(REPEATS):
        refill()
        answers = race(4, lambda n: filed(auditor, head, b"pages"))
        assert tally(answers) == {"done": 1, "TooFast": 3}, answers
        with owner_connection.transaction():
            owner_connection.execute("SET LOCAL session_replication_role = replica")
            [late] = [each.id for each in answers if not isinstance(each, Exception)]
            owner_connection.execute("DELETE FROM app.reports WHERE id = %s", [late])
