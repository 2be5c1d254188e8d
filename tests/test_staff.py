"""People and their logins: made, changed and ended by verbs, as real logins of the database."""

import psycopg
import pytest

from core.base.errors import Forbidden, Invalid, Missing, Offline, Stale
from core.base.identifiers import new_id
from core.staff import Me, Role, change_staff_role, create_staff_login, me, revoke_staff, set_staff_password, staff
from core.stock import all_items, items, receive_stock
from tests.support.refusals import refused
from tests.support.scene import VERIFIER


@pytest.fixture
def make(owner, town, refill):
    """Make a login; any argument may be another: `make(role=Role.SUPPORT, kitchen_ids=[])`."""

    def make(**other):
        person = {"login": "tobi", "name": "Tobi Ade", "role": Role.KITCHEN_STAFF, "kitchen_ids": [town.yaba], "person_id": None}
        refill()
        return create_staff_login(owner, new_id(), **person | {"verifier": VERIFIER} | other)

    return make


@pytest.fixture
def groups(owner_connection):
    """Return the groups a login is in."""
    return lambda login: [group for (group,) in owner_connection.execute(
        "SELECT g.rolname FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid WHERE m.member = %s::regrole", [login]
    ).fetchall()]  # fmt: skip


def test_a_new_login_signs_in_and_is_who_it_was_made_for(hire, town, groups):
    tobi = hire("tobi", Role.KITCHEN_STAFF, [town.yaba])
    seen = me(tobi)
    assert seen == Me("tobi", seen.person_id, "Tobi", Role.KITCHEN_STAFF, [town.yaba])
    assert groups("tobi") == ["kitchen_staff"]
    assert receive_stock(tobi, new_id(), town.rice, 1, "").by == "Tobi"


@pytest.mark.parametrize("name", [
    None, "", "ab", "Tobi", "tobi ade", "tobi-ade", 'tobi"; DROP ROLE chidi; --', "1tobi", ".tobi", "tobí", "t" * 32, "pg_tobi", "r_tobi",
    "svc_tobi", "chidi", "postgres", "r_owner", "kitchen_staff", "ordering",
])  # fmt: skip
def test_a_login_that_is_not_plain_or_is_taken_is_refused(make, name):
    with refused(Invalid, field="login"):
        make(login=name)


@pytest.mark.parametrize("verifier", [
    None, "", "secret", "md5" + "a" * 32, "SCRAM-SHA-256$4096:c2FsdA==$x:y", VERIFIER + "'", VERIFIER.replace("4096", "1"),
])  # fmt: skip
def test_a_password_that_is_not_a_verifier_is_refused(make, owner, refill, verifier):
    with refused(Invalid, field="verifier"):
        make(verifier=verifier)
    make()
    with refused(Invalid, field="verifier"):
        set_staff_password(owner, new_id(), "tobi", verifier)


def test_neither_password_nor_verifier_is_kept_in_our_tables(make, owner, owner_connection):
    make()
    set_staff_password(owner, new_id(), "tobi", VERIFIER)
    for table in ("commands", "audit_events", "staff"):
        [[kept]] = owner_connection.execute(f"SELECT string_agg(t::text, '') FROM app.{table} AS t").fetchall()
        assert "SCRAM" not in kept


@pytest.mark.parametrize("role", [None, "", "svc_ordering", "svc_worker", "r_owner", "boss", "postgres"])
def test_a_role_no_person_has_is_refused(make, owner, role):
    with refused(Invalid, field="role"):
        make(role=role)
    make()
    with refused(Invalid, field="role"):
        change_staff_role(owner, new_id(), "tobi", 1, role, [])


def test_people_of_a_kitchen_need_one_and_people_of_the_office_have_none(make, town):
    for role, kitchen_ids in [
        (Role.KITCHEN_STAFF, []), (Role.KITCHEN_MANAGER, None), (Role.SUPPORT, [town.yaba]), (Role.KITCHEN_STAFF, [new_id()]),
        (Role.KITCHEN_STAFF, [town.yaba, town.yaba]), (Role.KITCHEN_STAFF, [town.yaba, None]), (Role.COUNTER_DEVICE, []),
    ]:  # fmt: skip
        with refused(Invalid, field="kitchen_ids"):
            make(role=role, kitchen_ids=kitchen_ids)
    assert make(kitchen_ids=[town.lekki, town.yaba]).kitchen_ids == sorted([town.lekki, town.yaba])


def test_a_person_may_have_two_logins_and_a_counter_has_no_person(make, town, cook):
    chidi = me(cook).person_id
    assert make(login="chidi.too", name=None, person_id=chidi).name == "Chidi Okoye"
    assert make(login="counter.2", name=None, role=Role.COUNTER_DEVICE).person_id is None
    with refused(Invalid, field="person_id"):
        make(login="counter.3", role=Role.COUNTER_DEVICE, person_id=chidi)
    with refused(Missing):
        make(login="nobody", person_id=new_id())
    with refused(Invalid, field="name"):
        make(login="unnamed", name="")


def test_the_login_of_somebody_who_left_is_never_used_again(make, owner, owner_connection):
    make()
    revoke_staff(owner, new_id(), "tobi", "left")
    with refused(Invalid, field="login"):
        make()
    owner_connection.execute("DROP ROLE tobi")  # by whoever runs the server
    with refused(Invalid, field="login"):
        make()
    owner_connection.execute("CREATE ROLE tobi")  # the promise that rows and roles agree holds again
    owner_connection.execute("COMMENT ON ROLE tobi IS 'Rachel Foods: a login'")


def test_a_new_password_holds_at_the_next_sign_in_and_the_old_one_no_more(hire, owner, workplace, copy):
    tobi = hire("tobi", Role.SUPPORT)
    assert me(tobi)
    set_staff_password(owner, new_id(), "tobi", owner.verifier("tobi", "another"))
    assert me(tobi)  # what is open stays open
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        workplace.bare("tobi", copy)


@pytest.mark.parametrize("name", ["ordering", "worker", "nobody", "postgres", "r_api", None, ""])
def test_what_is_no_login_of_a_person_or_counter_is_not_touched(owner, name):
    with refused(Missing):
        set_staff_password(owner, new_id(), name, VERIFIER)
    with refused(Missing):
        change_staff_role(owner, new_id(), name, 1, Role.SUPPORT, [])
    with refused(Missing):
        revoke_staff(owner, new_id(), name, "left")


def test_a_changed_role_bites_in_a_session_that_is_open(hire, owner, town, groups):
    tobi = hire("tobi", Role.KITCHEN_STAFF, [town.yaba])
    receive_stock(tobi, new_id(), town.rice, 1, "")
    changed = change_staff_role(owner, new_id(), "tobi", 1, Role.AUDITOR, [])
    assert (changed.role, changed.version, changed.kitchen_ids) == (Role.AUDITOR, 2, [])
    with pytest.raises(Forbidden):
        receive_stock(tobi, new_id(), town.rice, 1, "")
    assert len(all_items(tobi)) == 4
    assert groups("tobi") == ["auditor"]


def test_a_changed_kitchen_bites_in_a_session_that_is_open(hire, owner, town):
    tobi = hire("tobi", Role.KITCHEN_STAFF, [town.yaba])
    change_staff_role(owner, new_id(), "tobi", 1, Role.KITCHEN_STAFF, [town.lekki])
    assert [each.id for each in all_items(tobi)] == [town.beans]
    with refused(Missing):
        receive_stock(tobi, new_id(), town.rice, 1, "")


def test_a_role_changed_by_somebody_else_first_is_stale_and_says_what_it_is_now(make, owner):
    made = make()
    change_staff_role(owner, new_id(), "tobi", 1, Role.SUPPORT, [])
    for seen_version in (1, 3):
        with pytest.raises(Stale) as stale:
            change_staff_role(owner, new_id(), "tobi", seen_version, Role.AUDITOR, [])
        facts = {name: stale.value.facts[name] for name in ("login", "name", "role", "kitchen_ids", "version", "active")}
        assert facts == {"login": "tobi", "name": made.name, "role": "support", "kitchen_ids": [], "version": 2, "active": True}
    with pytest.raises(Invalid):
        change_staff_role(owner, new_id(), "tobi", None, Role.AUDITOR, [])


def test_nobody_changes_or_ends_their_own_login_and_a_counter_stays_a_counter(owner, town):
    with refused(Invalid, field="login"):
        change_staff_role(owner, new_id(), "ada", 1, Role.SUPPORT, [])
    with refused(Invalid, field="login"):
        revoke_staff(owner, new_id(), "ada", "tired")
    with refused(Invalid, field="role"):
        change_staff_role(owner, new_id(), "yaba.counter", 1, Role.SUPPORT, [])
    with refused(Invalid, field="role"):
        change_staff_role(owner, new_id(), "chidi", 1, Role.COUNTER_DEVICE, [town.yaba])


def test_a_revoked_person_is_out_at_once_and_for_good(hire, owner, town, groups):
    tobi = hire("tobi", Role.KITCHEN_STAFF, [town.yaba])
    assert len(items(tobi, town.yaba)) == 3
    ended = revoke_staff(owner, new_id(), "tobi", "left")
    assert (ended.active, ended.version) == (False, 2)
    with pytest.raises((Forbidden, Offline)):
        receive_stock(tobi, new_id(), town.rice, 1, "")
    with pytest.raises(Forbidden, match="no longer in use"):
        items(tobi, town.yaba)
    with refused(Invalid, field="role"):
        change_staff_role(owner, new_id(), "tobi", 2, Role.AUDITOR, [])
    assert [each.active for each in staff(owner) if each.login == "tobi"] == [False]
