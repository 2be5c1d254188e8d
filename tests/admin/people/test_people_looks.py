"""Proposals about people, as they look: named, large enough, uncut and free of markup in both themes, at every size and state."""

from datetime import timedelta

from core.base.identifiers import new_id
from core.orders import State
from core.proposals import preview_limits, preview_suspension
from tests.admin.conftest import choose
from tests.support.looks import draw, faults, ground, whole
from tests.support.people import NGOZI, SOON, TRUST, act, confirmed, fill, seen, type_limits
from tests.support.refund_views import press as click
from tests.support.refunds import name_approvers

SIZES = [(1158, 768), (1712, 1080)]


def test_nothing_is_cut_unnamed_or_too_small(qtbot, suspend, shut_out, kemi, scene, owner_connection, owner, town):
    for _ in range(3):
        scene.order(State.ACCEPTED)
    page, asked = suspend()
    ground(page)
    whole(page, "people-customer", 40, *SIZES)
    fill(asked, "Fraud", typed=NGOZI)
    whole(page, "people-suspend-customer", 40, *SIZES, sheet=asked)
    confirmed(owner, preview_suspension(owner, new_id(), [town.customer], [], True), "abuse")
    act(asked).click()
    qtbot.waitUntil(asked.moved.isVisible, timeout=SOON)
    whole(page, "people-suspend-moved", 40, *SIZES, sheet=asked)
    asked.leave()
    name_approvers(owner_connection, "kemi", "gbenga")
    page, asked = shut_out("kemi")
    ground(page)
    whole(page, "people-suspend-staff", 40, *SIZES, sheet=asked, held=(page, asked))


def test_what_is_typed_and_checked_is_named_large_enough_and_uncut(qtbot, change, two):
    page, asked = change("funmi")
    ground(page)
    type_limits(asked, "60,000")
    whole(page, "people-limits", 40, *SIZES, sheet=asked, held=(page, asked))
    click(asked, "Check these limits")
    seen(qtbot, asked)
    fill(asked, TRUST)
    whole(page, "people-limits-check", 40, *SIZES, sheet=asked)


def test_what_waits_and_is_over_is_named_large_enough_and_uncut(qtbot, approvals, owner, funmi, past, scene, line):
    waiting = confirmed(owner, preview_limits(owner, new_id(), funmi, 6_000_000, 20_000_000), "trust", "Works alone at night from May on")
    page = ground(approvals())
    qtbot.waitUntil(page.strip.isVisible)
    choose(page, 1)
    page.listing.open_current()
    whole(page, "people-approvals", 40, *SIZES)
    page.look_at(waiting.id)
    qtbot.waitUntil(lambda: page.decide.case is not None)
    page.decide.decision.approving.typed.setText("60,000")
    whole(page, "people-decide-limits", 40, *SIZES)
    click(page, "Reject …")
    whole(page, "people-reject", 40, *SIZES)
    line._take("offline", line.now() - timedelta(minutes=5), None)
    whole(page, "people-decide-offline", 40, *SIZES)


def test_in_a_small_window_it_scrolls_and_nothing_is_cut(qtbot, suspend, line):
    page, asked = suspend(size=(703, 500))
    qtbot.wait(100)
    draw(page, "people-suspend-customer-703", asked)
    assert faults(asked, 40) == [] and asked.height() <= page.height() and asked.width() <= page.width()


def test_a_decision_in_a_small_window_is_not_cut(qtbot, approvals, raised):
    page = approvals(raised, size=(703, 500))
    qtbot.wait(100)
    draw(page, "people-decide-limits-703")
    assert faults(page, 40) == []
