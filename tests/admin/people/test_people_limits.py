"""Changing limits by proposal: lowering them holds at once, raising them waits for a second person, and both is said before."""

import pytest
from PySide6.QtCore import Qt

from core.base.identifiers import new_id
from core.proposals import Progress, limits, preview_limits, proposals
from core.staff import Role, change_staff_role, me
from tests.admin.sheets import closed, press
from tests.support.people import NOTE, SOON, TRUST, act, age_figures, confirmed, fill, seen, type_limits
from tests.support.refund_views import press as click
from tests.support.refund_views import words


def test_lowering_holds_at_once_and_says_so_before(qtbot, change, funmi, owner):
    page, asked = change("funmi")
    assert {"Limits of Funmi Ade", "Now ₦50,000.00", "Now ₦200,000.00"} <= set(words(asked))
    assert asked.check.text() == "Change an amount first" and not asked.check.isEnabled()
    type_limits(asked, "20,000", "₦100,000.00")
    assert "This takes effect at once. Nobody else need agree." in words(asked)
    click(asked, "Check these limits")
    seen(qtbot, asked)
    assert {"₦50,000.00", "₦20,000.00", "₦200,000.00", "₦100,000.00", "Lowered"} <= set(words(asked))
    assert "Lowering takes effect at once. Nobody else need agree." in words(asked)
    fill(asked, "Other work")
    assert not asked.confirming.form.typed.isVisible() and act(asked).property("kind") == "primary"
    with qtbot.waitSignal(page.said) as toast:
        click(asked, "Lower the limits of Funmi Ade")
    assert toast.args == ["Limits changed", "Funmi Ade"]
    found = limits(owner, funmi)
    assert (found.refund_alone, found.refund_a_day, found.is_own) == (2_000_000, 10_000_000, True)


def test_raising_says_at_once_who_must_agree_and_then_waits(qtbot, change, funmi, owner, two):
    page, asked = change("funmi")
    type_limits(asked, "60000", "100000")
    assert "Raising a limit takes a second person. Gbenga Alabi can approve it." in words(asked)
    click(asked, "Check these limits")
    seen(qtbot, asked)
    assert {"A second person must agree", "Gbenga Alabi can approve it.", "Raised", "Lowered"} <= set(words(asked))
    assert "Until somebody agrees nothing changes, also not what is lowered. After 24 hours it lapses." in words(asked)
    fill(asked, TRUST)
    with qtbot.waitSignal(page.said) as toast:
        click(asked, "Send for approval")
    assert toast.args == ["Sent for approval", "Limits of Funmi Ade"]
    found = limits(owner, funmi)
    assert (found.refund_alone, found.refund_a_day, found.is_own) == (5_000_000, 20_000_000, False)


def test_the_limits_of_everybody_leave_those_with_their_own_alone(qtbot, change, funmi, login, owner):
    confirmed(owner, preview_limits(owner, new_id(), funmi, 100, 100))
    page, asked = change(None)
    type_limits(asked, "10000")
    click(asked, "Check these limits")
    seen(qtbot, asked)
    assert "They hold for whoever has none of their own: 2 people now." in words(asked)
    assert "With limits of their own, which stay as they are: Funmi Ade." in words(asked)
    fill(asked, "Other work")
    with qtbot.waitSignal(page.said) as toast:
        click(asked, "Lower the limits for everybody")
    assert toast.args == ["Limits changed", "Everybody"]
    assert limits(owner, me(login("finance")).person_id).refund_alone == 1_000_000 and limits(owner, funmi).refund_alone == 100


def test_without_a_second_approver_it_is_said_before_and_refused_where_one_clicked(qtbot, change, funmi, owner):
    _, asked = change("funmi")
    type_limits(asked, "60000")
    missing = "There is no other approver: name one first, nothing can be raised until then."
    assert f"Raising a limit takes a second person. {missing}" in words(asked)
    click(asked, "Check these limits")
    seen(qtbot, asked)
    assert missing in words(asked)
    fill(asked, TRUST)
    click(asked, "Send for approval")
    refusal = "A second approver is needed for this, and there is none. Ask the owner to name one."
    qtbot.waitUntil(lambda: refusal in words(asked), timeout=SOON)
    assert asked.confirming.form.note.toPlainText() == NOTE and limits(owner, funmi).refund_alone == 5_000_000


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("−5", "A limit is not below zero."),
        ("twenty", "“twenty” is not an amount: write 1,250.00."),
        ("1,2500", "The commas in “1,2500” do not stand between thousands: write 1,250.00."),
    ],
)
def test_what_is_no_limit_is_said_under_its_field(change, typed, sentence):
    _, asked = change("funmi")
    type_limits(asked, typed)
    assert sentence in words(asked) and asked.check.text() == "Type both amounts first" and not asked.check.isEnabled()


def test_going_back_comes_to_the_amounts_again_and_all_that_was_typed_is_kept(qtbot, change, scene, owner):
    _, asked = change("funmi")
    type_limits(asked, "20,000")
    click(asked, "Check these limits")
    seen(qtbot, asked)
    fill(asked, "Other work")
    press(asked, Qt.Key.Key_Escape)
    assert asked.isVisible() and asked.fields.at_once.line.text() == "20,000"
    type_limits(asked, "30,000")
    scene.refill()
    click(asked, "Check these limits")
    seen(qtbot, asked)
    assert (asked.confirming.form.code, asked.confirming.form.note.toPlainText()) == ("new_work", NOTE) and "₦30,000.00" in words(asked)
    click(asked, "Go back")
    press(asked, Qt.Key.Key_Escape)
    closed(qtbot)
    assert proposals(owner, states=[Progress.DONE]) == []


def test_limits_that_somebody_changed_meanwhile_are_looked_at_again(qtbot, change, funmi, owner, scene):
    _, asked = change("funmi")
    type_limits(asked, "20,000")
    click(asked, "Check these limits")
    seen(qtbot, asked)
    fill(asked, "Other work")
    confirmed(owner, preview_limits(owner, new_id(), funmi, 4_000_000, 20_000_000))
    scene.refill()
    act(asked).click()
    qtbot.waitUntil(asked.moved.isVisible, timeout=SOON)
    assert "At once: was ₦50,000.00, is ₦40,000.00 by now" in words(asked.moved)
    scene.refill()
    click(asked, "Check again")
    qtbot.waitUntil(lambda: act(asked).text() == "Lower the limits of Funmi Ade", timeout=SOON)
    act(asked).click()
    closed(qtbot)
    assert limits(owner, funmi).refund_alone == 2_000_000


def test_figures_that_ran_out_and_five_quick_clicks(qtbot, change, funmi, owner, owner_connection, scene):
    _, asked = change("funmi")
    type_limits(asked, "20,000")
    click(asked, "Check these limits")
    seen(qtbot, asked)
    fill(asked, "Other work")
    age_figures(owner_connection, 6)
    act(asked).click()
    qtbot.waitUntil(lambda: act(asked).text() == "Check again", timeout=SOON)
    scene.refill()
    click(asked, "Check again")
    qtbot.waitUntil(lambda: act(asked).text() == "Lower the limits of Funmi Ade", timeout=SOON)
    push = act(asked)
    for _ in range(5):
        push.click()
    closed(qtbot)
    made = owner_connection.execute("SELECT count(*) FROM app.proposals WHERE confirmed_at IS NOT NULL").fetchone()
    assert made == (1,) and limits(owner, funmi).refund_alone == 2_000_000


def test_whose_role_changed_after_the_look_is_refused_where_they_clicked(qtbot, change, hire, owner, funmi, scene):
    hire("bola", Role.OWNER_ADMIN).close()
    _, asked = change("funmi", "bola")
    type_limits(asked, "20,000")
    click(asked, "Check these limits")
    seen(qtbot, asked)
    fill(asked, "Other work")
    change_staff_role(owner, new_id(), "bola", 1, Role.FINANCE_ADMIN, [])
    scene.refill()
    act(asked).click()
    qtbot.waitUntil(lambda: "Your role does not allow this. Ask somebody who may." in words(asked), timeout=SOON)
    assert asked.confirming.form.note.toPlainText() == NOTE and limits(owner, funmi).refund_alone == 5_000_000
