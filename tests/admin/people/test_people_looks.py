"""Proposals about people, as they look: named, large enough, uncut and free of markup in both themes, at every size and state."""

from datetime import timedelta

import pytest

from core.base.identifiers import new_id
from core.orders import State
from core.proposals import preview_limits, preview_suspension
from tests.admin.conftest import choose
from tests.admin.sheets import draw_over
from tests.support.looks import draw, faults
from tests.support.people import NGOZI, SOON, TRUST, act, confirmed, fill, seen, type_limits
from tests.support.refund_views import press as click
from tests.support.refunds import name_approvers

SIZES = {"small": (1158, 768), "large": (1712, 1080)}


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


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_typed_and_checked_is_named_large_enough_and_uncut(qtbot, grounded, change, two, dark, size):
    name = f"{SIZES[size][0]}-{'dark' if dark else 'light'}"
    page, asked = change("funmi", size=SIZES[size])
    grounded(page)
    type_limits(asked, "60,000")
    qtbot.wait(300)
    draw_over(page, asked, f"people-limits-{name}")
    assert faults(page, 40) == [] and faults(asked, 40) == []
    click(asked, "Check these limits")
    seen(qtbot, asked)
    fill(asked, TRUST)
    qtbot.wait(100)
    draw_over(page, asked, f"people-limits-check-{name}")
    assert faults(asked, 40) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_waits_and_is_over_is_named_large_enough_and_uncut(qtbot, grounded, approvals, owner, funmi, past, scene, dark, size, line):
    name = f"{SIZES[size][0]}-{'dark' if dark else 'light'}"
    waiting = confirmed(owner, preview_limits(owner, new_id(), funmi, 6_000_000, 20_000_000), "trust", "Works alone at night from May on")
    page = grounded(approvals(size=SIZES[size]))
    qtbot.waitUntil(page.strip.isVisible)
    choose(page, 1)
    page.listing.open_current()
    qtbot.wait(300)
    draw(page, f"people-approvals-{name}")
    assert faults(page, 40) == []
    page.look_at(waiting.id)
    qtbot.waitUntil(lambda: page.decide.case is not None)
    page.decide.decision.approving.typed.setText("60,000")
    qtbot.wait(300)
    draw(page, f"people-decide-limits-{name}")
    assert faults(page, 40) == []
    click(page, "Reject …")
    qtbot.wait(100)
    draw(page, f"people-reject-{name}")
    assert faults(page, 40) == []
    line._take("offline", line.now() - timedelta(minutes=5), None)
    qtbot.wait(50)
    draw(page, f"people-decide-offline-{name}")
    assert faults(page, 40) == []


def test_in_a_small_window_it_scrolls_and_nothing_is_cut(qtbot, suspend, line):
    page, asked = suspend(size=(703, 500))
    qtbot.wait(100)
    draw_over(page, asked, "people-suspend-customer-703")
    assert faults(asked, 40) == [] and asked.height() <= page.height() and asked.width() <= page.width()


def test_a_decision_in_a_small_window_is_not_cut(qtbot, approvals, raised):
    page = approvals(raised, size=(703, 500))
    qtbot.wait(100)
    draw(page, "people-decide-limits-703")
    assert faults(page, 40) == []
