"""One wallet and one shelf against a few lines of arithmetic: whatever is done in whatever order, every kobo is there."""

from collections import deque

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from core.base.errors import Short, Unfunded
from core.base.identifiers import new_id
from core.orders import PayWith, State, advance_order, cancel_order, expire_order, place_order, start_cooking
from core.stock import receive_stock, waste_stock
from core.wallets import explain_wallet, wallet
from tests.support.money import fund, settle

PRICE = 100_000  # kobo
SOME = st.integers(1, 3)


class WalletAndShelf(RuleBasedStateMachine):
    """What is done at the counters, and beside each step what should come of it. Each run has a customer and an item of its own."""

    def __init__(self, scene, manager, auditor):
        super().__init__()
        self.scene, self.manager, self.auditor = scene, manager, auditor
        self.customer_id, self.item_id = scene.customer(), scene.item(on_hand=5)
        self.dish_id = scene.dish(self.item_id)
        self.balance, self.on_hand, self.held = 0, 5, 0
        self.unpaid, self.placed, self.accepted = deque(), deque(), deque()

    def place(self, quantity, pay_with):
        place = (self.scene.ordering, new_id(), self.scene.town.yaba, self.customer_id, [self.dish_id], [quantity], "", pay_with)
        try:
            order = place_order(*place)
        except Short as short:
            assert short.facts["items"][0]["available"] == max(self.on_hand - self.held, 0) < quantity
        except Unfunded as unfunded:
            assert unfunded.facts == {"available": self.balance, "wanted": quantity * PRICE}
            assert pay_with is PayWith.WALLET and self.balance < quantity * PRICE
        else:
            assert self.on_hand - self.held >= quantity
            self.held += quantity
            return order, quantity
        return None

    @rule(quantity=SOME)
    def order_from_the_wallet(self, quantity):
        if placed := self.place(quantity, PayWith.WALLET):
            self.balance -= quantity * PRICE
            self.placed.append((placed[0], quantity, 1))

    @rule(quantity=SOME)
    def order_by_card(self, quantity):
        if placed := self.place(quantity, PayWith.CARD):
            self.unpaid.append(placed)

    @rule(portions=SOME, kobo=st.integers(0, 2))
    def pay_in(self, portions, kobo):
        fund(self.scene.ordering, self.scene.worker, self.customer_id, portions * PRICE + kobo)
        self.balance += portions * PRICE + kobo

    @precondition(lambda self: self.unpaid)
    @rule()
    def pay_by_card_in_time(self):
        order, quantity = self.unpaid.popleft()
        settle(self.scene.worker, order.id, order.total)
        self.placed.append((order, quantity, 2))

    @precondition(lambda self: self.unpaid)
    @rule()
    def pay_by_card_too_late(self):
        order, quantity = self.unpaid.popleft()
        expire_order(self.scene.worker, new_id(), self.scene.end_time_to_pay(order.id))
        settle(self.scene.worker, order.id, order.total)
        self.balance += order.total
        self.held -= quantity

    @precondition(lambda self: self.placed)
    @rule()
    def accept(self):
        order, quantity, version = self.placed.popleft()
        advance_order(self.manager, new_id(), order.id, version, State.ACCEPTED)
        self.accepted.append((order, quantity, version + 1))

    @precondition(lambda self: self.placed or self.accepted)
    @rule()
    def cancel(self):
        order, quantity, version = (self.accepted or self.placed).popleft()
        cancel_order(self.manager, new_id(), order.id, version, "no gas")
        self.balance += order.total
        self.held -= quantity

    @precondition(lambda self: self.accepted)
    @rule()
    def cook(self):
        order, quantity, version = self.accepted[0]
        try:
            start_cooking(self.manager, new_id(), order.id, version)
        except Short:
            assert self.on_hand < quantity
            return
        self.accepted.popleft()
        self.on_hand -= quantity
        self.held -= quantity

    @rule(pieces=SOME)
    def deliver(self, pieces):
        receive_stock(self.manager, new_id(), self.item_id, pieces, "")
        self.on_hand += pieces

    @rule(pieces=SOME)
    def waste(self, pieces):
        try:
            waste_stock(self.manager, new_id(), self.item_id, pieces, "dropped", "")
        except Short:
            assert self.on_hand < pieces
        else:
            self.on_hand -= pieces

    @invariant()
    def every_kobo_and_every_piece_is_there(self):
        self.scene.refill()
        shelf = self.scene.shelf(self.item_id)
        assert (shelf.on_hand, shelf.held) == (self.on_hand, self.held)
        assert wallet(self.auditor, self.customer_id).balance == self.balance

    def teardown(self):
        amounts, steps = 0, explain_wallet(self.auditor, self.customer_id)
        for number, step in enumerate(steps, 1):
            amounts += step.amount
            assert (step.number, step.balance) == (number, amounts)
        assert amounts == self.balance


def test_whatever_is_done_to_a_wallet_and_a_shelf_every_kobo_and_every_piece_is_there(scene, manager, login):
    auditor = login("auditor")
    run_state_machine_as_test(
        lambda: WalletAndShelf(scene, manager, auditor),
        settings=settings(max_examples=15, stateful_step_count=30, deadline=None, database=None, suppress_health_check=list(HealthCheck)),
    )
