"""The office's wallets page: found by name, phone and order, sorted and paged by the database, live without moving a row that is read."""

import csv
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from admin_app.wallets import WalletsPage
from core.base.identifiers import new_id
from core.orders import place_order
from core.wallets import Sort, freeze_wallet, wallets
from tests.admin.conftest import choose, is_calm, names, page, rows, tell
from tests.support.money import fund
from tests.support.purses import fill, write_down

CUSTOMER, BALANCE, STATE, MOVED = 0, 2, 3, 4


@pytest.fixture
def people(ordering, worker):
    """Adáézé with ₦50.00, Ọlá with ₦500.00, Zainab with nothing; phones end in 00, 01 and 02."""
    ids = write_down(ordering, "Adáézé Ọkọ́nkwọ̀", "Ọlá Bello", "Zainab Sule")
    fund(ordering, worker, ids[0], 5_000)
    fund(ordering, worker, ids[1], 50_000)
    return ids


@pytest.fixture
def shown(open_at_desk, people):
    return open_at_desk(WalletsPage, "support")


def told(qtbot, page, *customer_ids):
    """Tell the page of these wallets, and wait until it has looked."""
    tell(page, "wallets", objects=customer_ids)
    qtbot.waitUntil(lambda: is_calm(page.news))


def search(qtbot, page, words, *found):
    page.filters.search.setText(words)
    qtbot.waitUntil(lambda: page.answered.search == words.strip() and names(page, CUSTOMER) == list(found))


def test_every_wallet_stands_there_by_name_with_phone_masked_balance_state_and_last_movement(shown):
    ada, ola, zainab = rows(shown)
    assert ada[:4] == ["Adáézé Ọkọ́nkwọ̀", "+234803••••00", "₦50.00", "Open"]
    assert ola[2] == "₦500.00"
    assert zainab[2:] == ["₦0.00", "Open", "Never"]
    assert shown.head.count.text() == "3 wallets"


def test_without_customers_the_page_says_so(open_at_desk):
    assert open_at_desk(WalletsPage, "support").listing.notice.title.text() == "No wallets yet"


def test_a_wallet_is_found_by_a_name_without_accents_and_by_a_whole_phone_in_any_form(qtbot, shown):
    search(qtbot, shown, "OKONKWO ada", "Adáézé Ọkọ́nkwọ̀")
    search(qtbot, shown, "+2348030000001", "Ọlá Bello")
    search(qtbot, shown, "0803 000 0002", "Zainab Sule")
    search(qtbot, shown, "a", "Adáézé Ọkọ́nkwọ̀", "Ọlá Bello", "Zainab Sule")


def test_a_phone_that_is_not_whole_finds_nobody_and_says_why(qtbot, shown):
    search(qtbot, shown, "0803 000")
    assert shown.listing.notice.sentence.text().startswith("A phone number is searched for when it is whole")
    search(qtbot, shown, "0803 000 0009")
    assert shown.listing.notice.sentence.text() == "No customer has this phone number."
    shown.listing.notice.act.click()
    qtbot.waitUntil(lambda: len(shown.model.rows) == 3)


def test_a_phone_is_asked_for_once_however_much_happens_meanwhile(qtbot, shown, people, owner_connection):
    search(qtbot, shown, "0803 000 0001", "Ọlá Bello")
    for _ in range(3):
        told(qtbot, shown, *people)
    assert owner_connection.execute("SELECT count(*) FROM app.audit_events WHERE action = 'find_customers'").fetchone() == (1,)


@pytest.mark.parametrize("words", ["%", "_", "²", "9" * 60, "'; DROP", "<b>", "\\", "#", "+"])
def test_odd_words_find_nothing_and_break_nothing(qtbot, shown, words):
    search(qtbot, shown, words)
    assert shown.listing.notice.title.text() == "Nothing found"
    shown.filters.clear()
    qtbot.waitUntil(lambda: len(shown.model.rows) == 3)


def test_frozen_ones_and_those_with_money_are_shown_alone(qtbot, shown, people, login):
    freeze_wallet(login("finance"), new_id(), people[0], "card reported stolen")
    shown.filters.state.choose(True)
    qtbot.waitUntil(lambda: names(shown, CUSTOMER) == ["Adáézé Ọkọ́nkwọ̀"])
    assert names(shown, STATE) == ["Frozen"]
    icon = shown.model.index(0, STATE).data(Qt.ItemDataRole.DecorationRole)
    assert not icon.isNull()  # a word and an icon, not the colour alone
    shown.filters.state.choose(False)
    qtbot.waitUntil(lambda: names(shown, CUSTOMER) == ["Ọlá Bello", "Zainab Sule"])
    shown.filters.money.choose(True)
    qtbot.waitUntil(lambda: names(shown, CUSTOMER) == ["Ọlá Bello"])


def test_wallets_are_sorted_by_last_movement_and_by_balance(qtbot, shown, people, ordering, worker):
    shown.filters.sort.choose(Sort.BALANCE)
    qtbot.waitUntil(lambda: names(shown, BALANCE) == ["₦500.00", "₦50.00", "₦0.00"])
    fund(ordering, worker, people[0], 100)
    shown.filters.sort.choose(Sort.MOVED)
    qtbot.waitUntil(lambda: names(shown, CUSTOMER) == ["Adáézé Ọkọ́nkwọ̀", "Ọlá Bello", "Zainab Sule"])
    assert names(shown, MOVED)[2] == "Never"


def test_thousands_come_page_by_page_and_of_the_largest_only_the_first_are_there(qtbot, open_at_desk, owner_connection):
    fill(owner_connection, 1000)
    page = open_at_desk(WalletsPage, "auditor")
    assert (len(page.model.rows), page.head.count.text()) == (200, "200 shown, more below")
    for there in range(400, 1001, 200):
        page.listing.view.scrollToBottom()
        qtbot.waitUntil(lambda there=there: len(page.model.rows) == there)
    assert page.head.count.text() == "1,000 wallets"
    assert len({wallet.customer_id for wallet in page.model.rows}) == 1000
    page.filters.sort.choose(Sort.BALANCE)
    qtbot.waitUntil(lambda: page.head.count.text() == "The 200 largest; filter to see others")
    assert [wallet.balance for wallet in page.model.rows] == list(range(1100, 900, -1))
    assert not page.model.canFetchMore(page.model.index(-1, -1))


def test_the_next_page_comes_also_when_the_last_row_changes_while_it_is_read(qtbot, open_at_desk, owner_connection, held):
    fill(owner_connection, 300)
    page = open_at_desk(WalletsPage, "support")
    with held("LOCK TABLE app.customers") as wait:
        page.listing.view.scrollToBottom()
        wait()
        page.listing.refresh([*page.model.rows[:-1], replace(page.model.rows[-1], balance=1)])
    qtbot.waitUntil(lambda: len(page.model.rows) == 300)


def test_a_balance_changes_in_place_and_is_marked_while_the_row_is_read(qtbot, shown, people, ordering, worker):
    shown.filters.sort.choose(Sort.BALANCE)
    qtbot.waitUntil(lambda: names(shown, BALANCE)[0] == "₦500.00")
    choose(shown, 1)
    fund(ordering, worker, people[0], 100_000)
    told(qtbot, shown, people[0])
    assert names(shown, BALANCE) == ["₦500.00", "₦1,050.00", "₦0.00"]
    assert shown.listing.view.currentIndex().row() == 1
    assert people[0] in shown.listing.cells._fresh
    assert shown.head.news.text() == "Sort again"
    shown.head.news.click()
    qtbot.waitUntil(lambda: names(shown, BALANCE) == ["₦1,050.00", "₦500.00", "₦0.00"])
    assert shown.head.news.isHidden()


def test_by_movement_a_wallet_that_moved_up_from_below_is_no_new_one(qtbot, open_at_desk, owner_connection, ordering, worker):
    fill(owner_connection, 300)
    page = open_at_desk(WalletsPage, "support")
    page.filters.sort.choose(Sort.MOVED)
    qtbot.waitUntil(lambda: page.answered.sort is Sort.MOVED)
    shown = [wallet.customer_id for wallet in page.model.rows]
    choose(page, 3)
    below = next(wallet.customer_id for wallet in wallets(page.desk.db, limit=300) if wallet.customer_id not in shown)
    fund(ordering, worker, below, 100)
    told(qtbot, page, below)
    assert [wallet.customer_id for wallet in page.model.rows] == shown
    assert page.head.news.text() == "Sort again"
    page.head.news.click()
    qtbot.waitUntil(lambda: page.model.rows[0].customer_id == below)


def test_a_new_customer_waits_behind_a_button_while_somebody_reads(qtbot, shown, ordering):
    choose(shown, 1)
    [bisi] = write_down(ordering, "Bisi Ojo")
    told(qtbot, shown, bisi)
    assert len(shown.model.rows) == 3
    assert shown.head.news.text() == "1 new wallet"
    shown.head.news.click()
    qtbot.waitUntil(lambda: names(shown, CUSTOMER)[1] == "Bisi Ojo")


def test_enter_in_the_search_opens_what_is_found(qtbot, shown):
    QTest.keyClicks(shown.filters.search, "zainab")
    QTest.keyClick(shown.filters.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.listing.detail.isVisible() and shown.listing.detail.title.text() == "Zainab Sule")


def test_another_page_opens_one_wallet_and_a_click_shows_the_others_again(qtbot, shown, people):
    shown.look_at(people[1])
    qtbot.waitUntil(lambda: names(shown, CUSTOMER) == ["Ọlá Bello"])
    assert shown.listing.detail.title.text() == "Ọlá Bello"
    assert shown.filters.only.isVisible()
    shown.filters.only.click()
    qtbot.waitUntil(lambda: len(shown.model.rows) == 3)
    assert shown.filters.only.isHidden()
    shown.look_at(people[0])
    qtbot.waitUntil(lambda: len(shown.model.rows) == 1)
    search(qtbot, shown, "zainab", "Zainab Sule")  # whoever types something else means something else
    assert shown.filters.only.isHidden()


def test_an_export_holds_what_matches_with_plain_figures_and_no_phone_in_full(qtbot, open_at_desk, people, login, tmp_path):
    freeze_wallet(login("finance"), new_id(), people[0], "=stolen")
    file = tmp_path / "wallets.csv"
    page = open_at_desk(WalletsPage, "support", ask=lambda parent, suggested: str(file))
    page.filters.sort.choose(Sort.BALANCE)
    qtbot.waitUntil(lambda: names(page, BALANCE)[0] == "₦500.00")
    for signal in (page.head.export_shown, page.head.export_all):
        with qtbot.waitSignal(page.said):
            signal.emit()
        with file.open(encoding="utf-8-sig", newline="") as opened:
            titles, *written = csv.reader(opened)
        assert len(written) == 3
    assert titles[:7] == ["Customer", "Phone", "Balance, naira", "State", "Frozen since", "Frozen by", "Why"]
    assert written[0][:4] == ["Adáézé Ọkọ́nkwọ̀", "'+234803••••00", "50.00", "Frozen"]
    assert written[0][5:7] == ["Gbenga Alabi", "'=stolen"]
    assert written[2][7:] == ["", "0"]


def test_what_cannot_be_read_says_why_and_tries_again_when_asked(qtbot, open_at_desk, people, owner_connection):
    owner_connection.execute("REVOKE SELECT ON api.wallet_list FROM support")
    page = open_at_desk(WalletsPage, "support")
    assert page.listing.notice.title.text() == "The wallets could not be read"
    owner_connection.execute("GRANT SELECT ON api.wallet_list TO support")
    page.listing.notice.act.click()
    qtbot.waitUntil(lambda: len(page.model.rows) == 3)


def test_offline_the_last_known_wallets_stay_and_say_of_when_they_are(qtbot, shown, line):
    shown.source.db.close()
    line._take("offline", line.now(), None)
    shown.filters.search.setText("ada")
    qtbot.waitUntil(shown.head.trouble.isVisible)
    assert shown.head.trouble.words.text().endswith("The table still shows what was asked for before.")
    assert len(shown.model.rows) == 3
    assert shown.head.age.words.text().startswith("as of ")


def test_an_order_leads_to_the_wallet_it_was_paid_from(qtbot, sign_in, scene):
    order = place_order(scene.ordering, new_id(), scene.town.yaba, scene.town.customer, [scene.town.water], [1], "")
    session = sign_in("support")
    session.frame.go("wallets")
    shown = page(session, WalletsPage)
    qtbot.waitUntil(lambda: shown.listing.has_rows)
    search(qtbot, shown, f"#{order.number}", "Ngozi Eze")
