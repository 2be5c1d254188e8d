"""Refunds in the town that `rachel verify --scratch` looks at: whole orders and parts, done alone, agreed to, and turned down."""

from collections.abc import Callable
from typing import Any

from core.base.errors import Forbidden, Invalid
from core.base.identifiers import new_id
from core.orders import PlacedOrder
from core.proposals import Outcome, Progress, Proposal, approve_proposal, confirm_proposal, reject_proposal
from core.refunds import preview_refund, refundable_lines

WHY = ("late", "Came too late")
Step = Callable[[Any, Any], None]  # of verify_town's Town and Walk


def _propose(town: Any, order: PlacedOrder, dishes: list[Any], quantities: list[Any]) -> Proposal | None:
    """Preview and confirm as support does; None where nothing is left to give back. Another's token is tried first, and refused."""
    n = len(dishes)
    try:
        previewed = preview_refund(town.support, new_id(), [order.id] * n, dishes, quantities, [None] * n)
    except Invalid:
        town.refused += 1
        return None
    assert previewed.token
    try:
        confirm_proposal(town.finance, new_id(), previewed.token, *WHY)
    except Forbidden:
        town.refused += 1
    confirmed = confirm_proposal(town.support, new_id(), previewed.token, *WHY)
    again = confirm_proposal(town.support, new_id(), previewed.token, *WHY)
    if again.outcome is not Outcome.REPLAYED:
        raise RuntimeError("A refund was confirmed twice.")
    return confirmed


def _agree(town: Any, proposal: Proposal | None) -> None:
    """Let a second person agree where one is needed; the maker may not."""
    if proposal and proposal.state is Progress.AWAITING_APPROVAL:
        approve_proposal(town.finance, new_id(), proposal.id, proposal.digest)


def _refund(town: Any, walk: Any) -> None:
    _agree(town, _propose(town, walk.placed, [None], [None]))


def _refund_part(town: Any, walk: Any) -> None:
    line = town.chance.choice(refundable_lines(town.support, walk.placed.id))
    _agree(town, _propose(town, walk.placed, [line.dish_id], [1]))


def _ask(town: Any, walk: Any) -> None:
    """Ask for what support may not do alone."""
    town.clock.execute("UPDATE app.settings SET refund_alone = 0")
    walk.asked = _propose(town, walk.placed, [None], [None])
    town.clock.execute("UPDATE app.settings SET refund_alone = 5000000")


def _agree_to_it(town: Any, walk: Any) -> None:
    _agree(town, walk.asked)


def _disagree(town: Any, walk: Any) -> None:
    reject_proposal(town.owner, new_id(), walk.asked.id, "Not our fault")


REFUNDS: dict[str, Step] = {
    "refund": _refund, "refund_part": _refund_part, "ask": _ask, "agree": _agree_to_it, "disagree": _disagree,
}  # fmt: skip
