"""What was asked of the server, read back from what was kept on disk: in words.  The kitchen's: kitchen_app/*/asked.py."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.proposals.words import proposal_name
from admin_app.roles import role_word
from core.database.gateway import Database
from core.database.pending import Kept
from core.orders import orders_by_id
from core.proposals import proposal
from core.staff import Role
from core.wallets import wallet

PREVIEWS = ("preview_refund", "preview_refund_rule", "preview_stock", "preview_suspension", "preview_limits", "preview_approver",
            "preview_release")  # fmt: skip

translate = QCoreApplication.translate


def sentence(verb: str, args: Mapping[str, Any], names: Mapping[UUID, str]) -> str:
    """Say what was asked: "Order 1042: cancelled, paid twice". `names` holds what people call the things it may be about."""
    did = _acts().get(verb)
    if did is None:
        return translate("asked", "Something that this page cannot name ({verb})").format(verb=verb.replace("_", " "))
    reason = str(args.get("reason") or args.get("note") or "")
    return f"{_about(verb, args, names)}: {did}{f', {reason}' if reason else ''}{_role(args)}"


def names_of(db: Database, waiting: Iterable[Kept]) -> dict[UUID, str]:
    """Read what people call what these commands are about. Blocks."""
    asked = [kept.args for kept in waiting]
    orders = orders_by_id(db, [UUID(args["order_id"]) for args in asked if "order_id" in args])
    wallets = [wallet(db, UUID(args["customer_id"])) for args in asked if "customer_id" in args]
    proposed = [proposal(db, UUID(args["proposal_id"])) for args in asked if "proposal_id" in args]
    known = {each.id: proposal_name(each) for each in proposed if each}
    return known | {each.id: order_name(each.number) for each in orders} | {each.customer_id: each.customer for each in wallets if each}


def order_name(number: int) -> str:
    return translate("asked", "Order {number}").format(number=number)


def _about(verb: str, args: Mapping[str, Any], names: Mapping[UUID, str]) -> str:
    """Name what it was about, or at least its kind."""
    if "login" in args:
        return translate("asked", "Login {login}").format(login=args["login"])
    kinds = (
        ("order_id", translate("asked", "An order")),
        ("customer_id", translate("asked", "A customer")),
        ("person_id", translate("asked", "A person of the company")),
        ("proposal_id", translate("asked", "A proposal")),
    )
    for field, kind in kinds:
        if args.get(field):
            return names.get(UUID(str(args[field])), kind)
    return {
        "create_customer": str(args.get("name")),
        "preview_refund": translate("asked", "A refund"),
        "preview_refund_rule": translate("asked", "A refund by a rule"),
        "preview_stock": translate("asked", "A correction of stock"),
        "preview_suspension": translate("asked", "A suspension"),
        "preview_release": translate("asked", "The end of a freeze"),
        "file_report": translate("asked", "A report of the trail"),
    }.get(verb, translate("asked", "A proposal"))


def _role(args: Mapping[str, Any]) -> str:
    known = args.get("role") in list(Role)
    return translate("asked", ", as {role}").format(role=role_word(Role(args["role"]))) if known else ""


def _acts() -> dict[str, str]:
    return {
        "cancel_order": translate("asked", "cancelled"),
        "freeze_wallet": translate("asked", "wallet frozen"),
        "unfreeze_wallet": translate("asked", "wallet released"),
        "create_staff_login": translate("asked", "made"),
        "change_staff_role": translate("asked", "new role"),
        "set_staff_password": translate("asked", "new password"),
        "revoke_staff": translate("asked", "revoked"),
        "create_customer": translate("asked", "entered as a customer"),
        "reveal_phone": translate("asked", "whole phone number shown"),
        "dismiss_case": translate("asked", "no refund is due"),
        "file_report": translate("asked", "filed"),
        **dict.fromkeys(PREVIEWS, translate("asked", "asked what it would do")),
        "confirm_proposal": translate("asked", "confirmed"),
        "approve_proposal": translate("asked", "approved"),
        "reject_proposal": translate("asked", "rejected"),
        "withdraw_proposal": translate("asked", "withdrawn"),
        "stop_proposal": translate("asked", "stopped"),
        "resume_proposal": translate("asked", "resumed"),
    }
