"""The door of every verb: who calls, from which program, and how fast."""

import pytest

from core.base.errors import Forbidden, Outdated, TooFast
from core.base.identifiers import new_id
from core.commands import settle_command
from core.customers import create_customer
from core.staff import Role, change_staff_role, me, revoke_staff, staff
from core.stock import all_items, receive_stock
from tests.support.refusals import refused


def test_a_login_put_out_of_use_is_refused_at_its_next_call_and_sees_nothing(town, cook, owner_connection):
    assert len(all_items(cook)) == 3
    owner_connection.execute("UPDATE app.staff SET active = false WHERE login = 'chidi'")
    with refused(Forbidden, why="disabled"):
        receive_stock(cook, new_id(), town.rice, 1, "")
    assert (me(cook), all_items(cook)) == (None, [])
    owner_connection.execute("UPDATE app.staff SET active = true WHERE login = 'chidi'")


def test_the_row_of_a_login_decides_also_when_its_group_would_let_it_in(town, cook, owner_connection):
    owner_connection.execute("UPDATE app.staff SET role = 'auditor' WHERE login = 'chidi'")
    with refused(Forbidden, why="role", role="auditor"):
        receive_stock(cook, new_id(), town.rice, 1, "")
    owner_connection.execute("UPDATE app.staff SET role = 'kitchen_staff' WHERE login = 'chidi'")


def test_what_smells_of_an_attack_stands_in_the_servers_log_without_what_was_sent(town, cook, owner_connection, workplace):
    owner_connection.execute("UPDATE app.staff SET role = 'auditor' WHERE login = 'chidi'")
    with pytest.raises(Forbidden):
        receive_stock(cook, new_id(), town.rice, 1, "nobody reads this")
    owner_connection.execute("UPDATE app.staff SET role = 'kitchen_staff' WHERE login = 'chidi'")
    log = (workplace.cluster.home / "log").read_text(encoding="utf-8")
    assert "security: chidi may not do what only {kitchen_staff,kitchen_manager} may" in log
    assert "nobody reads this" not in log


def test_the_first_owner_can_be_ended_by_another(hire, owner_connection):
    second = hire("second.owner", Role.OWNER_ADMIN)
    try:
        assert revoke_staff(second, new_id(), "ada", "sold the company").active is False
        assert [each.login for each in staff(second) if each.active and each.role is Role.OWNER_ADMIN] == ["second.owner"]
    finally:
        owner_connection.execute("ALTER ROLE ada LOGIN CONNECTION LIMIT 10")  # she is the owner of the other tests' databases, too
        owner_connection.execute("UPDATE app.staff SET active = true WHERE login = 'ada'")


def test_the_first_owner_is_moved_to_another_group_by_another_and_leaves_the_old_one(hire, owner_connection, town):
    second = hire("third.owner", Role.OWNER_ADMIN)
    groups = """
        SELECT g.rolname FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid WHERE m.member = 'ada'::regrole
    """
    try:
        change_staff_role(second, new_id(), "ada", 1, Role.KITCHEN_STAFF, [town.yaba])
        assert owner_connection.execute(groups).fetchall() == [("kitchen_staff",)]
    finally:
        change_staff_role(second, new_id(), "ada", 2, Role.OWNER_ADMIN, [])


@pytest.mark.parametrize(
    ("program", "lowest", "old"),
    [
        ("rachel-kitchen/0.0.9", "0.1.0", True), ("rachel-kitchen/0.1.0", "0.1.0", False), ("rachel-admin/0.9.9", "0.10.0", True),
        ("rachel-kitchen/0.10.0", "0.9.0", False), ("rachel-kitchen/2.0.0", "0.1.0", False), ("psql", "9.9.9", False), ("", "9.9.9", False),
        ("rachel-kitchen/0.1", "9.9.9", False), ("rachel-kitchen/9999999.0.0", "9.9.9", False),
    ],
)  # fmt: skip
def test_a_program_that_is_too_old_reads_and_does_not_write(town, login, owner_connection, program, lowest, old):
    owner_connection.execute("UPDATE app.compat SET lowest_client = %s", [lowest])
    cook = login("cook", application=program)
    assert len(all_items(cook)) == 3
    if old:
        with refused(Outdated, lowest=lowest) as caught:
            receive_stock(cook, new_id(), town.rice, 1, "")
        assert lowest in str(caught.value)
    else:
        assert receive_stock(cook, new_id(), town.rice, 1, "")


def test_a_person_makes_twenty_changes_at_once_and_then_two_a_second(town, cook, login, owner_connection):
    for _ in range(20):
        receive_stock(cook, new_id(), town.rice, 1, "")
    with refused(TooFast, seconds=1):
        receive_stock(cook, new_id(), town.rice, 1, "")
    assert receive_stock(login("cook2"), new_id(), town.rice, 1, "")  # nobody pays for another
    owner_connection.execute("UPDATE app.budgets SET full_at = full_at - interval '1 second'")
    done = 0
    with pytest.raises(TooFast):
        while done < 10:
            receive_stock(cook, new_id(), town.rice, 1, "")
            done += 1
    assert 2 <= done <= 4


def test_asking_what_became_of_a_command_costs_a_token_and_reading_costs_none(cook):
    for _ in range(20):
        settle_command(cook, new_id())
    with refused(TooFast, seconds=1):
        settle_command(cook, new_id())
    assert me(cook)


def test_services_are_as_fast_as_they_can(ordering):
    assert [create_customer(ordering, new_id(), "Ngozi", "+2348031234567").active for _ in range(30)] == [True] * 30
