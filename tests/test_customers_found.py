"""The office's list of customers: found by name, phone or order, counted and paged by the database; a whole number is never shown."""

from functools import partial

import psycopg
import pytest

from core.base.errors import Forbidden, Invalid, TooFast
from core.base.identifiers import new_id
from core.base.words import plain
from core.customers import (
    Customer,
    create_customer,
    customer_of_order,
    customer_orders,
    customers,
    customers_of_orders,
    find_customers,
    whole_number,
)
from core.orders import PayWith, State, place_order
from tests.support.money import fund
from tests.support.purses import explain, fill, write_down
from tests.support.refunds import refund
from tests.support.refusals import refused

NAMES = ("Adáézé Ọkọ́nkwọ̀", "GARBA ƊANJUMA", "ṣadé ògúnlànà", "Zoë Ångström-Łuk", "Ùjúàkù Ñwachukwu", "İpek Ŋma", "50% & \\_ co")


@pytest.fixture
def people(ordering):
    """Write customers down by name: `people("Adáézé", "Garba")` returns their ids."""
    return partial(write_down, ordering)


def test_customers_stand_by_name_whatever_marks_and_capitals_it_has(support, people):
    people("zainab Sule", "Ọlá Bello", "Adáézé Obi", "Ẹniọlá Ojo", "garba Ɗanjuma", "Olu Ade")
    assert [row.name for row in customers(support)] == [
        "Adáézé Obi", "Ẹniọlá Ojo", "garba Ɗanjuma", "Ọlá Bello", "Olu Ade", "zainab Sule",
    ]  # fmt: skip


@pytest.mark.parametrize("name", [*NAMES, "ﬁne ﬂour", "日本 料理"])
def test_a_name_is_kept_as_plain_as_it_is_typed_in_a_hurry_and_found_by_every_part(support, people, name):
    people(name, "Somebody Else")
    for typed in (name, name.upper(), plain(name), *name.split()):
        [row] = customers(support, typed)
        assert (row.name, row.sort_name) == (name, plain(name))


def test_a_row_says_what_somebody_has_ordered_and_got_back(scene, support):
    customer_id = scene.customer(900_000)
    first = scene.order(State.ACCEPTED, State.PREPARING, customer_id=customer_id)
    second = scene.order(customer_id=customer_id)
    scene.order(customer_id=customer_id, pay_with=PayWith.CARD)
    refund(support, first.id)
    [row] = customers(support, customer_ids=[customer_id])
    assert (row.active, row.balance, row.frozen_at, row.orders) == (True, 650_000, None, 3)
    assert (row.refunds, row.refunded) == (1, 250_000)
    newest, middle, oldest = customer_orders(support, customer_id)
    assert row.last_order_at == newest.placed_at
    assert [(order.number, order.state, order.paid, order.refunded) for order in (middle, oldest)] == [
        (second.number, "placed", 250_000, 0), (first.number, "preparing", 250_000, 250_000),
    ]  # fmt: skip
    assert (newest.state, newest.paid, newest.kitchen) == ("awaiting_payment", 0, "Yaba")


def test_who_never_ordered_has_no_last_order(scene, support):
    [row] = customers(support, customer_ids=[scene.customer()])
    assert (row.orders, row.last_order_at, row.refunds, row.refunded, row.balance) == (0, None, 0, 0, 0)


def test_the_suspended_are_found_by_it(support, people, owner_connection):
    first, second = people("Ada", "Bisi")
    owner_connection.execute("UPDATE app.customers SET active = false WHERE id = %s", [second])
    assert [row.id for row in customers(support, active=False)] == [second]
    assert [row.id for row in customers(support, active=True)] == [first]
    assert customers(support, "ada", active=False) == []


def test_pages_of_customers_have_no_gap_and_no_double_while_they_order_and_others_come(scene, support, ordering, owner_connection):
    fill(owner_connection, 500)
    expected = [row.id for row in customers(support, limit=1000)]
    seen, last = [], None
    while page := customers(support, last=last, limit=70):
        seen += [row.id for row in page]
        assert len(seen) <= 1000, "the pages go round in a circle"
        last = page[-1]
        fund(ordering, scene.worker, page[0].id, 30_000)
        place_order(ordering, new_id(), scene.town.yaba, page[0].id, [scene.town.water], [1], "")
        create_customer(ordering, new_id(), "Aa comes before", "+2348030000000")
    assert seen == expected


def test_orders_of_one_customer_come_page_by_page_newest_first(scene, support):
    customer_id = scene.customer(2_500_000)
    placed = [scene.order(customer_id=customer_id).id for _ in range(5)]
    scene.order()  # somebody else's
    seen, before = [], None
    while page := customer_orders(support, customer_id, before=before, limit=2):
        seen += [order.id for order in page]
        assert len(seen) <= 10, "the pages go round in a circle"
        before = (page[-1].placed_at, page[-1].id)
    assert seen == placed[::-1]
    assert customer_orders(support, customer_id, "delivered") == []


def test_an_order_leads_to_who_placed_it(scene, support):
    order = scene.order()
    assert customer_of_order(support, order.number) == scene.town.customer
    assert customer_of_order(support, 1) is None
    assert customers_of_orders(support, [order.id, new_id()]) == {scene.town.customer}


@pytest.mark.parametrize(
    "typed",
    [
        "+2348031234567", "+234 803 123 4567", "08031234567", "0803 123 4567", "0803-123-4567", "(0803) 123 4567", "2348031234567",
        "002348031234567", "8031234567", " 0803.123.4567 ",
    ],
)  # fmt: skip
def test_a_whole_phone_number_is_read_in_every_form_people_write_it(typed):
    assert whole_number(typed) == "+2348031234567"


@pytest.mark.parametrize(
    ("typed", "read"), [("+2341234567", None), ("+23412345678", "+23412345678"), ("0044 20 7946 0958", "+442079460958")]
)  # fmt: skip
def test_landlines_and_numbers_from_abroad_are_read_too(typed, read):
    assert whole_number(typed) == read


@pytest.mark.parametrize(
    "typed",
    ["", "0803123456", "080312345678", "+23480312345", "1042", "#1042", "1234567890", "Ada 08031234567", "०८०३१२३४५६७", "+", "08o31234567"],
)  # fmt: skip
def test_what_is_no_whole_number_is_none(typed):
    assert whole_number(typed) is None


@pytest.mark.parametrize("who", ["support", "finance", "owner", "auditor"])
def test_the_office_finds_a_customer_by_the_whole_number_and_sees_it_masked(login, people, who):
    first, second, third = people("Ada", "Bisi", "Chidi")
    assert find_customers(login(who), new_id(), "+2348030000001") == [Customer(second, "Bisi", "+234803••••01", True)]
    assert find_customers(login(who), new_id(), "+2348030000009") == []


@pytest.mark.parametrize("who", ["cook", "manager", "counter", "ordering", "worker", "webhook"])
def test_nobody_else_finds_a_customer_or_reads_a_list_of_them(login, people, who):
    people("Ada")
    for look in (lambda db: find_customers(db, new_id(), "+2348030000000"), customers, lambda db: customer_of_order(db, 1001)):
        with pytest.raises(Forbidden):
            look(login(who))


@pytest.mark.parametrize("phone", [None, "", "08030000000", "+234803%", "+23480300000__", "' OR true --"])
def test_only_a_whole_number_is_looked_for(support, people, phone):
    people("Ada")
    with refused(Invalid, field="phone"):
        find_customers(support, new_id(), phone)


def test_several_customers_of_one_number_are_all_found_by_name(support, ordering):
    for name in ("Zainab", "Adé"):
        create_customer(ordering, new_id(), name, "+2348031234567")
    assert [customer.name for customer in find_customers(support, new_id(), "+2348031234567")] == ["Adé", "Zainab"]


def test_looking_a_number_up_leaves_who_looked_and_whom_they_found_and_never_the_number(support, people, owner_connection):
    [ada] = people("Ada")
    find_customers(support, new_id(), "+2348030000000")
    find_customers(support, new_id(), "+2348039999999")
    looked = owner_connection.execute(
        "SELECT login, action, object_id, after FROM app.audit_events WHERE action ~ '^(find|tell)_customers' ORDER BY id"
    ).fetchall()
    searched = ("funmi", "find_customers", None, None)
    assert looked == [searched, ("funmi", "tell_customers", ada, {"found": 1}), searched]
    [(told,)] = owner_connection.execute("SELECT string_agg(a::text, '') FROM app.audit_events AS a").fetchall()
    assert "+2348" not in told


def test_numbers_cannot_be_tried_one_after_the_other(support, people, refill):
    people("Ada")
    refill()
    with pytest.raises(TooFast):
        for number in range(40):
            find_customers(support, new_id(), f"+23480300000{number:02}")


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_no_other_isolation_level_gets_round_the_budget(workplace, copy, level):
    with workplace.bare("support", copy) as connection:
        connection.execute(f"SET default_transaction_isolation = '{level}'")
        with pytest.raises(psycopg.Error, match="READ COMMITTED only"):
            connection.execute("SELECT api.find_customers(gen_random_uuid(), '+2348031234567')")


@pytest.mark.parametrize("view", ["customers", "customer_list", "wallet_list", "moved_wallets"])
def test_no_view_of_the_office_shows_a_whole_number(town, workplace, copy, view):
    with workplace.bare("owner", copy) as connection:
        told = connection.execute(f"SELECT string_agg(v::text, '') FROM api.{view} AS v").fetchone()[0]
    assert "+234803••••67" in told and "2348031234567" not in told


def test_lists_are_read_by_their_indexes_however_many_customers_there_are(workplace, copy, owner_connection, town):
    fill(owner_connection, 5000)
    with workplace.bare("support", copy) as connection:
        connection.execute("SET enable_seqscan = off")  # some tables are small here
        plan = partial(explain, connection)
        by_name = plan("api.customer_list", "ORDER BY sort_name, id LIMIT 201")
        assert "customers_sorted" in by_name and "Sort" not in by_name
        below = plan("api.customer_list", f"WHERE (sort_name, id) > ('ola 7', '{town.customer}') ORDER BY sort_name, id LIMIT 201")
        assert "Index Cond: (ROW(sort_name, id) > ROW('ola 7'" in below
        assert "customers_suspended" in plan("api.customer_list", "WHERE NOT active ORDER BY sort_name, id LIMIT 201")
        bought = plan("api.customer_orders", f"WHERE customer_id = '{town.customer}' ORDER BY placed_at DESC, id DESC LIMIT 51")
        assert "Index Scan Backward using orders_customer" in bought
