"""The office's list of wallets: found, sorted and paged by the database, also while money moves."""

from functools import partial

import pytest

from core.base.identifiers import new_id
from core.customers import create_customer
from core.wallets import Sort, explain_wallet, freeze_wallet, wallets
from tests.support.money import fund
from tests.support.purses import explain, fill, write_down
from tests.support.town import PURSE


@pytest.fixture
def people(ordering):
    """Write customers down by name: `people("Adáézé", "Garba")` returns their ids."""
    return partial(write_down, ordering)


def test_wallets_stand_by_their_customers_names_with_what_is_in_them(scene, finance, ordering, worker, people):
    zainab, ola, ada = people("zainab", "Ọlá", "Adáézé")
    fund(ordering, worker, ola, 300)
    fund(ordering, worker, ola, 200)
    found = wallets(finance, customer_ids=[ada, ola, zainab])
    assert [(row.customer, row.balance, row.version) for row in found] == [("Adáézé", 0, 0), ("Ọlá", 500, 2), ("zainab", 0, 0)]
    assert [row.phone[-2:] for row in found] == ["02", "01", "00"]
    assert found[1].moved_at == explain_wallet(finance, ola)[-1].at
    assert (found[0].moved, found[0].moved_at) == (None, None)


def test_wallets_are_found_by_parts_of_a_name_frozen_or_not_and_with_money_or_none(scene, finance, ordering, worker, people):
    ada, ola, adaobi = people("Adáézé Ọkọ́nkwọ̀", "Ọlá", "Adaobi 100%")
    fund(ordering, worker, adaobi, 5)
    freeze_wallet(finance, new_id(), ada, "card reported stolen")

    def found(**filters):
        return [row.customer_id for row in wallets(finance, **filters) if row.customer_id in (ada, ola, adaobi)]

    assert found(search="OKONKWO ada") == [ada]
    assert found(search="ada") == [ada, adaobi]
    assert found(search="100%") == [adaobi]
    assert found(search="_") == []
    assert found(search="'; DROP TABLE app.accounts; --") == []
    assert found(frozen=True) == [ada]
    assert found(frozen=False) == [adaobi, ola]
    assert found(above_zero=True) == [adaobi]
    assert found(search="ada", frozen=False, above_zero=True) == [adaobi]
    assert found(customer_ids=[ola]) == [ola]
    assert found(customer_ids=[]) == []


def test_by_movement_the_newest_is_first_and_what_never_moved_is_last_by_name(scene, finance, ordering, worker, people):
    zainab, ola, ada, bisi = people("Zainab", "Ọlá", "Ada", "Bisi")
    for customer_id in (ada, zainab, ada):
        fund(ordering, worker, customer_id, 5)
    listed = wallets(finance, sort=Sort.MOVED)
    assert [row.customer_id for row in listed] == [ada, zainab, scene.town.customer, bisi, ola]
    for size in (1, 2, 3, 4):  # also where a page ends on the last one that ever moved
        assert paged(finance, size, sort=Sort.MOVED) == [row.customer_id for row in listed]
    assert [row.customer_id for row in wallets(finance, search="a", sort=Sort.MOVED, above_zero=True)] == [ada, zainab]


def test_by_balance_the_largest_are_first_and_there_is_no_next_page(scene, finance, ordering, worker, people):
    ada, ola, bisi = people("Ada", "Ọlá", "Bisi")
    fund(ordering, worker, ada, 5)
    fund(ordering, worker, ola, 50)
    listed = wallets(finance, sort=Sort.BALANCE, limit=3)
    assert [row.customer_id for row in listed] == [scene.town.customer, ola, ada]
    assert wallets(finance, sort=Sort.BALANCE, last=listed[-1]) == []
    assert [row.balance for row in wallets(finance, sort=Sort.BALANCE)] == [PURSE, 50, 5, 0]


def paged(db, size, between=lambda page: None, **asked):
    """Read page after page; `between` pages something may happen."""
    seen, last = [], None
    while page := wallets(db, last=last, limit=size, **asked):
        seen += [row.customer_id for row in page]
        assert len(seen) <= 1000, "the pages go round in a circle"
        last = page[-1]
        between(page)
    return seen


def test_pages_by_name_have_no_gap_and_no_double_while_money_moves_and_wallets_freeze(
    scene, finance, ordering, worker, owner_connection, refill
):
    fill(owner_connection, 500)
    expected = [row.customer_id for row in wallets(finance, limit=1000)]

    def happens(page):
        refill()
        fund(ordering, worker, page[0].customer_id, 5)
        freeze_wallet(finance, new_id(), page[-1].customer_id, "card reported stolen")
        create_customer(ordering, new_id(), "Aa comes before", "+2348030000000")

    assert paged(finance, 70, happens) == expected
    assert len(expected) == 501


def test_in_pages_by_movement_what_moves_meanwhile_goes_to_the_top_and_nothing_comes_twice(
    scene, finance, ordering, worker, owner_connection
):
    fill(owner_connection, 300)
    expected = [row.customer_id for row in wallets(finance, sort=Sort.MOVED, limit=1000)]
    moved = set()

    def happens(page):
        later = expected[min(expected.index(page[-1].customer_id) + 20, len(expected) - 1)]  # of a page that is not read yet
        moved.add(later)
        for customer_id in (page[0].customer_id, later):
            fund(ordering, worker, customer_id, 5)

    seen = paged(finance, 70, happens, sort=Sort.MOVED)
    assert len(seen) == len(set(seen))
    assert set(expected) - set(seen) <= moved  # they stand at the top by now
    assert seen == [customer_id for customer_id in expected if customer_id in set(seen)]


def test_wallets_are_listed_by_their_indexes_and_never_by_one_on_a_figure_that_every_order_changes(workplace, copy, owner_connection, town):
    fill(owner_connection, 3000)
    with workplace.bare("support", copy) as connection:
        plan = partial(explain, connection)
        by_name = plan("api.wallet_list", "ORDER BY sort_name, customer_id LIMIT 201")
        assert "customers_sorted" in by_name and "Sort" not in by_name
        below = f"WHERE (sort_name, customer_id) > ('ola 7', '{town.customer}') ORDER BY sort_name, customer_id LIMIT 201"
        assert "Index Cond: (ROW(sort_name, id) > ROW('ola 7'" in plan("api.wallet_list", below)
        moved = plan("api.moved_wallets", "WHERE moved < 4000 ORDER BY moved DESC LIMIT 201")
        assert "Index Scan Backward using entries_pkey" in moved and "Index Cond: (id < 4000)" in moved and "Sort" not in moved
        assert "accounts_frozen" in plan("api.wallet_list", "WHERE frozen_at IS NOT NULL ORDER BY sort_name LIMIT 201")
    indexes = owner_connection.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'app' AND tablename = 'accounts'").fetchall()
    assert [index for (index,) in indexes if "balance" in index or "version" in index] == []
