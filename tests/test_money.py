"""Money: text to kobo and back, exactly, and nothing guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.money import MOST, kobo, naira


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("₦12,666.79", 1_266_679),
        ("₦13,478.0", 1_347_800),
        ("₦15,668", 1_566_800),
        ("₦90000.00", 9_000_000),
        ("₦3,340.2", 334_020),
        ("\t₦ 1,234,567.89 ", 123_456_789),
        ("500 ₦", 50_000),
        ("0", 0),
        ("0.07", 7),
        ("-₦5", -500),
        ("₦-5", -500),
        ("− ₦5.25", -525),
        ("8.70", 870),  # int(8.70 * 100) is 869
        ("1,000,000,000.00", MOST),
    ],
)
def test_an_amount_is_read_to_the_kobo(text, amount):
    assert kobo(text) == amount


@pytest.mark.parametrize(("text", "amount"), [("$2.39 ", 239), ("€1,000", 100_000), ("12.95", 1295), ("¥5", 500)])
def test_another_currency_is_read_one_to_one_only_where_that_was_asked_for(text, amount):
    assert kobo(text, any_currency=True) == amount


def test_another_currency_is_not_taken_for_naira():
    with pytest.raises(ValueError, match="“\\$2.39” is not in naira"):
        kobo("$2.39 ")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("  ", "is empty"),
        ("-", "is not an amount"),
        ("₦", "is not an amount"),
        ("--5", "is not an amount"),
        ("-₦-5", "is not an amount"),
        ("₦₦5", "is not an amount"),
        ("NaN", "is not an amount"),
        ("Infinity", "is not an amount"),
        ("1e3", "is not an amount"),
        ("0x10", "is not an amount"),
        ("1_000", "is not an amount"),
        ("١٢", "is not an amount"),
        ("１２", "is not an amount"),
        (".50", "is not an amount"),
        ("5.", "is not an amount"),
        ("0803", "is not an amount"),
        ("1 000", "is not an amount"),
        ("1.000,00", "is not an amount"),
        ("₦10,000.00 per plate", "is not an amount"),
        ("2.395", "more than two places"),
        ("1,25", "do not stand between thousands"),
        ("12,66.79", "do not stand between thousands"),
        ("1,0000", "do not stand between thousands"),
        ("0,500", "do not stand between thousands"),
        ("1000,000", "do not stand between thousands"),
        ("1,000,000,000.01", "more than a billion"),
        ("9" * 5000, "more than a billion"),
    ],
)
def test_what_is_no_clear_amount_is_refused_with_the_reason(text, reason):
    with pytest.raises(ValueError, match=reason):
        kobo(text)


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "₦0.00"), (5, "₦0.05"), (-5, "−₦0.05"), (123_450, "₦1,234.50"), (-123_456_789, "−₦1,234,567.89")],
)
def test_kobo_are_shown_as_naira(amount, text):
    assert naira(amount) == text


def test_more_than_a_float_can_hold_is_shown_exactly():
    assert naira(9_007_199_254_740_993) == "₦90,071,992,547,409.93"


@given(st.integers(-MOST, MOST))
def test_what_is_shown_is_read_back_the_same(amount):
    assert kobo(naira(amount)) == amount


@given(st.integers(0, MOST // 100 - 1), st.integers(0, 99))
def test_commas_between_thousands_change_nothing(whole, hundredths):
    assert kobo(f"{whole:,}.{hundredths:02}") == kobo(f"{whole}.{hundredths:02}") == whole * 100 + hundredths


@given(st.text())
def test_any_text_is_an_amount_or_refused_with_a_sentence(text):
    try:
        assert abs(kobo(text, any_currency=True)) <= MOST
    except ValueError as refused:
        assert str(refused).endswith(".")
