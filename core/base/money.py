"""Money: whole kobo inside, naira text outside. Exact both ways: nothing here is ever a float."""

import re
import unicodedata

AMOUNT = re.compile(r"(0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]{1,2}))?")  # not \d: that takes the digits of every script
MINUS = "-−"  # what a keyboard has, and what naira() writes (U+2212)
NAIRA = "₦"
MOST = 100_000_000_000  # a billion naira, as the database's app.kobo


def kobo(text: str, *, any_currency: bool = False) -> int:
    """Read "₦12,666.79", "13,478.0" or "−₦5" as kobo. A sign before or after the amount and blanks are dropped.

    Only ₦ is taken for naira; `any_currency` takes any other sign as well, one to one.
    May be negative: who wants a price says so. Raises ValueError with a sentence for the person; guesses nothing.
    """
    bare, negative = _bare(text, any_currency)
    found = AMOUNT.fullmatch(bare)
    if not found:
        raise ValueError(_why_not(text, bare))
    digits = found[1].replace(",", "") + (found[2] or "").ljust(2, "0")
    if len(digits) > len(str(MOST)) or int(digits) > MOST:
        raise ValueError(f"“{_short(text)}” is more than a billion naira.")
    return -int(digits) if negative else int(digits)


def naira(amount: int) -> str:
    """Write kobo for people: 123450 -> "₦1,234.50", -5 -> "−₦0.05"."""
    whole, hundredths = divmod(abs(amount), 100)
    return f"{'−' if amount < 0 else ''}{NAIRA}{whole:,}.{hundredths:02}"


def _bare(text: str, any_currency: bool) -> tuple[str, bool]:
    """Take blanks, one minus and one currency sign off; what stays should be digits."""
    bare, negative = text.strip(), False
    if bare[:1] and bare[0] in MINUS:
        bare, negative = bare[1:].lstrip(), True
    if _is_currency(bare[:1], any_currency):
        bare = bare[1:].lstrip()
    elif _is_currency(bare[-1:], any_currency):
        bare = bare[:-1].rstrip()
    if not negative and bare[:1] and bare[0] in MINUS:
        bare, negative = bare[1:].lstrip(), True
    return bare, negative


def _is_currency(sign: str, any_currency: bool) -> bool:
    return sign == NAIRA or (any_currency and sign != "" and unicodedata.category(sign) == "Sc")


def _why_not(text: str, bare: str) -> str:
    if not text.strip():
        return "The amount is empty."
    if _is_currency(bare[:1], any_currency=True) and bare[0] != NAIRA:
        return f"“{_short(text)}” is not in naira."
    if re.fullmatch(r"[0-9,]+\.[0-9]{3,}", bare):
        return f"“{_short(text)}” has more than two places after the point; a naira has 100 kobo."
    if re.fullmatch(r"[0-9]+(,[0-9]*)+(\.[0-9]{1,2})?", bare):
        return f"The commas in “{_short(text)}” do not stand between thousands: write 1,250.00."
    return f"“{_short(text)}” is not an amount: write 1,250.00."


def _short(text: str) -> str:
    return text.strip() if len(text.strip()) <= 40 else text.strip()[:39] + "…"
