"""The office's window: who comes in, which pages they get, what it is held to, and that it follows the database live."""

from contextlib import nullcontext

import pytest
from psycopg.errors import InsufficientPrivilege
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from admin_app.listing import SETTLE
from admin_app.orders import OrdersPage
from admin_app.page import OfficePage
from admin_app.session import enter
from admin_app.stock import StockPage
from core.base.config import SignIn
from core.base.errors import Forbidden
from core.base.identifiers import new_id
from core.orders import place_order
from core.staff import Role, revoke_staff
from core.stock import add_stock_items, receive_stock
from tests.admin.conftest import choose, is_calm, names, page, press
from tests.support.looks import cut, draw, whole

PAGES = {"Orders": OrdersPage, "Stock": StockPage}  # those with a table
READERS = frozenset({"support", "finance", "owner", "auditor"})
SEES = {  # page: who gets it, in the order of the navigation, and a view that it lives on
    "Overview": (READERS, "order_hours"),
    "Orders": (READERS, "order_list"),
    "Refunds": (READERS, "refund_orders"),
    "Stock": (READERS | {"manager"}, "stock"),
    "Wallets": (READERS, "wallets"),
    "Customers": (READERS, "customers"),
    "Staff": (frozenset({"owner", "auditor"}), "staff"),
    "Approvals": (frozenset({"finance", "owner", "auditor"}), ""),  # others read of api.proposals what is theirs: refunds, shelves
    "Audit trail": (READERS, "trail"),
    "Health": (READERS, "load_quarters"),
}


@pytest.mark.parametrize("who", sorted(READERS | {"manager"}))
def test_each_role_gets_exactly_its_pages(sign_in, who):
    session = sign_in(who)
    assert [push.text() for push in session.frame.chrome.pages.buttons()] == [title for title, (by, _) in SEES.items() if who in by]


@pytest.mark.parametrize("who", sorted(READERS))
def test_each_role_of_the_office_may_read_what_its_pages_show(qtbot, sign_in, town, who):
    session = sign_in(who)
    qtbot.waitUntil(lambda: names(page(session, StockPage), 1) == ["Beans", "Chicken", "Oil", "Rice"])
    qtbot.waitUntil(lambda: page(session, OrdersPage).listing.notice.title.text() == "No orders yet")


@pytest.mark.parametrize("who", ["cook", "counter", "ordering", "worker"])
def test_whoever_does_not_work_in_the_office_is_told_so_in_words(workplace, config, who):
    with pytest.raises(Forbidden, match="This is the office program") as refused:
        enter(config, workplace.sign_ins[who])
    assert refused.value.facts == {"why": "role"}


def test_a_kitchen_manager_sees_the_stock_of_the_own_kitchens_and_starts_there(qtbot, sign_in, town):
    session = sign_in("manager")
    stock = page(session, StockPage)
    qtbot.waitUntil(lambda: names(stock, 1) == ["Chicken", "Oil", "Rice"])  # the beans are Lekki's
    assert session.frame.pages.currentWidget() is stock
    assert set(names(stock, 0)) == {"Yaba"}


@pytest.mark.parametrize("who", sorted(READERS | {"manager"}))
@pytest.mark.parametrize("title", [title for title, (_, view) in SEES.items() if view])
def test_the_database_refuses_exactly_what_the_window_hides(workplace, copy, who, title):
    by, view = SEES[title]
    refused = nullcontext() if who in by else pytest.raises(InsufficientPrivilege)
    with workplace.bare(who, copy) as connection, refused:
        connection.execute(f"SELECT FROM api.{view}")


@pytest.mark.parametrize("who", ["cook", "manager"])
@pytest.mark.parametrize("view", ["priced_lines", "wallet_entries", "payments"])
def test_the_database_shows_a_kitchen_no_money(workplace, copy, who, view):
    with workplace.bare(who, copy) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(f"SELECT FROM api.{view}")


def test_a_wrong_password_is_not_mistaken_for_a_wrong_role(workplace, config):
    with pytest.raises(Forbidden) as refused:
        enter(config, SignIn(workplace.sign_ins["support"].login, "wrong"))
    assert "why" not in refused.value.facts


def test_a_new_order_and_a_delivery_appear_by_themselves(qtbot, sign_in, town, ordering, manager):
    session = sign_in()
    stock = page(session, StockPage)
    qtbot.waitUntil(lambda: len(stock.model.rows) == 4)
    order = place_order(ordering, new_id(), town.yaba, town.customer, [town.jollof], [1], "")
    receive_stock(manager, new_id(), town.rice, 2000, "")
    qtbot.waitUntil(lambda: names(page(session, OrdersPage), 0) == [str(order.number)], timeout=8000)
    qtbot.waitUntil(lambda: names(stock, 3) == ["6 kg", "39 pcs", "4.98 L", "11.8 kg"], timeout=8000)


def test_everything_is_reached_by_keyboard(qtbot, sign_in, town):
    session = sign_in()
    stock = page(session, StockPage)
    qtbot.waitUntil(lambda: len(stock.model.rows) == 4)
    press(session, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is page(session, OrdersPage).filters.search
    press(session, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(stock.isVisible)
    assert QApplication.focusWidget() is stock.filters.search
    stock.listing.view.setFocus()
    press(session, Qt.Key.Key_Down)
    press(session, Qt.Key.Key_Return)
    qtbot.waitUntil(stock.listing.detail.isVisible)
    press(session, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: stock.listing.detail.title.text() == "Chicken")
    press(session, Qt.Key.Key_Escape)
    qtbot.waitUntil(stock.listing.detail.isHidden)
    press(session, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(stock.filters.search.hasFocus)


def test_details_that_are_closed_right_after_going_to_another_row_stay_closed(qtbot, sign_in, town):
    session = sign_in()
    stock = page(session, StockPage)
    session.frame.show_page(stock)
    qtbot.waitUntil(lambda: len(stock.model.rows) == 4)
    stock.listing.open_first()
    stock.listing.view.setCurrentIndex(stock.model.index(1, 0))
    QTest.keyClick(stock, Qt.Key.Key_Escape)
    qtbot.wait(2 * SETTLE)
    assert stock.listing.detail.isHidden()


def test_f5_looks_again(qtbot, sign_in, town, owner_connection):
    session = sign_in()
    stock = page(session, StockPage)
    session.frame.show_page(stock)
    qtbot.waitUntil(lambda: len(stock.model.rows) == 4)
    qtbot.waitUntil(lambda: is_calm(stock.reader))
    owner_connection.execute("UPDATE app.kitchens SET name = 'Another name' WHERE id = %s", [town.lekki])  # and nobody is told
    press(session, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: "Another name" in names(stock, 0))


def test_every_page_is_named_large_enough_uncut_and_free_of_markup(qtbot, sign_in, town, ordering):
    sizes = [(911, 512), (1366, 768), (1920, 1080)]  # a small one at 150 %, a small and a large one
    order = place_order(ordering, new_id(), town.yaba, town.customer, [town.jollof, town.water], [1, 2], "")
    session = sign_in()
    for title, kind in PAGES.items():
        shown = page(session, kind)
        session.frame.show_page(shown)
        qtbot.waitUntil(lambda shown=shown: shown.listing.has_rows)
        whole(session.frame, f"office-{title.lower()}", 40, *sizes)
        choose(shown, 0)
        shown.listing.open_current()
        qtbot.waitUntil(shown.listing.detail.isVisible)
        whole(session.frame, f"office-{title.lower()}-details", 40, *sizes)
    assert str(order.number) in names(page(session, OrdersPage), 0)


class Longer(QTranslator):
    """Another language, as far as room is concerned: everything is a third longer, with marks above and below."""

    def translate(self, context, source, disambiguation=None, n=-1):
        return source + "Ọ̀" * (len(source) // 3)


def test_a_longer_language_is_not_cut(qtbot, qapp, sign_in, town, ordering):
    longer = Longer()
    qapp.installTranslator(longer)
    try:
        place_order(ordering, new_id(), town.yaba, town.customer, [town.jollof, town.water], [1, 2], "")
        session = sign_in()
        for title, kind in PAGES.items():
            shown = page(session, kind)
            session.frame.show_page(shown)
            qtbot.waitUntil(lambda shown=shown: shown.listing.has_rows)
            choose(shown, 0)
            shown.listing.open_current()
            qtbot.wait(300)
            draw(session.frame, f"office-{title.lower()}-longer")
            assert cut(shown) == []
    finally:
        qapp.removeTranslator(longer)


def test_a_name_that_looks_like_markup_or_a_shortcut_is_shown_as_it_is(qtbot, sign_in, town, owner):
    name = "<b>Rice</b> & %1 {n} \\n"
    add_stock_items(owner, new_id(), town.yaba, [new_id()], [name], ["<img src=x>"], [None], ["kg"], [1000], [0], [1000], [500])
    session = sign_in()
    stock = page(session, StockPage)
    session.frame.show_page(stock)
    qtbot.waitUntil(lambda: name in names(stock, 1))
    choose(stock, names(stock, 1).index(name))
    stock.listing.open_current()
    assert stock.listing.detail.title.text() == name
    assert stock.listing.detail.subtitle.text() == "Yaba · <img src=x>"
    formats = {words.textFormat() for words in session.frame.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}


def test_a_program_that_is_too_old_says_so(qtbot, sign_in, owner_connection):
    owner_connection.execute("UPDATE app.compat SET lowest_client = '99.0.0', newest_client = '99.0.0'")
    session = sign_in()
    qtbot.waitUntil(session.frame.line_banner.isVisible)
    assert "the server needs 99.0.0 or newer" in session.frame.line_banner.words.text()


def test_a_login_that_is_revoked_is_told_at_the_door(workplace, config, owner, hire):
    hire("tobi", Role.SUPPORT)
    entered = enter(config, workplace.sign_ins["tobi"])
    entered.db.close()
    assert entered.me.name == "Tobi"
    revoke_staff(owner, new_id(), "tobi", "left")
    with pytest.raises(Forbidden):
        enter(config, workplace.sign_ins["tobi"])


def test_whoever_is_revoked_is_shut_out_of_the_open_window_too(qtbot, sign_in, town, owner, hire):
    hire("tobi", Role.SUPPORT).close()
    session = sign_in("tobi")
    with qtbot.waitSignal(session.locked_out, timeout=10_000):
        revoke_staff(owner, new_id(), "tobi", "left")


def test_a_toast_tells_what_was_exported(qtbot, sign_in):
    session = sign_in()
    page(session, StockPage).said.emit("4 rows exported", "/tmp/stock.csv")
    qtbot.waitUntil(session.frame.toast.isVisible)
    assert session.frame.toast.title.text() == "4 rows exported"
    assert len(session.frame.findChildren(OfficePage)) == sum("support" in by for by, _ in SEES.values())
