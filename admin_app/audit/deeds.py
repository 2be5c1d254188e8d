"""Deeds: what was done, in plain words, for every action that a verb writes into the trail.  Actions: the verbs' names."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def deed(action: str) -> str:
    """Say what was done: "Cancelled an order". An action of a newer server, which has no words here yet, is named as it is."""
    return deeds().get(action) or action.replace("_", " ").capitalize()


def deeds() -> dict[str, str]:
    """Return the words of every action, in the order they are offered: orders, stock, money, customers, staff, proposals, reports."""
    return _orders() | _stock_and_menu() | _money() | _people() | _proposals() | _reports()


def _orders() -> dict[str, str]:
    return {
        "place_order": translate("trail", "Placed an order"),
        "advance_order": translate("trail", "Moved an order on"),
        "start_cooking": translate("trail", "Started cooking"),
        "mark_dish_ready": translate("trail", "Marked a dish ready"),
        "recall_order": translate("trail", "Moved an order back a step"),
        "cancel_order": translate("trail", "Cancelled an order"),
        "expire_order": translate("trail", "Ended an unpaid order"),
    }


def _stock_and_menu() -> dict[str, str]:
    return {
        "receive_stock": translate("trail", "Received a delivery"),
        "waste_stock": translate("trail", "Recorded waste"),
        "count_stock": translate("trail", "Counted a shelf"),
        "correct_stock": translate("trail", "Corrected a shelf"),
        "undo_stock": translate("trail", "Undid a change of stock"),
        "correct_shelves": translate("trail", "Corrected many shelves"),
        "add_stock_items": translate("trail", "Added items to the stock"),
        "add_dishes": translate("trail", "Added dishes to the menu"),
        "set_recipes": translate("trail", "Changed recipes"),
        "set_dish_price": translate("trail", "Changed a price"),
        "create_kitchen": translate("trail", "Opened a kitchen"),
    }


def _money() -> dict[str, str]:
    return {
        "create_payment": translate("trail", "Asked for a payment"),
        "settle_payment": translate("trail", "Settled a payment"),
        "refund_order": translate("trail", "Refunded an order"),
        "release_refund": translate("trail", "Released money set aside for a refund"),
        "dismiss_case": translate("trail", "Decided that no refund is due"),
        "freeze_wallet": translate("trail", "Froze a wallet"),
        "unfreeze_wallet": translate("trail", "Unfroze a wallet"),
        "freeze_money": translate("trail", "Froze all money"),
        "release_money": translate("trail", "Let all money move again"),
    }


def _people() -> dict[str, str]:
    return {
        "create_customer": translate("trail", "Entered a customer"),
        "find_customers": translate("trail", "Searched by a phone number"),
        "tell_customers": translate("trail", "Found by phone"),
        "reveal_phone": translate("trail", "Looked at a whole phone number"),
        "suspend_customer": translate("trail", "Suspended a customer"),
        "reinstate_customer": translate("trail", "Took a customer back"),
        "create_staff_login": translate("trail", "Made a login"),
        "change_staff_role": translate("trail", "Changed a role"),
        "set_staff_password": translate("trail", "Set a new password"),
        "revoke_staff": translate("trail", "Ended a login"),
        "end_overdue": translate("trail", "Ended a connection"),
        "suspend_staff": translate("trail", "Suspended a login"),
        "reinstate_staff": translate("trail", "Took a login back"),
        "set_limits": translate("trail", "Changed limits"),
        "set_approver": translate("trail", "Changed who approves"),
    }


def _proposals() -> dict[str, str]:
    return {
        "preview_refund": translate("trail", "Previewed a refund"),
        "preview_refund_rule": translate("trail", "Previewed a refund by a rule"),
        "preview_stock": translate("trail", "Previewed a correction of stock"),
        "preview_suspension": translate("trail", "Previewed a suspension"),
        "preview_limits": translate("trail", "Previewed other limits"),
        "preview_approver": translate("trail", "Previewed another approver"),
        "preview_release": translate("trail", "Previewed the end of a freeze"),
        "confirm_proposal": translate("trail", "Confirmed a proposal"),
        "approve_proposal": translate("trail", "Approved a proposal"),
        "reject_proposal": translate("trail", "Rejected a proposal"),
        "withdraw_proposal": translate("trail", "Withdrew a proposal"),
        "stop_proposal": translate("trail", "Stopped a run"),
        "resume_proposal": translate("trail", "Resumed a run"),
        "lapse_proposals": translate("trail", "Let a proposal lapse"),
    }


def _reports() -> dict[str, str]:
    return {
        "file_report": translate("trail", "Filed a report of the trail"),
        "sign_report": translate("trail", "Signed a report of the trail"),
        "refuse_report": translate("trail", "Refused to sign a report"),
    }
