"""The verbs of proposals and refunds, with who may call them and arguments that succeed once."""

from typing import Any
from uuid import UUID

from core.base.identifiers import new_id
from core.orders import PayWith, PlacedOrder, State, cancel_order, start_cooking
from core.orders import advance_order as advance
from core.proposals import (
    Proposal,
    approve_proposal,
    confirm_proposal,
    preview_approver,
    preview_limits,
    preview_release,
    preview_stock,
    preview_suspension,
    reject_proposal,
    resume_proposal,
    stop_proposal,
    withdraw_proposal,
)
from core.refunds import dismiss_case, preview_refund, preview_refund_rule
from core.staff import Role
from tests.support.freezing import frozen
from tests.support.money import settle
from tests.support.refunds import confirm, name_approvers, preview, set_limits
from tests.support.scene import Scene
from tests.support.verb import Verb

REFUNDING = ("support", "finance", "owner")
APPROVING = ("finance", "owner")


def water(scene: Scene, *steps: State, **options: Any) -> PlacedOrder:
    """An order of what no shelf runs out of."""
    return scene.order(*steps, dish_id=scene.town.water, **options)


def case(scene: Scene) -> PlacedOrder:
    """An order that its kitchen cancelled after cooking began: its money is still here."""
    order = water(scene, State.ACCEPTED, State.PREPARING)
    cancel_order(scene.desk("finance"), new_id(), order.id, 3, "the gas is out")
    return order


def by_card(scene: Scene) -> PlacedOrder:
    """An order that was paid by card and is being cooked."""
    order = water(scene, pay_with=PayWith.CARD)
    settle(scene.worker, order.id, order.total)
    advance(scene.cook, new_id(), order.id, 2, State.ACCEPTED)
    start_cooking(scene.cook, new_id(), order.id, 3)
    return order


def running(scene: Scene) -> Proposal:
    """A refund of Funmi's that runs: its card is not sent to yet."""
    support = scene.desk("support")
    return confirm(support, preview(support, by_card(scene).id))


def waiting(scene: Scene) -> Proposal:
    """A refund of Funmi's that waits for a second person."""
    set_limits(scene.admin, alone=0)
    name_approvers(scene.admin, "ada", "gbenga")
    support = scene.desk("support")
    return confirm(support, preview(support, water(scene, State.ACCEPTED, State.PREPARING).id))


def person(scene: Scene, role: Role) -> UUID:
    """A new person of the office."""
    login = scene.hired(role)
    [person_id] = scene.admin.execute("SELECT person_id FROM app.staff WHERE login = %s", [login]).fetchone()
    return person_id


def _confirmed(scene: Scene, who: str) -> dict[str, Any]:
    if who == "manager":
        proposed = preview_stock(scene.desk(who), new_id(), [scene.item()], [scene.amount()], [1])
        return {"token": proposed.token, "code": "miscounted", "reason": "counted twice"}
    proposed = preview(scene.desk(who), water(scene).id)
    return {"token": proposed.token, "code": "late", "reason": "Came an hour late"}


def _digest(scene: Scene) -> dict[str, Any]:
    proposed = waiting(scene)
    return {"proposal_id": proposed.id, "digest": proposed.digest}


def _stopped(scene: Scene) -> UUID:
    return stop_proposal(scene.desk("support"), new_id(), running(scene).id).id


def _rule(scene: Scene) -> dict[str, Any]:
    order = water(scene)
    [until] = scene.admin.execute("SELECT clock_timestamp()").fetchone()
    return {
        "kitchen_id": scene.town.yaba, "since": order.placed_at, "until": until, "states": None, "pay_with": None, "exempt_ids": [],
    }  # fmt: skip


def _lines(scene: Scene) -> dict[str, Any]:
    return {"order_ids": [water(scene).id], "dish_ids": [None], "quantities": [None], "destinations": [None]}


def _suspension(scene: Scene) -> dict[str, Any]:
    return {"customer_ids": [scene.customer()], "person_ids": [], "is_suspended": True}


PROPOSING = (
    Verb(preview_refund, REFUNDING, _lines),
    Verb(preview_refund_rule, REFUNDING, _rule),
    Verb(
        preview_stock, ("owner", "manager"),
        lambda scene: {"item_ids": [scene.item()], "on_hands": [scene.amount()], "seen_versions": [1]},
    ),
    Verb(preview_suspension, APPROVING, _suspension),
    Verb(
        preview_limits, ("owner",),
        lambda scene: {"person_id": person(scene, Role.SUPPORT), "refund_alone": scene.amount(), "refund_a_day": scene.amount()},
    ),
    Verb(preview_approver, ("owner",), lambda scene: {"person_id": person(scene, Role.FINANCE_ADMIN), "is_approver": True}),
    Verb(preview_release, APPROVING, lambda scene: {"freeze_id": frozen(scene).id}),
    Verb(confirm_proposal, ("support", "finance", "owner", "manager"), _confirmed, True),
    Verb(approve_proposal, APPROVING, _digest),
    Verb(reject_proposal, APPROVING, lambda scene: {"proposal_id": waiting(scene).id, "reason": "Not our fault"}),
    Verb(withdraw_proposal, REFUNDING, lambda scene: {"proposal_id": _stopped(scene), "reason": "Not needed any more"}),
    Verb(stop_proposal, REFUNDING, lambda scene: {"proposal_id": running(scene).id}),
    Verb(resume_proposal, REFUNDING, lambda scene: {"proposal_id": _stopped(scene)}),
    Verb(dismiss_case, REFUNDING, lambda scene: {"order_id": case(scene).id, "reason": "Their own mistake"}),
)  # fmt: skip
