"""Who is meant by what was typed, and what of an answer is new to whoever reads."""

import pytest

from admin_app.finding import Who, is_begun, who, why_nobody
from admin_app.parts import compare
from core.base.errors import TooFast
from tests.support.purses import write_down


def test_words_are_parts_of_a_name(login):
    assert who(login("support"), "  Adé  bello ") == Who(words="Adé  bello")


@pytest.mark.parametrize("typed", ["+2348030000001", "0803 000 0001", "8030000001"])
def test_a_whole_phone_means_the_customers_who_have_it(login, ordering, typed):
    _, bisi = write_down(ordering, "Ada", "Bisi")
    assert who(login("support"), typed) == Who(ids=(bisi,))
    assert who(login("support"), "0803 000 0009") == Who(ids=())


@pytest.mark.parametrize("form", ["{}", "#{}", " # {} "])
def test_the_number_of_an_order_means_who_placed_it(scene, login, form):
    order = scene.order()
    assert who(login("support"), form.format(order.number)) == Who(ids=(scene.town.customer,))
    assert who(login("support"), "#999999999") == Who(ids=())


@pytest.mark.parametrize("typed", ["+", "0", "0803", "+234 803 123", "0803-123-456"])
def test_a_phone_that_is_not_whole_means_nobody_and_is_not_asked_for(login, owner_connection, typed):
    assert is_begun(typed)
    assert who(login("support"), typed) == Who(ids=())
    assert "when it is whole" in why_nobody(typed)
    assert owner_connection.execute("SELECT count(*) FROM app.audit_events WHERE action = 'find_customers'").fetchone() == (0,)


@pytest.mark.parametrize(
    ("typed", "why"),
    [("0803 123 4567", "No customer has this phone number."), ("1042", "There is no order with this number."), ("Ada", "")],
)  # fmt: skip
def test_why_nobody_was_found_is_said_of_what_was_typed(typed, why):
    assert why_nobody(typed) == why


def test_who_asks_for_number_after_number_is_told_to_wait(login, refill):
    support = login("support")
    refill()
    with pytest.raises(TooFast):
        for number in range(40):
            who(support, f"+23480300000{number:02}")


@pytest.mark.parametrize(
    ("first", "shown", "more", "found"),
    [
        ("abc", "abc", False, (0, False)),
        ("xabc", "abc", False, (1, False)),
        ("abcx", "abc", False, (1, False)),
        ("abcx", "abc", True, (0, False)),  # it stands below what is shown, on the next page
        ("axbyc", "abc", True, (2, False)),
        ("bac", "abc", False, (0, True)),
        ("cxab", "abcd", True, (1, True)),
        ("xyz", "abc", True, (3, False)),
        ("", "abc", False, (0, False)),
    ],
)
def test_new_is_what_should_be_shown_and_is_not_and_moved_is_what_stands_elsewhere(first, shown, more, found):
    assert compare(first, shown, more) == found
