"""The office's staff page: who works here, with which logins; what each may do, where they are signed in, and what can be done about it."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from admin_app.staff import StaffPage
from admin_app.staff.question import Question
from admin_app.staff.words import may, place, program_word
from core.base.identifiers import new_id
from core.staff import Role, Standing, create_staff_login, me, revoke_staff
from tests.admin.conftest import choose, is_calm, names, rows, tell
from tests.support.scene import VERIFIER

NAME, LOGIN, ROLE, KITCHENS, STATE = range(5)


@pytest.fixture
def make(owner, town, refill):
    """Make a login: `make("tunde", "Túndé Akínwùmí", Role.SUPPORT)`."""

    def make(login, name="", role=Role.SUPPORT, kitchen_ids=(), person_id=None):
        refill()
        return create_staff_login(owner, new_id(), login, name, role, list(kitchen_ids), person_id, VERIFIER)

    return make


@pytest.fixture
def page(open_at_desk, town):
    return open_at_desk(StaffPage)


def texts(widget):
    return [shown.text() for shown in widget.findChildren(QLabel) if shown.isVisible() and shown.text()]


def open_login(qtbot, page, login):
    """Open somebody's details, and wait until they are read."""
    qtbot.waitUntil(lambda: login in names(page, LOGIN))
    choose(page, names(page, LOGIN).index(login))
    page.listing.open_current()
    qtbot.waitUntil(lambda: page.detail.sessions.count() > 0)
    return page.detail


def told(qtbot, page):
    tell(page, "staff")
    qtbot.waitUntil(lambda: is_calm(page.news))


def test_everybody_who_can_sign_in_stands_there_by_name_with_login_role_kitchens_and_state(page):
    assert names(page, LOGIN) == ["ada", "bisi", "chidi", "dayo", "emeka", "funmi", "gbenga", "halima", "ordering", "webhook", "worker",
                                  "yaba.counter"]  # fmt: skip
    assert rows(page)[1][:5] == ["Bisi Ojo", "bisi", "Kitchen manager", "Yaba", "In use"]
    assert rows(page)[-1][:4] == ["yaba.counter\na counter, no person", "yaba.counter", "Counter", "Yaba"]
    assert page.head.count.text() == "12 logins"


def test_the_logins_of_one_person_name_each_other_and_the_details_show_them_all(qtbot, page, make, cook, owner):
    chidi = me(cook).person_id
    make("chidi.too", person_id=chidi)
    make("chidi.old", person_id=chidi)
    revoke_staff(owner, new_id(), "chidi.old", "changed office")
    told(qtbot, page)
    assert names(page, NAME)[2:4] == ["Chidi Okoye\nalso chidi.too", "Chidi Okoye\nalso chidi"]
    detail = open_login(qtbot, page, "chidi")
    shown = ["chidi", "chidi.old", "chidi.too"]
    qtbot.waitUntil(lambda: [login for login in texts(detail) if login.startswith("chidi")] == shown)
    assert detail.logins_title.text() == "One person, 3 logins"
    assert texts(detail).count("Ended") == 1


def test_the_list_is_searched_and_narrowed_and_nothing_found_offers_the_way_back(qtbot, page, make, owner, town):
    make("tunde", "Túndé Akínwùmí")
    revoke_staff(owner, new_id(), "tunde", "left")
    for stand, found in ((Question(search="akinwumi", state=Standing.ENDED), ["tunde"]), (Question(role=Role.KITCHEN_STAFF),
                         ["chidi", "dayo", "emeka"]), (Question(kitchen_id=town.lekki), ["emeka"])):  # fmt: skip
        page.filters.ask(stand)
        page.filters.changed.emit()
        qtbot.waitUntil(lambda found=found: names(page, LOGIN) == found)
    page.filters.search.setText("nobody of this name")
    qtbot.waitUntil(lambda: page.listing.notice.title.text() == "Nothing found")
    page.listing.notice.act.click()
    qtbot.waitUntil(lambda: len(page.model.rows) == 12)


def test_a_click_on_a_title_sorts_in_the_database_and_a_second_one_turns_it_round(qtbot, page):
    page.header.setSortIndicator(ROLE, Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: names(page, ROLE)[0] == "Auditor")
    page.header.setSortIndicator(ROLE, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: names(page, ROLE)[-1] == "Auditor")
    assert page.asked.descending


def test_a_row_that_is_read_stays_in_its_place_and_says_that_it_has_ended(qtbot, page, make, owner):
    make("folu", "Folu Ade")
    told(qtbot, page)
    detail = open_login(qtbot, page, "folu")
    place_before = page.listing.view.currentIndex().row()
    revoke_staff(owner, new_id(), "folu", "left for Abuja")
    told(qtbot, page)
    qtbot.waitUntil(lambda: names(page, STATE)[place_before] == "Ended")
    assert page.listing.view.currentIndex().row() == place_before
    assert detail.ended.isVisible() and detail.ended.words.text().endswith("by Ada Eze: left for Abuja")
    assert detail.foot.isHidden()
    page.listing.leave()
    qtbot.waitUntil(lambda: "folu" not in names(page, LOGIN))


def test_a_new_login_waits_while_somebody_reads_and_a_counter_that_ended_is_told_too(qtbot, page, make, owner, town):
    make("zaria.counter", role=Role.COUNTER_DEVICE, kitchen_ids=[town.yaba])
    told(qtbot, page)
    open_login(qtbot, page, "zaria.counter")
    make("aaron", "Aaron First")
    revoke_staff(owner, new_id(), "zaria.counter", "the computer was stolen")
    told(qtbot, page)
    qtbot.waitUntil(lambda: page.head.news.text() == "1 new login")
    qtbot.waitUntil(lambda: names(page, STATE)[-1] == "Ended")


def test_the_details_say_what_the_role_may_do_and_where_somebody_is_signed_in(qtbot, page, login):
    assert me(login("cook2", application="rachel-kitchen/7.7.7"))
    detail = open_login(qtbot, page, "dayo")
    assert [sentence for sentence in may(Role.KITCHEN_STAFF) if sentence not in texts(detail)] == []
    qtbot.waitUntil(lambda: "Kitchen program 7.7.7" in texts(detail))
    assert any(said.startswith("from 127.0.0.1, since ") for said in texts(detail))
    choose(page, names(page, LOGIN).index("halima"))
    qtbot.waitUntil(lambda: "Nowhere." in texts(detail))


def test_every_role_says_what_it_may_do_and_programs_are_called_by_name():
    assert all(may(role) for role in Role)
    assert place(Role.KITCHEN_STAFF, "Lekki, Surulere, Yaba") == "Kitchen staff, Lekki, Surulere and Yaba"
    called = [program_word(each) for each in ("rachel-admin/0.1.0", "psql", "")]
    assert called == ["Office program 0.1.0", "psql", "A program without a name"]


def test_nobody_is_offered_to_change_or_end_their_own_login_and_is_told_why(qtbot, page):
    foot = open_login(qtbot, page, "ada").foot
    assert (foot.renew_button.isEnabled(), foot.change_button.isEnabled(), foot.end_button.isEnabled()) == (True, False, False)
    assert foot.why.text() == "This is your own login. Only another owner changes its role or ends it."
    choose(page, names(page, LOGIN).index("bisi"))
    qtbot.waitUntil(foot.end_button.isEnabled)
    assert foot.change_button.isEnabled() and foot.why.isHidden()
    choose(page, names(page, LOGIN).index("worker"))
    qtbot.waitUntil(foot.isHidden)  # a service is made with the server


def test_the_auditor_reads_it_all_and_is_offered_nothing(qtbot, open_at_desk, town):
    page = open_at_desk(StaffPage, "auditor")
    detail = open_login(qtbot, page, "bisi")
    assert detail.foot.isHidden() and page.filters.make.isHidden()
    assert len(page.model.rows) == 12


def test_where_the_server_makes_no_logins_the_page_says_so_and_still_lets_them_be_ended(qtbot, open_at_desk, town, workplace):
    with workplace.superuser("postgres") as admin:
        admin.execute("ALTER ROLE r_staff NOCREATEROLE")  # as it is before PostgreSQL 16
        try:
            page = open_at_desk(StaffPage)
            qtbot.waitUntil(page.server_note.isVisible)
            foot = open_login(qtbot, page, "bisi").foot
            assert page.filters.make.isHidden()
            assert (foot.renew_button.isEnabled(), foot.change_button.isEnabled(), foot.end_button.isEnabled()) == (False, False, True)
            assert foot.why.text() == "Passwords and roles are changed by the server's administrator. You can end it."
        finally:
            admin.execute("ALTER ROLE r_staff CREATEROLE")


def test_offline_nothing_can_be_changed_and_it_says_so(qtbot, page, line):
    foot = open_login(qtbot, page, "bisi").foot
    line._take("offline", line.now(), None)
    assert not (page.filters.make.isEnabled() or foot.renew_button.isEnabled() or foot.end_button.isEnabled())
    assert foot.why.text() == "Nothing can be changed at the moment."
    line._take("live", line.now(), None)
    assert page.filters.make.isEnabled() and foot.end_button.isEnabled()


def test_what_cannot_be_read_says_why_and_tries_again_when_asked(qtbot, open_at_desk, town, owner_connection):
    owner_connection.execute("REVOKE SELECT ON api.staff_list FROM owner_admin")
    page = open_at_desk(StaffPage)
    qtbot.waitUntil(lambda: page.listing.notice.title.text() == "Who works here could not be read")
    owner_connection.execute("GRANT SELECT ON api.staff_list TO owner_admin")
    page.listing.notice.act.click()
    qtbot.waitUntil(lambda: len(page.model.rows) == 12)


def test_another_page_can_send_somebody_to_a_login_also_to_one_that_has_ended(qtbot, page, make, owner):
    make("folu", "Folu Ade")
    revoke_staff(owner, new_id(), "folu", "left")
    page.look_at("folu")
    qtbot.waitUntil(page.detail.isVisible)
    assert (page.detail.title.text(), names(page, LOGIN)) == ("Folu Ade", ["folu"])


def test_an_export_holds_what_is_shown_or_all_that_match(qtbot, open_at_desk, make, owner, tmp_path):
    make("folu", "Folu Ade")
    revoke_staff(owner, new_id(), "folu", "=left")
    file = tmp_path / "staff.csv"
    page = open_at_desk(StaffPage, ask=lambda parent, suggested: str(file))
    with qtbot.waitSignal(page.said) as told_what:
        page.head.export_shown.emit()
    assert told_what.args == ["12 rows exported", str(file)]
    page.filters.state.choose(None)
    qtbot.waitUntil(lambda: len(page.model.rows) == 13)
    with qtbot.waitSignal(page.said) as told_what:
        page.head.export_all.emit()
    assert told_what.args == ["13 rows exported", str(file)]
    with file.open(encoding="utf-8-sig", newline="") as opened:
        titles, *written = csv.reader(opened)
    [folu] = [cells for cells in written if cells[1] == "folu"]
    assert titles == ["Name", "Login", "Also signs in as", "Role", "Kitchens", "State", "Since", "Ended", "Ended by", "Why"]
    assert (folu[3:6], folu[8:]) == (["Support", "", "Ended"], ["Ada Eze", "'=left"])
