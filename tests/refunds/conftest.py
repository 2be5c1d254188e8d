"""Refunds: orders that were paid and cooked, and people who may refund them."""

import pytest

from core.orders import State
from tests.support.many import cook_many
from tests.support.refunds import set_limits

COOKED = (State.ACCEPTED, State.PREPARING)


@pytest.fixture
def cooked(scene):
    """An order of jollof that is being cooked, so that a refund leaves it where it is: `cooked(2)`."""
    return lambda quantity=1, **options: scene.order(*COOKED, quantity=quantity, **options)


@pytest.fixture
def many(town, owner_connection):
    """So many cooked orders of water, and nobody's limits in the way: `many(1200)`."""

    def many(n: int, each: int = 1) -> None:
        cook_many(owner_connection, n, each)
        set_limits(owner_connection)

    return many
