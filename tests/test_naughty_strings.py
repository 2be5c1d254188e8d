"""Text that breaks programs: each is stored exactly as it is, or refused with a reason. Nothing is changed on the way."""

import pytest

from core import menu, orders, stock
from core.base.errors import Invalid
from core.base.identifiers import new_id
from core.cli.bulk import refused_of

OURS = [
    "Ọ̀gbọ̀nọ̀ soup",
    "Ẹ̀fọ́ rírò",
    "Robert'); DROP TABLE app.orders;--",
    "%s %(name)s %% {} {0}",
    "<b>bold</b><img src=x>",
    "&lt;b&gt;",
    "\"quoted\", 'twice'",
    "back\\slash",
    "=1+1",
    "NULL",
    "nil",
    "-0",
    "½ chicken 🍗",
    "مرحبا",
    "two\nlines",
    "tab\there",
    "bell\x07",
    "escape\x1b[31m",
    "turned \u202earound",
    "no\u200bwidth",
    "\ufeffmark",
    " blank before",
    "blank behind ",
    "Eguѕi",  # the fourth letter is Cyrillic
    "Ẹ\u0300fo\u0301",  # not composed
    "nul \x00 inside",
    "half a letter \ud83c",
    "",
    "x" * 5000,
]
MUST_BE_REFUSED = OURS[OURS.index("two\nlines") :]


def naughty(folder):
    text = (folder / "naughty_strings.txt").read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


@pytest.fixture
def try_name(owner, town, refill):
    """Name a dish and an item like each text; return what is stored, and what was refused and why."""

    def add(names):
        refill()
        many, ids = len(names), [new_id() for _ in names]
        menu.add_dishes(owner, new_id(), town.lekki, ids, list(names), ["Naughty"] * many, [100] * many)
        stock.add_stock_items(
            owner, new_id(), town.lekki, [new_id() for _ in names], list(names), ["Shelf"] * many, [None] * many, ["pcs"] * many,
            [1] * many, [0] * many, [1] * many, [0] * many,
        )  # fmt: skip

    def try_name(texts):
        refused = refused_of(list(dict.fromkeys(texts)), add)
        dishes = {dish.name for dish in menu.dishes(owner, town.lekki)} - {"Moi moi"}
        items = {item.name for item in stock.items(owner, town.lekki)} - {"Beans"}
        assert dishes == items
        return dishes, refused

    return try_name


@pytest.fixture
def try_note(ordering, owner, town):
    """Place an order with each text as its note; return what is stored, and what was refused and why."""

    def try_note(texts):
        refused = {}
        for text in texts:
            try:
                orders.place_order(ordering, new_id(), town.yaba, town.customer, [town.water], [1], text)
            except Invalid as refusal:
                refused[text] = str(refusal)
        return {order.note for order in orders.open_orders(owner, town.yaba)}, refused

    return try_note


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("place", ["try_name", "try_note"])
def test_our_own_naughty_texts_are_stored_as_they_are_or_refused_with_a_reason(place, request):
    stored, refused = request.getfixturevalue(place)(OURS)
    assert stored | refused.keys() == set(OURS)
    assert not stored & refused.keys()
    assert set(MUST_BE_REFUSED) - {""} <= refused.keys()
    assert ("" in stored) == (place == "try_note")  # a note may be empty, a name may not
    assert all(reason.endswith(".") for reason in refused.values())


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("place", ["try_name", "try_note"])
def test_the_big_list_of_naughty_strings_is_stored_as_it_is_or_refused_with_a_reason(place, request, real_data):
    texts = set(naughty(real_data))
    stored, refused = request.getfixturevalue(place)(sorted(texts))
    assert stored | refused.keys() == texts
    assert not stored & refused.keys()
    assert len(stored) > 400
    assert all(reason.endswith(".") for reason in refused.values())
