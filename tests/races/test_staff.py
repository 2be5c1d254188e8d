"""Races for one login, by two owners at once."""

import time

from core.base.errors import Stale, TooFast
from core.base.identifiers import new_id
from core.staff import Role, change_staff_role, create_staff_login, me, revoke_staff, set_staff_password
from core.stock import receive_stock
from tests.support.races import REPEATS, tally
from tests.support.scene import VERIFIER


def test_one_login_is_made_once(scene, owners, race):
    for number in range(REPEATS):
        scene.refill()
        answers = race(
            2, lambda n: create_staff_login(owners[n], new_id(), f"tobi{number}", "Tobi", Role.SUPPORT, [], None, VERIFIER)
        )  # fmt: skip
        assert tally(answers) == {"done": 1, "Invalid": 1}, answers


def test_of_two_changes_of_one_role_one_is_done_and_the_other_is_stale(scene, owners, race):
    for _ in range(REPEATS):
        login = scene.hired()
        roles = [Role.KITCHEN_MANAGER, Role.AUDITOR]
        places = [[scene.town.yaba], []]
        scene.refill()
        answers = race(2, lambda n: change_staff_role(owners[n], new_id(), login, 1, roles[n], places[n]))
        assert tally(answers) == {"done": 1, "Stale": 1}
        assert [answer.facts["version"] for answer in answers if isinstance(answer, Stale)] == [2]


def test_the_trail_of_a_login_changed_and_ended_at_once_has_no_gap(scene, owners, owner_connection, race):
    def change(n):
        if n:
            return revoke_staff(owners[1], new_id(), login, "left")
        return change_staff_role(owners[0], new_id(), login, 1, Role.AUDITOR, [])

    for _ in range(REPEATS):
        login = scene.hired()
        scene.refill()
        assert tally(race(2, change)) in ({"done": 2}, {"done": 1, "Stale": 1})
        trail = owner_connection.execute(
            "SELECT before, after FROM app.audit_events WHERE after ->> 'login' = %s ORDER BY id", [login]
        ).fetchall()  # fmt: skip
        assert [before for before, _ in trail[1:]] == [after for _, after in trail[:-1]]


def test_a_password_set_a_role_changed_and_a_login_ended_at_once_wait_for_each_other(scene, owners, race):
    def change(n):
        if n == 0:
            return set_staff_password(owners[0], new_id(), login, VERIFIER)
        if n == 1:
            return set_staff_password(owners[1], new_id(), login, VERIFIER)
        return revoke_staff(owners[1], new_id(), login, "left")

    for _ in range(REPEATS):
        login = scene.hired()
        scene.refill()
        assert tally(race(3, change)) == {"done": 3}


def test_twenty_calls_at_once_and_two_a_second_are_all_a_person_may_over_all_their_logins(scene, login, hire, race):
    cook = login("cook", size=3)
    second = hire("chidi.too", Role.KITCHEN_STAFF, [scene.town.yaba], me(cook).person_id)

    def many(n):
        answers = []
        for _ in range(12):
            try:
                answers.append(receive_stock(cook if n < 3 else second, new_id(), scene.town.rice, 1, ""))
            except TooFast as refused:
                answers.append(refused)
        return answers

    scene.refill()
    started = time.monotonic()
    answers = [answer for each in race(5, many) for answer in each]
    allowed = 20 + 2 * (time.monotonic() - started)
    counted = tally(answers)
    assert len(answers) == 60 and 20 <= counted["done"] <= allowed + 1
    assert [answer.facts for answer in answers if isinstance(answer, TooFast)] == [{"seconds": 1}] * counted["TooFast"]
    assert scene.shelf(scene.town.rice).on_hand == 10_000 + counted["done"]


def test_a_call_and_the_end_of_its_login_at_once_leave_all_of_the_call_or_nothing(scene, owners, hire, owner_connection, race):
    def change(n):
        if n:
            return revoke_staff(owners[0], new_id(), login, "left")
        return receive_stock(hired, command_id, scene.town.rice, 1, "")

    for number in range(REPEATS):
        login, command_id = f"tobi{number}", new_id()
        hired = hire(login, Role.KITCHEN_STAFF, [scene.town.yaba])
        assert me(hired)  # a session is open
        scene.refill()
        answers = tally(race(2, change))
        left = owner_connection.execute(
            "SELECT (SELECT count(*) FROM app.stock_movements WHERE command_id = %(id)s), (SELECT count(*) FROM app.audit_events"
            " WHERE command_id = %(id)s), (SELECT count(*) FROM app.commands WHERE id = %(id)s)", {"id": command_id},
        ).fetchone()  # fmt: skip
        hired.close()
        assert left in ((1, 1, 1), (0, 0, 0))
        assert answers in ({"done": 2}, {"done": 1, "Forbidden": 1}, {"done": 1, "Unanswered": 1}), answers
        assert left[0] == 1 if answers == {"done": 2} else "Forbidden" not in answers or left[0] == 0
