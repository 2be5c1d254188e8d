"""Suspending a customer when something comes between: somebody else, time, a line that is down, an answer that was lost."""

from admin_app.proposals.sheet import ProposalSheet
from core.base.identifiers import new_id
from core.proposals import preview_suspension
from tests.admin.sheets import closed, sheet
from tests.support.people import NGOZI, NOTE, SOON, act, age_figures, confirmed, fill, is_active, seen
from tests.support.refund_views import press as click
from tests.support.refund_views import words


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
