"""Quantities: whole smallest units inside (grams, millilitres, pieces), the item's own unit outside. Never a float.

`unit_size` is how many smallest units the shown unit holds: 1000 for kg and L, 1 for pieces; a power of ten.
"""

import re

NUMBER = re.compile(r"([0-9]*)(?:\.([0-9]+))?")  # not \d: that takes the digits of every script
MOST = 1_000_000_000  # smallest units: a thousand tonnes, as the database's app.quantity; a barcode in the field is more


def smallest(text: str, unit_size: int) -> int:
    """Read what was typed: "11.5" of a kg item -> 11500. Zero is a quantity, less than nothing is not.

    A comma is refused: "1,250" may be a thousand or one and a quarter. Raises ValueError with a sentence for the person.
    """
    bare = text.strip()
    if not bare:
        raise ValueError("Type a quantity.")
    if re.fullmatch(r"[0-9.]*,[0-9.,]*", bare):
        raise ValueError(f"“{bare[:40]}” can be read in two ways: write 1250 without a comma, or 1.25 with a point.")
    found = NUMBER.fullmatch(bare)
    if not found:
        raise ValueError(f"“{bare[:40]}” is not a quantity: write 12 or 11.5.")
    whole, places = found[1] or "0", (found[2] or "").rstrip("0")
    if len(whole) + len(places) > 18:
        raise ValueError(f"“{bare[:40]}” is too long for a quantity.")
    scale: int = 10 ** len(places)
    quantity, rest = divmod(int(whole + places) * unit_size, scale)
    if rest:
        raise ValueError(_too_fine(unit_size))
    if quantity > MOST:
        raise ValueError(f"“{bare}” is more than a shelf can hold. Was it a barcode?")
    return quantity


def shown(quantity: int, unit_size: int) -> str:
    """Write smallest units in the item's unit: 11500 of a kg item -> "11.5", -250 -> "−0.25". No unit, no commas."""
    whole, rest = divmod(abs(quantity), unit_size)
    places = f"{rest:0{_digits(unit_size)}}".rstrip("0") if rest else ""
    return f"{'−' if quantity < 0 else ''}{whole}{'.' if places else ''}{places}"


def signed(change: int, unit_size: int) -> str:
    """Write a change with its sign: 2500 of a kg item -> "+2.5", -2500 -> "−2.5", nothing -> "0"."""
    return f"{'+' if change > 0 else ''}{shown(change, unit_size)}"


def _digits(unit_size: int) -> int:
    return len(str(unit_size)) - 1


def _too_fine(unit_size: int) -> str:
    places = _digits(unit_size)
    return "This is counted in whole pieces." if places == 0 else f"At most {places} places after the point."
