"""Freezing a wallet: who may, what is said before, and what becomes of it when somebody was faster or the answer was lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from admin_app.wallets import WalletsPage
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.orders import PayWith
from core.qt.settle import NOT_RECORDED, RECORDED
from core.wallets import freeze_wallet, unfreeze_wallet, wallet

SOON = 8_000  # ms


@pytest.fixture
def ada(scene):
    return scene.customer(500_000)


@pytest.fixture
def show(qtbot, open_at_desk, ada):
    """Open that wallet's details: `show("finance")`."""

    def show(who="finance", **options):
        page = open_at_desk(WalletsPage, who, **options)
        page.look_at(ada)
        qtbot.waitUntil(page.detail.isVisible)
        return page

    return show


def ask(qtbot, page):
    """Open the dialog, when it knows which card orders wait."""
    page.detail.act.click()
    dialog = page.freezing.dialog
    qtbot.waitUntil(dialog.isVisible)
    return dialog


@pytest.mark.parametrize(("who", "may"), [("support", False), ("auditor", False), ("finance", True), ("owner", True)])
def test_only_finance_and_the_owner_see_that_it_can_be_done(show, who, may):
    assert show(who).detail.act.isVisible() == may


def test_nothing_is_frozen_without_a_reason_and_the_button_says_with_how_much(qtbot, show, ada, login):
    page = show()
    dialog = ask(qtbot, page)
    assert (dialog.act.text(), dialog.act.isEnabled()) == ("Write a reason above", False)
    dialog.reason.setText("   ")
    assert not dialog.act.isEnabled()
    dialog.reason.setText("card reported stolen")
    assert (dialog.act.text(), dialog.act.isEnabled()) == ("Freeze ₦5,000.00", True)
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)  # nothing is the default
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.freezing.dialog is None)
    assert wallet(login("auditor"), ada).frozen_at is None


def test_a_wallet_is_frozen_and_opened_again_with_a_reason_each_time(qtbot, show, ada, login):
    page, auditor = show(), login("auditor")
    dialog = ask(qtbot, page)
    dialog.reason.setText("card reported stolen")
    with qtbot.waitSignal(page.said) as said:
        dialog.act.click()
    assert said.args[0] == "Wallet frozen"
    qtbot.waitUntil(lambda: page.detail.state.words.text() == "Frozen")
    assert (wallet(auditor, ada).frozen_why, wallet(auditor, ada).frozen_by) == ("card reported stolen", "Gbenga Alabi")
    dialog = ask(qtbot, page)
    assert dialog.windowTitle().startswith("Unfreeze the wallet of")
    dialog.reason.setText("card found again")
    assert dialog.act.text() == "Unfreeze ₦5,000.00"
    with qtbot.waitSignal(page.said) as said:
        dialog.act.click()
    assert said.args[0] == "Wallet unfrozen"
    qtbot.waitUntil(lambda: page.detail.state.words.text() == "Open")
    assert wallet(auditor, ada).frozen_at is None


def test_the_card_orders_that_will_expire_are_named_before(qtbot, show, scene, ada):
    page = show()
    dialog = ask(qtbot, page)
    qtbot.waitUntil(lambda: dialog.waiting.text() == "No card order of this customer waits for its payment now.")
    dialog.reject()
    first, second = (scene.order(customer_id=ada, pay_with=PayWith.CARD) for _ in range(2))
    dialog = ask(qtbot, page)
    said = f"2 orders wait for their card payment: {second.number}, {first.number}."
    qtbot.waitUntil(lambda: dialog.waiting.text().startswith(said))


def test_what_the_server_does_not_take_is_said_under_the_reason_which_stays(qtbot, show, ada, login):
    page = show()
    dialog = ask(qtbot, page)
    dialog.reason.setText("card sto\u200blen")
    dialog.act.click()
    qtbot.waitUntil(lambda: "cannot be seen" in dialog.field.sentence.text())
    assert dialog.reason.text() == "card sto\u200blen"
    dialog.reason.setText("card stolen")
    assert dialog.field.sentence.text().startswith("It is kept for ever")
    dialog.act.click()
    qtbot.waitUntil(lambda: page.freezing.dialog is None)
    assert wallet(login("auditor"), ada).frozen_why == "card stolen"


def test_whoever_was_slower_is_told_who_froze_it_and_why(qtbot, show, ada, login):
    page = show("owner")
    dialog = ask(qtbot, page)
    dialog.reason.setText("customer asked")
    freeze_wallet(login("finance"), new_id(), ada, "card reported stolen")
    dialog.act.click()
    qtbot.waitUntil(lambda: "by Gbenga Alabi: “card reported stolen”" in dialog.trouble.text())
    assert (dialog.act.text(), dialog.act.isEnabled(), dialog.back.text()) == ("Nothing left to do", False, "Close")
    qtbot.waitUntil(lambda: page.detail.state.words.text() == "Frozen")  # the details behind it know too
    dialog.back.click()
    assert wallet(login("auditor"), ada).frozen_why == "card reported stolen"


def test_whoever_opens_what_was_opened_already_is_told_so(qtbot, show, ada, login):
    freeze_wallet(login("finance"), new_id(), ada, "card reported stolen")
    page = show("owner")
    dialog = ask(qtbot, page)
    dialog.reason.setText("card found again")
    unfreeze_wallet(login("finance"), new_id(), ada, "a mistake")
    dialog.act.click()
    qtbot.waitUntil(lambda: dialog.trouble.text() == "This wallet is not frozen.")
    assert dialog.act.text() == "Nothing left to do"


def test_while_somebody_else_works_on_it_the_reason_stays_and_the_same_id_is_sent_again(qtbot, show, ada, held, owner_connection):
    page = show()
    dialog = ask(qtbot, page)
    dialog.reason.setText("card reported stolen")
    with held(f"SELECT FROM app.accounts WHERE id = '{ada}' FOR UPDATE"):
        dialog.act.click()
        qtbot.waitUntil(dialog.trouble.isVisible, timeout=SOON)
    assert dialog.trouble.text().startswith("Somebody else is changing the same thing")
    assert (dialog.reason.text(), dialog.act.isEnabled()) == ("card reported stolen", True)
    dialog.act.click()
    qtbot.waitUntil(lambda: page.freezing.dialog is None)
    assert owner_connection.execute("SELECT count(*) FROM app.audit_events WHERE action = 'freeze_wallet'").fetchone() == (1,)


def test_without_a_connection_nothing_can_be_frozen_and_what_was_typed_stays(qtbot, show, line):
    page = show()
    dialog = ask(qtbot, page)
    dialog.reason.setText("card reported stolen")
    line._take("offline", line.now(), None)
    assert (dialog.act.text(), dialog.act.isEnabled(), dialog.reason.text()) == ("No connection", False, "card reported stolen")
    dialog.reject()
    assert not page.detail.act.isEnabled()
    line._take("live", line.now(), None)
    assert page.detail.act.isEnabled()


@pytest.fixture
def bad_line(workplace, copy, proxy, pending, scene):
    """The finance person's login over one line that loses answers; it has asked for such a change before, so that one message is enough."""
    it = workplace.sign_ins["finance"]
    server = replace(workplace.cluster.server(copy), port=proxy.port)
    db = Database.connect(server, it.login, it.password, size=1, deadline=2.0, pending=pending)
    freeze_wallet(db, new_id(), scene.customer(), "to begin with")
    yield db
    db.close()


def lose(qtbot, page, proxy, wait_for):
    """Freeze, and lose the answer."""
    dialog = ask(qtbot, page)
    qtbot.waitUntil(lambda: "waits for its payment" in dialog.waiting.text())
    dialog.reason.setText("card reported stolen")
    proxy.mute = True
    dialog.act.click()
    wait_for()
    proxy.cut()
    qtbot.waitUntil(page.detail.doubt.isVisible, timeout=SOON)
    assert page.freezing.dialog is None
    assert not page.detail.act.isEnabled()
    proxy.mute = False


def test_when_the_answer_is_lost_nobody_asks_again_until_it_is_known(qtbot, show, proxy, bad_line, ada, login):
    page, auditor = show(db=bad_line), login("auditor")
    lose(qtbot, page, proxy, lambda: qtbot.waitUntil(lambda: wallet(auditor, ada).frozen_at is not None, timeout=SOON))
    qtbot.waitUntil(page.detail.doubt.isHidden, timeout=SOON)
    assert [doubt.state for doubt in page.desk.settler.doubts] == [RECORDED]
    qtbot.waitUntil(lambda: page.detail.state.words.text() == "Frozen")
    assert page.detail.act.isEnabled()
    assert list(page.desk.names) == [ada]  # so that it can be said in words what was asked


def test_what_never_arrived_can_be_done_again_when_that_is_known(qtbot, show, proxy, bad_line, ada, login, held):
    page = show(db=bad_line)
    with held(f"SELECT FROM app.accounts WHERE id = '{ada}' FOR UPDATE") as wait:
        lose(qtbot, page, proxy, wait)
    qtbot.waitUntil(page.detail.doubt.isHidden, timeout=2 * SOON)
    state = page.desk.settler.doubts[0].state
    assert (state == RECORDED) == (wallet(login("auditor"), ada).frozen_at is not None)
    assert state in (RECORDED, NOT_RECORDED)
    assert page.detail.act.isEnabled()


def test_a_doubt_stays_with_its_wallet_until_there_is_a_line_to_ask_over(qtbot, show, proxy, bad_line, ada, scene, login, line, pending):
    other, auditor = scene.customer(), login("auditor")
    page = show(db=bad_line)

    def arrive():
        qtbot.waitUntil(lambda: wallet(auditor, ada).frozen_at is not None, timeout=SOON)
        line._take("offline", line.now(), None)

    lose(qtbot, page, proxy, arrive)
    another = new_id()
    pending.keep(another, "cancel_order", {"reason": "ordered twice"})
    page.desk.settler.watch(another)  # something else is in doubt too
    for customer_id, doubted in ((other, False), (ada, True)):
        page.look_at(customer_id)
        qtbot.waitUntil(lambda customer_id=customer_id: page.detail.wallet.customer_id == customer_id)
        assert page.detail.doubt.isVisible() == doubted
    line._take("live", line.now(), None)
    qtbot.waitUntil(page.detail.doubt.isHidden, timeout=SOON)
    assert page.detail.act.isEnabled()
