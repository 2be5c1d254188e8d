"""What was asked about an order and never answered is said after a restart, from the file on disk, with the order's number if known."""

import pytest

from core.base.identifiers import new_id
from core.database.pending import Pending
from core.orders import QueuedOrder, State, queue
from core.qt import reasons
from kitchen_app.orders import asked


@pytest.fixture
def kept(tmp_path):
    """Keep a command as the gateway does, and read it back as a new program does: `kept("start_cooking", order_id=…)`."""

    def kept(verb, **args):
        Pending(tmp_path).keep(new_id(), verb, args)
        return Pending(tmp_path).waiting()[-1]

    return kept


@pytest.mark.parametrize(
    ("verb", "args", "said"),
    [
        ("advance_order", {"seen_version": 1, "state": State.ACCEPTED}, "accepted"),
        ("advance_order", {"seen_version": 4, "state": State.OUT}, "out"),
        ("start_cooking", {"seen_version": 2}, "cooking started"),
        ("recall_order", {"seen_version": 2}, "last step taken back"),
        ("mark_dish_ready", {"dish_id": new_id(), "is_ready": True}, "a dish is ready"),
        ("mark_dish_ready", {"dish_id": new_id(), "is_ready": False}, "a dish is not ready after all"),
        ("cancel_order", {"seen_version": 1, "reason": "no gas"}, "cancelled, no gas"),
        ("cancel_order", {"seen_version": 1, "reason": reasons.OUT_OF_STOCK}, "cancelled, out of stock"),
    ],
)
def test_each_command_is_said_with_the_number_of_its_order(scene, cook, town, kept, verb, args, said):
    [order] = [scene.order()]
    known: dict[object, QueuedOrder] = {found.id: found for found in queue(cook, town.yaba)}
    found = kept(verb, order_id=order.id, **args)
    assert asked.sentence(found.verb, found.args, known.get) == f"Order {order.number}: {said}"
    assert asked.sentence(found.verb, found.args, {}.get) == f"An order: {said}"


def test_every_command_of_the_queue_can_be_said():
    verbs = {"advance_order", "start_cooking", "recall_order", "mark_dish_ready", "cancel_order"}
    assert verbs == asked.KINDS
