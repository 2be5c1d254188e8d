"""Figures of the meter as they are written: with their unit, and no more digits than anybody reads."""

from core.health.triggers import Unit


def written(value: float, unit: Unit) -> str:
    """Write a figure: 34.0 % -> "34 %", 0.34 % -> "0.3 %", 75 s -> "75 s", 12_300_000 B -> "12.3 MB"."""
    if unit == Unit.BYTES:
        return size(value)
    digits = f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:,.1f}"
    if value and digits == "0.0":
        digits = "under 0.1"
    return f"{digits} {unit.value}".rstrip()


def size(many: float) -> str:
    """Write bytes in the unit that leaves one to three digits: 12_300_000 -> "12.3 MB"."""
    units = ["B", "kB", "MB", "GB", "TB"]
    while many >= 999.5 and len(units) > 1:
        many /= 1000
        units.pop(0)
    unit = units[0]
    return f"{many:,.0f} {unit}" if many >= 100 or unit == "B" or many == int(many) else f"{many:,.1f} {unit}"
