"""The office's list of orders: search, filters and pages."""

from datetime import timedelta

import pytest

from core.base.errors import Forbidden
from core.base.identifiers import new_id
from core.customers import create_customer
from core.orders import PayWith, State, cancel_order, orders, place_order
from tests.support.money import fund


@pytest.fixture
def listed(scene, ordering, worker):
    """Five orders: three of Ngozi in Yaba, one of Adé in Yaba, one of Adé in Lekki; oldest first."""
    town = scene.town
    ade = create_customer(ordering, new_id(), "Adé 100% Bello", "+2348030000000").id
    fund(ordering, worker, ade, 140_000)
    placed = [scene.order() for _ in range(3)]
    placed.append(place_order(ordering, new_id(), town.yaba, ade, [town.water], [2], ""))
    placed.append(place_order(ordering, new_id(), town.lekki, ade, [town.moi_moi], [1], ""))
    return placed


@pytest.fixture
def found(login, listed):
    """Return which of the five a search finds, newest first, by their place among them."""
    support = login("support")
    places = {order.id: place for place, order in enumerate(listed)}
    return lambda **filters: [places[row.id] for row in orders(support, **filters)]


def test_all_orders_are_listed_newest_first(found):
    assert found() == [4, 3, 2, 1, 0]


def test_an_order_is_found_by_its_number_and_by_a_part_of_the_customers_name(found, listed):
    assert found(search=str(listed[1].number)) == [1]
    assert found(search=f" #{listed[1].number} ") == [1]
    assert found(search="adé") == [4, 3]
    assert found(search="100%") == [4, 3]
    assert found(search="%") == [4, 3]
    assert found(search="_") == []
    assert found(search="'; DROP TABLE app.orders; --") == []


def test_orders_are_filtered_by_kitchen_state_and_time_together(found, listed, town, ordering):
    cancel_order(ordering, new_id(), listed[0].id, 1, "changed their mind")
    assert found(kitchen_id=town.lekki) == [4]
    assert found(state=State.CANCELLED) == [0]
    assert found(since=listed[3].placed_at) == [4, 3]
    assert found(since=listed[4].placed_at + timedelta(microseconds=1)) == []
    assert found(search="adé", kitchen_id=town.yaba, state=State.PLACED) == [3]


def test_orders_are_filtered_by_the_end_of_a_time_the_customer_the_way_of_payment_and_money_that_went_back(found, listed, scene, ordering):
    ade = listed[4].customer_id
    assert found(until=listed[2].placed_at) == [1, 0]
    assert found(customer_ids=[ade]) == [4, 3]
    assert found(customer_ids=[]) == found(order_ids=[]) == []
    assert found(customer_ids=[ade], order_ids=[listed[0].id, listed[3].id]) == [3]
    assert (found(pay_with=PayWith.CARD), len(found(pay_with=PayWith.WALLET))) == ([], 5)
    assert found(went_back=True) == []
    cancel_order(ordering, new_id(), listed[3].id, 1, "changed their mind")
    assert found(went_back=True) == [3]


def test_a_row_says_how_it_was_paid_and_how_much_went_back(login, listed, ordering):
    cancel_order(ordering, new_id(), listed[0].id, 1, "changed their mind")
    row = orders(login("finance"), search=str(listed[0].number))[0]
    assert (row.pay_with, row.went_back, row.customer_id, row.sort_name) == (PayWith.WALLET, 250_000, listed[0].customer_id, "ngozi eze")


def test_what_begins_with_a_nought_is_no_orders_number(found, listed):
    assert found(search=f"0{listed[0].number}") == []


def test_pages_follow_each_other_without_a_gap_or_a_repeat(login, listed):
    support, seen, before = login("support"), [], None
    for size in (2, 2, 1, 0):
        page = orders(support, before=before, limit=2)
        assert len(page) == size
        seen += [row.id for row in page]
        before = (page[-1].placed_at, page[-1].id) if page else None
    assert seen == [order.id for order in reversed(listed)]


def test_a_row_says_who_where_how_much_and_how_many(login, listed):
    row = orders(login("finance"), search=str(listed[3].number))[0]
    assert (row.kitchen, row.customer, row.total, row.dishes, row.state) == ("Yaba", "Adé 100% Bello", 60_000, 2, State.PLACED)


def test_a_kitchen_does_not_read_the_offices_list(cook, listed):
    with pytest.raises(Forbidden):
        orders(cook)
