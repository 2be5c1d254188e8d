"""New items on a kitchen's shelves: all or none."""

import pytest

from core.base.errors import Invalid, Missing
from core.base.identifiers import new_id
from core.stock import Kind, add_stock_items, all_items
from tests.support.refusals import refused


@pytest.fixture
def add(manager, town, refill):
    """Add two items; any list may be another: `add(names=["A", None])`. Also kitchen_id, and item_ids."""

    def add(**other):
        lists = {
            "kitchen_id": town.yaba, "item_ids": [new_id(), new_id()], "names": ["Yam", "Milk"], "places": ["Store", "Fridge"],
            "barcodes": [None, "60090010020"], "units": ["kg", "tin"], "unit_sizes": [1000, 1], "warn_ats": [0, 2],
            "full_ats": [1, 24], "on_hands": [0, 12],
        }  # fmt: skip
        refill()
        return add_stock_items(manager, new_id(), **lists | other)

    return add


def test_new_items_come_with_their_opening_movements_in_the_order_asked(add, town, login):
    yam, milk = add()
    assert (yam.kind, yam.number, yam.on_hand, yam.version, yam.by) == (Kind.OPENING, 1, 0, 1, "Bisi Ojo")
    assert (milk.on_hand, milk.change) == (12, 12)
    found = {each.id: each for each in all_items(login("cook"))}
    assert (found[milk.item_id].name, found[milk.item_id].barcode, found[milk.item_id].full_at) == ("Milk", "60090010020", 24)
    assert (found[yam.item_id].unit, found[yam.item_id].unit_size) == ("kg", 1000)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"names": ["Yam", None]}, "name"), ({"names": ["Yam", ""]}, "name"), ({"names": ["Yam", "J\u043ellof"]}, "name"),
        ({"places": ["Store", None]}, "place"), ({"units": ["kg", ""]}, "unit"), ({"units": ["kg", "u" * 13]}, "unit"),
        ({"barcodes": [None, "12345"]}, "barcode"), ({"barcodes": [None, "1" * 21]}, "barcode"),
        ({"barcodes": [None, "12 456"]}, "barcode"),
        ({"unit_sizes": [1000, 0]}, "unit_size"), ({"unit_sizes": [1000, 7]}, "unit_size"), ({"unit_sizes": [1000, None]}, "unit_size"),
        ({"warn_ats": [0, -1]}, "warn_at"), ({"full_ats": [0, 5]}, "full_at"), ({"on_hands": [-3, 0]}, "on_hand"),
        ({"on_hands": [0, None]}, "on_hand"), ({"on_hands": [0, 2**63 - 1]}, "on_hand"), ({"on_hands": [0, 1_000_000_001]}, "on_hand"),
        ({"names": ["Yam"]}, "item_ids"), ({"on_hands": []}, "item_ids"), ({"barcodes": None}, "item_ids"),
        ({"item_ids": []}, "item_ids"), ({"item_ids": None}, "item_ids"), ({"item_ids": [None, new_id()]}, "item_ids"),
        ({"item_ids": [[new_id(), new_id()]]}, "item_ids"), ({"item_ids": [new_id()] * 2}, "barcodes"),
        ({"barcodes": ["600900", "600900"]}, "barcodes"), ({"barcodes": ["6009001001", None]}, "barcodes"),
    ],
)  # fmt: skip
def test_a_list_with_one_thing_that_cannot_be_is_refused_as_a_whole(add, login, other, field):
    with refused(Invalid, field=field):
        add(**other)
    assert len(all_items(login("cook"))) == 3


def test_an_id_that_was_used_before_is_refused_also_in_another_kitchen(add, town):
    with refused(Invalid, field="barcodes"):
        add(item_ids=[town.beans, new_id()])


def test_two_kitchens_may_have_the_same_barcode(town, owner, add):
    add()
    one = {"names": ["Milk"], "places": ["Fridge"], "barcodes": ["60090010020"], "units": ["tin"], "unit_sizes": [1]}
    assert add_stock_items(owner, new_id(), town.lekki, [new_id()], **one, warn_ats=[2], full_ats=[24], on_hands=[0])


@pytest.mark.parametrize("size", [500, 501])
def test_five_hundred_at_once_are_taken_and_not_one_more(manager, town, size):
    lists = [["Item"], ["Store"], [None], ["pcs"], [1], [0], [1], [0]]
    arguments = [manager, new_id(), town.yaba, [new_id() for _ in range(size)], *(each * size for each in lists)]
    if size == 500:
        assert len(add_stock_items(*arguments)) == 500
    else:
        with refused(Invalid, field="item_ids"):
            add_stock_items(*arguments)


def test_a_manager_adds_to_no_kitchen_but_their_own(add, town):
    for kitchen_id in (town.lekki, new_id(), None):
        with refused(Missing):
            add(kitchen_id=kitchen_id)
