"""Suspending customers and staff, and taking them back: all of it is said before, and nothing happens by one click."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from admin_app.customers import CustomersPage
from admin_app.proposals.sheet import ProposalSheet
from admin_app.staff import StaffPage
from admin_app.staff.question import Question
from core.base.errors import Forbidden, Missing, Offline
from core.base.identifiers import new_id
from core.customers import customers
from core.database.gateway import Database
from core.live import Changes
from core.orders import State, place_order
from core.proposals import Kind, Progress, preview_suspension, proposals
from core.qt import theme
from core.staff import Role, Standing, list_staff, me
from core.wallets import freeze_wallet
from tests.admin.conftest import choose, names
from tests.admin.sheets import closed, draw_over, press, sheet
from tests.support.looks import draw, faults
from tests.support.people import NOTE, SOON, act, age_figures, confirmed, fill, seen
from tests.support.refund_views import press as click
from tests.support.refund_views import words
from tests.support.refunds import name_approvers, refund, set_limits

NGOZI, STATE = "Ngozi Eze", 2
SIZES = {"small": (1158, 768), "large": (1712, 1080)}


@pytest.fixture
def finance(login):
    return login("finance")


@pytest.fixture
def shown(qtbot, open_at_desk, scene):
    """Show the customers with Ngozi's details open: `shown("finance")`."""

    def shown(who="finance", **options):
        page = open_at_desk(CustomersPage, who, **options)
        choose(page, [row.name for row in page.model.rows].index(NGOZI))
        page.listing.open_current()
        scene.refill()
        return page

    return shown


@pytest.fixture
def suspend(qtbot, shown):
    """Ask what the suspension of Ngozi would do: `suspend()` returns the page and the sheet."""

    def suspend(who="finance", **options):
        page = shown(who, **options)
        page.detail.suspend.click()
        return page, seen(qtbot, sheet(qtbot, ProposalSheet))

    return suspend


@pytest.fixture
def kemi(hire):
    """Somebody of finance, signed in: a login is the whole server's, so that the standing ones must stay as they are."""
    return hire("kemi", Role.FINANCE_ADMIN, application="rachel-admin/7.7.7")


@pytest.fixture
def staff(qtbot, open_at_desk, scene):
    """Show the staff with somebody's details open: `staff("kemi")`; `state` as in Question."""

    def staff(login, who="owner", state=Standing.ACTIVE, **options):
        page = open_at_desk(StaffPage, who, **options)
        if state is not Standing.ACTIVE:
            page.filters.ask(Question(state=state))
            page.load()
        qtbot.waitUntil(lambda: login in [row.login for row in page.model.rows])
        choose(page, [row.login for row in page.model.rows].index(login))
        page.listing.open_current()
        scene.refill()
        return page

    return staff


@pytest.fixture
def shut_out(qtbot, staff):
    """Ask what the suspension of somebody, or its end, would do: `shut_out("kemi")` returns the page and the sheet."""

    def shut_out(login, **options):
        page = staff(login, **options)
        qtbot.waitUntil(page.detail.foot.isVisible)
        page.detail.foot.suspend_button.click()
        return page, seen(qtbot, sheet(qtbot, ProposalSheet))

    return shut_out


def is_active(db, customer_id):
    return customers(db, customer_ids=[customer_id])[0].active


def standing(db, login):
    return list_staff(db, logins=[login])[0].state


def test_it_says_what_goes_on_what_stays_and_what_ends_and_then_does_it(qtbot, suspend, scene, finance, ordering, town):
    orders = [scene.order(State.ACCEPTED), scene.order()]
    page, asked = suspend()
    assert {"Suspend Ngozi Eze?", "Nothing has been changed yet.", "Active", "Suspended"} <= set(words(asked))
    assert {
        "No new orders and no paying in, from the moment you confirm.",
        f"2 open orders go on: {orders[0].number} and {orders[1].number}.",
        "The wallet keeps its ₦4,995,000.00. Refunds and what cancelled orders give back still reach it.",
    } <= set(words(asked))
    fill(asked, "Fraud", typed=NGOZI)
    assert act(asked).text() == "Suspend Ngozi Eze" and act(asked).property("kind") == "danger"
    with qtbot.waitSignal(page.said) as toast:
        act(asked).click()
    assert toast.args == ["Suspended", NGOZI] and not is_active(finance, town.customer)
    with pytest.raises(Missing):
        place_order(ordering, new_id(), town.yaba, town.customer, [town.water], [1], "")
    page.take(Changes(False, frozenset({"customers"}), frozenset({town.customer})))
    qtbot.waitUntil(lambda: names(page, STATE) == ["Suspended"] and page.detail.suspend.text() == "Take back …")


def test_nothing_is_chosen_beforehand_and_the_button_says_what_is_missing(suspend):
    _, asked = suspend()
    form = asked.confirming.form
    reasons = [form.reason.box.itemText(place) for place in range(form.reason.box.count())]
    assert reasons == ["Choose a reason", "Fraud", "Abuse", "Their own wish", "Has left", "It was a mistake", "Something else"]
    assert "Choose a reason first." in words(asked) and not act(asked).isEnabled() and not act(asked).isDefault()
    fill(asked, "Fraud", note="bad")
    assert "Write a note first." in words(asked)
    fill(asked, "Fraud")
    assert "Type the name to confirm" in words(asked) and not act(asked).isEnabled()
    fill(asked, "Fraud", typed="Ngozi Obi")
    assert "This is not the name." in words(asked) and not act(asked).isEnabled()
    fill(asked, "Fraud", typed="  ngózi  EZE ")  # accents, capitals and blanks do not matter
    assert "That is the name." in words(asked) and act(asked).isEnabled()


def test_enter_in_a_field_and_escape_change_nothing(qtbot, suspend, finance, town):
    _, asked = suspend()
    fill(asked, "Fraud", typed=NGOZI)
    asked.confirming.form.typed.setFocus()
    press(asked, Qt.Key.Key_Return)
    assert asked.isVisible() and is_active(finance, town.customer)
    press(asked, Qt.Key.Key_Escape)
    closed(qtbot)
    assert is_active(finance, town.customer) and proposals(finance, states=[Progress.DONE]) == []


def test_whoever_is_taken_back_orders_again_and_nobody_types_a_name_for_it(qtbot, suspend, scene, finance, ordering, town):
    confirmed(finance, preview_suspension(finance, new_id(), [town.customer], [], True), "fraud")
    freeze_wallet(finance, new_id(), town.customer, "stolen card")
    page, asked = suspend()
    assert {"Take back Ngozi Eze?", "They can order and pay in again at once."} <= set(words(asked))
    assert "Frozen, and stays so until somebody unfreezes it: the wallet of Ngozi Eze." in words(asked)
    assert not asked.confirming.form.typed.isVisible()
    fill(asked, "It was a mistake")
    assert act(asked).property("kind") == "primary"
    with qtbot.waitSignal(page.said) as toast:
        click(asked, "Take back Ngozi Eze")
    assert toast.args == ["Taken back", NGOZI] and is_active(finance, town.customer)


def test_several_are_suspended_at_once_with_how_many_typed_and_those_who_stand_otherwise_are_left_out(
    qtbot, open_at_desk, scene, finance, town
):
    others = [scene.customer(10_000), scene.customer(), scene.customer()]
    confirmed(finance, preview_suspension(finance, new_id(), others[2:], [], True), "fraud")
    order = scene.order()
    page = open_at_desk(CustomersPage, "finance")
    choose(page, [row.name for row in page.model.rows].index(NGOZI))
    page.listing.open_current()
    for place in range(page.model.rowCount()):
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        page.listing.view.selectionModel().select(page.model.index(place, 0), flags)
    assert page.detail.suspend.text() == "Suspend these 3 …"
    scene.refill()
    page.detail.suspend.click()
    asked = seen(qtbot, sheet(qtbot, ProposalSheet))
    assert {"Suspend 3 customers?", f"₦4,997,500.00 · open: {order.number}", "₦100.00 · no open order"} <= set(words(asked))
    fill(asked, "Abuse", typed="4")
    assert "This is not how many." in words(asked)
    fill(asked, "Abuse", typed="3")
    with qtbot.waitSignal(page.said) as toast:
        click(asked, "Suspend 3 customers")
    assert toast.args == ["Suspended", "3 customers"]
    assert not any(each.active for each in customers(finance))


@pytest.mark.parametrize(("who", "offered"), [("finance", True), ("owner", True), ("support", False), ("auditor", False)])
def test_only_finance_and_owners_have_the_button(shown, who, offered):
    assert shown(who).detail.suspend.isVisible() is offered


def test_of_two_who_suspend_the_same_customer_the_second_is_told_and_keeps_what_was_typed(qtbot, suspend, scene, owner, town):
    _, asked = suspend()
    fill(asked, "Fraud", typed=NGOZI)
    confirmed(owner, preview_suspension(owner, new_id(), [town.customer], [], True), "abuse")
    scene.refill()
    act(asked).click()
    qtbot.waitUntil(asked.moved.isVisible, timeout=SOON)
    assert {"Nothing was changed. Something is different since you looked.", "Ngozi Eze is suspended by now"} <= set(words(asked))
    form = asked.confirming.form
    assert (act(asked).text(), form.code, form.note.toPlainText()) == ("Check again", "fraud", NOTE)
    scene.refill()
    act(asked).click()
    refusal = "Nothing would change: all of these are so already."
    qtbot.waitUntil(lambda: refusal in words(asked), timeout=SOON)


def test_five_quick_clicks_send_one_command(qtbot, suspend, owner_connection):
    _, asked = suspend()
    fill(asked, "Fraud", typed=NGOZI)
    push = act(asked)
    for _ in range(5):
        push.click()
    closed(qtbot)
    assert owner_connection.execute("SELECT count(*) FROM app.commands WHERE verb = 'confirm_proposal'").fetchone() == (1,)


def test_figures_that_ran_out_are_looked_at_again(qtbot, suspend, scene, finance, town, owner_connection):
    _, asked = suspend()
    fill(asked, "Fraud", typed=NGOZI)
    age_figures(owner_connection, 6)
    act(asked).click()
    qtbot.waitUntil(lambda: act(asked).text() == "Check again", timeout=SOON)
    assert "Nothing was changed. Check again before you confirm." in words(asked) and is_active(finance, town.customer)
    scene.refill()
    click(asked, "Check again")
    qtbot.waitUntil(lambda: act(asked).text() == "Suspend Ngozi Eze", timeout=SOON)
    fill(asked, "Fraud", typed=NGOZI)
    act(asked).click()
    closed(qtbot)
    assert not is_active(finance, town.customer)


def test_offline_nothing_is_sent_and_what_was_typed_stays(suspend, line):
    page, asked = suspend()
    fill(asked, "Fraud", typed=NGOZI)
    line._take("offline", line.now(), None)
    assert not act(asked).isEnabled() and "No connection: nothing can be sent. What you typed stays." in words(asked)
    assert not page.detail.suspend.isEnabled()
    line._take("live", line.now(), None)
    assert act(asked).isEnabled() and asked.confirming.form.typed.text() == NGOZI


def test_what_it_would_do_must_be_known_first_and_can_be_asked_again(qtbot, shown, owner_connection):
    page = shown()
    owner_connection.execute("REVOKE SELECT ON api.order_list FROM finance_admin")
    page.detail.suspend.click()
    asked = sheet(qtbot, ProposalSheet)
    qtbot.waitUntil(lambda: "This login may not do that." in words(asked), timeout=SOON)
    assert not asked.confirming.isVisible()
    owner_connection.execute("GRANT SELECT ON api.order_list TO finance_admin")
    click(asked, "Try again")
    assert "Suspend Ngozi Eze" in words(seen(qtbot, asked))
    click(asked, "Go back")
    closed(qtbot)


@pytest.fixture
def far(workplace, copy, proxy, pending):
    """Gbenga's login through a line that can be spoiled, with little patience."""
    it, server = workplace.sign_ins["finance"], workplace.cluster.server(copy)
    db = Database.connect(replace(server, port=proxy.port), it.login, it.password, pending=pending, size=1, deadline=1.5)
    yield db
    db.close()


def test_what_was_sent_and_not_answered_is_being_checked_and_then_known(qtbot, suspend, scene, far, proxy, finance, town):
    confirmed(far, preview_suspension(far, new_id(), [scene.customer()], [], True), "fraud")  # so that one message is enough from then on
    page, asked = suspend(db=far)
    fill(asked, "Fraud", typed=NGOZI)
    proxy.mute = True
    act(asked).click()
    qtbot.waitUntil(lambda: not is_active(finance, town.customer), timeout=SOON)
    proxy.cut()
    qtbot.waitUntil(lambda: act(asked).text() == "Being checked", timeout=SOON)
    assert any("Do not do it again." in each for each in words(asked)) and not act(asked).isEnabled()
    proxy.mute = False
    with qtbot.waitSignal(page.said, timeout=SOON) as toast:
        pass
    assert toast.args == ["Suspended", NGOZI]
    closed(qtbot)


def test_what_never_arrived_can_be_sent_again_when_that_is_known(qtbot, suspend, scene, far, proxy, finance, town):
    _, asked = suspend(db=far)
    fill(asked, "Fraud", typed=NGOZI)
    proxy.stall()
    act(asked).click()
    sentence = "It was not recorded: nothing happened. Try again if it is still right."
    qtbot.waitUntil(lambda: sentence in words(asked), timeout=20_000)
    assert is_active(finance, town.customer) and asked.confirming.form.typed.text() == NGOZI
    scene.refill()
    act(asked).click()
    closed(qtbot)
    assert not is_active(finance, town.customer)


def test_while_somebody_holds_it_the_same_command_is_sent_again(qtbot, suspend, held):
    _, asked = suspend()
    fill(asked, "Fraud", typed=NGOZI)
    command_id = asked.confirming.meant.command_id
    with held("SELECT FROM app.proposals FOR UPDATE") as wait:
        act(asked).click()
        wait()
        qtbot.waitUntil(lambda: bool(asked.confirming.meant.trouble), timeout=SOON)
    assert "Somebody else is changing the same thing. Try again in a moment." in words(asked)
    assert asked.confirming.meant.command_id == command_id
    act(asked).click()
    closed(qtbot)


def test_it_is_done_by_keyboard_alone(qtbot, suspend, finance, town):
    _, asked = suspend()

    def key(which):
        QTest.keyClick(QApplication.focusWidget(), which)

    asked.confirming.form.reason.box.setFocus()
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), NOTE)
    key(Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), NGOZI)
    key(Qt.Key.Key_Tab)
    assert act(asked).hasFocus()
    key(Qt.Key.Key_Return)
    closed(qtbot)
    assert not is_active(finance, town.customer)


def test_whoever_is_suspended_is_out_at_once_with_all_logins_and_what_they_proposed(
    qtbot, shut_out, scene, kemi, owner, worker, hire, owner_connection
):
    hire("kemi.too", Role.AUDITOR, person_id=me(kemi).person_id).close()
    name_approvers(owner_connection, "ada", "gbenga")
    set_limits(owner_connection, alone=0)
    waiting = refund(kemi, scene.order(State.ACCEPTED, State.PREPARING).id)
    page, asked = shut_out("kemi")
    said = words(asked)
    assert {"kemi, Finance admin", "kemi.too, Auditor", "In use", "Shut out"} <= set(said)
    [at_once] = [each for each in said if "closed at once" in each]
    assert at_once.startswith("Office program 7.7.7 from 127.0.0.1, since ")
    amount = f"₦{waiting.total / 100:,.2f}"
    assert f"1 proposal of theirs that waits for a second person lapses. {amount} set aside for that are free again." in said
    assert "This is for a time: an owner can take them back, with the same logins, passwords and roles." in said
    assert "To shut somebody out for ever, end their logins instead: nobody gets an ended login again." in said
    fill(asked, "Has left", typed="Kemi")
    with qtbot.waitSignal(page.said) as toast:
        click(asked, "Suspend Kemi")
    assert toast.args == ["Suspended", "Kemi"]
    assert {standing(owner, login) for login in ("kemi", "kemi.too")} == {Standing.SUSPENDED}
    with pytest.raises((Forbidden, Offline)):
        refund(kemi, scene.order(State.ACCEPTED, State.PREPARING).id)
    qtbot.waitUntil(lambda: page.detail.state.words.text() == "Suspended")
    assert page.detail.foot.suspend_button.text() == "Take back …"


def test_whoever_is_taken_back_signs_in_again(qtbot, shut_out, kemi, owner, login):
    confirmed(owner, preview_suspension(owner, new_id(), [], [me(kemi).person_id], True), "fraud")
    page, asked = shut_out("kemi", state=Standing.SUSPENDED)
    assert "They can sign in again at once, with the passwords they had." in words(asked)
    fill(asked, "It was a mistake")
    with qtbot.waitSignal(page.said) as toast:
        click(asked, "Take back Kemi")
    assert toast.args == ["Taken back", "Kemi"] and standing(owner, "kemi") is Standing.ACTIVE
    assert me(login("kemi")).login == "kemi"


def test_it_is_loud_where_an_approver_or_the_only_other_owner_goes(qtbot, shut_out, hire, owner_connection):
    hire("bola", Role.OWNER_ADMIN).close()
    name_approvers(owner_connection, "bola", "gbenga")
    _, asked = shut_out("bola")
    said = words(asked)
    assert "Then you are the only owner: nobody else can make logins, end them, or end yours." in said
    assert any(each.startswith("Bola agrees to what others propose. Suspended they agree to nothing") for each in said)
    assert "Then only Gbenga Alabi is left to agree to what others propose, and nobody to what Gbenga Alabi proposes." in said


def test_nobody_suspends_themselves_or_a_counter(qtbot, staff, hire, owner, scene):
    hire("ada.too", Role.AUDITOR, person_id=me(owner).person_id).close()
    foot = staff("ada.too").detail.foot
    qtbot.waitUntil(foot.isVisible)
    assert not foot.suspend_button.isEnabled() and foot.why.text() == "This is another login of yours. Nobody suspends themselves."
    foot = staff("yaba.counter").detail.foot
    qtbot.waitUntil(foot.isVisible)
    assert not foot.suspend_button.isVisible()


def test_the_auditor_looks_only(staff, kemi):
    page = staff("kemi", "auditor")
    assert not page.detail.foot.isVisible() and not page.detail.powers.isVisible() and not page.everybody.isVisible()


def test_a_login_that_ended_meanwhile_is_said_to_be_different(qtbot, shut_out, scene, kemi, hire, owner):
    hire("kemi.too", Role.AUDITOR, person_id=me(kemi).person_id).close()
    _, asked = shut_out("kemi")
    fill(asked, "Has left", typed="Kemi")
    confirmed(owner, preview_suspension(owner, new_id(), [], [me(kemi).person_id], True), "fraud")
    scene.refill()
    act(asked).click()
    qtbot.waitUntil(asked.moved.isVisible, timeout=SOON)
    assert "kemi, Finance admin: suspended by now" in words(asked.moved)
    assert [each.kind for each in proposals(owner, states=[Progress.DONE])] == [Kind.SUSPENSION]


@pytest.fixture
def grounded(qapp, dark):
    """Draw pages on the ground of their theme."""
    theme.apply(qapp, dark)

    def grounded(page):
        page.setObjectName("ground")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        page.setStyleSheet(f"#ground {{ background: {theme.colour('bg').name()}; }}")
        return page

    return grounded


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_is_cut_unnamed_or_too_small(qtbot, grounded, suspend, shut_out, kemi, scene, owner_connection, owner, town, dark, size):
    name = f"{SIZES[size][0]}-{'dark' if dark else 'light'}"
    for _ in range(3):
        scene.order(State.ACCEPTED)
    page, asked = suspend(size=SIZES[size])
    grounded(page)
    qtbot.wait(300)
    draw(page, f"people-customer-{name}")
    assert faults(page, 40) == []
    fill(asked, "Fraud", typed=NGOZI)
    qtbot.wait(50)
    draw_over(page, asked, f"people-suspend-customer-{name}")
    assert faults(asked, 40) == []
    confirmed(owner, preview_suspension(owner, new_id(), [town.customer], [], True), "abuse")
    act(asked).click()
    qtbot.waitUntil(asked.moved.isVisible, timeout=SOON)
    qtbot.wait(50)
    draw_over(page, asked, f"people-suspend-moved-{name}")
    assert faults(asked, 40) == []
    asked.leave()
    name_approvers(owner_connection, "kemi", "gbenga")
    page, asked = shut_out("kemi", size=SIZES[size])
    grounded(page)
    qtbot.wait(300)
    draw_over(page, asked, f"people-suspend-staff-{name}")
    assert faults(page, 40) == [] and faults(asked, 40) == []


def test_in_a_small_window_it_scrolls_and_nothing_is_cut(qtbot, suspend, line):
    page, asked = suspend(size=(703, 500))
    qtbot.wait(100)
    draw_over(page, asked, "people-suspend-customer-703")
    assert faults(asked, 40) == [] and asked.height() <= page.height() and asked.width() <= page.width()
