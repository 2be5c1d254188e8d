"""How a frozen dataclass stands for the row of a view: its fields are the columns, in their order."""

from dataclasses import dataclass, fields
from enum import Enum
from types import NoneType
from typing import Any, TypeVar, get_args, get_type_hints

Row = TypeVar("Row")


@dataclass(frozen=True)
class Shape:
    """What the gateway has to know of one dataclass: its columns, and which of them (by position) are an Enum."""

    columns: tuple[str, ...]
    enums: tuple[tuple[int, type[Enum]], ...]

    def build(self, row: type[Row], found: list[tuple[Any, ...]]) -> list[Row]:
        """Make the rows; text becomes an Enum where the field says so."""
        for at, kind in self.enums:
            found = [(*values[:at], None if values[at] is None else kind(values[at]), *values[at + 1 :]) for values in found]
        return [row(*values) for values in found]


_known: dict[type, Shape] = {}


def shape(row: type[Any]) -> Shape:
    """Return the shape of a dataclass; worked out once, since reading type hints is slow."""
    if row not in _known:
        names, kinds = tuple(each.name for each in fields(row)), get_type_hints(row)
        _known[row] = Shape(names, tuple((at, kind) for at, name in enumerate(names) for kind in _enums(kinds[name])))
    return _known[row]


def _enums(hint: Any) -> list[type[Enum]]:
    """Return the Enum that a type hint is, alone or as "or None"."""
    parts = get_args(hint) if NoneType in get_args(hint) else [hint]
    return [part for part in parts if isinstance(part, type) and issubclass(part, Enum)]
