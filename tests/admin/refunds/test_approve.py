"""What a second person sees of a refund before they decide, and who may decide: never its maker, under no login."""


import pytest

from core.base.identifiers import new_id
from core.live import Changes
from core.orders import PayWith, State, advance_order
from core.proposals import Progress, approve_proposal, proposal, reject_proposal
from core.staff import Role
from tests.support.looks import draw, faults
from tests.support.refund_views import button, calm, press, told, words
from tests.support.refunds import age, confirm, name_approvers, preview, preview_line, set_limits

COOKING = (State.ACCEPTED, State.PREPARING)


def off(view):
    """Nothing can be decided here."""
    return not view.decision.deciding.isVisible() and not view.decision.acting.isVisible()


def test_it_shows_all_that_its_maker_saw_and_who_made_it_and_why(show_approval, waiting):
    view = show_approval(waiting)
    said = words(view)
    assert {"Refund of ₦2,500.00", "Waiting for approval", "Total to refund", "₦2,500.00", "Back to wallets, at once"} <= set(said)
    assert any(each.startswith("Proposed by Funmi Ade with the login funmi, ") for each in said)
    assert "Came late: “Came an hour late”" in said
    assert [row.customer for row in view.lines.model.rows] == ["Ngozi Eze"]


def test_it_says_how_long_it_still_waits(show_approval, waiting, owner_connection):
    age(owner_connection, waiting.id, 20 * 60)
    assert any(each.startswith("Waits until ") and each.endswith("3 h 59 min left") for each in words(show_approval(waiting)))


def test_the_makers_day_stands_beside_their_limits(show_approval, scene, support, owner_connection):
    name_approvers(owner_connection, "gbenga")
    set_limits(owner_connection, alone=600_000, a_day=400_000)
    confirm(support, preview(support, scene.order(*COOKING).id))
    said = words(show_approval(confirm(support, preview(support, scene.order(*COOKING).id))))
    assert "Within the limit at once, ₦6,000.00" in said
    assert "₦5,000.00 that day, limit ₦4,000.00" in said
    assert "Funmi Ade made 1 refund before" in said


def test_a_first_refund_is_said_to_be_one(show_approval, waiting):
    said = words(show_approval(waiting))
    assert "First refund by Funmi Ade" in said
    assert "Above the limit at once, ₦0.00" in said


def test_what_was_rejected_before_is_counted(show_approval, waiting, login, scene, support):
    reject_proposal(login("finance"), new_id(), waiting.id, "Not this one")
    other = confirm(support, preview(support, scene.order(*COOKING).id))
    assert "Funmi Ade made 1 refund before, 1 rejected" in words(show_approval(other))


def test_earlier_refunds_and_customers_with_several_orders_are_pointed_out(show_approval, scene, support, owner_connection):
    set_limits(owner_connection, alone=500_000)
    name_approvers(owner_connection, "gbenga")
    twice, other = scene.order(*COOKING, quantity=2), scene.order(*COOKING, quantity=2)
    confirm(support, preview_line(support, twice.id, scene.town.jollof, 1))
    said = words(show_approval(confirm(support, preview(support, twice.id, other.id))))
    assert "1 order had a refund before" in said
    assert "1 customer with several orders; most: Ngozi Eze, 2 orders, ₦7,500.00" in said


def test_orders_that_move_on_are_seen_while_one_looks(qtbot, show_approval, waiting, cook):
    view = show_approval(waiting)
    assert "No order moved on since" in words(view)
    [row] = view.lines.model.rows
    advance_order(cook, new_id(), row.order_id, 3, State.READY)
    view.take(Changes(False, frozenset({"orders"}), frozenset({row.order_id})))
    qtbot.waitUntil(lambda: "1 order moved on since: 1 ready" in words(view))


def test_those_who_are_left_out_are_one_click_away(qtbot, show_approval, scene, support, owner_connection):
    set_limits(owner_connection, alone=0)
    name_approvers(owner_connection, "gbenga")
    found = confirm(support, preview(support, scene.order(*COOKING).id, scene.order(pay_with=PayWith.CARD).id))
    view = show_approval(found)
    press(view, "Show them")
    qtbot.waitUntil(lambda: [row.why for row in view.lines.model.rows] == ["unpaid"])


def test_the_maker_reads_that_a_second_person_must_look_and_who_could(show_approval, waiting):
    view = show_approval(waiting, "support")
    assert {"You made this. A second person must look at it.", "Ada Eze or Gbenga Alabi can approve it."} <= set(words(view))
    assert off(view)


def test_the_maker_is_known_under_their_second_login_too(show_approval, waiting, hire, refill):
    hire("funmi.finance", Role.FINANCE_ADMIN, person_id=waiting.person_id)
    refill()
    view = show_approval(waiting, "funmi.finance")
    assert "You made this. A second person must look at it." in words(view) and off(view)


@pytest.mark.parametrize("who", ["auditor", "sade"])
def test_who_is_no_approver_reads_so_and_who_could(show_approval, waiting, hire, refill, who):
    hire("sade", Role.SUPPORT)
    refill()
    view = show_approval(waiting, who)
    assert {"Only an approver may do this.", "Ada Eze or Gbenga Alabi can approve it."} <= set(words(view)) and off(view)


def test_an_approver_of_today_reads_from_when_they_may(show_approval, waiting, owner_connection):
    name_approvers(owner_connection, "gbenga", days=0)
    view = show_approval(waiting)
    assert any(each.startswith("You may approve from ") for each in words(view)) and off(view)
    assert "Ada Eze can approve it." in words(view)


def test_where_the_only_other_one_is_young_it_says_from_when_they_can(show_approval, waiting, owner_connection):
    owner_connection.execute("UPDATE app.people SET approver_since = NULL WHERE name = 'Ada Eze'")
    name_approvers(owner_connection, "gbenga", days=0)
    assert any(each.startswith("Gbenga Alabi can approve it from ") for each in words(show_approval(waiting, "support")))


def test_where_nobody_is_left_it_says_whom_to_ask(show_approval, waiting, owner_connection):
    owner_connection.execute("UPDATE app.people SET approver_since = NULL")
    view = show_approval(waiting)
    assert {"Only an approver may do this.", "There is no other approver. Ask the owner to name one."} <= set(words(view))


def test_when_its_time_is_over_nobody_can_decide_any_more(show_approval, waiting, owner_connection):
    age(owner_connection, waiting.id, 24 * 60)
    view = show_approval(waiting)
    assert "Nobody agreed in time. It must be proposed again." in words(view) and off(view)


def test_what_was_decided_meanwhile_is_said_and_leads_to_the_run(qtbot, show_approval, waiting, login):
    view, wanted = show_approval(waiting), []
    view.run_wanted.connect(wanted.append)
    approve_proposal(login("owner"), new_id(), waiting.id, waiting.digest)
    told(qtbot, view, waiting.id)
    assert any(each.startswith("Ada Eze approved it, ") for each in words(view)) and off(view)
    press(view, "Show the run")
    assert wanted == [waiting.id]


def test_offline_nothing_is_approved_and_what_was_typed_stays(show_approval, waiting, line):
    view = show_approval(waiting)
    view.decision.approving.typed.setText("2,500")
    line._take("offline", line.now(), None)
    assert not button(view, "Approve ₦2,500.00").isEnabled() and not button(view, "Reject …").isEnabled()
    assert "No connection: nothing can be approved." in words(view) and any(each.startswith("as of ") for each in words(view))
    line._take("live", line.now(), None)
    assert button(view, "Approve ₦2,500.00").isEnabled() and view.decision.approving.typed.text() == "2,500"


@pytest.mark.parametrize("size", [(1102, 680), (1656, 990), (591, 424)])
def test_nothing_is_cut_unnamed_or_too_small(qtbot, show_approval, waiting, size):
    view = show_approval(waiting, size=size)
    assert faults(view, 40) == []
    draw(view, f"office-refund-approve-{size[0]}")
    press(view, "Reject …")
    qtbot.wait(100)
    assert faults(view, 40) == []


def test_a_new_approver_is_heard_of_when_one_looks_again(qtbot, show_approval, waiting, login, owner_connection):
    owner_connection.execute("UPDATE app.people SET approver_since = NULL WHERE name = 'Gbenga Alabi'")
    view = show_approval(waiting)
    assert off(view)
    name_approvers(owner_connection, "gbenga")
    view.take(Changes(True))
    calm(qtbot, view)
    assert not off(view)
    assert proposal(login("auditor"), waiting.id).state == Progress.AWAITING_APPROVAL
