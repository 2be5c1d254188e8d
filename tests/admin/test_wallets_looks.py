"""What wallets and customers look like: names, sizes, room for long names and reasons, and a language that takes more of it."""

import pytest
from PySide6.QtCore import QTranslator

from admin_app.customers import CustomersPage
from admin_app.wallets import WalletsPage
from core.base.identifiers import new_id
from core.orders import PayWith, State, advance_order, cancel_order
from core.wallets import freeze_wallet, unfreeze_wallet
from tests.admin.conftest import choose, page
from tests.support.looks import cut, draw, whole
from tests.support.money import fund
from tests.support.purses import write_down

NAMES = ("Adáézé Ọkọ́nkwọ̀", "<b>Bold</b> & %1 {n}", "Chukwuemeka Oluwaseun Abdulrahman-Nwachukwu of the Third Mainland Bridge", "O" * 120)
PAGES = [("wallets", WalletsPage), ("customers", CustomersPage)]
SIZES = [(1366, 768), (1920, 1080)]


@pytest.fixture
def ada(scene, login, manager, cook):
    """Somebody to whom everything happened, in a wallet that is frozen."""
    ada, *_ = write_down(scene.ordering, *NAMES)
    fund(scene.ordering, scene.worker, ada, 1_234_567)
    cancelled, other = scene.order(customer_id=ada), scene.order(customer_id=ada)
    cancel_order(manager, new_id(), cancelled.id, 1, "Out of stock: no chicken left, and the next delivery comes tomorrow")
    cancel_order(manager, new_id(), other.id, 1, "nochickenleft" * 12)
    advance_order(cook, new_id(), scene.order(customer_id=ada).id, 1, State.ACCEPTED)
    scene.order(customer_id=ada, pay_with=PayWith.CARD)
    freeze_wallet(login("finance"), new_id(), ada, f"card reported stolen by the brother, who called twice {'x' * 100}")
    return ada


@pytest.mark.parametrize(("key", "kind"), PAGES)
def test_both_pages_are_named_large_enough_uncut_and_free_of_markup(qtbot, sign_in, ada, key, kind):
    session = sign_in("finance")
    session.frame.go(key)
    shown = page(session, kind)
    qtbot.waitUntil(lambda: shown.listing.has_rows)
    whole(session.frame, f"office-{key}", 40, *SIZES)
    for place in range(len(NAMES)):
        choose(shown, place)
        shown.listing.open_current()
        qtbot.waitUntil(shown.detail.isVisible)
        whole(session.frame, f"office-{key}-details-{place}", 40, *SIZES)
    session.frame.go(key, ada)
    qtbot.waitUntil(shown.filters.only.isVisible)
    whole(session.frame, f"office-{key}-one", 40, *SIZES)


def test_both_dialogs_are_named_large_enough_uncut_and_free_of_markup(qtbot, open_at_desk, scene, ada, login):
    wallets = open_at_desk(WalletsPage, "finance")
    for act in ("unfreeze", "freeze"):
        wallets.look_at(ada)
        qtbot.waitUntil(lambda act=act: wallets.detail.isVisible() and wallets.detail.act.text().lower() == f"{act} …")
        wallets.detail.act.click()
        dialog = wallets.freezing.dialog
        qtbot.waitUntil(lambda dialog=dialog: dialog.opens or "waits for its card payment" in dialog.waiting.text())
        whole(dialog, f"office-{act}", 40)
        dialog.complain("Somebody else is changing the same thing. Try again in a moment. " * 3)
        whole(dialog, f"office-{act}-complaint", 40)
        dialog.reject()
        if act == "unfreeze":
            unfreeze_wallet(login("finance"), new_id(), ada, "card found again")


class Longer(QTranslator):
    """Another language, as far as room is concerned: everything is a third longer, with marks above and below."""

    def translate(self, context, source, disambiguation=None, n=-1):
        return source + "Ọ̀" * (len(source) // 3)


def test_a_longer_language_is_not_cut(qtbot, qapp, sign_in, scene, ada):
    longer = Longer()
    qapp.installTranslator(longer)
    try:
        session = sign_in("finance")
        for key, kind in PAGES:
            session.frame.go(key, ada)
            shown = page(session, kind)
            qtbot.waitUntil(shown.detail.isVisible)
            qtbot.wait(300)
            draw(session.frame, f"office-{key}-longer")
            assert cut(shown) == []
        session.frame.go("wallets", scene.town.customer)
        wallets = page(session, WalletsPage)
        qtbot.waitUntil(lambda: wallets.detail.wallet.customer_id == scene.town.customer)
        wallets.detail.act.click()
        draw(wallets.freezing.dialog, "office-freeze-longer")
        assert cut(wallets.freezing.dialog) == []
        wallets.freezing.dialog.reject()
    finally:
        qapp.removeTranslator(longer)
