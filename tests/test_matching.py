"""Search by words typed in a hurry: the database and Python leave away the same accents, dots and capitals."""

import pytest

from core.base.identifiers import new_id
from core.base.words import plain
from core.customers import Customer, create_customer
from core.database.matching import holds

NAMES = ("Adáézé Ọkọ́nkwọ̀", "GARBA ƊANJUMA", "ṣadé ògúnlànà", "Zoë Ångström-Łuk", "Ùjúàkù Ñwachukwu", "İpek Ŋma", "50% & \\_ co")


def test_a_name_is_made_plain():
    assert [plain(name) for name in NAMES] == [
        "adaeze okonkwo", "garba danjuma", "sade ogunlana", "zoe angstrom-luk", "ujuaku nwachukwu", "ipek nma", "50% & \\_ co",
    ]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_part_of_a_name_is_found_however_it_is_typed_and_only_there(name, support, ordering):
    for number, each in enumerate(NAMES):
        create_customer(ordering, new_id(), each, f"+23480300000{number:02}")
    customers = support.table(Customer, "api.customers")
    for typed in (name, name.upper(), name.lower(), plain(name), plain(name)[2:6]):
        found = support.select(Customer, customers.select().where(holds(customers.c.name, typed)))
        assert [customer.name for customer in found] == [name]
