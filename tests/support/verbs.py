"""Every verb with who may call it and a way to make arguments that succeed once: roles, repeats and races are tested over all of them."""

from typing import Any

from core.audit import Report, file_report, refuse_report, sign_report
from core.base.identifiers import new_id
from core.commands import settle_command
from core.customers import create_customer, reveal_phone
from core.kitchens import create_kitchen
from core.menu import add_dishes, set_dish_price, set_recipes
from core.orders import (
    PayWith,
    State,
    advance_order,
    cancel_order,
    expire_order,
    mark_dish_ready,
    place_order,
    recall_order,
    start_cooking,
)
from core.payments import create_payment, settle_payment
from core.staff import Role, change_staff_role, create_staff_login, revoke_staff, set_staff_password
from core.stock import add_stock_items, correct_stock, count_stock, receive_stock, undo_stock, waste_stock
from core.wallets import freeze_wallet, unfreeze_wallet
from tests.support import reports
from tests.support.proposing import PROPOSING
from tests.support.scene import VERIFIER, Scene
from tests.support.verb import Verb

EVERYBODY = ("manager", "cook", "counter", "support", "finance", "owner", "auditor", "ordering", "worker", "webhook")  # one of each role


KITCHEN = ("cook", "manager")


def _dishes(scene: Scene) -> dict[str, Any]:
    return {"kitchen_id": scene.town.yaba, "dish_ids": [new_id()], "names": [scene.word()], "categories": ["Rice"], "prices": [1000]}


def _recipes(scene: Scene) -> dict[str, Any]:
    town = scene.town
    return {"kitchen_id": town.yaba, "dish_ids": [town.water], "item_ids": [town.oil], "quantities": [scene.amount()]}


def _new_items(scene: Scene) -> dict[str, Any]:
    one = {"names": [scene.word()], "places": ["Store"], "barcodes": [None], "units": ["pcs"], "unit_sizes": [1]}
    return {"kitchen_id": scene.town.yaba, "item_ids": [new_id()], **one, "warn_ats": [0], "full_ats": [10], "on_hands": [5]}


def _order(scene: Scene) -> dict[str, Any]:
    town = scene.town
    basket = {"kitchen_id": town.yaba, "customer_id": town.customer, "dish_ids": [town.jollof], "quantities": [1]}
    return {**basket, "note": scene.word(), "pay_with": "wallet"}


def _new_login(scene: Scene) -> dict[str, Any]:
    login = {"login": f"{scene.word()}.new", "name": "New Person", "role": Role.KITCHEN_STAFF}
    return {**login, "kitchen_ids": [scene.town.yaba], "person_id": None, "verifier": VERIFIER}


def _correction(scene: Scene) -> dict[str, Any]:
    return {"item_id": scene.item(), "on_hand": scene.amount(), "seen_version": 1, "reason": "wrong label", "note": ""}


def _undo(scene: Scene) -> dict[str, Any]:
    item_id = scene.item()
    return {"item_id": item_id, "number": receive_stock(scene.cook, new_id(), item_id, 10, "").number}


def _role(scene: Scene) -> dict[str, Any]:
    return {"login": scene.hired(), "seen_version": 1, "role": Role.KITCHEN_MANAGER, "kitchen_ids": [scene.town.yaba]}


def _handed_out(scene: Scene) -> dict[str, Any]:
    order = scene.order(State.ACCEPTED, State.PREPARING, State.READY, State.OUT)
    return {"order_id": order.id, "seen_version": 5, "state": State.DELIVERED}


def _settlement(scene: Scene) -> dict[str, Any]:
    payment = create_payment(scene.ordering, new_id(), scene.town.customer, scene.amount())
    return {"payment_id": payment.id, "is_paid": True, "amount": payment.amount, "currency": "NGN", "provider_id": scene.word()}


def _overdue(scene: Scene) -> dict[str, Any]:
    return {"order_id": scene.end_time_to_pay(scene.order(pay_with=PayWith.CARD).id)}


def _frozen(scene: Scene) -> dict[str, Any]:
    customer_id = scene.customer()
    scene.refill()
    freeze_wallet(scene.owner, new_id(), customer_id, "card reported stolen")
    return {"customer_id": customer_id, "reason": "card found again"}


def _dish(scene: Scene) -> dict[str, Any]:
    order = scene.order(State.ACCEPTED, State.PREPARING)
    return {"order_id": order.id, "dish_id": scene.town.jollof, "is_ready": True}


def _report(scene: Scene) -> dict[str, Any]:
    return reports.arguments(reports.sealed(scene.worker), scene.word().encode(), f"for the inspection, {scene.word()}")


def _filed(scene: Scene) -> Report:
    scene.refill()
    who = ("support", "finance", "owner", "auditor")[scene.amount() % 4]  # a person may file a hundred a day
    return reports.filed(scene.desk(who), reports.sealed(scene.worker), scene.word().encode())


def _signature(scene: Scene) -> dict[str, Any]:
    report = _filed(scene)
    return {"report_id": report.id, **reports.answer(report, reports.a_key())}


WRITING = (
    Verb(create_kitchen, ("owner",), lambda scene: {"name": scene.word(), "district": "Surulere"}),
    Verb(create_staff_login, ("owner",), _new_login),
    Verb(set_staff_password, ("owner",), lambda scene: {"login": scene.hired(), "verifier": VERIFIER}),
    Verb(change_staff_role, ("owner",), _role),
    Verb(revoke_staff, ("owner",), lambda scene: {"login": scene.hired(), "reason": "left"}),
    Verb(add_dishes, ("owner",), _dishes),
    Verb(set_recipes, ("owner", "manager"), _recipes),
    Verb(set_dish_price, ("owner",), lambda scene: {"dish_id": scene.dish(), "price": scene.amount(), "seen_version": 1}),
    Verb(add_stock_items, ("owner", "manager"), _new_items),
    Verb(receive_stock, KITCHEN, lambda scene: {"item_id": scene.town.rice, "quantity": scene.amount(), "note": ""}),
    Verb(waste_stock, KITCHEN, lambda scene: {"item_id": scene.item(), "quantity": 1, "reason": "spoiled", "note": scene.word()}),
    Verb(count_stock, KITCHEN, lambda scene: {"item_id": scene.item(), "counted": scene.amount(), "seen_version": 1, "note": ""}),
    Verb(correct_stock, ("manager",), _correction),
    Verb(undo_stock, KITCHEN, _undo),
    Verb(create_customer, ("ordering", "support"), lambda scene: {"name": scene.word(), "phone": "+2348031234567"}),
    Verb(
        reveal_phone, ("support", "finance", "owner"),
        lambda scene: {"customer_id": scene.town.customer, "reason": f"call about an order, {scene.word()}"},
    ),
    Verb(place_order, ("ordering",), _order),
    Verb(advance_order, (*KITCHEN, "ordering"), _handed_out),
    Verb(start_cooking, KITCHEN, lambda scene: {"order_id": scene.order(State.ACCEPTED).id, "seen_version": 2}),
    Verb(
        cancel_order, ("manager", "support", "finance", "ordering"),
        lambda scene: {"order_id": scene.order().id, "seen_version": 1, "reason": "changed their mind"},
    ),
    Verb(recall_order, KITCHEN, lambda scene: {"order_id": scene.order(State.ACCEPTED).id, "seen_version": 2}),
    Verb(mark_dish_ready, KITCHEN, _dish),
    Verb(expire_order, ("worker",), _overdue),
    Verb(create_payment, ("ordering",), lambda scene: {"customer_id": scene.town.customer, "amount": scene.amount()}),
    Verb(settle_payment, ("worker",), _settlement),
    Verb(freeze_wallet, ("finance", "owner"), lambda scene: {"customer_id": scene.customer(), "reason": "card reported stolen"}),
    Verb(unfreeze_wallet, ("finance", "owner"), _frozen),
    Verb(file_report, ("support", "finance", "owner", "auditor"), _report),
    Verb(sign_report, ("worker",), _signature),
    Verb(refuse_report, ("worker",), lambda scene: {"report_id": _filed(scene).id, "reason": "The head is not known here."}),
    *PROPOSING,
)  # fmt: skip
SETTLING = Verb(settle_command, tuple(who for who in EVERYBODY if who not in ("counter", "webhook")), lambda scene: {})
