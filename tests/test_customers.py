"""Customers: written down with a phone, shown with it masked, and only to the office."""

import pytest

from core.base.errors import Forbidden, Invalid
from core.base.identifiers import new_id
from core.customers import Customer, create_customer
from tests.support.refusals import refused


def test_a_customer_has_the_id_of_the_command_and_a_masked_phone(ordering):
    command_id = new_id()
    customer = create_customer(ordering, command_id, "Ngozi Eze", "+2348031234567")
    assert customer == Customer(command_id, "Ngozi Eze", "+234803••••67", True)


def test_the_office_reads_the_phone_masked_and_nowhere_else_in_full(login, ordering, owner_connection):
    customer = create_customer(ordering, new_id(), "Ngozi Eze", "+2348031234567")
    assert login("support").rows(Customer, "api.customers") == [customer]
    [(told,)] = owner_connection.execute("SELECT string_agg(a::text, '') FROM app.audit_events AS a").fetchall()
    assert "Ngozi" not in told and "+2348" not in told  # what cannot be erased must not need to be


def test_a_kitchen_reads_no_customer(town, cook):
    with pytest.raises(Forbidden):
        cook.rows(Customer, "api.customers")


@pytest.mark.parametrize("phone", ["+2348031234567", "+12025550123", "+4412345678"])
def test_a_phone_in_international_form_is_taken(ordering, phone):
    assert create_customer(ordering, new_id(), "Ngozi", phone).phone.startswith(phone[:7])


@pytest.mark.parametrize(
    "phone",
    [
        None, "", "08031234567", "2348031234567", "+0348031234567", "+234 803 123 4567", "+2348", "+" + "1" * 16, "+234803123456x",
        "+٢٣٤٨٠٣١٢٣٤٥",
    ],
)  # fmt: skip
def test_any_other_phone_is_refused(ordering, phone):
    with refused(Invalid, field="phone"):
        create_customer(ordering, new_id(), "Ngozi", phone)
