"""The run of a refund as a document: how far it is, what became of its lines, who made it and why, and how it was confirmed."""

from datetime import UTC, datetime, timedelta

import pytest

from admin_app.refunds.run import RunView
from admin_app.refunds.run_pace import Pace, left_words
from core.base.identifiers import new_id
from core.orders import State
from core.proposals import approve_proposal, lapse_proposals, reject_proposal
from core.refunds import LineState, run_refund
from tests.admin.conftest import tell
from tests.support.looks import draw, faults
from tests.support.proposing import by_card
from tests.support.refund_views import button, press, told, words
from tests.support.refunds import age, confirm, preview, refund


def test_it_says_how_many_lines_are_done_and_how_many_wait(show_run, running):
    said = words(show_run(running))
    assert {"Refund of ₦180,000.00", "Running", "500 of 600 lines done."} <= set(said)


def test_the_numbers_stand_by_what_became_of_the_lines(show_run, running):
    view = show_run(running)
    assert [tile.accessibleName() for tile in view.tiles.tiles.values()] == [
        "Done: 500", "Waiting to run: 100", "Sending to card: 0", "Being checked: 0", "Failed: 0", "Left out: 0",
    ]  # fmt: skip


def test_it_follows_while_the_worker_runs_the_rest(qtbot, show_run, running, worker):
    view = show_run(running)
    run_refund(worker, running.id)
    told(qtbot, view, running.id)
    assert {"Done", "600 of 600 lines done."} <= set(words(view))
    assert {row.state.value for row in view.lines.model.rows} == {"done"}
    assert view.foot.isHidden()


def test_a_number_opens_the_list_of_those_alone_and_a_second_click_of_all(qtbot, show_run, running):
    view = show_run(running)
    [tile] = [tile for tile in view.tiles.tiles.values() if tile.accessibleName() == "Waiting to run: 100"]
    tile.click()
    qtbot.waitUntil(lambda: view.lines.bar.count.text() == "100 orders")
    assert {row.state.value for row in view.lines.model.rows} == {"confirmed"} and tile.isChecked()
    tile.click()
    qtbot.waitUntil(lambda: view.lines.bar.count.text() == "200 shown, more below")
    assert not tile.isChecked()


def test_what_goes_to_cards_waits_and_is_never_called_done(show_run, scene, support):
    view = show_run(confirm(support, preview(support, by_card(scene).id)))
    said = words(view)
    assert {"Running", "0 of 1 line done.", "1 line to a card waits: the card provider is not connected yet."} <= set(said)
    assert view.lines.model.index(0, 5).data() == "Sending to card\nwaits: the card provider is not connected yet"
    assert view.head.bar.value() == 0 and view.tiles.tiles[LineState.DONE].accessibleName() == "Done: 0"


def test_it_names_who_made_it_with_which_login_why_and_within_which_limits(show_run, scene, support):
    said = words(show_run(refund(support, scene.order(State.ACCEPTED, State.PREPARING).id)))
    assert {"with the login funmi", "Came late", "“Came an hour late”", "Not needed: within the limits"} <= set(said)
    assert {"₦50,000.00 at once, ₦200,000.00 a day", "With this one the day came to ₦2,500.00."} <= set(said)
    assert any(each.startswith("Funmi Ade, ") for each in said)


def test_it_names_who_agreed(show_run, waiting, login):
    approve_proposal(login("finance"), new_id(), waiting.id, waiting.digest)
    said = words(show_run(waiting))
    assert "Done" in said and any(each.startswith("Gbenga Alabi, ") for each in said)


def test_it_names_who_said_no_and_why(show_run, waiting, login):
    reject_proposal(login("finance"), new_id(), waiting.id, "The customer had the food")
    said = words(show_run(waiting))
    assert {"Rejected", "Nothing of it ran.", "“The customer had the food”"} <= set(said)
    assert any(each.startswith("Rejected by Gbenga Alabi, ") for each in said)


def test_what_nobody_agreed_to_in_time_says_so(show_run, waiting, worker, owner_connection):
    age(owner_connection, waiting.id, 24 * 60)
    lapse_proposals(worker)
    assert {"Lapsed", "Nothing of it ran.", "Nobody agreed"} <= set(words(show_run(waiting)))


def test_how_it_was_confirmed_is_shown_again_with_the_names_of_now(qtbot, show_run, scene, support, owner_connection):
    orders = [scene.order(State.ACCEPTED, State.PREPARING) for _ in range(2)]
    view = show_run(refund(support, *(order.id for order in orders)))
    owner_connection.execute("UPDATE app.customers SET name = 'Ngozi Eze-Obi' WHERE id = %s", [scene.town.customer])
    press(view, "As it was confirmed")
    qtbot.waitUntil(lambda: "Ngozi Eze-Obi" in words(view))
    said = words(view)
    assert any(each.startswith("As it was shown to Funmi Ade at ") and "figures unchanged since" in each for each in said)
    assert {"Total to refund", "₦5,000.00", "2 orders", "Customers with several orders", "Yaba"} <= set(said)
    press(view, "The run")
    assert not view.shown.isVisible()


def test_while_offline_it_tells_of_when_it_is_and_nothing_can_be_done(show_run, running, line):
    view = show_run(running)
    line._take("offline", line.now(), None)
    assert any(each.startswith("as of ") for each in words(view))
    assert not button(view, "Stop …").isEnabled() and "No connection: nothing can be changed." in words(view)
    line._take("live", line.now(), None)
    assert button(view, "Stop …").isEnabled()


def test_what_cannot_be_read_says_why_and_is_read_when_asked_again(qtbot, open_view, running, owner_connection):
    owner_connection.execute("REVOKE SELECT ON api.refund_progress FROM support")
    view = open_view(RunView, "support", running.id)
    assert "The refund could not be read" in words(view)
    owner_connection.execute("GRANT SELECT ON api.refund_progress TO support")
    press(view, "Try again")
    qtbot.waitUntil(lambda: "500 of 600 lines done." in words(view))


def test_a_refund_that_is_not_there_says_so(open_view, town):
    view = open_view(RunView, "support", new_id())
    assert "No such refund" in words(view)


@pytest.mark.parametrize("size", [(1102, 680), (1656, 990), (591, 424)])
def test_nothing_is_cut_unnamed_or_too_small(qtbot, show_run, running, size):
    view = show_run(running, size=size)
    assert faults(view, 40) == []
    press(view, "Stop …")
    qtbot.wait(100)
    assert faults(view, 40) == []
    draw(view, f"office-refund-stop-{size[0]}")


def test_news_of_another_refund_are_not_its_own(show_run, running, worker):
    view = show_run(running)
    run_refund(worker, running.id)
    tell(view, "proposals", objects=[new_id()])
    assert not view.news._busy


NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)


def seen(*steps):
    """A pace of which this was seen: seconds after noon, and how many lines were run by then."""
    pace = Pace()
    for seconds, handled in steps:
        pace.tell(NOON + timedelta(seconds=seconds), handled)
    return pace


@pytest.mark.parametrize(
    "steps, at, words",
    [
        (((0, 500), (10, 1000), (20, 1500)), 21, "about 1 min left"),
        (((0, 500), (10, 1000), (60, 1500)), 61, "about 3 min left"),
        (((0, 500), (2, 3000), (6, 4600)), 7, "less than a minute left"),
        (((0, 500),), 60, ""),  # nothing was seen to go on
        (((0, 500), (3, 1000)), 4, ""),  # too little was
        (((0, 500), (10, 1000)), 30, ""),  # it has stalled
    ],
)
def test_how_long_it_may_take_is_told_only_where_it_was_seen_to_go_on(qapp, steps, at, words):
    waiting = 4700 - steps[-1][1]
    assert left_words(seen(*steps).left(NOON + timedelta(seconds=at), waiting)) == words


def test_the_time_left_stands_beside_how_far_it_is(qtbot, show_run, running, worker, scene):
    view = show_run(running)
    now = view.head.line.now()
    view.head.pace = seen()
    view.head.pace.tell(now - timedelta(seconds=20), 300)
    view.head.pace.tell(now, 500)
    view.head.line.ticked.emit()
    assert "500 of 600 lines done, less than a minute left." in words(view)
