"""The office's list of logins: searched, filtered, sorted and paged by the database; who is signed in now, and how a login ended."""

import pytest

from core.base.errors import Forbidden
from core.base.identifiers import new_id
from core.staff import (
    Role,
    StaffOrder,
    Standing,
    create_staff_login,
    list_staff,
    me,
    other_owners,
    revoke_staff,
    sessions,
    set_staff_password,
    staff,
    staff_rules,
)
from tests.support.scene import VERIFIER
from tests.support.waiting import wait_until

NAMES = ("Zainab", "Ọlá", "Ola", "Ẹniọlá", "eniola", "Ẹgbẹ́")


@pytest.fixture
def make(owner, town, refill):
    """Make a login: `make("tobi", "Tobi Ade", Role.SUPPORT)`."""

    def make(login, name="Tobi Ade", role=Role.KITCHEN_STAFF, person_id=None):
        refill()
        kitchen_ids = [town.yaba, town.lekki] if role in (Role.KITCHEN_STAFF, Role.KITCHEN_MANAGER) else []
        return create_staff_login(owner, new_id(), login, name, role, kitchen_ids, person_id, VERIFIER)

    return make


def logins(found):
    return [each.login for each in found]


def test_every_login_is_listed_with_its_kitchens_by_name_and_the_persons_other_logins(owner, make, cook):
    make("chidi.too", role=Role.KITCHEN_MANAGER, person_id=me(cook).person_id)
    listed = {each.login: each for each in list_staff(owner)}
    assert listed.keys() == {each.login for each in staff(owner)}
    assert (listed["chidi"].kitchens, listed["chidi"].other_logins) == ("Yaba", "chidi.too")
    assert (listed["chidi.too"].kitchens, listed["chidi.too"].other_logins) == ("Lekki, Yaba", "chidi")
    assert listed["yaba.counter"].name == "yaba.counter" and listed["yaba.counter"].other_logins == ""


def test_a_login_that_was_ended_says_when_by_whom_and_why_and_a_second_end_changes_none_of_it(owner, make, hire, cook):
    make("chidi.too", person_id=me(cook).person_id)
    revoke_staff(owner, new_id(), "chidi.too", "lost the phone")
    [first] = list_staff(owner, logins=["chidi.too"])
    assert (first.state, first.ended_by, first.ended_why) == (Standing.ENDED, "Ada Eze", "lost the phone")
    assert first.ended_at > first.created_at
    assert list_staff(owner, logins=["chidi"])[0].other_logins == ""  # only those in use are told
    revoke_staff(hire("bola", Role.OWNER_ADMIN), new_id(), "chidi.too", "once more")
    [again] = list_staff(owner, logins=["chidi.too"])
    assert (again.ended_at, again.ended_by, again.ended_why) == (first.ended_at, "Ada Eze", "lost the phone")


def test_a_search_finds_parts_of_names_and_logins_without_accents(owner, make):
    make("boss.2", "Túndé Akínwùmí")
    assert logins(list_staff(owner, "akinwumi TUND")) == ["boss.2"]
    assert logins(list_staff(owner, "tunde boss.")) == ["boss.2"]
    assert list_staff(owner, "tunde okoye") == []


def test_the_list_is_narrowed_by_role_kitchen_state_and_person(owner, make, town, stranger_id):
    make("emeka.too", role=Role.SUPPORT, person_id=stranger_id)
    revoke_staff(owner, new_id(), "emeka.too", "left")
    assert logins(list_staff(owner, role=Role.KITCHEN_MANAGER)) == ["bisi"]
    assert logins(list_staff(owner, kitchen_id=town.lekki)) == ["emeka"]
    assert logins(list_staff(owner, state=Standing.ENDED)) == ["emeka.too"]
    assert logins(list_staff(owner, state=Standing.SUSPENDED)) == []
    assert logins(list_staff(owner, person_id=stranger_id)) == ["emeka", "emeka.too"]


@pytest.fixture
def stranger_id(login):
    return me(login("stranger")).person_id


def test_names_are_sorted_as_people_read_them(owner, make):
    for number, name in enumerate(NAMES):
        make(f"word{number}", name)
    found = [each.name for each in list_staff(owner, search="word")]
    assert found == ["Ẹgbẹ́", "Ẹniọlá", "eniola", "Ọlá", "Ola", "Zainab"]


@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
@pytest.mark.parametrize("order", list(StaffOrder))
def test_pages_follow_on_each_other_whatever_the_list_is_sorted_by(owner, make, order, descending):
    for number, name in enumerate(NAMES):
        make(f"word{number}", name)
    revoke_staff(owner, new_id(), "word3", "left")
    whole = list_staff(owner, order=order, descending=descending)
    paged, last = [], None
    while page := list_staff(owner, order=order, descending=descending, after=last, limit=3):
        paged, last = paged + page, page[-1]
    assert logins(paged) == logins(whole)
    assert len(set(logins(whole))) == len(staff(owner))


def test_whoever_is_signed_in_is_told_with_program_address_and_since_when(owner, login):
    manager = login("manager", application="rachel-kitchen/9.9.9")
    assert me(manager)
    [open_now] = sessions(owner, "bisi")
    assert (open_now.program, open_now.address, open_now.connections) == ("rachel-kitchen/9.9.9", "127.0.0.1", 1)
    manager.close()
    wait_until(lambda: sessions(owner, "bisi") == [])
    assert sessions(login("auditor"), "ada")[0].login == "ada"


@pytest.mark.parametrize("who", ["manager", "support", "finance", "worker"])
def test_nobody_else_sees_the_list_or_who_is_signed_in(login, who):
    for look in (list_staff, staff_rules, lambda db: sessions(db, "ada")):
        with pytest.raises(Forbidden):
            look(login(who))


def test_an_owner_that_was_ended_sees_nobody_any_more(hire, owner, owner_connection, workplace, copy):
    hire("bola", Role.OWNER_ADMIN).close()
    with workplace.bare("bola", copy) as bola:
        owner_connection.execute("UPDATE app.staff SET active = false WHERE login = 'bola'")
        assert [bola.execute(f"SELECT count(*) FROM api.{view}").fetchone() for view in ("staff_list", "sessions")] == [(0,), (0,)]
        owner_connection.execute("UPDATE app.staff SET active = true WHERE login = 'bola'")


def test_the_other_owners_are_counted_as_people(owner, make, hire):
    assert other_owners(owner, "ada") == 0
    bola = me(hire("bola", Role.OWNER_ADMIN)).person_id
    make("bola.too", role=Role.OWNER_ADMIN, person_id=bola)
    assert (other_owners(owner, "ada"), other_owners(owner, "bola"), other_owners(owner, "chidi")) == (1, 1, 2)


def test_a_server_that_makes_no_logins_says_so_and_still_ends_them(owner, make, workplace):
    make("tobi")
    assert staff_rules(owner).makes_logins
    with workplace.superuser("postgres") as admin:
        admin.execute("ALTER ROLE r_staff NOCREATEROLE")  # as it is before PostgreSQL 16
        try:
            assert not staff_rules(owner).makes_logins
            with pytest.raises(Forbidden, match="server's administrator") as refused:
                set_staff_password(owner, new_id(), "tobi", VERIFIER)
            assert refused.value.facts == {"why": "server"}
            assert not revoke_staff(owner, new_id(), "tobi", "left").active
        finally:
            admin.execute("ALTER ROLE r_staff CREATEROLE")
            admin.execute("ALTER ROLE tobi NOLOGIN")  # so that rows and roles agree again
