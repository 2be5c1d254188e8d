"""Two counters of one kitchen, each a whole session with its own login: both see everything, and nobody is asked to reload."""

import pytest

from core.base.config import Config, SignIn
from core.base.errors import Forbidden
from core.base.identifiers import new_id
from core.database.pending import Pending, folder_of
from core.kitchens import create_kitchen
from core.orders import State
from core.qt.sign_in import SignInPage
from core.staff import Role, revoke_staff
from core.stock import receive_stock
from kitchen_app.__main__ import Program
from kitchen_app.session import Session, enter

SOON = 8_000  # ms: nobody kicks in these tests, so it takes a poll or two


@pytest.fixture
def config(workplace, copy, tmp_path):
    return Config(workplace.cluster.server(copy), counter="Counter 1", data=tmp_path)


@pytest.fixture
def sit(workplace, config, qtbot, town):
    """Sit down at a counter: `sit("cook")`."""
    sessions = []

    def sit(who):
        entered = enter(config, workplace.sign_ins[who])
        session = Session(config, entered, entered.kitchens[0])
        sessions.append(session)
        session.window.resize(1366, 768)
        session.window.show()
        qtbot.waitUntil(lambda: session.line.state == "live" and bool(session.window.stock.shelf.model.items), timeout=SOON)
        return session

    yield sit
    for session in sessions:
        session.close()


def shown(session, item_id):
    return session.window.stock.shelf.model.items[item_id]


def test_a_change_at_one_counter_and_an_order_are_seen_at_the_other_without_reloading(sit, town, scene, qtbot):
    one, two = sit("cook"), sit("manager")
    panel = one.window.stock.panel
    one.window.stock.shelf.point_at(town.rice)
    panel.form.amount.line.setText("5")
    panel.foot.save.click()
    qtbot.waitUntil(lambda: shown(two, town.rice).on_hand == 15_000, timeout=SOON)
    assert shown(two, town.rice).changed_by == "Chidi Okoye"
    assert two.window.stock.shelf.model.news(shown(two, town.rice)) == "+5 kg"
    order = scene.order(quantity=10)
    qtbot.waitUntil(lambda: shown(one, town.rice).available == shown(two, town.rice).available == 13_000, timeout=SOON)
    assert shown(one, town.rice).changed_order == order.number
    scene.order(State.ACCEPTED, State.PREPARING, quantity=10)
    qtbot.waitUntil(lambda: shown(one, town.rice).on_hand == shown(two, town.rice).on_hand == 13_000, timeout=SOON)


def test_a_count_made_stale_by_the_other_counter_is_asked_about(sit, town, cook, qtbot):
    one, two = sit("cook"), sit("manager")
    for session, typed in ((one, "9"), (two, "8")):
        stock = session.window.stock
        stock.shelf.point_at(town.rice)
        next(push for kind, push in stock.panel.form.kinds.buttons.items() if kind.name == "count").click()
        stock.panel.form.amount.line.setText(typed)
    one.window.stock.panel.foot.save.click()
    two.window.stock.panel.foot.save.click()
    qtbot.waitUntil(lambda: sum(bool(each.window.stock.saving.dialog) for each in (one, two)) == 1, timeout=SOON)
    dialog = one.window.stock.saving.dialog or two.window.stock.saving.dialog
    dialog.reject()


def test_the_server_dies_and_comes_back_and_the_board_knows_it(sit, town, owner_connection, cook, qtbot):
    one = sit("manager")
    owner_connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    qtbot.waitUntil(lambda: one.line.state != "live", timeout=SOON)
    receive_stock(cook, new_id(), town.rice, 1000, "")
    qtbot.waitUntil(lambda: one.line.state == "live" and shown(one, town.rice).on_hand == 11_000, timeout=SOON)


def test_a_login_that_is_taken_away_is_shown_the_door_with_the_reason(config, workplace, hire, owner, refill, town, qtbot):
    hire("tobi", Role.KITCHEN_STAFF, [town.yaba]).close()
    program = Program(config)
    program.come_in(enter(config, workplace.sign_ins["tobi"]))
    qtbot.waitUntil(lambda: program.session.line.state == "live", timeout=SOON)
    refill()
    revoke_staff(owner, new_id(), "tobi", "left")
    qtbot.waitUntil(lambda: program.session is None, timeout=2 * SOON)
    assert program.door.isVisible()
    assert program.page.trouble.isVisible()
    assert program.page.trouble.words.text()


@pytest.mark.parametrize(
    ("who", "says"),
    [("finance", "This is the kitchen program, and Gbenga Alabi does not work in a kitchen. Start the office program.")],
)
def test_somebody_of_another_role_is_told_which_program_is_theirs(config, workplace, who, says):
    with pytest.raises(Forbidden, match="office program") as refused:
        enter(config, workplace.sign_ins[who])
    assert (str(refused.value), refused.value.facts) == (says, {"why": "role"})


def test_a_wrong_password_is_told_apart(config, workplace):
    with pytest.raises(Forbidden) as refused:
        enter(config, SignIn("chidi", "wrong"))
    assert refused.value.facts == {}


def test_who_works_in_several_kitchens_is_asked_which_and_next_time_the_last_one_is_first_to_hand(
    config, workplace, hire, owner, town, qtbot, refill
):
    refill()
    new = create_kitchen(owner, new_id(), "Ikeja kitchen", "Ikeja").id
    hire("tobi", Role.KITCHEN_STAFF, [town.yaba, new]).close()
    program = Program(config)
    program.come_in(enter(config, workplace.sign_ins["tobi"]))
    choice = program.steps.currentWidget()
    assert [push.text() for push in choice.buttons] == ["Ikeja kitchen, Ikeja", "Yaba, Yaba district"]
    choice.buttons[1].click()
    assert program.session.window.windowTitle() == "Rachel Foods, Yaba"
    assert program.door.isHidden()
    program.sign_out()
    assert isinstance(program.steps.currentWidget(), SignInPage)
    program.come_in(enter(config, workplace.sign_ins["tobi"]))
    assert program.steps.currentWidget().focusProxy().text() == "Yaba, Yaba district"
    program.steps.currentWidget().left.emit()
    assert isinstance(program.steps.currentWidget(), SignInPage)
    program.door.close()


def test_what_another_person_left_unanswered_here_is_told_to_the_next_one(sit, config, town):
    Pending(folder_of(config.data, "dayo")).keep(new_id(), "receive_stock", {"item_id": town.rice, "quantity": 1, "note": ""})
    session = sit("cook")
    told = session.window.orders.rail.reminder
    assert told.isVisible()
    assert told.title.text() == "Being checked: what dayo sent from here"
    session.window.show_page(session.window.stock)
    reminder = session.window.stock.shelf.reminder
    assert reminder.isVisible()
    assert reminder.title.text() == "Being checked: changes sent from here by dayo"
    reminder.act.click()
    assert reminder.isHidden()


def test_a_program_too_old_for_the_server_says_so_from_the_start_and_after_an_upgrade(sit, owner_connection, cook, town, qtbot):
    session = sit("cook")
    assert session.line.can_save
    owner_connection.execute("UPDATE app.compat SET lowest_client = '0.9.0', newest_client = '0.9.0'")
    owner_connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    qtbot.waitUntil(lambda: not session.line.can_save and session.line.state == "live", timeout=SOON)
    assert "0.9.0 or newer" in session.window.line_banner.words.text()
