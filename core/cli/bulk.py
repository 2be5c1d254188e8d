"""Many rows for a verb that takes a few hundred at a time, all or none: in chunks, waiting where the server asks for it."""

import time
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar
from uuid import UUID, uuid5

from core.base.errors import Busy, Invalid, TooFast

Row = TypeVar("Row", bound=Hashable)
Answer = TypeVar("Answer")

MOST = 500  # rows a verb takes at once
TRIES = 20


def send_all(rows: Sequence[Row], send: Callable[[Sequence[Row]], object]) -> None:
    """Send the rows, as many at a time as the server takes."""
    for part in _parts(rows):
        patiently(send, part)


def refused_of(rows: Sequence[Row], send: Callable[[Sequence[Row]], object]) -> dict[Row, str]:
    """Send the rows; where the server refuses some of them, find out which, by halves, and return these with its reason."""
    refused: dict[Row, str] = {}
    for part in _parts(rows):
        try:
            patiently(send, part)
        except Invalid as refusal:
            half = len(part) // 2
            refused |= refused_of(part[:half], send) | refused_of(part[half:], send) if half else {part[0]: str(refusal)}
    return refused


def patiently(call: Callable[..., Answer], *args: object) -> Answer:
    """Call; wait and call again while the server says so. It kept nothing of a refused call, and the id is the same."""
    for _ in range(TRIES):
        try:
            return call(*args)
        except (TooFast, Busy) as refusal:
            time.sleep(float(refusal.facts.get("seconds", 0.5)))
    return call(*args)


def _parts(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """Cut always in the same places, so that a repeat sends the same requests."""
    return [rows[start : start + MOST] for start in range(0, len(rows), MOST)]


def derived_id(where: UUID, *parts: object) -> UUID:
    """Return the id that stands for these parts: the same ones give the same id, in any run and on any machine."""
    return uuid5(where, "\0".join(str(part) for part in parts))
