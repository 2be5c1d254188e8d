"""The kinds of change: what each says beforehand, what it offers at one touch, and to whom it is offered."""

from dataclasses import replace

import pytest

from core.stock import items
from kitchen_app.stock.kinds import CORRECTION, COUNT, DELIVERY, WASTE, step


@pytest.fixture
def item(cook, town):
    """An item as the server has it: 11.5 kg of rice, warns at 2, full at 50."""
    found = next(item for item in items(cook, town.yaba) if item.id == town.rice)
    return replace(found, on_hand=11_500, available=11_500, full_at=50_000)


@pytest.mark.parametrize(
    ("kind", "quantity", "preview", "act", "leaves"),
    [
        (DELIVERY, 20_000, "11.5 + 20 = 31.5 kg on the shelf", "Add 20 kg", 31_500),
        (WASTE, 2_000, "11.5 − 2 = 9.5 kg on the shelf", "Throw away 2 kg", 9_500),
        (COUNT, 20_000, "Count says 20, was 11.5: +8.5 kg", "Save count: 20 kg", 20_000),
        (COUNT, 11_500, "Count says 11.5, as it was.", "Save count: 11.5 kg", 11_500),
        (CORRECTION, 3_000, "From 11.5 to 3: −8.5 kg", "Correct to 3 kg", 3_000),
    ],
)
def test_every_kind_says_beforehand_what_will_be_and_what_its_button_does(item, kind, quantity, preview, act, leaves):
    assert (kind.preview(item, item, quantity), kind.act(item, quantity), kind.leaves(item, quantity)) == (preview, act, leaves)


@pytest.mark.parametrize(
    ("unit", "size", "full", "delivery", "waste", "moves_by"),
    [
        ("kg", 1000, 50_000, ["+5", "+10", "+25"], ["0.5 kg", "1 kg", "2.5 kg"], 1000),
        ("kg", 1000, 20_000, ["+2", "+5", "+10"], ["0.2 kg", "0.5 kg", "1 kg"], 500),
        ("kg", 1000, 6_000, ["+0.5", "+1", "+2.5"], ["0.05 kg", "0.1 kg", "0.25 kg"], 100),
        ("pcs", 1, 120, ["+10", "+25", "+50"], ["1 pcs", "2 pcs", "5 pcs"], 1),
        ("pcs", 1, 6, ["+1", "+2"], ["1 pcs"], 1),
    ],
)
def test_amounts_at_one_touch_fit_the_unit_the_kind_and_the_shelf(item, unit, size, full, delivery, waste, moves_by):
    item = replace(item, unit=unit, unit_size=size, full_at=full)
    assert [quick.words for quick in DELIVERY.quick(item)] == delivery
    assert [quick.words for quick in WASTE.quick(item)] == waste
    assert step(item) == moves_by


def test_only_a_manager_is_offered_a_correction(open_counter):
    names = {who: [kind.name for kind in open_counter(who).form.kinds.buttons] for who in ("cook", "manager")}
    assert names == {"cook": ["delivery", "waste", "count"], "manager": ["delivery", "waste", "count", "correction"]}
