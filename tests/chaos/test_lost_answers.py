"""An answer that is lost, a request that comes too late: it happens once or not at all, and whatever was said of it stays true."""

from collections.abc import Callable
from contextlib import closing
from typing import Any, NamedTuple

import pytest

from core.base.errors import Reused, Unanswered
from core.base.identifiers import new_id
from core.commands import settle_command
from core.orders import cancel_order, place_order
from core.payments import create_payment, settle_payment
from core.proposals import confirm_proposal
from core.stock import receive_stock
from tests.support.races import REPEATS
from tests.support.refunds import WHY, preview, set_limits
from tests.support.waiting import wait_until

PURSE = 10_000_000  # kobo
VERBS = (place_order, settle_payment, cancel_order, receive_stock, confirm_proposal)


class Request(NamedTuple):
    """What may happen once: who asks for it, how, how much moves then (kobo, or pieces), and how much has moved."""

    who: str
    verb: Callable[..., Any]
    args: tuple[Any, ...]
    much: int
    moved: Callable[[], int]


@pytest.fixture
def request_of(scene, ordering, balance, owner_connection):
    """Prepare something fresh to ask of one of VERBS: `request_of(place_order)`."""
    town = scene.town
    set_limits(owner_connection)

    def request_of(verb) -> Request:
        customer_id, item_id = scene.customer(PURSE), scene.item(on_hand=1)
        if verb is receive_stock:
            return Request("manager", verb, (item_id, 5, ""), 5, lambda: scene.shelf(item_id).on_hand - 1)
        if verb is settle_payment:
            payment_id = create_payment(ordering, new_id(), customer_id, 500).id
            args = (payment_id, True, 500, "NGN", str(payment_id))
            return Request("worker", verb, args, 500, lambda: balance(customer_id) - PURSE)
        if verb is cancel_order:
            order = scene.order(dish_id=town.water, customer_id=customer_id)
            return Request("manager", verb, (order.id, 1, "no gas"), 30_000, lambda: balance(customer_id) - PURSE + 30_000)
        if verb is confirm_proposal:
            order = scene.order(dish_id=town.water, customer_id=customer_id)
            token = preview(scene.desk("support"), order.id).token
            return Request("support", verb, (token, *WHY), 30_000, lambda: balance(customer_id) - PURSE + 30_000)
        args = (town.yaba, customer_id, [town.water], [1], "")
        return Request("ordering", verb, args, 30_000, lambda: PURSE - balance(customer_id))

    return request_of


def warm_up(db, request_of, verb):
    """From the second time on a verb is one round trip."""
    assert verb(db, new_id(), *request_of(verb).args)


def test_what_was_done_while_its_answer_was_lost_is_done_once_and_the_same_id_hears_the_first_answer(
    far, proxy, request_of, pending, owner_connection, aside
):
    """C3: the commit is done, the line breaks before its answer."""
    for number in range(REPEATS):
        asked, command_id = request_of(VERBS[number % len(VERBS)]), new_id()
        with closing(far(asked.who, pending=pending)) as db:
            warm_up(db, request_of, asked.verb)
            proxy.mute = True
            calling = aside(asked.verb, db, command_id, *asked.args)
            wait_until(lambda moved=asked.moved: moved() != 0)
            proxy.cut()
            with pytest.raises(Unanswered):
                calling.result(5)
            proxy.mute = False
            assert [kept.command_id for kept in pending.waiting()] == [command_id]
            [first] = owner_connection.execute("SELECT answer ->> 'version' FROM app.commands WHERE id = %s", [command_id]).fetchone()
            answer = asked.verb(db, command_id, *asked.args)
            assert (str(answer.version), asked.moved(), pending.waiting()) == (first, asked.much, [])
            assert asked.verb(db, command_id, *asked.args) == answer and settle_command(db, command_id).recorded
        assert asked.moved() == asked.much


def test_what_was_called_not_recorded_is_refused_when_it_comes_after_all_and_whoever_still_waits_hears_why(
    far, proxy, request_of, login, workplace, aside
):
    """C4: the line stalls; somebody settles the id; then the line lets the request through."""
    log = workplace.cluster.home / "log"
    for number in range(REPEATS):
        asked, command_id = request_of(VERBS[number % len(VERBS)]), new_id()
        refused = log.read_text().count("closed as not recorded")
        with closing(far(asked.who, deadline=30)) as db, closing(login(asked.who)) as elsewhere:
            warm_up(db, request_of, asked.verb)
            proxy.hold_back()
            calling = aside(asked.verb, db, command_id, *asked.args)
            wait_until(lambda: proxy.late)
            gives_up = number // len(VERBS) % 2
            if gives_up:
                db.close()
            assert not settle_command(elsewhere, command_id).recorded
            proxy.let_through()
            with pytest.raises(Unanswered if gives_up else Reused) as told:
                calling.result(5)
            assert gives_up or told.value.facts == {"why": "settled"}
            wait_until(lambda before=refused: log.read_text().count("closed as not recorded") > before)  # so it did arrive
            with pytest.raises(Reused):
                asked.verb(elsewhere, command_id, *asked.args)
        assert asked.moved() == 0
