"""Quantities: what people type and read, and whole smallest units inside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.quantity import MOST, shown, signed, smallest

SIZES = st.sampled_from([1, 10, 100, 1000])


@pytest.mark.parametrize(
    ("text", "unit_size", "quantity"),
    [
        ("11.5", 1000, 11_500),
        ("11.500", 1000, 11_500),
        ("11.5000", 1000, 11_500),
        (" 12 ", 1, 12),
        ("12.0", 1, 12),
        ("0", 1000, 0),
        (".25", 1000, 250),
        ("0.001", 1000, 1),
        ("8.7", 1000, 8_700),
        ("1000000", 1000, MOST),
    ],
)
def test_what_is_typed_becomes_smallest_units(text, unit_size, quantity):
    assert smallest(text, unit_size) == quantity


@pytest.mark.parametrize(
    ("text", "unit_size", "reason"),
    [
        ("", 1000, "Type a quantity"),
        ("  ", 1, "Type a quantity"),
        ("11,5", 1000, "two ways"),
        ("1,250", 1000, "two ways"),
        ("1,250", 1, "two ways"),
        ("1,250.5", 1000, "two ways"),
        ("1.5", 1, "whole pieces"),
        ("1.2345", 1000, "At most 3 places"),
        ("-3", 1000, "is not a quantity"),
        (".", 1000, "is not a quantity"),
        ("5.", 1000, "is not a quantity"),
        ("1e3", 1, "is not a quantity"),
        ("NaN", 1, "is not a quantity"),
        ("５", 1, "is not a quantity"),
        ("12 kg", 1000, "is not a quantity"),
        ("6151100024398", 1, "more than a shelf can hold"),
        ("1000000.001", 1000, "more than a shelf can hold"),
        ("9" * 5000, 1, "too long"),
    ],
)
def test_what_is_no_clear_quantity_is_refused_with_the_reason(text, unit_size, reason):
    with pytest.raises(ValueError, match=reason):
        smallest(text, unit_size)


@pytest.mark.parametrize(
    ("quantity", "unit_size", "text"),
    [
        (11_500, 1000, "11.5"),
        (12_000, 1000, "12"),
        (1, 1000, "0.001"),
        (-250, 1000, "−0.25"),
        (0, 1000, "0"),
        (12, 1, "12"),
        (5, 10, "0.5"),
    ],
)
def test_smallest_units_are_shown_in_the_items_unit(quantity, unit_size, text):
    assert shown(quantity, unit_size) == text


@pytest.mark.parametrize(("change", "text"), [(2_500, "+2.5"), (-2_500, "−2.5"), (0, "0")])
def test_a_change_shows_its_sign(change, text):
    assert signed(change, 1000) == text


@given(st.integers(0, MOST), SIZES)
def test_what_is_shown_is_read_back_the_same(quantity, unit_size):
    assert smallest(shown(quantity, unit_size), unit_size) == quantity


@given(st.text(), SIZES)
def test_any_text_is_a_quantity_or_refused_with_a_sentence(text, unit_size):
    try:
        assert 0 <= smallest(text, unit_size) <= MOST
    except ValueError as refused:
        assert str(refused)[-1] in ".?"
