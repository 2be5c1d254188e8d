"""A caller: a process of its own that works through core until its input ends, and writes down what it asks before it hears.

python -m tests.support.caller: the first line on stdin says who it is and what it does (JSON), the end of stdin ends its day.
Started by tests/support/shift.py, which also reads what it wrote: a line for each word, [id, word, verb, what it said, kobo].
"""

import json
import os
import random
import select
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from core.base.config import Server
from core.base.errors import Busy, Offline, Refused, TooFast, Unanswered
from core.base.identifiers import new_id
from core.commands import settle_command
from core.database.gateway import Database
from core.database.pending import Pending
from core.orders import PayWith, State, advance_order, cancel_order, open_orders, place_order, start_cooking
from core.payments import Payment, create_payment, settle_payment
from core.stock import receive_stock

PRICE = 250_000  # kobo, of the one dish that is ordered here
NEXT = {State.PLACED: State.ACCEPTED, State.PREPARING: State.READY, State.READY: State.OUT, State.OUT: State.DELIVERED}
REPEATED = 8  # answers that are asked for once more at the end of the day: a person may ask 20 times at once


class Caller:
    """One login at work. `where` holds the ids of the kitchen, the dish, the rice and the customers."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.pending = Pending(Path(job["pending"]))
        server = Server(**job["server"])
        self.db = Database.connect(server, job["login"], job["password"], application="caller", deadline=5, pending=self.pending)
        self.log = os.open(job["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.where = {name: UUID(it) if isinstance(it, str) else [UUID(each) for each in it] for name, it in job["where"].items()}
        self.chance = random.Random(job["seed"])
        self.answered: list[tuple[Callable[..., Any], UUID, tuple[Any, ...], Any]] = []

    def note(self, command_id: UUID, word: str, verb: str, said: object = None, kobo: int = 0) -> None:
        """One write, so that it is whole or not there at all, also when this process is killed."""
        os.write(self.log, (json.dumps([str(command_id), word, verb, said, kobo], default=repr) + "\n").encode())

    def ask(self, verb: Callable[..., Any], *args: Any, kobo: int = 0) -> None:
        """Ask under a new id; `kobo` is what goes into wallets (or out, below zero) when it is done."""
        command_id, name = new_id(), verb.__name__
        self.note(command_id, "asked", name, kobo=kobo)
        try:
            answer = verb(self.db, command_id, *args)
        except Unanswered:
            self.note(command_id, "unanswered", name)
        except Offline:
            self.note(command_id, "offline", name)
            time.sleep(0.05)
        except Refused as refused:
            self.note(command_id, "refused", name, repr(refused))
            time.sleep(0.2 if isinstance(refused, TooFast) else 0)
        else:
            self.note(command_id, "answered", name, answer)
            self.answered.append((verb, command_id, args, answer))

    def shop(self) -> None:
        """A customer orders from the wallet or by card, or wants to pay something in."""
        customer_id = self.chance.choice(self.where["customers"])
        basket = (self.where["kitchen"], customer_id, [self.where["dish"]], [1], "")
        if (way := self.chance.randrange(3)) == 0:
            self.ask(create_payment, customer_id, self.chance.randint(100, 100_000))
        else:
            self.ask(place_order, *basket, PayWith.CARD if way == 1 else PayWith.WALLET, kobo=0 if way == 1 else -PRICE)

    def till(self) -> None:
        """The provider took what was asked for. What pays a card order goes into the wallet and out again."""
        for it in self.db.rows(Payment, "api.payments WHERE state = 'pending' ORDER BY created_at LIMIT 20"):
            kobo = 0 if it.order_id else it.amount
            self.ask(settle_payment, it.id, True, it.amount, "NGN", f"charge {it.id}", kobo=kobo)

    def counter(self, may_cancel: bool = False) -> None:
        """A paid order goes on; or rice arrives."""
        steps = [order for order in open_orders(self.db, self.where["kitchen"]) if order.state is not State.AWAITING_PAYMENT]
        if not steps or self.chance.random() < 0.2:
            return self.ask(receive_stock, self.where["rice"], self.chance.randint(1, 500), "")
        order = self.chance.choice(steps)
        if may_cancel and order.state is State.PLACED:
            self.ask(cancel_order, order.id, order.version, "no gas", kobo=PRICE)
        elif order.state is State.ACCEPTED:
            self.ask(start_cooking, order.id, order.version)
        else:
            self.ask(advance_order, order.id, order.version, NEXT[order.state])

    def manager(self) -> None:
        """The same, and every other new order is cancelled."""
        self.counter(self.chance.random() < 0.5)

    def settle(self) -> None:
        """What was never answered is asked about, as a program does at its start. Nothing is sent again."""
        while waiting := self.pending.waiting():
            try:
                outcome = settle_command(self.db, waiting[0].command_id)
            except (Offline, Busy, TooFast):
                time.sleep(0.2)
            else:
                self.note(outcome.id, "recorded" if outcome.recorded else "not recorded", waiting[0].verb)
                self.pending.forget(outcome.id)

    def repeat(self) -> None:
        """Ask again, with the same ids, for what was answered: it must be the same answer, and nothing happens."""
        for verb, command_id, args, answer in self.chance.sample(self.answered, min(REPEATED, len(self.answered))):
            try:
                now = verb(self.db, command_id, *args)
            except Refused as refused:
                now = refused
            if not isinstance(now, Busy | TooFast):
                self.note(command_id, "answered alike" if now == answer else "answered otherwise", verb.__name__, now)


def main() -> None:
    job = json.loads(sys.stdin.readline())
    caller = Caller(job)
    caller.settle()
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        try:
            getattr(caller, job["does"])()
        except Offline:  # it only looked
            time.sleep(0.05)
    caller.settle()
    caller.repeat()


if __name__ == "__main__":
    main()
